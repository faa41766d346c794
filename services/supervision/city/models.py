"""Visits to the city, and alerts. Head count and matter, no names."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class CityVisitRow(Base):
    """One visit to the city over a case, kept at the district."""

    __tablename__ = "supervision_city_visit"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime]
    form: Mapped[str] = mapped_column(String(12))
    head_count: Mapped[int]
    why_not_here: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(String(60))
    recorded_at: Mapped[datetime]


class AlertRow(Base):
    """What collective visits over one matter propose (S40). ``case_id`` is the case it began with. open → decided."""

    __tablename__ = "supervision_alert"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    unit: Mapped[str] = mapped_column(String(16))
    principals: Mapped[list[Any]]
    visits: Mapped[list[Any]]
    raised_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    decision: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
