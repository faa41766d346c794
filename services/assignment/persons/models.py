"""Recusals that this office decided, for the figures, and the objections of reporters."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)


class AssignmentRecusal(Base):
    """An office or person recused by a decision of this office; ``who`` is the office, or the person's veil."""

    __tablename__ = "assignment_recusal"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    who: Mapped[str] = mapped_column(Id)
    is_person: Mapped[bool]
    ground: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]


class AssignmentObjection(Base):
    """A reporter objects to a person. ``named`` and ``reason`` are the reporter's words, ``veil`` is "" until it is known
    who is meant. state: open → granted or refused.
    """

    __tablename__ = "assignment_objection"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    named: Mapped[str] = mapped_column(String(60))
    veil: Mapped[str] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(Text)
    sealed: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12))
    decided_by: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text)
