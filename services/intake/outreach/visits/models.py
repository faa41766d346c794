"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeHomeVisit(Base):
    """A home visit; its columns are the fields of ``Visit``. Of a household only a hash is kept."""

    __tablename__ = "intake_home_visit"
    visit: Mapped[str] = mapped_column(String(32), primary_key=True)
    visitor: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(24))
    why: Mapped[str] = mapped_column(String(200))
    companions: Mapped[list[Any]]
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(16))
    households: Mapped[int]
    marks: Mapped[list[Any]]
    counted: Mapped[int]
    campaign: Mapped[str] = mapped_column(String(20), index=True)
    learned: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(60))
    void: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))


class IntakeVisited(Base):
    """A household or place that a campaign reached, and the visit at which it counts."""

    __tablename__ = "intake_visited"
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    visit: Mapped[str] = mapped_column(String(32), index=True)
