"""How far a petition is, told to the own intake and back the way the case came, for what follows from it there (S97). Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.context import Here
from contracts.letters import Tell
from contracts.reception import KEY_FLAGS, Outcome
from contracts.words import Desk, Performance, Status
from services.assignment.state import CaseState

Course = tuple[str, int, bool]


def outcome(state: CaseState) -> Outcome:
    """Resolved is more than concluded; what the reporter disputes is neither."""
    if state.performance == Performance.RESOLVED:
        return Outcome.RESOLVED
    if state.performance == Performance.DISPUTED:
        return Outcome.DISPUTED
    return Outcome.CONCLUDED if state.status == Status.CONCLUDED else Outcome.OPEN


def _course(state: CaseState, here: Here) -> Course | None:
    """Outcome, round and key flag of a petition that is held here; None of any other."""
    if state.desk != Desk.PETITION or state.recalled or state.holder != here.office:
        return None
    return outcome(state).value, state.reopened, bool(set(KEY_FLAGS) & set(state.flags))


def told(before: CaseState | None, after: CaseState, here: Here) -> tuple[Tell, ...]:
    """What the holder tells when it has changed; that a case is open is told when another office has signed for it."""
    now = _course(after, here)
    known = _course(before, here) if before is not None else None
    if now is None or now == known:
        return ()
    return tuple(_onward(after, _data(now, here), here))


def _data(course: Course, here: Here) -> dict[str, Any]:
    word, round_, key = course
    return {"outcome": word, "round": round_, "key": key, "at": here.now}


def _onward(state: CaseState, data: Mapping[str, Any], here: Here) -> Iterator[Tell]:
    yield Tell(here.office, "intake", "case_outcome", state.case, data)
    if state.from_office and state.from_office not in state.excluded:
        yield Tell(state.from_office, "assignment", "outcome_told", state.case, data)


def passed_back(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> tuple[Tell, ...] | None:
    """Word from who signed for the case from here: for the own intake, and on the way back. None where it is not believed."""
    believed = not state.recalled and state.desk == Desk.PETITION and state.holder != here.office
    if not believed or sender != state.passed_to:
        return None
    return tuple(_onward(state, data, here))
