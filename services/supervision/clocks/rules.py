"""A clock as the sum of the acts on it, in whatever order they arrive.

Letters of two offices may overtake each other: the stop of a clock may be read before its start. So a clock is never
moved step by step; it is read anew from all its acts, ordered by when they were decided. Reading them in any order of
arrival gives the same clock, and a late act can be judged by whether it was done in time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Literal

from contracts.calendar import JUST_AFTER
from contracts.words import ClockAct

State = Literal["running", "paused", "stopped", "expired"]
Term = tuple[int, int]

OF_TELLER = frozenset({"K14", "K19", "K8", "K10", "K26"})
"""Clocks of the office that tells of them (review organ, host of a hearing, where help is called for, who has a letter
that belongs above); they do not follow the case's holder."""
TERMLESS = OF_TELLER | {"K24"}
"""Clocks that terms of holding do not bound: those, and the offer's, which its offerer stops when it hears the answer."""
OF_HOLDING = frozenset({"K1", "K2", "K3", "K4", "K20", "K24", "K28"})
"""Clocks of one office's having the case: a superior that takes it away ends them, whether or not the loser is heard."""
OFF_CASE = frozenset({"K12", "K13", "K15", "K21", "K22", "K23", "K25", "K27"})
"""Clocks of demands and periods: no case's ledger line stands behind them (``services.supervision.dues``)."""
OUTLIVE = OF_TELLER | {"K7", "K9", "K18"}
"""Clocks that run on after a case is closed; all others end with it."""


@dataclass(frozen=True)
class Act:
    """One act on a clock. ``at`` is from when it holds, ``decided`` when it was told and ``index`` where in the telling;
    ``teller`` is the office that told of it ("" of what nobody told, and of acts kept before it was noted).

    A start may hold from before it was decided: from the day of service, or from when the office before began.
    """

    act: ClockAct
    at: datetime
    decided: datetime
    arrived_at: datetime
    due: datetime | None = None
    provisional: bool = False
    how: tuple[str, ...] = ()
    term: Term = (0, 0)
    index: int = 0
    teller: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        """The same order whatever came first."""
        return (self.decided, self.index, self.term, self.act, self.at, self.due or self.at)


@dataclass(frozen=True)
class Span:
    """From ``start`` until ``end`` (None: still) the clock ran towards ``due``. ``began`` is the start of its run."""

    began: datetime
    start: datetime
    due: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """A clock as its acts leave it. ``spans`` is its whole history; without any start it has none."""

    state: State
    started_at: datetime | None = None
    due: datetime | None = None
    provisional: bool = False
    how: tuple[str, ...] = ()
    extended_from: datetime | None = None
    stopped_at: datetime | None = None
    spans: tuple[Span, ...] = ()


def in_force(kind: str, acts: Iterable[Act], terms: Mapping[Term, datetime]) -> tuple[Act, ...]:
    """The acts that count, in the order of their decision.

    ``terms`` gives when each known term of holding began. What a lower term did after a higher one had begun does not
    count (one holder); what it did before, and only now arrives, does. Some clocks know no terms (``TERMLESS``).
    """
    told = tuple(acts)
    heard = (*told, *_endings(kind, told, terms))
    counted = [act for act in heard if kind in TERMLESS or not _is_stale(act, terms)]
    return tuple(sorted(counted, key=lambda act: act.order))


def _is_stale(act: Act, terms: Mapping[Term, datetime]) -> bool:
    return any(term > act.term and began < act.decided for term, began in terms.items())


def _endings(kind: str, acts: Sequence[Act], terms: Mapping[Term, datetime]) -> list[Act]:
    """An override ends the clocks of the holding before it."""
    if kind not in OF_HOLDING or not acts:
        return []
    first: dict[int, datetime] = {}
    for (override, _), began in terms.items():
        first[override] = min(began, first.get(override, began))
    lowest = min(act.term for act in acts)
    return [ending(began, began, (override, 0)) for override, began in first.items() if override > lowest[0]]


def ending(at: datetime, arrived_at: datetime, term: Term) -> Act:
    """A stop that nobody told: it comes before everything decided at the same moment."""
    return Act(ClockAct.STOP, at, at, arrived_at, term=term, index=-1)


def read(acts: Sequence[Act]) -> Clock:
    """The clock that acts in force, in order, make."""
    clock = Clock(state="stopped")
    for act in acts:
        clock = _MOVES[act.act](clock, act)
    return clock


def is_over(clock: Clock, now: datetime) -> bool:
    """Whether the clock still runs although its last lawful second has passed."""
    return clock.state == "running" and clock.due is not None and now >= clock.due + JUST_AFTER


