"""Which clocks run for a case at which stage; the only place of assignment that asks the policy for due dates.

Every function gives the case with its running clocks changed, and the acts that supervision is told in the milestone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.calendar import CalendarDays, Days, Due, due
from contracts.context import Here
from contracts.letters import Tell
from contracts.opening import opening as opening_of
from contracts.telling import clock, progress
from contracts.words import ClockAct, Desk
from services.assignment.state import CaseState

Acts = list[dict[str, Any]]

# Who still has to answer for the report at all; ends when it is accepted, declined, settled or signed for elsewhere.
SORTING = ("K1", "K2", "K3", "K20", "K28")
# What goes on with the case wherever it goes: handling time, its report-back, the word to a real-name reporter.
TRAVELLING = ("K5", "K16", "K11", "K17")
# Handling time: the full one, and that of the simple procedure in its place (简易办理).
HANDLING = ("K5", "K16")
# What an opinion or a settlement promised (K26): runs on after the case is concluded.
PROMISED = "K26"
# Beside all others, for a report of retaliation: the discipline desk acts on it within the policy's day.
URGENT = "K28"
# The clocks that concern who reported, the one that says most of the next answer first.
ANSWERS: Mapping[Desk, tuple[str, ...]] = {
    Desk.PETITION: (*HANDLING, "K1", "K2", "K3"),
    Desk.DISCIPLINE: (URGENT, "K17", "K20", "K18"),
}


def opening(state: CaseState, here: Here) -> str:
    """The clock that starts when a case comes to this office."""
    return _opening(state, here, here.office, passed_on=bool(state.from_office))


def _opening(state: CaseState, here: Here, office: str, *, passed_on: bool) -> str:
    return opening_of(
        state.desk,
        at_root=office == here.tree.root.id,
        contactable=state.contactable,
        real_name=state.real_name,
        passed_on=passed_on,
        repeat=bool(state.repeat_of),
    )


def promised(state: CaseState, here: Here) -> Due | None:
    """By when who reported is answered next, None where no day is set: the running clock that concerns him, or the one
    that starts where the case is offered to. Of handling a discipline report (K5) nobody outside is promised a day.
    """
    running = carried(state, here) if state.offered_to else state.running
    kind = next((kind for kind in ANSWERS[Desk(state.desk)] if kind in running), None)
    if kind is not None:
        return due_of(running[kind])
    if state.offered_to:
        return here.policy.due(_opening(state, here, state.offered_to, passed_on=True), here.now)
    return None


def public(state: CaseState, step: str, here: Here, *, as_case: str = "") -> Tell:
    """A step of the public status that says by when the next answer comes, and how that day was computed."""
    ends = promised(state, here)
    return progress(state, step, here, ends.at if ends else None, ends.how if ends else (), as_case=as_case)


def start(state: CaseState, here: Here, kind: str, at: datetime, *, given: Due | None = None) -> tuple[CaseState, Acts]:
    """Start ``kind`` at ``at``; its due date comes from the policy unless it is ``given``. One that runs stays."""
    if kind in state.running:
        return state, []
    ends = given or here.policy.due(kind, at)
    running = {**state.running, kind: _kept(at, ends)}
    return replace(state, clocks=running), [clock(kind, ClockAct.START, at, ends)]


def stop(state: CaseState, here: Here, kinds: Iterable[str] | None = None) -> tuple[CaseState, Acts]:
    """Stop those of ``kinds`` that run; all of them when None."""
    running = state.running
    stopped = [kind for kind in (running if kinds is None else kinds) if kind in running]
    left = {kind: kept for kind, kept in running.items() if kind not in stopped}
    return replace(state, clocks=left), [
        _of_round(clock(kind, ClockAct.STOP, here.now), running[kind]) for kind in stopped
    ]


def _of_round(told: dict[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The act with the reference of a clock that a case may have more than one of (K26)."""
    return {**told, "ref": kept["ref"]} if "ref" in kept else told


def promise(state: CaseState, here: Here, by: datetime) -> tuple[CaseState, Acts]:
    """Start K26: what was promised in this round of the case is to be performed by ``by``, as agreed."""
    agreed = Due(by, False, ("承诺的履行期限",))
    kept = {**_kept(here.now, agreed), "ref": f"p{state.reopened}"}
    started = _of_round(clock(PROMISED, ClockAct.START, here.now, agreed), kept)
    return replace(state, clocks={**state.running, PROMISED: kept}), [started]


