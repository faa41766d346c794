"""What each act makes of a clock, field by field, and which acts count."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.words import ClockAct
from services.supervision.clocks.rules import (
    Act,
    Clock,
    Span,
    Term,
    acts_from,
    ending,
    in_force,
    is_over,
    lapsed,
    reached_at,
    read,
    runs,
    without_repeats,
)
from tests.services.supervision.told import MON

SECOND = timedelta(seconds=1)


def day(number: float) -> datetime:
    return MON + timedelta(days=number)


DUE = day(30)


def start(at: float = 0, due: datetime | None = DUE, **more: Any) -> Act:
    return Act(ClockAct.START, day(at), day(at), MON, due, **more)


def act(word: ClockAct, at: float, **more: Any) -> Act:
    return Act(word, day(at), day(at), MON, **more)


def stop(at: float, **more: Any) -> Act:
    return act(ClockAct.STOP, at, **more)


def pause(at: float, **more: Any) -> Act:
    return act(ClockAct.PAUSE, at, **more)


def resume(at: float, **more: Any) -> Act:
    return act(ClockAct.RESUME, at, **more)


def extend(at: float, due: datetime | None, **more: Any) -> Act:
    return act(ClockAct.EXTEND, at, due=due, **more)


def span(first: float, due: datetime = DUE, end: float | None = None, began: float = 0) -> Span:
    return Span(day(began), day(first), due, None if end is None else day(end))


NEVER = Clock("stopped")
RUNNING = Clock("running", MON, DUE, spans=(span(0),))
PAUSED = replace(RUNNING, state="paused", stopped_at=day(10), spans=(span(0, end=10),))
STOPPED = replace(PAUSED, state="stopped")
LONGER = day(60)
TOLD = {"provisional": True, "how": ("甲",)}


@pytest.mark.parametrize(
    ("acts", "clock"),
    [
        ((), NEVER),
        ((start(),), RUNNING),
        ((start(**TOLD),), replace(RUNNING, **TOLD)),
        ((start(due=None),), Clock("running", MON)),
        # the same start again is the same run, and with another due moment lengthens it
        ((start(), start()), RUNNING),
        (
            (start(), Act(ClockAct.START, MON, day(5), MON, LONGER, **TOLD)),
            Clock("running", MON, LONGER, True, ("甲",), DUE, spans=(span(0, end=0), span(0, LONGER))),
        ),
        (
            (start(), pause(10), Act(ClockAct.START, MON, day(12), MON, LONGER)),
            replace(PAUSED, due=LONGER, extended_from=DUE),
        ),
        # a later start ends the run before it
        (
            (start(), start(20, LONGER)),
            Clock("running", day(20), LONGER, spans=(span(0, end=20), span(20, LONGER, began=20))),
        ),
        (
            (start(), stop(10), start(20, LONGER)),
            Clock("running", day(20), LONGER, spans=(span(0, end=10), span(20, LONGER, began=20))),
        ),
        # a start that goes on with a stopped run runs from when it was decided
        (
            (start(), stop(10), Act(ClockAct.START, MON, day(12), MON, DUE, **TOLD)),
            Clock("running", MON, DUE, True, ("甲",), spans=(span(0, end=10), span(12))),
        ),
        (
            (start(due=None), stop(10), Act(ClockAct.START, MON, day(12), MON, DUE)),
            Clock("running", MON, DUE, spans=(span(0),)),
        ),
        # a start from before the last stop runs from that stop on
        (
            (start(5), stop(10), start(7, LONGER)),
            Clock("running", day(7), LONGER, spans=(span(5, end=10, began=5), span(10, LONGER, began=7))),
        ),
    ],
)
def test_starts(acts: tuple[Act, ...], clock: Clock) -> None:
    assert read(acts) == clock


@pytest.mark.parametrize(
    ("acts", "clock"),
    [
        ((extend(5, LONGER),), NEVER),
        ((start(), stop(10), extend(12, LONGER)), STOPPED),
        ((start(), extend(5, None)), RUNNING),
        ((start(), extend(5, DUE, **TOLD)), RUNNING),
        (
            (start(), extend(5, LONGER, **TOLD)),
            Clock("running", MON, LONGER, True, ("甲",), DUE, spans=(span(0, end=5), span(5, LONGER))),
        ),
        ((start(), pause(10), extend(12, LONGER)), replace(PAUSED, due=LONGER, extended_from=DUE)),
        # one that holds from before the run leaves an empty stretch of the old term
        (
            (start(5), extend(3, LONGER)),
            Clock(
                "running",
                day(5),
                LONGER,
                extended_from=DUE,
                spans=(span(5, end=5, began=5), span(5, LONGER, began=5)),
            ),
        ),
    ],
)
def test_extensions(acts: tuple[Act, ...], clock: Clock) -> None:
    assert read(acts) == clock


@pytest.mark.parametrize(
    ("acts", "clock"),
    [
        ((pause(5),), NEVER),
        ((start(), pause(10)), PAUSED),
        ((start(), pause(10), pause(12)), PAUSED),
        ((start(), stop(10), pause(12)), STOPPED),
        ((resume(5),), NEVER),
        ((start(), resume(5)), RUNNING),
        ((start(), stop(10), resume(12)), STOPPED),
        (
            (start(**TOLD), pause(10), resume(17)),
            Clock("running", MON, day(37), True, ("甲",), spans=(span(0, end=10), span(17, day(37)))),
        ),
        (
            (start(), pause(10), resume(17, due=LONGER, **TOLD)),
            Clock("running", MON, LONGER, True, ("甲",), spans=(span(0, end=10), span(17, LONGER))),
        ),
        (
            (start(**TOLD), pause(10), resume(17, due=LONGER)),
            Clock("running", MON, LONGER, False, ("甲",), spans=(span(0, end=10), span(17, LONGER))),
        ),
        ((start(due=None), pause(10), resume(17)), Clock("running", MON)),
        # an end is never before its beginning, nor a beginning before the last end
        (
            (start(5), pause(3), resume(4)),
            Clock("running", day(5), day(31), spans=(span(5, end=5, began=5), span(5, day(31), began=5))),
        ),
    ],
)
def test_pauses(acts: tuple[Act, ...], clock: Clock) -> None:
    assert read(acts) == clock


@pytest.mark.parametrize(
    ("acts", "clock"),
    [
        ((stop(5),), NEVER),
        ((start(), stop(10)), STOPPED),
        ((start(), stop(10), stop(12)), STOPPED),
        ((start(), pause(10), stop(12)), replace(STOPPED, stopped_at=day(12))),
        ((start(due=None), stop(10)), Clock("stopped", MON, stopped_at=day(10))),
    ],
)
def test_stops(acts: tuple[Act, ...], clock: Clock) -> None:
    assert read(acts) == clock


# --- how late it is ---


@pytest.mark.parametrize(
    ("clock", "now", "over"),
    [
        (RUNNING, DUE, False),
        (RUNNING, DUE + SECOND - timedelta(microseconds=1), False),
        (RUNNING, DUE + SECOND, True),
        (PAUSED, LONGER, False),
        (STOPPED, LONGER, False),
        (replace(RUNNING, due=None), LONGER, False),
    ],
)
def test_a_clock_is_over_from_the_second_after_its_last(clock: Clock, now: datetime, over: bool) -> None:
    assert is_over(clock, now) is over
    assert lapsed(clock, now) == (replace(clock, state="expired") if over else clock)


def test_the_spans_of_each_run() -> None:
    spans = (span(0, end=10), span(17, end=20), span(30, end=40, began=30), span(40, began=30))
    assert runs(replace(RUNNING, spans=spans)) == (spans[:2], spans[2:])
    assert runs(NEVER) == ()


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([], None),
        ([span(0)], (day(35), DUE)),
        ([span(0, end=36)], (day(35), DUE)),
        ([span(0, end=35)], (day(35), DUE)),
        ([span(0, end=34)], None),
        ([span(50)], (day(50), DUE)),
        ([span(50, end=51)], (day(50), DUE)),
        ([span(50, end=50)], None),
        ([span(0, end=10), span(20, LONGER)], (day(65), LONGER)),
        ([span(0, end=36), span(36, LONGER)], (day(35), DUE)),
    ],
)
def test_when_a_mark_was_first_reached(spans: list[Span], found: tuple[datetime, datetime] | None) -> None:
    assert reached_at(spans, lambda due: due + timedelta(days=5)) == found


# --- which acts count ---


def test_acts_stand_in_the_order_of_their_decision() -> None:
    first = Act(ClockAct.START, day(9), day(1), MON, DUE, index=1, term=(0, 1))
    same = [
        replace(first, decided=day(0)),
        first,
        replace(first, due=LONGER),
        replace(first, at=day(10)),
        replace(first, act=ClockAct.STOP),
        replace(first, term=(0, 2)),
        replace(first, index=2),
        replace(first, decided=day(2)),
    ]
    assert in_force("K5", reversed(same), {}) == tuple(same)
    assert first.order == (day(1), 1, (0, 1), ClockAct.START, day(9), DUE)
    assert replace(first, due=None).order == (day(1), 1, (0, 1), ClockAct.START, day(9), day(9))


@pytest.mark.parametrize(
    ("kind", "term", "decided", "counts"),
    [
        ("K5", (0, 1), 4, True),
        ("K5", (0, 1), 5, True),
        ("K5", (0, 1), 5.1, False),
        ("K5", (0, 2), 5.1, True),
        ("K5", (0, 3), 5.1, True),
        ("K24", (0, 1), 5.1, True),
        ("K26", (0, 1), 5.1, True),
        ("K18", (0, 1), 5.1, False),
    ],
)
def test_what_a_lower_term_decided_after_a_higher_one_began(
    kind: str, term: Term, decided: float, counts: bool
) -> None:
    acts = [stop(decided, term=term)]
    assert in_force(kind, acts, {(0, 1): MON, (0, 2): day(5)}) == (tuple(acts) if counts else ())


OVERRIDES = {(0, 1): MON, (1, 1): day(6), (1, 0): day(5), (1, 2): day(7), (2, 0): day(9)}


@pytest.mark.parametrize("kind", ["K1", "K2", "K3", "K4", "K20", "K24", "K28"])
def test_each_override_above_ends_the_clocks_of_a_holding(kind: str) -> None:
    first = start(term=(0, 1))
    ends = tuple(ending(day(at), day(at), (override, 0)) for override, at in ((1, 5), (2, 9)))
    assert in_force(kind, [first], OVERRIDES)[:2] == (first, ends[0])
    assert ends[0] == Act(ClockAct.STOP, day(5), day(5), day(5), term=(1, 0), index=-1)
    assert in_force(kind, [first], {(0, 1): MON, (2, 0): day(9)}) == (first, ends[1])


@pytest.mark.parametrize(
    ("kind", "acts", "terms"),
    [
        ("K2", [], OVERRIDES),
        ("K5", [start(term=(0, 1))], OVERRIDES),
        ("K2", [start(9, term=(2, 0))], OVERRIDES),
        ("K2", [start(9, term=(2, 0)), start(9, term=(3, 0))], OVERRIDES),
        ("K2", [start(term=(0, 1))], {(0, 1): MON, (0, 2): day(5)}),
    ],
)
def test_where_no_override_ends_a_clock(kind: str, acts: list[Act], terms: dict[Term, datetime]) -> None:
    assert in_force(kind, acts, terms) == tuple(acts)


def test_the_end_that_nobody_told_arrives_when_it_is_said() -> None:
    assert ending(day(1), day(2), (3, 4)) == Act(ClockAct.STOP, day(1), day(1), day(2), term=(3, 4), index=-1)


def test_what_was_said_before_is_not_said_again() -> None:
    first = start()
    again = replace(first, arrived_at=day(3), provisional=True)
    other = replace(first, index=1)
    assert without_repeats([first, again, other, first]) == (first, other)


def test_acts_of_a_milestone_bear_its_moment_and_their_place() -> None:
    told = {"kind": "K5", "act": "pause", "at": MON, "due": DUE, "provisional": True, "how": ["甲", "乙"]}
    assert acts_from([told, told], day(1), day(2), (1, 2)) == [
        Act(ClockAct.PAUSE, MON, day(1), day(2), DUE, True, ("甲", "乙"), (1, 2), index) for index in (0, 1)
    ]
