"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Office = String(16)
Word = String(24)


class AssignmentHelper(Base):
    """At whoever holds the case: an office that was asked to help. ``HelperState`` has the fields."""

    __tablename__ = "assignment_helper"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(Office)
    what: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    due: Mapped[datetime]
    provisional: Mapped[bool]
    how: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(Word)
    report: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text)


class AssignmentHelp(Base):
    """At the helping office: what it was asked for. ``HelpState`` has the fields."""

    __tablename__ = "assignment_help"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    desk: Mapped[str] = mapped_column(Word)
    asked_by: Mapped[str] = mapped_column(Office)
    number: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    due: Mapped[datetime]
    excluded: Mapped[list[Any]]
    recused: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(Word)
    report: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_assignment_help_list", "desk", "state", "due"),)


class AssignmentDispute(Base):
    """At the common superior: a dispute on competence to decide. ``DisputeState`` has the fields."""

    __tablename__ = "assignment_dispute"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    desk: Mapped[str] = mapped_column(Word)
    number: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    holder: Mapped[str] = mapped_column(Office)
    offices: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(Text)
    raised_by: Mapped[str] = mapped_column(Office)
    raised_at: Mapped[datetime]
    due: Mapped[datetime]
    recused: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(Word)
    decided: Mapped[str] = mapped_column(Office)
    why: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(60))
    way: Mapped[str] = mapped_column(Word, default="")
    participants: Mapped[list[Any]] = mapped_column(default=list)
    held_on: Mapped[date | None]
    document_no: Mapped[str] = mapped_column(String(80), default="")


class AssignmentTeamChange(Base):
    """A case team as it was from ``at`` on: who was in it, who changed it, and why (S66)."""

    __tablename__ = "assignment_team_change"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    desk: Mapped[str] = mapped_column(Word)
    team: Mapped[str] = mapped_column(String(30), index=True)
    area: Mapped[str] = mapped_column(String(30))
    members: Mapped[list[Any]]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(Text)


class AssignmentTeam(Base):
    """A case team of one desk of this office (S66); ``members`` are officials' ids."""

    __tablename__ = "assignment_team"
    desk: Mapped[str] = mapped_column(Word, primary_key=True)
    team: Mapped[str] = mapped_column(String(30), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    area: Mapped[str] = mapped_column(String(30))
    members: Mapped[list[Any]]
    formed_at: Mapped[datetime]
    formed_by: Mapped[str] = mapped_column(String(60))
