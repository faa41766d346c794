"""Tables of this room. Head counts and what was demanded, no names of those who came."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IncidentRow(Base):
    """An incident where it happened, and at every office above. open → ended. ``next_due``: when the next report is due."""

    __tablename__ = "supervision_incident"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(String(200))
    heads: Mapped[int]
    demand: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(String(30))
    commander: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(12))
    next_due: Mapped[datetime | None] = mapped_column(index=True)
    reminded_for: Mapped[datetime | None]


class IncidentEntryRow(Base):
    """A report or a step: who said what, when; ``due`` is when it was due, empty for the first report and for steps."""

    __tablename__ = "supervision_incident_entry"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    incident: Mapped[str] = mapped_column(String(32), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    said_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(Text)
    due: Mapped[datetime | None]


class IncidentCaseRow(Base):
    """A petition that an incident is about; a row of its own, so that it is hidden from whom the case is hidden from."""

    __tablename__ = "supervision_incident_case"
    incident: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    number: Mapped[str] = mapped_column(String(40))
