"""A schedule gives slots, always the same ones; and each place of a slot stands in exactly one way. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from contracts.calendar import ONE_DAY, SHANGHAI, WorkingDays, china
from contracts.reception import BookingState

TAKEN = (BookingState.BOOKED.value, BookingState.HELD.value, BookingState.NO_SHOW.value)
"""The states of a booking that use up a place; a cancelled or moved one gives it back."""


@dataclass(frozen=True)
class Schedule:
    """A leader (an official's id) receives from ``since`` to ``until``, both counted, on ``weekdays`` (1 is Monday) or
    ``month_days``; from ``starts`` to ``ends`` (``HH:MM``, China) in slots of ``minutes`` with ``capacity`` places.

    On days of rest only where ``on_rest_days`` says so. ``case`` is whose petitioner was invited, of an appointment.
    """

    schedule: str
    leader: str
    kind: str
    since: date
    until: date
    starts: str
    ends: str
    minutes: int
    capacity: int
    place: str
    weekdays: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    on_rest_days: bool = False
    case: str = ""


@dataclass(frozen=True)
class Slot:
    """So many places with a leader, from ``starts`` for ``minutes``."""

    schedule: str
    leader: str
    kind: str
    day: date
    starts: str
    minutes: int
    capacity: int
    place: str

    @property
    def begins(self) -> datetime:
        return moment(self.day, self.starts)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Places:
    """How the places of a slot stand. They are never more nor fewer than its capacity."""

    open: int
    booked: int
    held: int
    no_show: int
    closed: int


def moment(day: date, at: str) -> datetime:
    """A time of day (``HH:MM``) in China."""
    return datetime.combine(day, time.fromisoformat(at), SHANGHAI)


def receives(schedule: Schedule, day: date, table: WorkingDays | None = None) -> bool:
    """Whether the schedule has slots on that day."""
    if not schedule.since <= day <= schedule.until:
        return False
    falls = day.isoweekday() in schedule.weekdays or day.day in schedule.month_days
    return falls and (schedule.on_rest_days or (table or china()).is_working_day(day))


def days(schedule: Schedule, since: date, until: date, table: WorkingDays | None = None) -> Iterator[date]:
    """The days of this stretch on which it has slots."""
    day, last = max(since, schedule.since), min(until, schedule.until)
    while day <= last:
        if receives(schedule, day, table):
            yield day
        day += ONE_DAY


def slots(schedule: Schedule, since: date, until: date, table: WorkingDays | None = None) -> tuple[Slot, ...]:
    """Every slot of the stretch, by time."""
    return tuple(each for day in days(schedule, since, until, table) for each in _of_day(schedule, day))


def _of_day(schedule: Schedule, day: date) -> Iterator[Slot]:
    at, end = moment(day, schedule.starts), moment(day, schedule.ends)
    length = timedelta(minutes=schedule.minutes)
    names = ("schedule", "leader", "kind", "minutes", "capacity", "place")
    kept = {name: getattr(schedule, name) for name in names}
    while at + length <= end:
        yield Slot(day=day, starts=f"{at:%H:%M}", **kept)
        at += length


def overlap(one: Schedule, other: Schedule) -> date | None:
    """The first day on which two schedules would have a leader in two places, None where there is none."""
    if one.starts >= other.ends or other.starts >= one.ends:
        return None
    since, until = max(one.since, other.since), min(one.until, other.until)
    return next((day for day in days(one, since, until) if receives(other, day)), None)


def places(slot: Slot, states: Iterable[str], *, closed: bool) -> Places:
    """How the places stand, given the states of the slot's bookings; what is not taken is closed on an away day."""
    taken = Counter(state for state in states if state in TAKEN)
    left = slot.capacity - taken.total()
    return Places(
        open=0 if closed else left,
        closed=left if closed else 0,
        booked=taken[BookingState.BOOKED],
        held=taken[BookingState.HELD],
        no_show=taken[BookingState.NO_SHOW],
    )
