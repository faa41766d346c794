"""Stretches of the calendar for which something is owed: 旬, half month, month, quarter, year. All days are China's."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contracts.calendar import SHANGHAI, local_day
from contracts.policy_duties import Length

ONE_DAY = timedelta(days=1)
LAST_OF_PART = {"ten_days": (10, 20), "half_month": (15,)}
PARTS = {"ten_days": ("上旬", "中旬", "下旬"), "half_month": ("上半月", "下半月")}
QUARTERS = ("一", "二", "三", "四")
ROLLING_FROM = date(2026, 1, 1)
ROLLING_DAYS = 10
"""Rolling ten days are counted on and on from a fixed day, over the ends of months and years: every office reckons the same."""
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How many months the longer stretches have; they begin with January and fill the year."""


@dataclass(frozen=True)
class Stretch:
    """From ``first`` to ``last``, both counted."""

    length: Length
    first: date
    last: date

    @property
    def name(self) -> str:
        """Its last day, ISO 8601."""
        return self.last.isoformat()

    @property
    def opens_at(self) -> datetime:
        """From when its return may be made: the first second of its last day."""
        return datetime.combine(self.last, time(0), SHANGHAI)

    @property
    def label(self) -> str:
        """What people call it."""
        year = f"{self.last.year}年"
        if self.length == "year":
            return year
        if self.length == "quarter":
            return f"{year}第{QUARTERS[(self.last.month - 1) // MONTHS['quarter']]}季度"
        if self.length == "rolling_ten_days":
            return f"{self.first:%Y年%m月%d日}至{self.last:%m月%d日}"
        parts = PARTS.get(self.length, ())
        part = parts[sum(self.last.day > last for last in LAST_OF_PART[self.length])] if parts else ""
        return f"{year}{self.last.month}月{part}"


def stretch_of(length: Length, day: date) -> Stretch:
    """The stretch that a day lies in: 1–10, 11–20, 21–end of month; 1–15, 16–end; month; quarter; year (S45–S47)."""
    if length in MONTHS:
        return _of_months(length, day)
    if length == "rolling_ten_days":
        return _rolling(day)
    ends = [*LAST_OF_PART[length], _month_end(day.year, day.month)]
    last = next(end for end in ends if day.day <= end)
    before = max((end for end in ends if end < last), default=0)
    return Stretch(length, day.replace(day=before + 1), day.replace(day=last))


def _rolling(day: date) -> Stretch:
    first = day - timedelta(days=(day - ROLLING_FROM).days % ROLLING_DAYS)
    return Stretch("rolling_ten_days", first, first + timedelta(days=ROLLING_DAYS - 1))


def _of_months(length: Length, day: date) -> Stretch:
    months = MONTHS[length]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Stretch(length, date(day.year, first, 1), date(day.year, last, _month_end(day.year, last)))


def _month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def latest_open(length: Length, now: datetime) -> Stretch:
    """The latest stretch whose last day has begun."""
    current = stretch_of(length, local_day(now))
    return current if current.opens_at <= now else stretch_of(length, current.first - ONE_DAY)


def open_since(length: Length, last: date, now: datetime) -> tuple[Stretch, ...]:
    """Every stretch that ends after ``last`` and whose last day has begun, in order."""
    found = []
    stretch = latest_open(length, now)
    while stretch.last > last:
        found.append(stretch)
        stretch = stretch_of(length, stretch.first - ONE_DAY)
    return tuple(reversed(found))
