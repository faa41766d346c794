"""Tables of this room."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Person = String(20)
Name = String(60)


class AssignmentHandOver(Base):
    """A seat of a town's group handed over (包抓交接): open until both have signed. ``HandOver`` has the fields."""

    __tablename__ = "assignment_hand_over"
    hand_over: Mapped[str] = mapped_column(Id, primary_key=True)
    town: Mapped[str] = mapped_column(String(16))
    slot: Mapped[str] = mapped_column(String(30))
    outgoing: Mapped[str] = mapped_column(Person)
    incoming: Mapped[str] = mapped_column(Person)
    day: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(Name)
    outgoing_at: Mapped[datetime | None]
    outgoing_paper: Mapped[str] = mapped_column(String(80))
    incoming_at: Mapped[datetime | None]
    incoming_paper: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index("ix_assignment_hand_over_seat", "town", "slot", "day"),)


class AssignmentHandOverMatter(Base):
    """An open matter that a hand-over lists. It goes with the case when that is recalled."""

    __tablename__ = "assignment_hand_over_matter"
    hand_over: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(40))


class AssignmentMerit(Base):
    """An award, a sanction or a score of a town, as one of its five persons has it (S29). ``Merit`` has the fields."""

    __tablename__ = "assignment_merit"
    merit: Mapped[str] = mapped_column(Id, primary_key=True)
    person: Mapped[str] = mapped_column(Person, primary_key=True)
    town: Mapped[str] = mapped_column(String(16))
    slot: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(Text)
    document_no: Mapped[str] = mapped_column(String(80))
    day: Mapped[date]
    points: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(Name)
    __table_args__ = (
        Index("ix_assignment_merit_person", "person", "day"),
        Index("ix_assignment_merit_town", "town", "day"),
    )
