"""Asking another office to call the reporter back, and what its answer does. Pure decisions.

A withdrawal that was not said by receipt, a settlement or a resolution may be confirmed by a call-back. Only an office
above may make it: nobody confirms his own work, and a village never decides that a petition is withdrawn.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Desk, Proof, Status
from services.assignment import clocks, guards
from services.assignment.handling import settling
from services.assignment.outcome import performing
from services.assignment.recusal.rules import above
from services.assignment.state import CaseState

PRESSED = "pressed"
UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class CallBack:
    """A call-back that an office above was asked for, in the round that the case was in."""

    id: str
    case: str
    purpose: str
    office: str
    round: int
    wanted_at: datetime
    wanted_by: str
    state: str = "wanted"
    result: str = ""
    made_at: datetime | None = None


def caller(state: CaseState, here: Here) -> str:
    """The nearest office above that is not recused. Refused at the top, where only the receipt speaks, and for a report."""
    if state.desk == Desk.DISCIPLINE:
        raise Refused("petition_only", "检举控告不因撤回或者回访改变办理")
    found = next((office for office in above(here.office, here) if office not in state.excluded), "")
    if not found:
        raise Refused("only_by_receipt", "没有可以回访的上级机关,须由信访人凭查询码确认")
    return found


def may_withdraw(state: CaseState, here: Here) -> None:
    """Whether a withdrawal may be confirmed: the case is held here and still open. Raises Refused."""
    guards.held(state, here)
    guards.open_case(state)


def may_be_settled(state: CaseState, here: Here) -> None:
    """Whether a settlement waits to be confirmed. Raises Refused."""
    guards.held(state, here)
    guards.status(state, Status.SETTLED)


def want(
    state: CaseState, call: CallBack, words: str, reporter: Mapping[str, Any] | None, here: Here
) -> Decision[CaseState]:
    """Ask ``call.office``; ``reporter`` is sealed for it, ``words`` are what was said here. The case stays as it is."""
    data = {
        "call_back": call.id,
        "purpose": call.purpose,
        "number": state.number,
        "desk": state.desk,
        "at": here.now,
        "reporter": reporter,
        "words": words,
    }
    asked = replace(state, todo=f"call_back {call.purpose}")
    tell = Tell(call.office, "supervision", "call_back_wanted", state.case, data)
    public = (progress(asked, "withdrawal_asked", here),) if call.purpose == "withdrawal" else ()
    return Decision(asked, (tell, *public), "call_back_wanted", data={"purpose": call.purpose, "to": call.office})


def on_made(
    state: CaseState, call: CallBack, data: Mapping[str, Any], here: Here
) -> tuple[Decision[CaseState], CallBack]:
    """The office called: its answer confirms, denies, or says that the person was pressed or not reached.

    It is of no effect on a case that went on meanwhile: passed to another, opened again, or closed.
    """
    made = replace(call, state="made", result=data["result"], made_at=data["at"])
    if state.recalled or state.holder != here.office or state.offered_to or call.round != state.reopened:
        return guards.unheard(state, "call_back_made"), made
    if not _WAITS[call.purpose](state):
        return guards.unheard(state, "call_back_made"), made
    if data["result"] == UNREACHABLE:
        todo = f"unreachable {call.purpose}"
        return Decision(replace(state, todo=todo), (), "call_back_made", data={"result": UNREACHABLE}), made
    return _ANSWERS[data["result"]](state, call.purpose, here), made


def _is_concluded(state: CaseState) -> bool:
    return state.status == Status.CONCLUDED


def _is_settled(state: CaseState) -> bool:
    return state.status == Status.SETTLED


_WAITS: Mapping[str, Callable[[CaseState], bool]] = {
    "withdrawal": lambda state: state.is_open,
    "resolution": _is_concluded,
    "settlement": _is_settled,
}


def _confirmed(state: CaseState, purpose: str, here: Here) -> Decision[CaseState]:
    if purpose == "withdrawal":
        return withdrawn(state, here, Proof.CALL_BACK.value)
    if purpose == "resolution":
        return performing.resolved(state, Proof.CALL_BACK, here)
    return settling.confirm(state, here, Proof.CALL_BACK.value)


def _denied(state: CaseState, purpose: str, here: Here) -> Decision[CaseState]:
    """It is not so: handling goes on, and what was said to be performed is disputed."""
    if purpose == "withdrawal":
        goes_on = replace(state, todo="withdrawal_denied")
        return Decision(goes_on, milestone(goes_on, "withdrawal_denied", here), "withdrawal_denied")
    if purpose == "resolution":
        return performing.disputed(state, here, {"by": "call_back"})
    return settling.refuse(state, here)


def _pressed(state: CaseState, purpose: str, here: Here) -> Decision[CaseState]:
    """The person was pressed: supervision sees it, and nothing counts that was got so."""
    flagged = performing.flagged(state, PRESSED)
    after = _denied(flagged, purpose, here)
    kept = replace(after.state, todo=PRESSED)
    said = milestone(kept, PRESSED, here)
    return Decision(kept, (*after.tells, *said), PRESSED, data={"purpose": purpose})


_ANSWERS = {"confirmed": _confirmed, "denied": _denied, "pressed": _pressed}


def withdrawn(state: CaseState, here: Here, proof: str) -> Decision[CaseState]:
    """The reporter takes it back (撤回): by receipt, or told to another office that called. Every clock ends."""
    gone, stopped = clocks.stop(replace(state, status=Status.WITHDRAWN.value, todo=""), here)
    tells = (*milestone(gone, "withdrawn", here, stopped), progress(gone, "withdrawn", here))
    return Decision(gone, tells, "withdrawn", data={"proof": proof})