def stop_handling(state: CaseState, here: Here) -> tuple[CaseState, Acts]:
    """Stop every clock but that of a promise."""
    return stop(state, here, [kind for kind in state.running if kind != PROMISED])


def handling_ends(state: CaseState, here: Here) -> Acts:
    """The opinion is issued: the handling time has ended (XF22 art. 34).

    The case keeps the clock until the opinion is served: who takes the case over before goes on with its days.
    """
    return [clock(kind, ClockAct.STOP, here.now) for kind in HANDLING if kind in state.running]


def handling(state: CaseState) -> Due:
    """When the handling time that runs ends, K5 or K16. KeyError when none does."""
    kind = next((kind for kind in HANDLING if kind in state.running), HANDLING[0])
    return due_of(state.running[kind])


def swap(state: CaseState, here: Here, kinds: Iterable[str], to: str, at: datetime) -> tuple[CaseState, Acts]:
    """Stop ``kinds``, start ``to``."""
    state, stopped = stop(state, here, [kind for kind in kinds if kind != to])
    state, started = start(state, here, to, at)
    return state, stopped + started


def begin(state: CaseState, here: Here) -> tuple[CaseState, Acts]:
    """Start the opening clock if nothing runs: from when the case came here, K17 from when it was entered."""
    if set(state.running) - {URGENT}:
        return state, []
    kind = opening(state, here)
    return start(state, here, kind, state.entered_at if kind == "K17" else state.came_at)


def urgent(state: CaseState, here: Here) -> tuple[CaseState, Acts]:
    """Start K28 for a report of retaliation registered here, from when it was entered (JK art. 49; policy)."""
    if "retaliation" not in state.flags:
        return state, []
    return start(state, here, URGENT, state.entered_at)


def carried(state: CaseState, here: Here) -> dict[str, Any]:
    """The clocks that go with a case that is offered; what a village had accepted is for an organ to accept anew."""
    stay = HANDLING if here.tier == "village" else ()
    return {kind: kept for kind, kept in state.running.items() if kind in TRAVELLING and kind not in stay}


def resume(state: CaseState, brought: Mapping[str, Any]) -> tuple[CaseState, Acts]:
    """Let the travelling clocks another office had running go on here, with the due dates they had."""
    taken = {kind: kept for kind, kept in brought.items() if kind in TRAVELLING and kind not in state.running}
    acts = [clock(kind, ClockAct.START, _moment(kept["at"]), due_of(kept)) for kind, kept in taken.items()]
    return replace(state, clocks={**state.running, **taken}), acts


def extend(state: CaseState, here: Here, days: Days) -> tuple[CaseState, Acts]:
    """Extend K5 (K6, XF22 art. 34). ValueError beyond what the policy allows."""
    ends = here.policy.extended("K5", due_of(state.running["K5"]), days)
    running = {**state.running, "K5": {**state.running["K5"], **_ends(ends)}}
    return replace(state, clocks=running), [clock("K5", ClockAct.EXTEND, here.now, ends)]


def set_term(here: Here, days: int) -> Due:
    """When a term that the sender sets in calendar days from now ends (K11, XF22 art. 22)."""
    return due(here.now, CalendarDays(days), rolls=here.policy.rolls_to_working_day)


def settle_term(here: Here, at: datetime) -> Due:
    """By when a village settles or passes up: the policy's days, from ``at``."""
    return due(at, here.policy.village_settle_days, rolls=here.policy.rolls_to_working_day)


def due_of(kept: Mapping[str, Any]) -> Due:
    """The due moment of a clock as a case keeps it."""
    return Due(_moment(kept["due"]), bool(kept["provisional"]), tuple(kept["how"]))


def _kept(at: datetime, ends: Due) -> dict[str, Any]:
    return {"at": at.isoformat(), **_ends(ends)}


def _ends(ends: Due) -> dict[str, Any]:
    return {"due": ends.at.isoformat(), "provisional": ends.provisional, "how": list(ends.how)}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
