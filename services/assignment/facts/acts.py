"""Load, decide, save, say: corrections, and cases that leave the network or the petition desk."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.words import Ground
from network.forget import forget_letters
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import store as cases
from services.assignment import views
from services.assignment.acts import command, here_for, visible
from services.assignment.facts import crossing, outside, rules, store
from services.assignment.facts.models import AssignmentFact, AssignmentOutside
from services.assignment.helping import store as helping
from services.assignment.persons.hiding import ground
from services.assignment.state import CaseState

Cmd = Mapping[str, Any]
Answer = dict[str, Any]


def correct(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """The new stands in the case, the old in a row beside it; where the accused works is counted on that ground."""

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        decision, fact = rules.correct(state, new_id(), cmd, here)
        uow.session.add(AssignmentFact(**vars(fact)))
        return decision

    answer = command(uow, cmd, rule)
    for office in cmd["accused_offices"]:
        ground(uow, cmd["case"], office, Ground.WORKS_THERE.value, is_person=False)
    return answer


def to_discipline(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """What the petition said goes from every row and letter of this office."""
    helpers = helping.helpers(uow.session, cmd["case"])
    answer = command(uow, cmd, lambda state, here: crossing.to_discipline(state, cmd, here, helpers))
    cases.forget(uow.session, cmd["case"])
    forget_letters(uow.session, cmd["case"])
    return answer


def send_outside(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """The line of what was sent stands beside the case."""
    answer = command(uow, cmd, lambda state, here: outside.send(state, cmd, here), "sent_outside", cmd["note"])
    before = as_state(CaseState, cases.case_locked(uow.session, cmd["case"]))
    uow.session.add(AssignmentOutside(**vars(outside.sent(before, cmd, uow.here))))
    return answer


def register_answer(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """The answer stands in the same line; the case stays outside."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    state, kept = as_state(CaseState, row), store.outside(uow.session, cmd["case"])
    known = as_state(outside.Outside, kept) if kept else None
    decision = outside.answered(state, known, cmd, here_for(uow, row.policy_version))
    write_state(kept, decision.state)
    uow.apply(decision, row.case)
    return views.answer(state)
