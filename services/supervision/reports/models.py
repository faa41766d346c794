"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class ReportRow(Base):
    """A report at the district that makes it, and at each unit that got it. Its columns are the fields of ``Report``."""

    __tablename__ = "supervision_report"
    report: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(60))
    since: Mapped[date]
    until: Mapped[date]
    state: Mapped[str] = mapped_column(String(10))
    answers_wanted: Mapped[int]
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64))
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str] = mapped_column(String(60))
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(String(60))
    origin: Mapped[str] = mapped_column(String(16))
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str] = mapped_column(String(60))
    __table_args__ = (Index("ix_supervision_report_list", "kind", "until"),)


class AnswerRow(Base):
    """A service counted the figures of an office for a report: what it counted never changes after."""

    __tablename__ = "supervision_report_answer"
    report: Mapped[str] = mapped_column(String(32), primary_key=True)
    about: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16), primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    figures: Mapped[list[Any]]
    counted_at: Mapped[datetime]


class CorrectionRow(Base):
    """What a report says of an earlier one: a figure was, is now. ``objection`` is "" where counting again showed it."""

    __tablename__ = "supervision_report_correction"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    report: Mapped[str] = mapped_column(String(32), index=True)
    about: Mapped[str] = mapped_column(String(32), index=True)
    office: Mapped[str] = mapped_column(String(16))
    service: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    zh: Mapped[str] = mapped_column(String(80))
    was_value: Mapped[int]
    was_base: Mapped[int | None]
    is_value: Mapped[int]
    is_base: Mapped[int | None]
    objection: Mapped[str] = mapped_column(String(32))


class ServedRow(Base):
    """A unit on which a report was served, at the district."""

    __tablename__ = "supervision_report_served"
    report: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16), primary_key=True)
    served_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str] = mapped_column(String(60))


class ObjectionRow(Base):
    """A unit's objection to one of its figures, at the unit and at the district. Its columns are the fields of ``Objection``."""

    __tablename__ = "supervision_report_objection"
    objection: Mapped[str] = mapped_column(String(32), primary_key=True)
    report: Mapped[str] = mapped_column(String(32), index=True)
    office: Mapped[str] = mapped_column(String(16))
    service: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    grounds: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(10))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(Text)
    value: Mapped[int | None]
    base: Mapped[int | None]
