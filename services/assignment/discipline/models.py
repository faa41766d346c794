"""Tables of this room. All of it is deleted when the case is recalled or sent up."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Name = String(60)
Word = String(24)


class AssignmentDisposal(Base):
    """How a discipline report was disposed of; the latest counts, earlier ones stay (JK art. 17)."""

    __tablename__ = "assignment_disposal"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    disposal: Mapped[str] = mapped_column(Word)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]


class AssignmentTags(Base):
    """What the desk says that a report is about; ``Tags`` has the fields (S83, S84)."""

    __tablename__ = "assignment_tags"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    nature: Mapped[str] = mapped_column(Word)
    object: Mapped[str] = mapped_column(Word)
    rule_sets: Mapped[list[Any]]
    violations: Mapped[list[Any]]
    by: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]


class AssignmentFeedback(Base):
    """One telling of the result to a real-name reporter (结果反馈记录, JK art. 27)."""

    __tablename__ = "assignment_feedback"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    round: Mapped[int]
    at: Mapped[datetime]
    way: Mapped[str] = mapped_column(Word)
    told_by: Mapped[str] = mapped_column(Name)
    response: Mapped[str] = mapped_column(Text)
    objection: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text)
    new_evidence: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Name)


class AssignmentAccusation(Base):
    """What was found of the good faith of a report: mistaken, or suggested, recognised, not_recognised (JK 39–41).

    A row of the case, never of a person; nothing lists or searches it but the case itself.
    """

    __tablename__ = "assignment_accusation"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    state: Mapped[str] = mapped_column(Word)
    facts: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]
    document_no: Mapped[str] = mapped_column(String(80))
    decided_at: Mapped[datetime | None]


class AssignmentClearing(Base):
    """A clearing of somebody wrongly reported: proposed, approved, done (JK arts 50, 51)."""

    __tablename__ = "assignment_clearing"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    state: Mapped[str] = mapped_column(Word)
    way: Mapped[str] = mapped_column(Word)
    words: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(Name)
    proposed_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(Name)
    approved_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(Name)
    done_at: Mapped[datetime | None]