def lapsed(clock: Clock, now: datetime) -> Clock:
    """A right that nobody used in time is over."""
    return replace(clock, state="expired") if is_over(clock, now) else clock


def runs(clock: Clock) -> tuple[tuple[Span, ...], ...]:
    """The spans of each run, from a start to its stop."""
    return tuple(tuple(spans) for _, spans in groupby(clock.spans, key=lambda span: span.began))


def reached_at(spans: Iterable[Span], mark: Callable[[datetime], datetime]) -> tuple[datetime, datetime] | None:
    """When the moment that ``mark`` gives for a due moment was first reached, and that due moment; None if never.

    A clock that does not run reaches nothing; one extended in time reaches the mark of its new due moment only.
    """
    for span in spans:
        moment = max(span.start, mark(span.due))
        if span.end is None or moment < span.end or span.start < moment == span.end:
            return moment, span.due
    return None


def _start(clock: Clock, act: Act) -> Clock:
    """A start from the moment of the latest run goes on with that run, under another holder; any other is a new run."""
    if clock.state in ("running", "paused") and clock.started_at == act.at:
        return _extend(clock, act)
    goes_on = clock.started_at == act.at and bool(clock.spans)
    ended = _ended(clock, act.at)
    fresh = Clock(state="running", started_at=act.at, due=act.due, provisional=act.provisional, how=act.how)
    since = act.decided if goes_on else act.at
    return _running(replace(fresh, spans=ended.spans), _not_before_last(ended, since))


def _extend(clock: Clock, act: Act) -> Clock:
    if clock.state == "stopped" or act.due in (None, clock.due):
        return clock
    moved = replace(
        _ended(clock, act.at), due=act.due, provisional=act.provisional, how=act.how, extended_from=clock.due
    )
    return _running(moved, _not_before_last(moved, act.at)) if clock.state == "running" else moved


def _pause(clock: Clock, act: Act) -> Clock:
    return replace(_ended(clock, act.at), state="paused", stopped_at=act.at) if clock.state == "running" else clock


def _resume(clock: Clock, act: Act) -> Clock:
    """Without a due moment of its own the act moves the old one by as long as the clock stood still."""
    if clock.state != "paused" or clock.stopped_at is None:
        return clock
    moved = clock.due + (act.at - clock.stopped_at) if clock.due is not None else None
    due, provisional = (moved, clock.provisional) if act.due is None else (act.due, act.provisional)
    resumed = replace(clock, due=due, provisional=provisional, how=act.how or clock.how, stopped_at=None)
    return _running(resumed, _not_before_last(clock, act.at))


def _stop(clock: Clock, act: Act) -> Clock:
    return clock if clock.state == "stopped" else replace(_ended(clock, act.at), state="stopped", stopped_at=act.at)


def _ended(clock: Clock, end: datetime) -> Clock:
    last = clock.spans[-1] if clock.spans else None
    if last is None or last.end is not None:
        return clock
    return replace(clock, spans=(*clock.spans[:-1], replace(last, end=max(end, last.start))))


def _not_before_last(clock: Clock, moment: datetime) -> datetime:
    end = clock.spans[-1].end if clock.spans else None
    return moment if end is None else max(moment, end)


def _running(clock: Clock, start: datetime) -> Clock:
    if clock.due is None or clock.started_at is None:
        return replace(clock, state="running")
    span = Span(began=clock.started_at, start=start, due=clock.due)
    return replace(clock, state="running", spans=(*clock.spans, span))


_MOVES = {
    ClockAct.START: _start,
    ClockAct.EXTEND: _extend,
    ClockAct.PAUSE: _pause,
    ClockAct.RESUME: _resume,
    ClockAct.STOP: _stop,
}


def acts_from(
    told: Iterable[Mapping[str, Any]], decided: datetime, arrived_at: datetime, term: Term, teller: str = ""
) -> list[Act]:
    """The acts of a milestone's clock entries (``contracts.events.ClockSchema``, loaded), in their order."""
    return [
        Act(
            act=ClockAct(clock["act"]),
            at=clock["at"],
            decided=decided,
            arrived_at=arrived_at,
            due=clock["due"],
            provisional=clock["provisional"],
            how=tuple(clock["how"]),
            term=term,
            index=index,
            teller=teller,
        )
        for index, clock in enumerate(told)
    ]


def without_repeats(acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts without those that say what an earlier arrival said."""
    kept: dict[Any, Act] = {}
    for act in acts:
        kept.setdefault(act.order, act)
    return tuple(kept.values())
