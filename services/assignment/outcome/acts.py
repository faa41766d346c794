"""Load, decide, save, say: visits, performance, call-backs, sayings, reopening, finality, in the given unit of work."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Letter
from contracts.words import Proof, SaidWhat
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import guards
from services.assignment import store as cases
from services.assignment import views as case_views
from services.assignment.acts import add_note, command, decide, here_for, known, resealed, visible
from services.assignment.models import AssignmentCase
from services.assignment.outcome import calling, finality, performing, reopening, sayings, store, telling
from services.assignment.outcome.calling import CallBack
from services.assignment.outcome.models import AssignmentCallBack, AssignmentSaying, AssignmentVisit
from services.assignment.persons import acts as persons
from services.assignment.state import CaseState

Check = Callable[[CaseState, Here], None]


def record_visit(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a field visit of a case in hand."""
    at = cmd["at"] or uow.now

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        guards.held(state, here)
        guards.not_future(at, here, "at")
        return Decision(state, (), "visited", data={"at": at.isoformat()})

    answer = command(uow, cmd, rule)
    words = {name: cmd[name] for name in ("who", "place", "found")}
    uow.session.add(AssignmentVisit(id=new_id(), case=cmd["case"], at=at, recorded_by=uow.actor.id, **words))
    return answer


def resolve(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Decide by the ninety days, or ask an office above to call back."""
    proof = Proof(cmd["proof"])
    if proof == Proof.RECEIPT:
        raise Refused("only_by_receipt", "须由信访人凭查询码确认", {"proof": ["须由信访人确认"]})
    if proof == Proof.CALL_BACK:
        return ask(uow, cmd, "resolution", "承办单位称已落实", performing.may_be_called_back)

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        since = state.concluded_at or here.now
        repeated = store.repeated_since(uow.session, state.number, since)
        return performing.by_ninety_days(state, here, repeated=repeated)

    return command(uow, cmd, rule)


def request_withdrawal(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Have an office above ask whether the reporter withdraws."""
    answer = ask(uow, cmd, "withdrawal", cmd["words"], calling.may_withdraw)
    add_note(uow, cmd["case"], "withdrawal", cmd["words"])
    return answer


def ask(uow: UnitOfWork, cmd: Mapping[str, Any], purpose: str, words: str, check: Check) -> dict[str, Any]:
    """Ask the nearest office above that may know of it to call back; who reported is re-sealed for it in this commit."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    state, here = as_state(CaseState, row), here_for(uow, row.policy_version)
    check(state, here)
    office = calling.caller(state, here)
    waiting = [each for each in store.call_backs(uow.session, row.case) if each.state == "wanted"]
    if any((each.purpose, each.round) == (purpose, state.reopened) for each in waiting):
        raise Refused("asked", "已请上级机关回访,等待结果", {"case": ["等待回访"]})
    reporter = resealed(uow, state.reporter, office) if state.reporter is not None else None
    call = CallBack(new_id(), row.case, purpose, office, state.reopened, uow.now, uow.actor.id)
    cases.write_new(uow.session, AssignmentCallBack, call)
    return case_views.answer(decide(uow, row, lambda state, here: calling.want(state, call, words, reporter, here)))


def called_back(uow: UnitOfWork, letter: Letter) -> None:
    """What the office above heard; once, and only from the office that was asked."""
    row = store.call_back(uow.session, letter.data["call_back"])
    asked = row is not None and (row.office, row.case, row.purpose) == _said(letter)
    if row is None or not asked or row.state != "wanted":
        uow.note("refused", letter.case, f"call_back_made by {letter.office}")
        return

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        decision, made = calling.on_made(state, as_state(CallBack, row), letter.data, here)
        write_state(row, made)
        return decision

    decide(uow, known(uow, letter.case), rule)
    if letter.data["note"]:
        add_note(uow, letter.case, "call_back", letter.data["note"], office=letter.office, by=letter.office)


def _said(letter: Letter) -> tuple[str, str, str]:
    return letter.office, letter.case, letter.data["purpose"]


def reporter_said(uow: UnitOfWork, row: AssignmentCase, data: Mapping[str, Any]) -> None:
    """What the reporter said by receipt; the holder keeps it under its id, so that it has its effect once.

    Whom an objection is against, and why, is kept by the room of persons, for leaders alone.
    """
    if store.saying(uow.session, data["saying"]) is not None:
        return
    held = row.holder == uow.office.id and not row.recalled
    objects = data["what"] == SaidWhat.OBJECTION
    if held and objects:
        persons.objected(uow, row, data)
    else:
        decide(uow, row, lambda state, here: sayings.heard(state, data, here))
    if held:
        words = {name: None if objects else data[name] for name in ("text", "sealed")}
        said = AssignmentSaying(id=data["saying"], case=row.case, what=data["what"], at=data["at"], **words)
        uow.session.add(said)


def reopen(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    return command(uow, cmd, reopening.reopen, "reopen", cmd["reason"])


def outcome_told(uow: UnitOfWork, letter: Letter) -> None:
    """How far a case is that was passed on from here."""
    row = cases.case_locked(uow.session, letter.case)
    state = as_state(CaseState, row) if row is not None else None
    tells = telling.passed_back(state, letter.data, letter.office, uow.here) if state is not None else None
    if tells is None:
        uow.note("refused", letter.case, f"outcome_told by {letter.office}")
        return
    uow.tell_all(tells)
    uow.note("outcome_told", letter.case, data={"outcome": letter.data["outcome"]})


def case_final(uow: UnitOfWork, letter: Letter) -> None:
    """A case is final. The reviewing office may not have it in its assignment: then there is nothing to keep."""
    row = cases.case_locked(uow.session, letter.case)
    if row is None:
        uow.note("not_kept", letter.case, letter.type)
        return
    decide(uow, row, lambda state, here: finality.on_final(state, letter.data, letter.office, here))
