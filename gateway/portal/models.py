"""The portal's tables: of a report only its receipt's hash, and the public steps told by the offices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class FiledRow(Base):
    """A report filed here. ``digest`` is of its content under the receipt as key, to tell a repeated click from another
    report; without the receipt, which is nowhere stored, it says nothing."""

    __tablename__ = "portal_filed"
    receipt_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    case: Mapped[str] = mapped_column(String(32))
    desk: Mapped[str] = mapped_column(String(12))
    filed_at: Mapped[datetime]
    due: Mapped[datetime | None]
    how: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))


class StepRow(Base):
    """One step of a case's public status: the read model of ``case_progress``, one row per letter."""

    __tablename__ = "portal_step"
    letter: Mapped[str] = mapped_column(String(64), primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64))
    case: Mapped[str] = mapped_column(String(32))
    desk: Mapped[str] = mapped_column(String(12))
    entry_office: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]
    tier: Mapped[str] = mapped_column(String(12))
    office: Mapped[str] = mapped_column(String(16))
    number: Mapped[str] = mapped_column(String(40))
    due: Mapped[datetime | None]
    how: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_portal_step_receipt", "receipt_hash", "at"),)


class SaidRow(Base):
    """That the reporter added something here, without what: kind is a word of ``rules.Saying``."""

    __tablename__ = "portal_said"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


class LeaderRow(Base):
    """A leader's board as the leader's office published it; shown from ``since`` to ``until``."""

    __tablename__ = "portal_leader"
    profile: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    photo: Mapped[str] = mapped_column(String(320))
    post: Mapped[str] = mapped_column(String(60))
    duties: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    days: Mapped[list[Any]]
    level: Mapped[str] = mapped_column(String(24))
    since: Mapped[date]
    until: Mapped[date | None]
    rev: Mapped[int]


class HearingRow(Base):
    """A public hearing's notice or a published terminating opinion; the read model of ``hearing_published``."""

    __tablename__ = "portal_hearing"
    session: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    rev: Mapped[int]
    office: Mapped[str] = mapped_column(String(16))
    form: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    withdrawn: Mapped[bool]


class ChannelRow(Base):
    """A public channel of an office, as the office last told it; the read model of ``channel_published``."""

    __tablename__ = "portal_channel"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    rev: Mapped[int]
    office: Mapped[str] = mapped_column(String(16), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    label: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    mailbox: Mapped[str] = mapped_column(String(130))
    url: Mapped[str] = mapped_column(String(220))
    qr: Mapped[str] = mapped_column(String(220))
    hours: Mapped[str] = mapped_column(String(100))
    capacity: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None]
    official_name: Mapped[str] = mapped_column(String(60))
    official_post: Mapped[str] = mapped_column(String(60))
    withdrawn: Mapped[bool]
