"""Tables of this room."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Name = String(60)
Office = String(16)
Word = String(24)


class AssignmentLeaver(Base):
    """Somebody who left this office or his post, as one desk of it handed over what he had. ``Leaver`` has the fields."""

    __tablename__ = "assignment_leaver"
    leaving: Mapped[str] = mapped_column(Id, primary_key=True)
    desk: Mapped[str] = mapped_column(Word)
    person: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(Name)
    successor: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Name)


class AssignmentKeyTask(Base):
    """The keys of a desk that somebody had have to be rotated; open until ``done_day`` says when that was done."""

    __tablename__ = "assignment_key_task"
    task: Mapped[str] = mapped_column(Id, primary_key=True)
    leaving: Mapped[str] = mapped_column(Id)
    desk: Mapped[str] = mapped_column(Word)
    person: Mapped[str] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]
    done_day: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(Name)
    __table_args__ = (Index("ix_assignment_key_task_desk", "desk", "at"),)


class AssignmentSuccession(Base):
    """An office that is no more, and who follows it: at the common superior. ``Succession`` has the fields."""

    __tablename__ = "assignment_succession"
    office: Mapped[str] = mapped_column(Office, primary_key=True)
    successor: Mapped[str] = mapped_column(String(40))
    document_no: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    begun_at: Mapped[datetime]
    begun_by: Mapped[str] = mapped_column(Name)
    runs: Mapped[int]
    open_below: Mapped[int | None]
    files_below: Mapped[int | None]
    heard_at: Mapped[datetime | None]


class AssignmentMoved(Base):
    """A case of an office that is no more, and how far it is on its way to who follows. ``Moved`` has the fields."""

    __tablename__ = "assignment_moved"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    office: Mapped[str] = mapped_column(Office, index=True)
    state: Mapped[str] = mapped_column(String(12))
    taken_at: Mapped[datetime]
    accounted: Mapped[bool]
    done_at: Mapped[datetime | None]


class AssignmentOldFile(Base):
    """A petition as an office that is no more left it: read at the superior, never handled there."""

    __tablename__ = "assignment_old_file"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    office: Mapped[str] = mapped_column(Office, index=True)
    number: Mapped[str] = mapped_column(String(40), index=True)
    status: Mapped[str] = mapped_column(Word)
    entered_at: Mapped[datetime]
    came_at: Mapped[datetime]
    file: Mapped[dict[str, Any]]
    beside: Mapped[dict[str, Any]]


class AssignmentSentUp(Base):
    """At an office that is no more: this case's file went up."""

    __tablename__ = "assignment_sent_up"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
