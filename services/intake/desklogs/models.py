"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Who = String(60)


class IntakeRoster(Base):
    """Who sits in a reception room on a day (接待值班表); ``day`` is ISO text, as keys of rows are in the journal."""

    __tablename__ = "intake_roster"
    channel: Mapped[str] = mapped_column(Id, primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    officer: Mapped[str] = mapped_column(Who)
    officer_name: Mapped[str] = mapped_column(Who)
    deputy: Mapped[str] = mapped_column(Who)
    deputy_name: Mapped[str] = mapped_column(Who)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Who)


class IntakeRoomVisit(Base):
    """People came to a reception room (来访登记): how many, received by whom, and what became of it."""

    __tablename__ = "intake_room_visit"
    visit: Mapped[str] = mapped_column(Id, primary_key=True)
    channel: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    heads: Mapped[int]
    officer: Mapped[str] = mapped_column(Who)
    officer_name: Mapped[str] = mapped_column(Who)
    rostered: Mapped[bool]
    why: Mapped[str] = mapped_column(String(200))
    case: Mapped[str] = mapped_column(Id, index=True)
    became_case: Mapped[bool]
    campaign: Mapped[str] = mapped_column(String(20))
    clerk: Mapped[str] = mapped_column(Who)


class IntakeBoxOpening(Base):
    """A report box was opened by two people (开箱登记). Its letters are registered, set aside with a reason, or open."""

    __tablename__ = "intake_box_opening"
    opening: Mapped[str] = mapped_column(Id, primary_key=True)
    channel: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    openers: Mapped[list[Any]]
    letters: Mapped[int]
    registered: Mapped[int]
    aside: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(String(500))
    campaign: Mapped[str] = mapped_column(String(20))
    clerk: Mapped[str] = mapped_column(Who)


class IntakePhoneCall(Base):
    """A call on the hotline (来电登记). Whether a number was given, never the number."""

    __tablename__ = "intake_phone_call"
    call: Mapped[str] = mapped_column(Id, primary_key=True)
    channel: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    operator: Mapped[str] = mapped_column(Who)
    operator_name: Mapped[str] = mapped_column(Who)
    number_given: Mapped[bool]
    name_given: Mapped[bool]
    summary: Mapped[str] = mapped_column(Text)
    recording: Mapped[str] = mapped_column(String(200))
    case: Mapped[str] = mapped_column(Id, index=True)
    became_case: Mapped[bool]
    campaign: Mapped[str] = mapped_column(String(20))
    clerk: Mapped[str] = mapped_column(Who)
