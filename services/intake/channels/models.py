"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Who = String(60)


class IntakeChannel(Base):
    """A version of a channel of this office or of one below; the latest has no ``replaced_at``."""

    __tablename__ = "intake_channel"
    channel: Mapped[str] = mapped_column(String(32), primary_key=True)
    rev: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
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
    public: Mapped[bool]
    closed: Mapped[bool]
    official: Mapped[str] = mapped_column(String(20))
    official_name: Mapped[str] = mapped_column(String(60))
    official_post: Mapped[str] = mapped_column(String(60))
    clerk: Mapped[str] = mapped_column(Who)
    clerk_name: Mapped[str] = mapped_column(Who)
    deputy: Mapped[str] = mapped_column(Who)
    deputy_name: Mapped[str] = mapped_column(Who)
    staffed_since: Mapped[date | None]
    away: Mapped[list[Any]]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Who)
    why: Mapped[str] = mapped_column(String(200))
    replaced_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_intake_channel_office", "office", "replaced_at"),)


class IntakeAbsence(Base):
    """An account of this office is away; without ``until`` it is gone."""

    __tablename__ = "intake_absence"
    absence: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[str] = mapped_column(Who, index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Who)
