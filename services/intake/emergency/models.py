"""Tables of this room: calls for help, the calls made for them, and who is on duty."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeEmergency(Base):
    """A call for help raised here or below; the fields of ``EmergencyState`` are columns of the same names."""

    __tablename__ = "intake_emergency"
    emergency: Mapped[str] = mapped_column(String(32), primary_key=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(24))
    office: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    due: Mapped[datetime]
    what: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(String(60))
    chain: Mapped[list[Any]]
    told: Mapped[list[Any]]
    excluded: Mapped[list[Any]]
    calls: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), index=True)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(Text)


class IntakeCall(Base):
    """A call made down the chain, in its order (``turn`` from 1)."""

    __tablename__ = "intake_call"
    emergency: Mapped[str] = mapped_column(String(32), primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(60))
    answered: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    clerk: Mapped[str] = mapped_column(String(60))


class IntakeDuty(Base):
    """A person on the office's duty chain, in the order of ``place`` from 1."""

    __tablename__ = "intake_duty"
    place: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30))
