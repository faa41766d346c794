"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class SweepRow(Base):
    """How a sweep was done; its ``id`` is the period's. What was found stands in the disputes."""

    __tablename__ = "supervision_sweep"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(30))
    period: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(index=True)
    scope: Mapped[str] = mapped_column(String(12))
    mode: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(200))
    screeners: Mapped[list[Any]]
    found: Mapped[int]
    still: Mapped[int]
    settled: Mapped[int]
    worse: Mapped[int]


class DisputeRow(Base):
    """A dispute; at offices above a stub of it without parties and words. Its columns are the fields of ``Dispute``."""

    __tablename__ = "supervision_dispute"
    dispute: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    office: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(10))
    found_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(20))
    heads: Mapped[int]
    risk: Mapped[str] = mapped_column(String(12))
    mass: Mapped[bool]
    lead: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(12))
    said: Mapped[str] = mapped_column(String(12))
    due: Mapped[date | None]
    closed_on: Mapped[date | None]
    rev: Mapped[int]
    sweep: Mapped[str] = mapped_column(String(32))
    found_by: Mapped[str] = mapped_column(String(60))
    parties: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(Text)
    helpers: Mapped[list[Any]]
    leader: Mapped[str] = mapped_column(String(20))
    measure: Mapped[str] = mapped_column(Text)
    progress: Mapped[list[Any]]
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    case_number: Mapped[str] = mapped_column(String(40))
    __table_args__ = (Index("ix_supervision_dispute_list", "office", "found_on"),)


class DisputeCounter(Base):
    """The last serial of a year's disputes."""

    __tablename__ = "supervision_dispute_counter"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class RoundRow(Base):
    """An extra round ordered here or above; what each office owes for it stands among the periods."""

    __tablename__ = "supervision_round"
    round: Mapped[str] = mapped_column(String(20), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    since: Mapped[date]
    until: Mapped[date]
    scope: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(200))
    offices: Mapped[list[Any]]


class StudyRow(Base):
    """A quarter's study: its minutes, and which demand was made about which dispute: [[dispute, demand]]."""

    __tablename__ = "supervision_study"
    quarter: Mapped[str] = mapped_column(String(10), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    minutes: Mapped[str] = mapped_column(Text)
    items: Mapped[list[Any]]
    measures: Mapped[list[Any]]


class NudgeRow(Base):
    """A reminder from an office to one above, at both."""

    __tablename__ = "supervision_nudge"
    nudge: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(40))
    office: Mapped[str] = mapped_column(String(16))
    to: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
