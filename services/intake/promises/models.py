"""Tables of this room."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakePromise(Base):
    """A promise; its columns are the fields of ``Promise``."""

    __tablename__ = "intake_promise"
    promise: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    source: Mapped[str] = mapped_column(String(12))
    source_id: Mapped[str] = mapped_column(String(32), index=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    by: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(60))
    due: Mapped[date]
    campaign: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    performed_at: Mapped[datetime | None]
    performed: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(String(60))
    how: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_intake_promise_due", "due", "promise"),)
