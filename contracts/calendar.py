"""Days and due moments: calendar days (日) and working days (工作日) are two types, and a due moment says how it came.

The first day is not counted (民法典 art. 201); a period of calendar days whose last day is a day of rest ends with the
next working day (art. 203), where the policy says so. Working days follow the State Council's table of holidays and
make-up days. Past the table's last year Monday to Friday count as working days and the result is provisional.

    due(filed_at, CalendarDays(15)).at  ->  23:59:59 of the last day, Asia/Shanghai
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNKNOWN_REST = "年以后的放假安排尚未载入,暂按周一至周五为工作日计算"
ONE_DAY = timedelta(days=1)
JUST_AFTER = timedelta(seconds=1)
"""A due moment is the last second of the last lawful day (23:59:59); the next second is too late."""
SATURDAY = 5

Pause = tuple[datetime, datetime]


@dataclass(frozen=True)
class CalendarDays:
    """A period in calendar days (日)."""

    count: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count)

    def __str__(self) -> str:
        return f"{self.count}日"


@dataclass(frozen=True)
class WorkingDaysCount:
    """A period in working days (工作日)."""

    count: int

    def __post_init__(self) -> None:
        _refuse_negative(self.count)

    def __str__(self) -> str:
        return f"{self.count}个工作日"


Days = CalendarDays | WorkingDaysCount


@dataclass(frozen=True)
class Due:
    """When a period ends: the last second of its last day. `how` explains it, in Chinese, line by line."""

    at: datetime
    provisional: bool
    how: tuple[str, ...]


@dataclass(frozen=True)
class WorkingDays:
    """A table of days of rest and make-up working days, complete from `first_year` to `last_year`."""

    rest: frozenset[date]
    make_up: frozenset[date]
    first_year: int
    last_year: int

    def knows(self, day: date) -> bool:
        """Whether the table covers this day; for any other day Monday to Friday count as working days."""
        return self.first_year <= day.year <= self.last_year

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day, make-up days (调休上班) included."""
        return day in self.make_up or (day.weekday() < SATURDAY and day not in self.rest)


@cache
def china() -> WorkingDays:
    """The table of the `chinesecalendar` package, read at first use."""
    from chinese_calendar import constants  # noqa: PLC0415 - 30 ms that programs without clocks need not spend

    return WorkingDays(
        rest=frozenset(constants.holidays),
        make_up=frozenset(constants.workdays),
        first_year=min(constants.holidays).year,
        last_year=max(constants.holidays).year,
    )


@dataclass
class _Count:
    """One period being counted, with what it came across."""

    table: WorkingDays
    day: date
    how: list[str] = field(default_factory=list)
    provisional: bool = False

    def run(self, days: Days, paused: frozenset[date], rolls: bool) -> None:
        started = self.day
        walked = list(islice(self._counted(days, paused), days.count))
        self.day = walked[-1] if walked else started
        self.how.append(f"{days},最后一日为{_said(self.day)}")
        if stood := sum(1 for day in paused if started < day <= self.day):
            self.how.append(f"期间中止计算{stood}日")
        if isinstance(days, WorkingDaysCount):
            self._note_rest(started)
        elif rolls:
            self._roll()

    def _counted(self, days: Days, paused: frozenset[date]) -> Iterator[date]:
        day = self.day
        while True:
            day += ONE_DAY
            if day not in paused and (isinstance(days, CalendarDays) or self._works(day)):
                yield day

    def _works(self, day: date) -> bool:
        self.provisional |= not self.table.knows(day)
        return self.table.is_working_day(day)

    def _note_rest(self, started: date) -> None:
        between = [started + ONE_DAY * n for n in range(1, (self.day - started).days + 1)]
        rest = sum(1 for day in between if not self.table.is_working_day(day))
        made_up = sum(1 for day in between if day in self.table.make_up)
        if rest or made_up:
            self.how.append(f"跳过休息日{rest}天" + (f",调休上班{made_up}天计入" if made_up else ""))

    def _roll(self) -> None:
        last = self.day
        while not self._works(self.day):
            self.day += ONE_DAY
        if self.day != last:
            self.how.append(f"最后一日为休息日,顺延至{_said(self.day)}")

    def due(self) -> Due:
        unknown = f"{self.table.last_year}{UNKNOWN_REST}"
        how = [*self.how, unknown] if self.provisional and unknown not in self.how else self.how
        return Due(end_of_day(self.day), self.provisional, tuple(how))


def due(
    start: datetime,
    days: Days,
    *,
    rolls: bool = True,
    pauses: Iterable[Pause] = (),
    table: WorkingDays | None = None,
) -> Due:
    """When a period that starts at `start` (an aware moment, whatever its zone) ends.

    `rolls`: a calendar-day period that ends on a day of rest runs to the next working day. A day touched by one of
    `pauses` (aware moments: paused, resumed) is not counted. Raises ValueError for moments without a zone.
    """
    count = _Count(table or china(), local_day(start))
    count.how.append(f"自{_said(count.day)}起算,当日不计入")
    count.run(days, _paused_days(pauses), rolls)
    return count.due()


def add_extension(
    given: Due,
    days: Days,
    *,
    rolls: bool = True,
    pauses: Iterable[Pause] = (),
    table: WorkingDays | None = None,
) -> Due:
    """The due moment after an extension, which is counted from the last day of the period it extends."""
    count = _Count(table or china(), local_day(given.at), [*given.how, "延期"], given.provisional)
    count.how[-1] = f"延期,自{_said(count.day)}次日起"
    count.run(days, _paused_days(pauses), rolls)
    return count.due()


def step_at(given: datetime, offset: int, *, working: bool = False, table: WorkingDays | None = None) -> datetime:
    """The end of the day `offset` days after a due moment; before it when negative. Calendar days unless `working`."""
    table, day, sign = table or china(), local_day(given), -1 if offset < 0 else 1
    left = abs(offset)
    while left:
        day += ONE_DAY * sign
        left -= not working or table.is_working_day(day)
    return end_of_day(day)


def is_provisional(how: Iterable[str]) -> bool:
    """Whether a day that was computed so may change when the next year's days of rest are published."""
    return any(line.endswith(UNKNOWN_REST) for line in how)


def local_day(moment: datetime) -> date:
    """The day in China. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment.isoformat()}")
    return moment.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    """23:59:59 of that day in China."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def _paused_days(pauses: Iterable[Pause]) -> frozenset[date]:
    days: set[date] = set()
    for paused, resumed in pauses:
        first, last = local_day(paused), local_day(resumed)
        if last < first:
            raise ValueError(f"a pause that ends before it starts: {paused.isoformat()}, {resumed.isoformat()}")
        days.update(first + ONE_DAY * n for n in range((last - first).days + 1))
    return frozenset(days)


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError(f"a number of days cannot be negative: {count}")
