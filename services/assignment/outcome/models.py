"""Tables of this room; all but the catalogue of a closed file go when the case is recalled or its file is disposed of."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Person = String(60)
Word = String(24)


class AssignmentVisit(Base):
    """Somebody went there and looked (实地走访)."""

    __tablename__ = "assignment_visit"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    found: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Person)


class AssignmentCallBack(Base):
    """An office above was asked to call the reporter back (回访). state: wanted → made."""

    __tablename__ = "assignment_call_back"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    purpose: Mapped[str] = mapped_column(Word)
    office: Mapped[str] = mapped_column(String(16))
    round: Mapped[int]
    wanted_at: Mapped[datetime]
    wanted_by: Mapped[str] = mapped_column(Person)
    state: Mapped[str] = mapped_column(Word)
    result: Mapped[str] = mapped_column(Word)
    made_at: Mapped[datetime | None]


class AssignmentSaying(Base):
    """What the reporter said by receipt; its id is the portal's, so that a letter that comes twice changes nothing."""

    __tablename__ = "assignment_saying"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    what: Mapped[str] = mapped_column(Word)
    at: Mapped[datetime]
    text: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[dict[str, Any] | None]


class AssignmentNotice(Base):
    """A notice to the reporter as the own intake numbered and froze it (告知书); the catalogue of the file names it."""

    __tablename__ = "assignment_notice"
    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    kind: Mapped[str] = mapped_column(Word)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]


class AssignmentFile(Base):
    """The closed file of one round of a case (归档): what it had, by number, kind, date and hash, frozen.

    state: closed → superseded (the case was opened again and closed anew) or disposed (its content was deleted).
    """

    __tablename__ = "assignment_file"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(Word)
    retention: Mapped[str] = mapped_column(Word)
    keep_until: Mapped[datetime | None]
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(Person)
    catalogue: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(Word)
    disposed_at: Mapped[datetime | None]
    disposed_by: Mapped[str] = mapped_column(Person)
    disposal_reason: Mapped[str] = mapped_column(Text)
