"""Tables of this room."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeReception(Base):
    """A reception that was held; its columns are the fields of ``Reception``."""

    __tablename__ = "intake_reception"
    reception: Mapped[str] = mapped_column(String(32), primary_key=True)
    booking: Mapped[str] = mapped_column(String(32), index=True)
    detail: Mapped[str] = mapped_column(String(24))
    named: Mapped[str] = mapped_column(String(20))
    named_name: Mapped[str] = mapped_column(String(60))
    received_by: Mapped[str] = mapped_column(String(20))
    received_name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(24))
    substitute_why: Mapped[str] = mapped_column(String(200))
    booked_for: Mapped[datetime | None]
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    head_count: Mapped[int]
    summary: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    case: Mapped[str] = mapped_column(String(32), index=True)
    round: Mapped[int]
    on_the_spot: Mapped[bool]
    marked_key: Mapped[bool]
    key: Mapped[bool]
    result: Mapped[str] = mapped_column(String(24))
    rating: Mapped[str] = mapped_column(String(24))
    rated: Mapped[int]
    campaign: Mapped[str] = mapped_column(String(20))
    void: Mapped[bool]
    void_why: Mapped[str] = mapped_column(String(200))
    recorded_by: Mapped[str] = mapped_column(String(60))
    __table_args__ = (Index("ix_intake_reception_at", "at"),)


class IntakeCaseOutcome(Base):
    """How far a petition is that this office has or passed on, as the own assignment tells it."""

    __tablename__ = "intake_case_outcome"
    case: Mapped[str] = mapped_column(String(32), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(24))
    round: Mapped[int]
    key: Mapped[bool]
    at: Mapped[datetime]
