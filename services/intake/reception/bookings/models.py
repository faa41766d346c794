"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeBooking(Base):
    """A booking; its columns are the fields of ``Booking``. No name in the clear: ``reporter`` is an envelope."""

    __tablename__ = "intake_booking"
    booking: Mapped[str] = mapped_column(String(32), primary_key=True)
    named: Mapped[str] = mapped_column(String(20))
    leader: Mapped[str] = mapped_column(String(20))
    schedule: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(24))
    day: Mapped[date]
    starts: Mapped[str] = mapped_column(String(5))
    place: Mapped[str] = mapped_column(String(200))
    case: Mapped[str] = mapped_column(String(32), index=True)
    receipt_hash: Mapped[str] = mapped_column(String(64))
    reporter: Mapped[dict[str, Any] | None]
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(24))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(200))
    moved_from: Mapped[str] = mapped_column(String(32))
    moved_to: Mapped[str] = mapped_column(String(32))
    __table_args__ = (
        Index("ix_intake_booking_slot", "schedule", "day", "starts"),
        Index("ix_intake_booking_state", "state", "day"),
    )
