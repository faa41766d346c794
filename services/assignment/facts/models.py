"""Tables of this room. All of it is deleted when the case is recalled or sent up."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Name = String(60)


class AssignmentFact(Base):
    """A correction: what stood there, what stands there now, why and by whom. Envelopes where it is not for all eyes."""

    __tablename__ = "assignment_fact"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case: Mapped[str] = mapped_column(Id, index=True)
    what: Mapped[str] = mapped_column(String(24))
    old: Mapped[str] = mapped_column(String(200))
    new: Mapped[str] = mapped_column(String(200))
    old_sealed: Mapped[dict[str, Any] | None]
    sealed: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]


class AssignmentOutside(Base):
    """A case that went to a body outside the network by document, and that body's answer."""

    __tablename__ = "assignment_outside"
    case: Mapped[str] = mapped_column(Id, primary_key=True)
    body: Mapped[str] = mapped_column(String(40))
    document_no: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = mapped_column(Name)
    answer_no: Mapped[str] = mapped_column(String(80))
    answered_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(Text)
