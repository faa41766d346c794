"""Supervision orders given and received (S70–S79), and audits asked of offices below."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class OrderRow(Base):
    """An order, at the office that gave it (``given``) and at the one that received it. open → closed, withdrawn."""

    __tablename__ = "supervision_order"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    given: Mapped[bool] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(12))
    step: Mapped[str] = mapped_column(String(24))
    demand: Mapped[str] = mapped_column(Text)
    giver: Mapped[str] = mapped_column(String(16))
    receiver: Mapped[str] = mapped_column(String(16))
    supervisor: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    due: Mapped[datetime]
    unconfirmed: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[str] = mapped_column(String(60), default="")
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_supervision_order_desk", "desk", "at"),)


class PressRow(Base):
    """One act of a supervisor about a case (S73); ``order_id`` "" where it belongs to no order."""

    __tablename__ = "supervision_press"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    order_id: Mapped[str] = mapped_column(String(80))
    way: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    whom: Mapped[str] = mapped_column(String(100))
    said: Mapped[str] = mapped_column(Text)
    next_at: Mapped[datetime | None]
    room: Mapped[str] = mapped_column(String(24), default="")


class AuditRow(Base):
    """An audit asked of an office below. Without an answer ``answered_at`` is empty: silence is a finding."""

    __tablename__ = "supervision_audit"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(String(60))
    answered_at: Mapped[datetime | None]
    epoch: Mapped[int | None]
    seq: Mapped[int | None]
    hash: Mapped[str | None] = mapped_column(String(64))
    findings: Mapped[list[Any]]
