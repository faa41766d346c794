"""Sweeps: every office returns what it owes by the calendar, most in time, some late, some never."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from shangda.simulate.people import EVENING, People

ENDS = {"village": (10, 20, None), "town": (15, None), "department": (15, None), "district": (None,)}

DUE_DAYS = 2
LATE = (12, 14)
"""Later than a due day that rolled over the longest holiday."""


class Sweeping:
    """Nothing but returns without findings: what is counted is whether they were made, and when."""

    def __init__(self, people: People, late: float = 0.1, never: float = 0.05) -> None:
        self.people = people
        self.late, self.never = late, never

    def sweep(self) -> None:
        """The last period of every office is returned in time, so that it was heard after the others."""
        for office, tier in self.people.offices.items():
            owed = list(self._owed(tier))
            for last in owed:
                self.people.stops |= {self.people.day(last + timedelta(days=after)) for after in (0, DUE_DAYS + 1)}
                kind = 1.0 if last == owed[-1] else self.people.chance.random()
                if kind >= self.never:
                    late = kind < self.never + self.late
                    self._return(office, last, last + timedelta(days=self.people.chance.randint(*LATE) if late else 0))

    def _owed(self, tier: str) -> Iterator[date]:
        """The last days of the periods that an office of the tier owes; what falls due at the very end is left out."""
        first, until = self.people.begins.date(), self.people.ends.date() - timedelta(days=LATE[1])
        for day in self.people.days(first + timedelta(days=1), until):
            ends = {each or monthrange(day.year, day.month)[1] for each in ENDS[tier]}
            if day.day in ends:
                yield day

    def _return(self, office: str, period: date, day: date) -> None:
        data = {"kind": "sweep", "period": period.isoformat(), "scope": "full", "screeners": ["张三"], "nil": True}
        self.people.does(self.people.day(day, EVENING), office, "supervision.return_sweep", data)
