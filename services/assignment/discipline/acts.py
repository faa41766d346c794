"""Load, decide, save, say: the acts on a discipline report, in the given unit of work."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.context import Decision, Here
from network.forget import forget_letters
from network.ids import new_id
from network.state import as_state, keep, write_state
from network.uow import UnitOfWork
from services.assignment import store as cases
from services.assignment import views
from services.assignment.acts import command, here_for, visible
from services.assignment.discipline import above, rules, store, tagging, truth
from services.assignment.discipline.models import (
    AssignmentAccusation,
    AssignmentClearing,
    AssignmentDisposal,
    AssignmentFeedback,
    AssignmentTags,
)
from services.assignment.discipline.truth import Accusation, Clearing
from services.assignment.models import AssignmentCase
from services.assignment.state import CaseState

Cmd = Mapping[str, Any]
Answer = dict[str, Any]
KeptRow = AssignmentAccusation | AssignmentClearing


def dispose(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """Each disposal is kept as a row with its reason."""
    answer = command(uow, cmd, lambda state, here: rules.dispose(state, cmd, here))
    row = AssignmentDisposal(id=new_id(), case=cmd["case"], disposal=cmd["disposal"], reason=cmd["reason"])
    row.by, row.at = uow.actor.id, uow.now
    uow.session.add(row)
    return answer


def tag(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """Keep what the desk says that a report is about, beside the case."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    decision = tagging.tag(as_state(CaseState, row), cmd, here_for(uow, row.policy_version))
    keep(uow.session, AssignmentTags, row.case, decision.state)
    uow.apply(decision, row.case)
    return views.answer(as_state(CaseState, row))


def first_again(uow: UnitOfWork, cmd: Cmd) -> Answer:
    return command(uow, cmd, rules.first_again, "first_again", cmd["reason"])


def feed_back(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """The telling is kept as a row of the round that was told of."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    concluded, opinion = as_state(CaseState, row), cases.opinion(uow.session, row.case, row.reopened)
    issued_at = opinion.issued_at if opinion else None
    answer = command(uow, cmd, lambda state, here: rules.feed_back(state, issued_at, cmd, here))
    uow.session.add(AssignmentFeedback(**vars(rules.record(concluded, new_id(), cmd, uow.here))))
    return answer


def suggest_false_accusation(uow: UnitOfWork, cmd: Cmd) -> Answer:
    def rule(state: CaseState, known: Accusation | None, here: Here) -> Decision[Accusation]:
        return truth.suggest(state, _verdict(uow, state), known, cmd, here)

    return _on_accusation(uow, cmd, rule)


def find_mistaken(uow: UnitOfWork, cmd: Cmd) -> Answer:
    def rule(state: CaseState, known: Accusation | None, here: Here) -> Decision[Accusation]:
        return truth.mistaken(state, _verdict(uow, state), known, cmd, here)

    return _on_accusation(uow, cmd, rule)


def register_city_decision(uow: UnitOfWork, cmd: Cmd) -> Answer:
    return _on_accusation(uow, cmd, lambda state, known, here: truth.city_decided(state, known, cmd, here))


def _on_accusation(
    uow: UnitOfWork, cmd: Cmd, rule: Callable[[CaseState, Accusation | None, Here], Decision[Accusation]]
) -> Answer:
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    kept = store.accusation(uow.session, row.case)
    known = as_state(Accusation, kept) if kept else None
    decision = rule(as_state(CaseState, row), known, here_for(uow, row.policy_version))
    return _save(uow, row, kept, AssignmentAccusation, decision)


def propose_clearing(uow: UnitOfWork, cmd: Cmd) -> Answer:
    def rule(state: CaseState, open_one: Clearing | None, here: Here) -> Decision[Clearing]:
        return truth.propose(state, _verdict(uow, state), open_one, new_id(), cmd, here)

    return _on_clearing(uow, cmd, rule)


def approve_clearing(uow: UnitOfWork, cmd: Cmd) -> Answer:
    return _on_clearing(uow, cmd, truth.approve)


def record_clearing(uow: UnitOfWork, cmd: Cmd) -> Answer:
    return _on_clearing(uow, cmd, lambda state, open_one, here: truth.done(state, open_one, cmd, here))


def _on_clearing(
    uow: UnitOfWork, cmd: Cmd, rule: Callable[[CaseState, Clearing | None, Here], Decision[Clearing]]
) -> Answer:
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    kept = store.open_clearing(uow.session, row.case)
    open_one = as_state(Clearing, kept) if kept else None
    decision = rule(as_state(CaseState, row), open_one, here_for(uow, row.policy_version))
    return _save(uow, row, kept, AssignmentClearing, decision)


def _save(
    uow: UnitOfWork,
    row: AssignmentCase,
    kept: KeptRow | None,
    table: type[AssignmentAccusation | AssignmentClearing],
    decision: Decision[Any],
) -> Answer:
    """Write what was decided beside the case; the case itself stays as it is."""
    if kept is None:
        uow.session.add(table(**vars(decision.state)))
    else:
        write_state(kept, decision.state)
    uow.apply(decision, row.case)
    return views.answer(as_state(CaseState, row))


def _verdict(uow: UnitOfWork, state: CaseState) -> str:
    """What the conclusion of the present round says, "" when there is none."""
    opinion = cases.opinion(uow.session, state.case, state.reopened)
    return opinion.verdict if opinion else ""


def belongs_above(uow: UnitOfWork, cmd: Cmd) -> Answer:
    return command(uow, cmd, lambda state, here: above.belongs_above(state, cmd, here))


def sent_up(uow: UnitOfWork, cmd: Cmd) -> Answer:
    """What the report said goes from every row and letter of this office (JK art. 15)."""
    answer = command(uow, cmd, lambda state, here: above.sent_up(state, cmd, here))
    cases.forget(uow.session, cmd["case"])
    forget_letters(uow.session, cmd["case"])
    return answer
