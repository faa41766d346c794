"""Queries of this room. Whether a place is taken must not depend on who asks: those queries see hidden cases too."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from network.veils import UNSCREENED
from services.intake.reception.schedules.models import IntakeAwayDay, IntakeSchedule
from services.intake.reception.schedules.slots import Schedule, Slot, receives, slots


def schedule(session: Session, schedule_id: str) -> Schedule | None:
    """A schedule as it stands, its row locked."""
    row = session.get(IntakeSchedule, schedule_id, with_for_update=True)
    return None if row is None else as_state(Schedule, row)


def write(session: Session, state: Schedule) -> None:
    keep(session, IntakeSchedule, state.schedule, state)


def schedules(session: Session, leader: str = "", since: date | None = None) -> Sequence[Schedule]:
    """The schedules of a leader, or of all, that are not over before ``since``; locked, appointments of all included."""
    query = select(IntakeSchedule)
    if leader:
        query = query.where(IntakeSchedule.leader == leader)
    if since is not None:
        query = query.where(IntakeSchedule.until >= since)
    found = session.scalars(
        query.order_by(IntakeSchedule.since, IntakeSchedule.schedule).with_for_update(), execution_options=UNSCREENED
    )
    return [as_state(Schedule, row) for row in found]


def slots_between(session: Session, since: date, until: date, leader: str = "") -> list[Slot]:
    """Every slot of these days, by time and leader."""
    found = [each for plan in schedules(session, leader, since) for each in slots(plan, since, until)]
    return sorted(found, key=lambda each: (each.day, each.starts, each.leader))


def slot_at(session: Session, leader: str, day: date, starts: str) -> Slot | None:
    """The slot of a leader that begins then; he has no two, as schedules do not overlap."""
    return next((each for each in slots_between(session, day, day, leader) if each.starts == starts), None)


def is_of_schedule(plan: Schedule | None, day: date) -> bool:
    """Whether a schedule still receives on that day."""
    return plan is not None and receives(plan, day)


def away(session: Session, leader: str, day: date) -> IntakeAwayDay | None:
    """That he is away on that day."""
    query = select(IntakeAwayDay).where(
        IntakeAwayDay.leader == leader, IntakeAwayDay.day == day, IntakeAwayDay.lifted.is_(False)
    )
    return session.scalars(query.with_for_update()).first()


def away_days(session: Session, since: date, until: date) -> frozenset[tuple[str, date]]:
    """Which leaders are away on which of these days."""
    query = select(IntakeAwayDay.leader, IntakeAwayDay.day).where(
        IntakeAwayDay.day >= since, IntakeAwayDay.day <= until, IntakeAwayDay.lifted.is_(False)
    )
    return frozenset((row[0], row[1]) for row in session.execute(query))


def forget(session: Session, case: str) -> None:
    """A case left this office: that somebody was invited stays, over which case does not."""
    for row in session.scalars(select(IntakeSchedule).where(IntakeSchedule.case == case)):
        row.case = ""
