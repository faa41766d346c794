"""Who is accused, found in the register, and what follows for the case. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.officials import Official
from contracts.telling import line
from contracts.veils import veils
from contracts.words import Desk
from services.assignment import guards
from services.assignment.officials.conflicts import Conflicts, conflicts
from services.assignment.officials.state import towns_by_area
from services.assignment.persons.rules import own_people, with_the_case, without_handler
from services.assignment.recusal.rules import is_below
from services.assignment.recusal.several import exclude_several
from services.assignment.state import CaseState

TRIAGE = "triage"
MATCHED, UNKNOWN = "matched", "unknown"
TO_DISTRICT = "to_district"  # the district's triage has to find out who is meant
CITY = "city"


def match(state: CaseState, cmd: Mapping[str, Any], register: Collection[Official], here: Here) -> Decision[CaseState]:
    """The accused of a case are these officials, or cannot be told (被反映人核对; domain 3.2).

    Offices in conflict are excluded, and lose the case if they have it; persons in conflict are recused by their veils.
    The ids of the accused are kept nowhere. Refused: ``not_leader`` without a leader or triage, ``unknown_official``,
    ``not_superior`` for an official who is neither here nor below (persons.rules.own_people), ``belongs_above`` for
    somebody whom the city manages (JK art. 15), ``self_recused`` for this office itself. ``register`` has no
    relations but at the district.
    """
    _may_match(state, here)
    accused = _accused(cmd["officials"], register)
    if any(here.policy.accused_routing[each.rank] == CITY for each in accused):
        raise Refused("belongs_above", "被反映人属上级管理的干部,应当报送上级机关处理")
    found = in_conflict(cmd["officials"], register, here)
    if here.office in found.offices:
        raise Refused("self_recused", f"本机关应当回避,请上交{_free_above(found.offices, here)}")
    own_people(state.case, veils(state.case, cmd["officials"]), register, here)
    fresh = sorted({*veils(state.case, found.persons)} - {*state.recused})
    decision = exclude_several(_known(state, cmd, fresh, here), found.offices, here, "matched")
    return replace(decision, tells=(*decision.tells, *_told_others(decision.state, fresh, here)))


def _known(state: CaseState, cmd: Mapping[str, Any], fresh: Collection[str], here: Here) -> CaseState:
    """The state with what is known of the accused now. Who cannot be told at a town is for the district to find out."""
    secret = state.desk == Desk.DISCIPLINE
    passed_up = cmd["not_found"] and secret and here.office != here.tree.root.id
    after = replace(
        state,
        matched=UNKNOWN if cmd["not_found"] else MATCHED,
        marks=tuple(sorted(cmd["marks"])) if secret else (),
        recused=tuple(sorted({*state.recused, *fresh})),
        todo=TO_DISTRICT if passed_up else state.todo,
    )
    return without_handler(after, fresh, here)


def in_conflict(accused: Collection[str], register: Collection[Official], here: Here) -> Conflicts:
    """The offices and persons that these accused recuse today, under the policy."""
    policy = here.policy
    return conflicts(accused, register, here.tree, local_day(here.now), policy.recusal_years, towns_by_area(policy))


def _may_match(state: CaseState, here: Here) -> None:
    guards.not_recalled(state)
    guards.open_case(state)
    if TRIAGE not in here.actor.roles:
        guards.leader(here)
    if state.holder != here.office and not is_below(state.holder, here):
        raise Refused("not_holder", "本机关不是该事项的承办单位")


def _accused(ids: Sequence[str], register: Collection[Official]) -> list[Official]:
    known = {official.id: official for official in register}
    strangers = {place: ["名册中没有此人"] for place, each in enumerate(ids) if each not in known}
    if strangers:
        raise Refused("unknown_official", "名册中没有此人", {"officials": strangers})
    return [known[each] for each in ids]


def _free_above(excluded: Collection[str], here: Here) -> str:
    """The name of the nearest office above that need not withdraw; the district never has to."""
    above = line(here.tree, here.office)[1:]
    return here.tree.office(next(office for office in above if office not in excluded)).name


def _told_others(state: CaseState, fresh: Sequence[str], here: Here) -> tuple[Tell, ...]:
    """The other offices of the line that have the case learn whom to keep away, without names."""
    to = with_the_case(state, here) if fresh else ()
    data = {"recused": list(fresh)}
    return tuple(
        Tell(office, "assignment", "person_recused", state.case, data) for office in to if office != here.office
    )
