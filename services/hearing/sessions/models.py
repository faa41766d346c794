"""Hearings and the terminating opinions that may follow one."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class SessionRow(Base):
    """One hearing (听证会). state: open → completed or cancelled. ``gates``: on-the-spot → {content, reason, at, by}.

    ``panel``: {name, role, person, office} each; ``replaced``: {name, by, reason, at} each, in the order it was done.
    """

    __tablename__ = "hearing_session"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    ordinal: Mapped[int]
    notice_no: Mapped[str] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(16))
    for_level: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(200))
    notice_at: Mapped[datetime]
    planned_at: Mapped[datetime]
    investigation_report: Mapped[str] = mapped_column(String(200))
    public_notice: Mapped[str] = mapped_column(String(200))
    panel: Mapped[list[Any]]
    replaced: Mapped[list[Any]]
    absences: Mapped[str] = mapped_column(Text)
    gates: Mapped[dict[str, Any]]
    minutes: Mapped[str] = mapped_column(Text)
    terms: Mapped[list[Any]]
    held_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(10))
    further: Mapped[list[Any]]
    adjourned: Mapped[list[Any]]
    cancelled_why: Mapped[str] = mapped_column(Text)


class TerminationRow(Base):
    """A terminating opinion (听证终结书), frozen when it was numbered; ``remedy`` is what it says can still be done."""

    __tablename__ = "hearing_termination"
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(80))
    opinion: Mapped[str] = mapped_column(Text)
    standard: Mapped[list[Any]]
    remedy: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
