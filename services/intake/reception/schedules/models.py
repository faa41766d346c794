"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeSchedule(Base):
    """When a leader receives; its columns are the fields of ``Schedule``."""

    __tablename__ = "intake_schedule"
    schedule: Mapped[str] = mapped_column(String(32), primary_key=True)
    leader: Mapped[str] = mapped_column(String(20), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    since: Mapped[date]
    until: Mapped[date]
    weekdays: Mapped[list[Any]]
    month_days: Mapped[list[Any]]
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    minutes: Mapped[int]
    capacity: Mapped[int]
    place: Mapped[str] = mapped_column(String(200))
    on_rest_days: Mapped[bool]
    case: Mapped[str] = mapped_column(String(32), index=True)


class IntakeAwayDay(Base):
    """A day on which a leader is away; ``lifted`` once he was there after all."""

    __tablename__ = "intake_away_day"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    leader: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    lifted: Mapped[bool]
    __table_args__ = (Index("ix_intake_away_day_leader", "leader", "day"),)
