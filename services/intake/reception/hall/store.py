"""Queries of this room."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.intake.reception.hall.models import IntakeHallDuty
from services.intake.reception.hall.rules import HallDuty


def row_of(session: Session, duty: str) -> IntakeHallDuty | None:
    """The row of a duty, locked."""
    return session.get(IntakeHallDuty, duty, with_for_update=True)


def duty(session: Session, duty_id: str) -> HallDuty | None:
    """A duty as it stands, its row locked."""
    row = row_of(session, duty_id)
    return None if row is None else as_state(HallDuty, row)


def of_half_day(session: Session, leader: str, day: date, half: str) -> HallDuty | None:
    """The duty of a leader on that half day."""
    query = select(IntakeHallDuty).where(
        IntakeHallDuty.leader == leader, IntakeHallDuty.day == day, IntakeHallDuty.half == half
    )
    row = session.scalars(query).first()
    return None if row is None else as_state(HallDuty, row)


def write(session: Session, state: HallDuty) -> None:
    keep(session, IntakeHallDuty, state.duty, state)


def between(session: Session, since: date, until: date, leader: str = "") -> Sequence[HallDuty]:
    """The roster of these days."""
    query = select(IntakeHallDuty).where(IntakeHallDuty.day >= since, IntakeHallDuty.day <= until)
    if leader:
        query = query.where(IntakeHallDuty.leader == leader)
    found = session.scalars(query.order_by(IntakeHallDuty.day, IntakeHallDuty.half, IntakeHallDuty.leader))
    return [as_state(HallDuty, row) for row in found]


def to_count(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """The duties that are over and do not count yet."""
    query = select(IntakeHallDuty.duty).where(IntakeHallDuty.counted.is_(False), IntakeHallDuty.ends <= now)
    return session.scalars(query.order_by(IntakeHallDuty.ends, IntakeHallDuty.duty).limit(limit)).all()
