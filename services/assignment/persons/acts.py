"""Load, decide, save, say: the recusal of persons, in the given unit of work."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.authority import LEADER
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from contracts.veils import is_veiled, veil
from network import veils
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import acts as cases
from services.assignment import store as case_store
from services.assignment import views
from services.assignment.models import AssignmentCase
from services.assignment.officials import store as register
from services.assignment.persons import rules, store
from services.assignment.persons.hiding import ground, hide
from services.assignment.persons.models import AssignmentObjection
from services.assignment.persons.rules import ObjectionState
from services.assignment.state import CaseState, OfferState


def recuse(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Recuse a person; the reason stands as a note where a recall deletes it."""
    known, rule = register.in_force(uow.session).officials, rules.recuse
    answer = cases.command(uow, cmd, lambda state, here: rule(state, cmd, known, here), "person_recused", cmd["reason"])
    ground(uow, cmd["case"], veil(cmd["case"], cmd["person"]), cmd["ground"], is_person=True)
    return answer


def heard(uow: UnitOfWork, letter: Letter) -> None:
    """Another office recused persons: from the case here, and from an offer of it that waits."""
    row = case_store.case_locked(uow.session, letter.case)
    offer_row = case_store.open_offer(uow.session, letter.case)
    if offer_row is not None and rules.may_recuse(letter.office, uow.here):
        write_state(offer_row, rules.with_recused(as_state(OfferState, offer_row), letter.data["recused"]))
        veils.keep(uow.session, letter.case, letter.data["recused"])
    if row is None:
        uow.note("person_recused_unknown" if offer_row is None else "person_recused", letter.case)
    else:
        cases.decide(uow, row, lambda state, here: rules.on_recused(state, letter.data, letter.office, here))


def object_to(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A clerk enters what the reporter objects to."""
    row = cases.visible(case_store.case_locked(uow.session, cmd["case"]), uow.actor)
    state = cases.decide(uow, row, lambda state, _here: rules.object_to(state, cmd))
    meant = veil(row.case, cmd["person"]) if cmd["person"] else ""
    objection = ObjectionState(new_id(), row.case, uow.now, uow.actor.id, cmd["named"], meant, cmd["reason"])
    case_store.write_new(uow.session, AssignmentObjection, objection)
    return {**views.answer(state), "objection": objection.id}


def objected(uow: UnitOfWork, row: AssignmentCase, data: Mapping[str, Any]) -> None:
    """The reporter objected by receipt (``ReporterSaid``); the same saying again changes nothing."""
    if store.objection(uow.session, data["saying"]) is not None:
        return
    named = data["person"] or "(未写明)"
    cases.decide(uow, row, lambda state, _here: rules.object_to(state, {"person": "", "named": named}))
    said = {"reason": data["text"] or "", "sealed": data["sealed"]}
    objection = ObjectionState(data["saying"], row.case, data["at"], "reporter", named, "", **said)
    case_store.write_new(uow.session, AssignmentObjection, objection)


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A leader decides on an objection; granted, the person is recused in the same commit."""
    row = cases.visible(case_store.case_locked(uow.session, cmd["case"]), uow.actor)
    objection_row = store.objection(uow.session, cmd["objection"])
    if objection_row is None or objection_row.case != row.case:
        raise NotFound("回避申请")
    state, objection = as_state(CaseState, row), as_state(ObjectionState, objection_row)
    known, here = register.in_force(uow.session).officials, cases.here_for(uow, row.policy_version)
    decision, after = rules.decide(state, objection, cmd, known, here)
    write_state(row, decision.state)
    write_state(objection_row, after)
    uow.apply(decision, row.case)
    if after.state == "granted":
        ground(uow, row.case, after.veil, cmd["ground"], is_person=True)
    hide(uow, decision.state)
    return {**views.answer(decision.state), "objection": after.id}


def objections(session: Session, actor: Actor, case: str) -> list[dict[str, Any]]:
    """A case's objections but those to the actor; whom and why is for leaders."""
    row = cases.visible(case_store.case_seen(session, case), actor)
    return [_shown(each, _told_to(actor)) for each in _but_own(store.objections(session, row.case), actor)]


def undecided(session: Session, actor: Actor, desk: str, office: str) -> list[dict[str, Any]]:
    """What a leader has still to decide in the cases held here; the same, with the case."""
    found = _but_own(store.undecided(session, desk, office), actor)
    return [{"case": each.case, **_shown(each, _told_to(actor))} for each in found]


def _but_own(rows: Iterable[AssignmentObjection], actor: Actor) -> list[AssignmentObjection]:
    return [row for row in rows if not is_veiled(row.case, actor.person, (row.veil,))]


def _told_to(actor: Actor) -> tuple[str, ...]:
    return ("named", "reason", "why", "sealed") if LEADER in actor.roles else ()


def _shown(row: AssignmentObjection, more: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "at", "state", *more)}
