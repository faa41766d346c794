"""Tables of intake: the register, what was added to it, notices, custody lines and the counters of its series."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Office = String(16)
Word = String(24)
Receipt = String(64)


class IntakeReport(Base):
    """A report registered here. Its number is final. Recalled ones are husks that nothing lists or counts."""

    __tablename__ = "intake_report"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    receipt_hash: Mapped[str] = mapped_column(Receipt, index=True)
    desk: Mapped[str] = mapped_column(Word)
    entry_office: Mapped[str] = mapped_column(Office)
    entered_at: Mapped[datetime]
    registered_at: Mapped[datetime]
    clerk: Mapped[str] = mapped_column(String(60))
    channel: Mapped[str] = mapped_column(Word)
    nature: Mapped[str] = mapped_column(Word)
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    real_name: Mapped[bool]
    contactable: Mapped[bool]
    urgent: Mapped[bool]
    reporter: Mapped[dict[str, Any] | None]
    sealed: Mapped[dict[str, Any] | None]
    policy_version: Mapped[str] = mapped_column(String(40))
    head_count: Mapped[int]
    representatives: Mapped[int]
    external_no: Mapped[str] = mapped_column(String(60), index=True)
    flags: Mapped[list[Any]]
    part_of: Mapped[str] = mapped_column(Id)
    parts: Mapped[int]
    via: Mapped[str] = mapped_column(Id, index=True)
    opening: Mapped[str] = mapped_column(Id)
    recalled: Mapped[bool]
    __table_args__ = (Index("ix_intake_report_list", "desk", "recalled", "number"),)


class IntakeSupplement(Base):
    """More material for a report."""

    __tablename__ = "intake_supplement"
    supplement: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    text: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[dict[str, Any] | None]


class IntakeRating(Base):
    """What the reporter said of the outcome; the latest counts, earlier ones stay."""

    __tablename__ = "intake_rating"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    rating: Mapped[str] = mapped_column(Word)
    comment: Mapped[str] = mapped_column(Text)


class IntakeNotice(Base):
    """A numbered notice to the reporter (告知书), frozen as it was issued."""

    __tablename__ = "intake_notice"
    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    desk: Mapped[str] = mapped_column(Word)
    kind: Mapped[str] = mapped_column(Word)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]


class IntakeCustody(Base):
    """A report that was taken here for a desk elsewhere: that it was taken, when and for whom. Nothing else.

    What belongs to a body outside has a ``number`` and, once it went there, when, how and under which number.
    """

    __tablename__ = "intake_custody"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(Receipt, index=True)
    at: Mapped[datetime]
    recipient: Mapped[str] = mapped_column(String(64))
    number: Mapped[str] = mapped_column(String(40), default="", index=True)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    way: Mapped[str] = mapped_column(String(60), default="")
    document_no: Mapped[str] = mapped_column(String(60), default="")


class IntakeCounter(Base):
    """The last serial of a series in a year; counted up in the commit that uses it, so that there are no gaps."""

    __tablename__ = "intake_counter"
    series: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
