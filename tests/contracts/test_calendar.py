"""Due moments: counted by hand over Spring Festival 2026 and make-up days, and what holds for any period."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import (
    SHANGHAI,
    CalendarDays,
    WorkingDays,
    WorkingDaysCount,
    add_extension,
    china,
    due,
    end_of_day,
    is_provisional,
    step_at,
)


def at(month: int, day: int, hour: int = 10, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        # Spring Festival 2026: rest 15–23 February, make-up Saturdays 14 and 28 February.
        (at(2, 12), WorkingDaysCount(1), date(2026, 2, 13)),
        (at(2, 12), WorkingDaysCount(2), date(2026, 2, 14)),
        (at(2, 12), WorkingDaysCount(3), date(2026, 2, 24)),
        (at(2, 13), WorkingDaysCount(5), date(2026, 2, 27)),
        (at(2, 13), WorkingDaysCount(6), date(2026, 2, 28)),
        (at(2, 13), WorkingDaysCount(7), date(2026, 3, 2)),
        (at(2, 17), WorkingDaysCount(1), date(2026, 2, 24)),
        (at(3, 5), WorkingDaysCount(15), date(2026, 3, 26)),
        # Calendar days whose last day is a day of rest run to the next working day (a make-up Saturday is one).
        (at(3, 2), CalendarDays(15), date(2026, 3, 17)),
        (at(2, 2), CalendarDays(15), date(2026, 2, 24)),
        (at(1, 30), CalendarDays(15), date(2026, 2, 14)),
        (at(3, 5), CalendarDays(30), date(2026, 4, 7)),  # 4 April: Qingming, rest until the 6th
        (at(3, 3), CalendarDays(60), date(2026, 5, 6)),  # 2 May: Labour Day, rest until the 5th
        (at(3, 3), CalendarDays(0), date(2026, 3, 3)),
    ],
)
def test_periods_counted_by_hand(start: datetime, days: CalendarDays | WorkingDaysCount, last: date) -> None:
    result = due(start, days)
    assert result.at == end_of_day(last)
    assert (result.at.hour, result.at.minute, result.at.second) == (23, 59, 59)
    assert not result.provisional
    assert not is_provisional(result.how)


def test_without_the_setting_a_period_ends_on_the_day_of_rest() -> None:
    assert due(at(2, 2), CalendarDays(15), rolls=False).at == end_of_day(date(2026, 2, 17))


def test_the_explanation_tells_every_step() -> None:
    assert due(at(2, 12), WorkingDaysCount(3)).how == (
        "自2026年2月12日起算,当日不计入",
        "3个工作日,最后一日为2026年2月24日",
        "跳过休息日9天,调休上班1天计入",
    )
    assert due(at(2, 2), CalendarDays(15)).how == (
        "自2026年2月2日起算,当日不计入",
        "15日,最后一日为2026年2月17日",
        "最后一日为休息日,顺延至2026年2月24日",
    )


def test_the_day_is_the_day_in_china() -> None:
    late_in_utc = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # 3 March, 01:00 in China
    assert due(late_in_utc, CalendarDays(1)).at == end_of_day(date(2026, 3, 4))
    with pytest.raises(ValueError, match="without a time zone"):
        due(datetime(2026, 3, 2), CalendarDays(1))  # noqa: DTZ001


def test_past_the_table_the_result_is_provisional_and_says_so() -> None:
    result = due(at(12, 30), WorkingDaysCount(5))
    assert result.at == end_of_day(date(2027, 1, 6))
    assert result.provisional
    assert is_provisional(result.how)
    assert result.how[-1] == "2026年以后的放假安排尚未载入,暂按周一至周五为工作日计算"
    assert due(at(12, 20), CalendarDays(15)).provisional
    assert not due(at(12, 20), CalendarDays(15), rolls=False).provisional
    assert not due(at(12, 20), WorkingDaysCount(5)).provisional


def test_with_a_longer_table_the_same_period_is_no_longer_provisional() -> None:
    known = china()
    longer = WorkingDays(known.rest | {date(2027, 1, 1)}, known.make_up | {date(2027, 1, 3)}, 2004, 2027)
    result = due(at(12, 30), WorkingDaysCount(5), table=longer)
    assert result.at == end_of_day(date(2027, 1, 6))
    assert not result.provisional


def test_an_extension_runs_from_the_last_day() -> None:
    first = due(at(3, 3), CalendarDays(60))  # to 6 May
    longer = add_extension(first, CalendarDays(30))
    assert longer.at == end_of_day(date(2026, 6, 5))
    assert longer.how[: len(first.how)] == first.how
    assert longer.how[len(first.how) :] == ("延期,自2026年5月6日次日起", "30日,最后一日为2026年6月5日")


def test_days_of_a_pause_are_not_counted() -> None:
    hearing = (at(3, 10), at(3, 12))
    assert due(at(3, 2), CalendarDays(30), pauses=[hearing]).at == end_of_day(date(2026, 4, 7))  # else 1 April
    assert due(at(3, 2), CalendarDays(30), pauses=[hearing], rolls=False).at == end_of_day(date(2026, 4, 4))
    assert due(at(3, 2), WorkingDaysCount(10), pauses=[hearing]).at == end_of_day(date(2026, 3, 19))
    assert "期间中止计算3日" in due(at(3, 2), CalendarDays(30), pauses=[hearing]).how
    before = (at(2, 1), at(3, 2))
    assert due(at(3, 2), CalendarDays(30), pauses=[before]).at == due(at(3, 2), CalendarDays(30)).at
    with pytest.raises(ValueError, match="ends before it starts"):
        due(at(3, 2), CalendarDays(30), pauses=[(at(3, 12), at(3, 10))])


def test_the_steps_of_a_ladder_lie_around_the_due_moment() -> None:
    last = end_of_day(date(2026, 2, 24))
    assert step_at(last, -3) == end_of_day(date(2026, 2, 21))
    assert step_at(last, 5) == end_of_day(date(2026, 3, 1))
    assert step_at(last, -2, working=True) == end_of_day(date(2026, 2, 13))
    assert step_at(last, 5, working=True) == end_of_day(date(2026, 3, 2))
    assert step_at(last, 0) == last


def test_negative_days_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        CalendarDays(-1)
    with pytest.raises(ValueError, match="negative"):
        WorkingDaysCount(-1)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(SHANGHAI))  # noqa: DTZ001
counts = st.integers(0, 90)
periods = st.one_of(st.builds(CalendarDays, counts), st.builds(WorkingDaysCount, counts))
pauses = st.lists(
    st.tuples(moments, st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))), max_size=3
)


@given(moments, st.integers(1, 90), st.booleans(), pauses)
def test_a_due_day_is_a_working_day_when_it_must_be(start: datetime, count: int, working: bool, stood: list) -> None:
    days = WorkingDaysCount(count) if working else CalendarDays(count)
    result = due(start, days, pauses=stood)
    assert china().is_working_day(result.at.date())
    assert result.at >= start + timedelta(days=1) - timedelta(hours=24)
    assert result.provisional == any(not china().knows(day) for day in (result.at.date(),))


@given(moments, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(start: datetime, first: int, second: int) -> None:
    whole = due(start, WorkingDaysCount(first + second)).at
    assert add_extension(due(start, WorkingDaysCount(first)), WorkingDaysCount(second)).at == whole


@given(moments, periods, pauses)
def test_a_pause_never_shortens_and_order_does_not_matter(start: datetime, days: CalendarDays, stood: list) -> None:
    paused = due(start, days, pauses=stood)
    assert paused.at >= due(start, days).at
    assert paused == due(start, days, pauses=stood[::-1])


@given(moments, moments, periods)
def test_a_later_start_never_ends_earlier(one: datetime, other: datetime, days: CalendarDays) -> None:
    earlier, later = sorted((one, other))
    assert due(earlier, days).at <= due(later, days).at


@given(moments, counts, st.booleans())
def test_working_days_between_start_and_due_are_the_count(start: datetime, count: int, rolls: bool) -> None:
    last = due(start, WorkingDaysCount(count), rolls=rolls).at.date()
    first = start.date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(china().is_working_day(day) for day in between) == count


@given(moments, st.integers(-60, 60), st.booleans())
def test_a_step_back_and_forth_from_a_working_day_comes_home(start: datetime, offset: int, working: bool) -> None:
    home = due(start, WorkingDaysCount(1)).at
    assert step_at(step_at(home, offset, working=working), -offset, working=working) == home
