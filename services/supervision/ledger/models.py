"""The ledger: a line for every case here and below (S72), a stub without persons or text."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class LineRow(Base):
    """One case as this office's supervision knows it. ``terms`` lists the terms heard of: [override, n, began]."""

    __tablename__ = "supervision_line"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    entry_office: Mapped[str] = mapped_column(String(16))
    entered_at: Mapped[datetime]
    arrived_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    holder: Mapped[str] = mapped_column(String(16))
    holder_tier: Mapped[str] = mapped_column(String(12))
    override: Mapped[int]
    n: Mapped[int]
    offered_to: Mapped[str] = mapped_column(String(16))
    excluded: Mapped[list[Any]]
    terms: Mapped[list[Any]]
    what: Mapped[str] = mapped_column(String(30))
    told_at: Mapped[datetime]
    told_by: Mapped[str] = mapped_column(String(16))
    last_heard_at: Mapped[datetime]
    recused: Mapped[list[Any]]
    flags: Mapped[list[Any]]
    repeat_of: Mapped[str] = mapped_column(String(40), default="")
    course: Mapped[list[Any]] = mapped_column(default=list)
    __table_args__ = (Index("ix_supervision_line_desk", "desk", "case_id"),)


class RecalledRow(Base):
    """A case that was taken from this office: what still comes of it under this term or a lower one is not kept."""

    __tablename__ = "supervision_recalled"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    override: Mapped[int]
    n: Mapped[int]
    at: Mapped[datetime]
