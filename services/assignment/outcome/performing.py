"""What was promised is performed, and that is confirmed: 化解 is more than 办结 (domain section 7). Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.calendar import due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Performance, Proof, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState

NOT_PERFORMED = "not_performed"


def promised(state: CaseState, by: datetime, here: Here) -> tuple[CaseState, clocks.Acts]:
    """Something is still to be done by ``by``: K26 runs until it is performed and that is confirmed."""
    state = replace(state, performance=Performance.PROMISED.value, perform_by=by)
    return clocks.promise(state, here, by)


def flagged(state: CaseState, flag: str) -> CaseState:
    """The case with a word that asks for a supervisor, once."""
    return replace(state, flags=tuple(dict.fromkeys((*state.flags, flag))))


def perform(state: CaseState, here: Here) -> Decision[CaseState]:
    """The holder says that it did what was promised; the clock runs until that is confirmed."""
    guards.held(state, here)
    guards.status(state, Status.CONCLUDED)
    if state.performance not in (Performance.PROMISED, Performance.DISPUTED):
        raise Refused("nothing_promised", "没有待履行的承诺", {"case": ["没有待履行的承诺"]})
    done = replace(state, performance=Performance.PERFORMED.value, todo="")
    tells = (*milestone(done, "performed", here), progress(done, "performed", here))
    return Decision(done, tells, "performed")


def by_ninety_days(state: CaseState, here: Here, *, repeated: bool) -> Decision[CaseState]:
    """Resolved because the policy's days (90) went by since the conclusion without a repeat.

    The last day belongs to the term: the first second after it is early enough. ``repeated``: a repeat was linked since.
    """
    guards.held(state, here)
    _concluded(state)
    if state.performance not in (Performance.NONE, Performance.PERFORMED):
        raise Refused("not_performed", "承诺尚未履行,不能认定化解", {"proof": ["承诺尚未履行"]})
    if repeated:
        raise Refused("repeated", "办结后有重复反映,不能据此认定化解", {"proof": ["有重复反映"]})
    since = state.concluded_at or here.now
    until = due(since, here.policy.resolved_after_days, rolls=False).at
    if here.now <= until:
        raise Refused("too_early", "办结后未满规定天数", {"proof": [f"{until:%Y年%m月%d日}以后"]})
    return resolved(state, Proof.NINETY_DAYS, here)


def may_be_called_back(state: CaseState, here: Here) -> None:
    """Whether another office may be asked to confirm that it is resolved. Raises Refused."""
    guards.held(state, here)
    _concluded(state)
    if state.performance == Performance.PROMISED:
        raise Refused("not_performed", "承诺尚未履行,不能认定化解", {"proof": ["承诺尚未履行"]})


def _concluded(state: CaseState) -> None:
    guards.status(state, Status.CONCLUDED)
    if state.performance == Performance.RESOLVED:
        raise Refused("resolved", "该事项已经化解", {"case": ["已经化解"]})


def resolved(state: CaseState, proof: Proof, here: Here) -> Decision[CaseState]:
    """Performed and confirmed: the case is resolved (化解), with the proof of it; K26 ends."""
    done = replace(state, performance=Performance.RESOLVED.value, proof=proof.value, todo="")
    done, stopped = clocks.stop(done, here, [clocks.PROMISED])
    tells = (*milestone(done, "resolved", here, stopped), progress(done, "resolved", here))
    return Decision(done, tells, "resolved", data={"proof": proof.value})


def disputed(state: CaseState, here: Here, data: Mapping[str, Any]) -> Decision[CaseState]:
    """The reporter says it was not done: what was performed is disputed, and supervision sees it (R20)."""
    said = replace(flagged(state, NOT_PERFORMED), performance=Performance.DISPUTED.value, proof="", todo=NOT_PERFORMED)
    started: clocks.Acts = []
    if state.perform_by is not None and clocks.PROMISED not in state.running:
        said, started = clocks.promise(said, here, state.perform_by)
    tells: tuple[Tell, ...] = (*milestone(said, NOT_PERFORMED, here, started), progress(said, "disputed", here))
    return Decision(said, tells, NOT_PERFORMED, "", data)
