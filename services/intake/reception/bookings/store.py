"""Queries of this room. Whether a place is taken must not depend on who asks: ``states`` sees hidden cases too."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.reception import BookingState
from network.state import as_state, keep
from network.veils import UNSCREENED
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.bookings.rules import Booking
from services.intake.reception.schedules import store as schedules
from services.intake.reception.schedules.slots import Places, Slot, places

Key = tuple[str, date, str]


def booking(session: Session, booking_id: str) -> Booking | None:
    """A booking as it stands, its row locked."""
    row = session.get(IntakeBooking, booking_id, with_for_update=True)
    return None if row is None else as_state(Booking, row)


def is_known(session: Session, booking_id: str) -> bool:
    """Whether any booking has this id, one that is hidden from who asks included."""
    query = select(IntakeBooking.booking).where(IntakeBooking.booking == booking_id)
    return session.scalar(query, execution_options=UNSCREENED) is not None


def write(session: Session, state: Booking) -> None:
    keep(session, IntakeBooking, state.booking, state)


def between(session: Session, since: date, until: date, leader: str = "") -> Sequence[Booking]:
    """The bookings of slots of these days, by time."""
    query = select(IntakeBooking).where(IntakeBooking.day >= since, IntakeBooking.day <= until)
    if leader:
        query = query.where(IntakeBooking.leader == leader)
    found = session.scalars(query.order_by(IntakeBooking.day, IntakeBooking.starts, IntakeBooking.booking))
    return [as_state(Booking, row) for row in found]


def standing(session: Session) -> Sequence[Booking]:
    """The bookings that were not dealt with, by time."""
    query = select(IntakeBooking).where(IntakeBooking.state == BookingState.BOOKED.value)
    found = session.scalars(query.order_by(IntakeBooking.day, IntakeBooking.starts, IntakeBooking.booking))
    return [as_state(Booking, row) for row in found]


def states(session: Session, since: date, until: date) -> dict[Key, list[str]]:
    """The states of the bookings of each slot of these days, whoever asks."""
    query = select(IntakeBooking.schedule, IntakeBooking.day, IntakeBooking.starts, IntakeBooking.state)
    found: dict[Key, list[str]] = {}
    wanted = query.where(IntakeBooking.day >= since, IntakeBooking.day <= until)
    for plan, day, starts, state in session.execute(wanted, execution_options=UNSCREENED):
        found.setdefault((plan, day, starts), []).append(state)
    return found


def places_of(session: Session, slots: Sequence[Slot]) -> list[tuple[Slot, Places]]:
    """Each slot with how its places stand."""
    if not slots:
        return []
    since, until = min(each.day for each in slots), max(each.day for each in slots)
    taken, away = states(session, since, until), schedules.away_days(session, since, until)
    return [(each, places(each, taken.get(_key(each), ()), closed=(each.leader, each.day) in away)) for each in slots]


def _key(slot: Slot) -> Key:
    return slot.schedule, slot.day, slot.starts


def forget(session: Session, case: str) -> None:
    """A case left this office: that a place was taken stays, by whom and for what goes. Nobody is waited for any more."""
    for row in session.scalars(select(IntakeBooking).where(IntakeBooking.case == case)):
        row.case, row.receipt_hash, row.reporter = "", "", None
        if row.state == BookingState.BOOKED.value:
            row.state = BookingState.CANCELLED.value
