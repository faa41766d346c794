"""Clocks read from their acts: last lawful moments, extensions, pauses, and any order of arrival."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import SHANGHAI, CalendarDays
from contracts.words import ClockAct, Desk
from services.supervision.clocks import ladder
from services.supervision.clocks.rules import Act, acts_from, in_force, is_over, lapsed, read, without_repeats
from tests.services.house import demo_policy

POLICY = demo_policy()
SECOND = timedelta(seconds=1)
MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
STEPS = POLICY.steps("K5", Desk.PETITION)
ORDER = next(step for step in STEPS if step.name == "order")


def act(word: ClockAct, at: datetime, due: datetime | None = None, term: tuple[int, int] = (0, 0)) -> Act:
    return Act(word, at, at, at, due, term=term)


def clock_of(*acts: Act):
    return read(in_force("K5", acts, {}))


def day(month: int, number: int, hour: int = 23, minute: int = 59, second: int = 59) -> datetime:
    return datetime(2026, month, number, hour, minute, second, tzinfo=SHANGHAI)


def test_sixty_days_and_an_extension_of_thirty_end_with_their_last_second() -> None:
    due = POLICY.due("K5", MON)
    assert due.at == day(5, 6)  # 60 days after 2 March is 1 May, a holiday until 5 May: the term runs to the 6th
    plain = clock_of(act(ClockAct.START, MON, due.at))
    assert not is_over(plain, due.at)
    assert is_over(plain, due.at + SECOND)
    longer = POLICY.extended("K5", due, CalendarDays(30))
    extended = clock_of(act(ClockAct.START, MON, due.at), act(ClockAct.EXTEND, due.at, longer.at))
    assert extended.extended_from == due.at
    assert not is_over(extended, due.at + SECOND)
    assert not is_over(extended, longer.at)
    assert is_over(extended, longer.at + SECOND)


def test_five_working_days_over_spring_festival_2026_skip_the_holiday_and_count_make_up_days() -> None:
    received = datetime(2026, 2, 12, 10, tzinfo=SHANGHAI)  # Thursday; holiday 15–23 February, 14 and 28 are worked
    due = POLICY.due("K4", received)
    assert due.at == day(2, 26)
    assert not due.provisional
    clock = read((act(ClockAct.START, received, due.at),))
    assert ladder.is_right(POLICY, "K4")
    assert lapsed(clock, due.at).state == "running"
    assert lapsed(clock, due.at + SECOND).state == "expired"


def test_rights_climb_no_ladder() -> None:
    assert all(not ladder.steps_of(POLICY, kind, Desk.PETITION) for kind in ("K4", "K7", "K9"))
    assert ladder.steps_of(POLICY, "K26", Desk.PETITION) == POLICY.ladders[Desk.PETITION]


def test_an_act_in_the_last_second_prevents_the_step_and_one_second_later_it_does_not() -> None:
    due = POLICY.due("K5", MON).at
    start = act(ClockAct.START, MON, due)
    reached = ladder.mark(ORDER)(due)
    in_time = clock_of(start, act(ClockAct.STOP, reached - SECOND))
    late = clock_of(start, act(ClockAct.STOP, reached))
    assert ladder.reached(in_time, ORDER) == []
    assert ladder.reached(late, ORDER) == [(reached, due)]


def test_an_extension_in_time_undoes_what_was_fired_before_it_was_known_and_a_late_one_does_not() -> None:
    due = POLICY.due("K5", MON).at
    longer = due + timedelta(days=30)
    start, fired = act(ClockAct.START, MON, due), ladder.mark(ORDER)(due)
    assert ladder.still_stands(clock_of(start), ORDER, due, fired)
    assert not ladder.still_stands(clock_of(start, act(ClockAct.EXTEND, due, longer)), ORDER, due, fired)
    too_late = act(ClockAct.EXTEND, fired + SECOND, longer)
    assert ladder.still_stands(clock_of(start, too_late), ORDER, due, fired)
    assert ladder.reached(clock_of(start, too_late), ORDER) == [(fired, due)]


def test_the_days_of_a_pause_do_not_count_and_nothing_fires_meanwhile() -> None:
    due = MON + timedelta(days=30)
    acts = (act(ClockAct.START, MON, due), act(ClockAct.PAUSE, MON + timedelta(days=10)))
    paused = clock_of(*acts)
    assert paused.state == "paused"
    assert ladder.reached(paused, ORDER) == []
    resumed = clock_of(*acts, act(ClockAct.RESUME, MON + timedelta(days=17)))
    assert resumed.due == due + timedelta(days=7)


def test_a_second_run_reaches_the_steps_again() -> None:
    due, again = MON + timedelta(days=10), MON + timedelta(days=60)
    first = (act(ClockAct.START, MON, due), act(ClockAct.STOP, due + timedelta(days=3)))
    redone = clock_of(*first, act(ClockAct.START, due + timedelta(days=20), again))
    assert [for_due for _, for_due in ladder.reached(redone, ORDER)] == [due, again]


def test_what_a_lower_term_did_after_a_higher_one_began_does_not_count() -> None:
    due = MON + timedelta(days=60)
    override = MON + timedelta(days=5)
    stale = act(ClockAct.STOP, override + SECOND, term=(0, 1))
    earlier = act(ClockAct.STOP, override - SECOND, term=(0, 1))
    terms = {(0, 1): MON, (1, 0): override}
    start = act(ClockAct.START, MON, due, term=(0, 1))
    assert read(in_force("K5", (start, stale), terms)).state == "running"
    assert read(in_force("K5", (start, earlier), terms)).state == "stopped"
    assert read(in_force("K10", (start, stale), terms)).state == "stopped"


ACTS = st.lists(
    st.builds(
        Act,
        act=st.sampled_from(list(ClockAct)),
        at=st.integers(0, 50).map(lambda days: MON + timedelta(days=days)),
        decided=st.integers(0, 50).map(lambda days: MON + timedelta(days=days)),
        arrived_at=st.just(MON),
        due=st.integers(1, 90).map(lambda days: MON + timedelta(days=days)),
    ),
    max_size=7,
)


@given(ACTS, st.randoms())
def test_any_order_and_any_repetition_of_arrival_makes_the_same_clock(acts: list[Act], random) -> None:
    shuffled = acts * 2
    random.shuffle(shuffled)
    assert read(in_force("K5", without_repeats(shuffled), {})) == clock_of(*without_repeats(acts))


@given(ACTS)
def test_spans_never_overlap_and_only_a_running_clock_has_an_open_one(acts: list[Act]) -> None:
    clock = clock_of(*acts)
    for before, after in zip(clock.spans, clock.spans[1:], strict=False):
        assert before.end is not None
        assert before.start <= before.end <= after.start
    is_open = bool(clock.spans) and clock.spans[-1].end is None
    assert is_open == (clock.state == "running")


@given(ACTS, st.integers(0, 200))
def test_a_step_is_reached_once_in_a_run_and_stands_from_then_on(acts: list[Act], later: int) -> None:
    clock = clock_of(*acts)
    runs = {span.began for span in clock.spans}
    moments = ladder.reached(clock, ORDER)
    assert len(moments) <= len(runs)
    for at, due in moments:
        assert ladder.still_stands(clock, ORDER, due, at + timedelta(hours=later))
    for at, due in moments[:1]:
        assert not ladder.still_stands(clock, ORDER, due, at - SECOND)


@pytest.mark.parametrize(
    ("days", "word"), [(29, "normal"), (31, "notice"), (46, "warning"), (52, "serious"), (60, "serious")]
)
def test_lateness_follows_the_part_of_the_term_that_has_passed(days: int, word: str) -> None:
    due = MON + timedelta(days=60)
    clock = clock_of(act(ClockAct.START, MON, due))
    assert ladder.lateness(POLICY, "K5", clock, MON + timedelta(days=days), unconfirmed=False) == word


def test_only_a_passed_due_moment_is_overdue_and_silence_makes_it_unconfirmed() -> None:
    due = MON + timedelta(days=60)
    clock = clock_of(act(ClockAct.START, MON, due))
    assert ladder.lateness(POLICY, "K5", clock, due, unconfirmed=True) == "serious"
    assert ladder.lateness(POLICY, "K5", clock, due + SECOND, unconfirmed=False) == "overdue"
    assert ladder.lateness(POLICY, "K5", clock, due + SECOND, unconfirmed=True) == "unconfirmed"
    assert ladder.is_unconfirmed(due, None)
    assert ladder.is_unconfirmed(due, due)
    assert not ladder.is_unconfirmed(due, due + SECOND)


def test_acts_are_taken_from_a_milestone_as_they_were_told_in_their_order() -> None:
    told = {"kind": "K5", "act": "stop", "at": MON, "due": None, "provisional": False, "how": []}
    again = {"kind": "K5", "act": "start", "at": MON, "due": MON, "provisional": True, "how": ["甲"]}
    later = MON.astimezone(UTC)
    assert acts_from([told, again], MON, later, (1, 2)) == [
        Act(ClockAct.STOP, MON, MON, later, term=(1, 2)),
        Act(ClockAct.START, MON, MON, later, MON, True, ("甲",), (1, 2), 1),
    ]


def test_a_clock_goes_on_under_the_next_holder_with_the_date_it_had() -> None:
    due, carried = MON + timedelta(days=60), MON + timedelta(days=20)
    start = act(ClockAct.START, MON, due)
    taken_on = Act(ClockAct.START, MON, carried, carried, due, term=(0, 1))
    plain = clock_of(start)
    assert clock_of(start, taken_on) == plain
    handed_on = act(ClockAct.STOP, MON + timedelta(days=10))
    back = clock_of(start, handed_on, taken_on)
    assert (back.state, back.due, back.started_at) == ("running", due, MON)
    assert [(span.start, span.end) for span in back.spans] == [(MON, handed_on.at), (carried, None)]


def test_an_override_ends_the_clocks_of_the_holding_before_it_but_not_the_handling_time() -> None:
    due, override = MON + timedelta(days=15), MON + timedelta(days=5)
    start, terms = act(ClockAct.START, MON, due), {(0, 0): MON, (10_000, 0): override}
    assert read(in_force("K2", (start,), terms)).stopped_at == override
    assert read(in_force("K5", (start,), terms)).state == "running"
    anew = act(ClockAct.START, override, due, term=(10_000, 0))
    assert read(in_force("K2", (start, anew), terms)).started_at == override
