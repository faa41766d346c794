"""Reviews of opinions, and requests that came before the opinion they are about."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class ReviewRow(Base):
    """The review or final review of one opinion. state: late (not in time, awaits a waiver) → requested → decided."""

    __tablename__ = "hearing_review"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    opinion_no: Mapped[str] = mapped_column(String(80), primary_key=True)
    level: Mapped[str] = mapped_column(String(12), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    organ: Mapped[str] = mapped_column(String(40))
    outside: Mapped[bool]
    requested_at: Mapped[datetime]
    points: Mapped[str] = mapped_column(Text)
    waiver: Mapped[str] = mapped_column(Text)
    due: Mapped[datetime | None]
    provisional: Mapped[bool]
    how: Mapped[list[Any]]
    paused_at: Mapped[datetime | None]
    pauses: Mapped[list[Any]]
    package_no: Mapped[str] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(10))
    review_no: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    opinion: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    public: Mapped[bool]
    next_until: Mapped[datetime | None]
    __table_args__ = (Index("ix_hearing_review_state", "state", "due"),)


class RequestRow(Base):
    """A request for review by receipt whose opinion has not arrived here yet; taken up when it does."""

    __tablename__ = "hearing_request"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]
    points: Mapped[str] = mapped_column(Text)
