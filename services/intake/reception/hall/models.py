"""Tables of this room."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeHallDuty(Base):
    """A half day of a leader in the hall; its columns are the fields of ``HallDuty``."""

    __tablename__ = "intake_hall_duty"
    duty: Mapped[str] = mapped_column(String(32), primary_key=True)
    leader: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(24))
    day: Mapped[date] = mapped_column(index=True)
    half: Mapped[str] = mapped_column(String(2))
    ends: Mapped[datetime]
    attendance: Mapped[str] = mapped_column(String(24))
    substitute: Mapped[str] = mapped_column(String(20))
    substitute_name: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(200))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(60))
    counted: Mapped[bool]
    campaign: Mapped[str] = mapped_column(String(20))
    __table_args__ = (UniqueConstraint("leader", "day", "half", name="uq_intake_hall_duty_leader"),)
