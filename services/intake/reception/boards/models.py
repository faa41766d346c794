"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeBoard(Base):
    """A leader's board, of this office or told from below; its columns are the fields of ``Board``."""

    __tablename__ = "intake_board"
    profile: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16), index=True)
    official: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    photo: Mapped[str] = mapped_column(String(320))
    post: Mapped[str] = mapped_column(String(60))
    duties: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(String(24))
    days: Mapped[list[Any]]
    since: Mapped[date | None]
    until: Mapped[date | None]
    rev: Mapped[int]


class IntakeBoardChange(Base):
    """A change of a board or of the listing (``official`` ""): what was, what is, who made it and when."""

    __tablename__ = "intake_board_change"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    official: Mapped[str] = mapped_column(String(20), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(24))
    why: Mapped[str] = mapped_column(String(200))
    old: Mapped[dict[str, Any]]
    new: Mapped[dict[str, Any]]


class IntakeListing(Base):
    """Who of this unit is to be on its boards: one row; ``members`` are ``{official, name, standing}``."""

    __tablename__ = "intake_listing"
    office: Mapped[str] = mapped_column(String(16), primary_key=True)
    listed: Mapped[str] = mapped_column(String(24))
    members: Mapped[list[Any]]
