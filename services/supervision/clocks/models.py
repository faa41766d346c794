"""Clocks and the steps of the ladder they reached."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class ClockRow(Base):
    """One clock of one case: its acts, and what they make. ``next_at`` is when its next step here is due, if any."""

    __tablename__ = "supervision_clock"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    ref: Mapped[str] = mapped_column(String(20), primary_key=True)
    teller: Mapped[str] = mapped_column(String(16))
    acts: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime | None]
    due: Mapped[datetime | None]
    provisional: Mapped[bool]
    how: Mapped[list[Any]]
    extended_from: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_supervision_clock_next", "next_at"), Index("ix_supervision_clock_due", "state", "due"))


class StepRow(Base):
    """A step fired here, or told from below; one row for one step of one due moment. open → acknowledged, withdrawn.

    ``rung`` and ``persons`` (officials' ids) say before whom it is put; without persons the whole desk has it. A row
    without ``kind`` is no step of a clock: something else asks for a supervisor (attention).
    """

    __tablename__ = "supervision_step"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    kind: Mapped[str] = mapped_column(String(4))
    ref: Mapped[str] = mapped_column(String(20))
    step: Mapped[str] = mapped_column(String(24))
    due: Mapped[datetime]
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(12))
    answerable: Mapped[str] = mapped_column(String(16))
    fired_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(12))
    unconfirmed: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[str] = mapped_column(String(120))
    ended_at: Mapped[datetime | None]
    rung: Mapped[str] = mapped_column(String(20), default="")
    persons: Mapped[list[Any]] = mapped_column(default=list)
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "ref", "step", "due"),
        Index("ix_supervision_step_list", "desk", "state", "fired_at"),
    )
