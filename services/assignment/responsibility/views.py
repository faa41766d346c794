"""What a desk is shown of who answers for what: JSON-able dicts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.errors import NotFound
from contracts.officials import Official, in_term
from contracts.towns import area_of
from contracts.veils import is_veiled
from contracts.words import Desk
from network import veils
from services.assignment import acts as cases
from services.assignment import guards
from services.assignment.models import AssignmentCase
from services.assignment.officials.store import in_force
from services.assignment.responsibility import groups as seats
from services.assignment.responsibility import matrix as classes
from services.assignment.responsibility import store
from services.assignment.responsibility.places import town_of_case
from services.assignment.responsibility.rules import HandOver, Merit
from services.assignment.responsibility.terms import Held, held, on_day
from services.assignment.store import case_seen

AREA_HOLDER, SECRETARY = "area_holder", "discipline_secretary"


def groups(session: Session, here: Here, day: date | None) -> dict[str, Any]:
    """The 3+2 group of every town on a day, with what is wrong with it and which changes are not signed for (S27, S28).

    Hand-overs are known at the district; elsewhere ``unsigned`` is empty.
    """
    on, officials = day or local_day(here.now), in_force(session).officials
    signed = [each.change for each in store.hand_overs(session) if each.is_signed]
    at_district = here.office == here.tree.root.id
    found = []
    for town in seats.towns(here):
        unsigned = [each for each in seats.changes(town, officials) if at_district and each not in signed]
        found.append(
            {
                "town": town,
                "name": here.tree.office(town).name,
                "seats": [seats.plain(seat) for seat in seats.group(town, officials, here, on)],
                "complete": not seats.empty(town, officials, here, on),
                "findings": list(seats.findings(town, officials, here, on)),
                "unsigned": [f"“{here.policy.slots[each.slot].zh}”席位{each.day}更换,交接未签" for each in unsigned],
            }
        )
    return {"groups": found, "complete": sum(each["complete"] for each in found), "towns": len(found)}


def matrix(session: Session, here: Here, day: date | None) -> dict[str, Any]:
    """Class × leader × town on a day, and the classes without a leader (S37)."""
    on, officials = day or local_day(here.now), in_force(session).officials
    known = [{**vars(each), "class": here.policy.categories[each.code].zh} for each in classes.leaders(officials, on)]
    return {"leaders": known, "findings": list(classes.findings(officials, here, on))}


def areas(session: Session, here: Here, day: date | None) -> dict[str, Any]:
    """The areas (片区), their towns, who holds each on a day and in what role, and who held it before (S64, S65)."""
    on, duties = day or local_day(here.now), held(in_force(session).officials)
    found = []
    for name, area in here.policy.areas.items():
        terms = [each for each in duties if (each.duty.duty, each.duty.scope) == (AREA_HOLDER, name)]
        holders = [_term(each, on) for each in on_day(terms, on)]
        shown = {"area": name, "name": area.name, "towns": list(area.towns), "holders": holders}
        past = sorted((each for each in terms if not in_term(each.duty, on)), key=lambda each: each.duty.since)
        findings = [] if holders else [f"{area.name}自{on}起没有包抓人"]
        found.append({**shown, "history": [_term(each, each.duty.since) for each in past], "findings": findings})
    return {"areas": found}


def _term(one: Held, day: date) -> dict[str, Any]:
    role = "、".join(post.post for post in one.official.posts if in_term(post, day))
    shown = {"person": one.official.id, "name": one.official.name, "role": role}
    return {**shown, "since": one.duty.since, "until": one.duty.until}


def responsible(session: Session, here: Here, case: str) -> dict[str, Any]:
    """Who answers for a case of the actor's desk, and why. Whoever is recused from it is left out, without a word.

    A petition: the 3+2 of its town, the leader for its class, the office in charge. A discipline report: who holds the
    area, and the discipline secretary; it has neither class leader nor group.
    """
    row = cases.visible(case_seen(session, case), here.actor)
    if row.recalled:
        raise NotFound("该事项")
    town = town_of_case(row, here)
    return {"case": row.case, "town": town, **_of_desk(session, row, town, here)}


def recused_from(session: Session, row: AssignmentCase, officials: Sequence[Official]) -> frozenset[str]:
    """The officials who are recused from a case."""
    known = (*row.recused, *veils.kept(session, row.case))
    return frozenset(each.id for each in officials if known and is_veiled(row.case, each.id, known))


def _of_desk(session: Session, row: AssignmentCase, town: str, here: Here) -> dict[str, Any]:
    officials, day = in_force(session).officials, local_day(here.now)
    recused = recused_from(session, row, officials)
    if row.desk == Desk.DISCIPLINE:
        wanted = {(AREA_HOLDER, area_of(town, here.policy)), (SECRETARY, ""), (SECRETARY, town)}
        terms = [each for each in on_day(held(officials), day) if (each.duty.duty, each.duty.scope) in wanted]
        return {"persons": [_term(each, day) for each in terms if each.official.id not in recused]}
    group = [seats.plain(seat) for seat in seats.group(town, officials, here, day) if seat.person not in recused]
    leader = classes.leader_of(row.category, town, classes.leaders(officials, day), here, recused)
    return {"group": group, "class_leader": _leader(leader, here), **_in_charge(row, here)}


def _leader(leader: classes.ClassLeader | None, here: Here) -> dict[str, Any] | None:
    if leader is None:
        return None
    where = here.tree.office(leader.scope).name if leader.scope else "全区"
    why = f"“{here.policy.categories[leader.code].zh}”类问题在{where}由其包抓"
    return {"person": leader.person, "name": leader.name, "why": why}


def _in_charge(row: AssignmentCase, here: Here) -> dict[str, Any]:
    """The offices in charge by class (谁主管谁负责), and who decides where they do not agree (XF22 art. 24)."""
    category = here.policy.category(row.category)
    owners = [office for office in category.owners if office not in row.excluded]
    why = f"“{category.zh}”类问题由其主管(谁主管、谁负责)"
    offices = [{"office": office, "name": here.tree.name_of(office), "why": why} for office in owners]
    return {"in_charge": offices, "owner_name": category.owner_name, "decides": _decider([*owners, row.holder], here)}


def _decider(offices: Sequence[str], here: Here) -> dict[str, Any]:
    """The nearest office that is, or is above, all of them."""
    lines = [[office, *(each.id for each in here.tree.ancestors(office))] for office in dict.fromkeys(offices)]
    common = next((each for each in lines[0] if all(each in line for line in lines)), here.tree.root.id)
    name = here.tree.office(common).name
    return {"office": common, "name": name, "why": f"承办单位有争议时由共同的上级机关{name}决定(条例第二十四条)"}


def hand_over(session: Session, state: HandOver, here: Here) -> dict[str, Any]:
    """A hand-over with the numbers of the open matters it lists; those hidden from the actor are left out."""
    numbers = [row.number for row in store.matters(session, state.hand_over)]
    zh = here.policy.slots[state.slot].zh if state.slot in here.policy.slots else state.slot
    return {**vars(state), "zh": zh, "signed": state.is_signed, "matters": numbers}


def hand_overs(session: Session, here: Here, town: str) -> dict[str, Any]:
    """The hand-overs of a town, or all."""
    return {"hand_overs": [hand_over(session, each, here) for each in store.hand_overs(session, town)]}


def merits(session: Session, here: Here, town: str, person: str) -> dict[str, Any]:
    """Awards, sanctions and scores: for a leader of the petition desk, and for the person himself."""
    if here.actor.desk != Desk.PETITION:
        raise NotFound("该清单")
    if not person or person != here.actor.person:
        guards.leader(here)
    return {"merits": [merit(each, here) for each in store.merits(session, town=town, person=person)]}


def merit(one: Merit, here: Here) -> dict[str, Any]:
    zh = here.policy.slots[one.slot].zh if one.slot in here.policy.slots else one.slot
    return {**vars(one), "zh": zh, "town_name": here.tree.name_of(one.town)}
