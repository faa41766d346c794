"""Load, decide, save, say: the acts on a case's opinion, in the given unit of work."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.letters import Letter
from contracts.telling import line
from contracts.words import Desk
from network.ids import drawn
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import store, views
from services.assignment.acts import here_for, known, visible
from services.assignment.helping import following
from services.assignment.models import AssignmentCase, AssignmentOpinion
from services.assignment.opinions import reviewed, rules
from services.assignment.opinions.rules import OpinionState
from services.assignment.outcome import store as outcome
from services.assignment.outcome import telling
from services.assignment.state import CaseState

OpinionRule = Callable[[CaseState, OpinionState | None, Here], tuple[Decision[CaseState], OpinionState | None]]


def draft(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Write the opinion of the case's present round."""
    row = visible(store.case_locked(uow.session, cmd["case"]), uow.actor)
    state = as_state(CaseState, row)
    decision = rules.draft(state, cmd, here_for(uow, row.policy_version))
    before = store.opinion(uow.session, row.case, state.reopened)
    if before is None:
        store.write_new(uow.session, AssignmentOpinion, decision.state)
    else:
        write_state(before, decision.state)
    uow.apply(decision, row.case)
    return views.answer(state)


def issue(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Number and freeze it; the number is given back if the rule refuses, as nothing is committed then."""
    row = visible(store.case_locked(uow.session, cmd["case"]), uow.actor)
    year = local_day(uow.now).year
    number = _number(uow, row.desk, year)
    visited = bool(outcome.visits(uow.session, row.case))
    return _with_opinion(
        uow, row, lambda state, opinion, here: rules.issue(state, opinion, number, here, visited=visited)
    )


def _number(uow: UnitOfWork, desk: str, year: int) -> str:
    """The next of the petition desk's series; of the discipline desk one in which nobody sees a gap."""
    name = uow.office.office.short_name
    if desk == Desk.DISCIPLINE:
        stem = rules.opinion_stem(name, desk, year)
        return drawn(stem, lambda found: store.is_opinion_taken(uow.session, f"{found}号")) + "号"
    return f"{rules.opinion_stem(name, desk, year)}{store.next_serial(uow.session, f'opinion/{desk}', year)}号"


def serve(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    row = visible(store.case_locked(uow.session, cmd["case"]), uow.actor)
    return _with_opinion(uow, row, lambda state, opinion, here: rules.serve(state, opinion, cmd, here))


def review_decided(uow: UnitOfWork, letter: Letter) -> None:
    """Only this office's own hearing, or one above it, reviews an opinion of this office."""
    if letter.office not in line(uow.office.tree, uow.office.id):
        uow.note("refused", letter.case, f"review_decided by {letter.office}")
        return
    row = known(uow, letter.case)
    _with_opinion(uow, row, lambda state, opinion, here: reviewed.on_review_decided(state, opinion, letter.data, here))


def _with_opinion(uow: UnitOfWork, row: AssignmentCase, rule: OpinionRule) -> dict[str, Any]:
    state = as_state(CaseState, row)
    opinion_row = store.opinion(uow.session, row.case, state.reopened)
    opinion = as_state(OpinionState, opinion_row) if opinion_row else None
    decision, opinion = rule(state, opinion, here_for(uow, row.policy_version))
    write_state(row, decision.state)
    following.follow(uow, state, decision.state, uow.here)
    uow.tell_all(telling.told(state, decision.state, uow.here))
    if opinion_row is not None:
        write_state(opinion_row, opinion)
    uow.apply(decision, row.case)
    return views.answer(decision.state)
