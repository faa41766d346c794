"""Tables of this room."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class SuspensionRow(Base):
    """A proposal to suspend (停职处理建议), from a decided alert; its ``id`` is the alert's.

    proposed → decided → ended, or proposed → refused.
    """

    __tablename__ = "supervision_suspension"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    unit: Mapped[str] = mapped_column(String(16))
    draft: Mapped[str] = mapped_column(Text)
    proposed_by: Mapped[str] = mapped_column(String(60))
    proposed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12))
    person: Mapped[str] = mapped_column(String(60))
    organ: Mapped[str] = mapped_column(String(100))
    document: Mapped[str] = mapped_column(String(100))
    grounds: Mapped[str] = mapped_column(Text)
    since: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime | None]
    until: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[str] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]


class RemovalRow(Base):
    """A removal on the spot (就地免职) as an organ decided it and a leader wrote it down."""

    __tablename__ = "supervision_removal"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    unit: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    organ: Mapped[str] = mapped_column(String(100))
    document: Mapped[str] = mapped_column(String(100))
    decided_on: Mapped[date] = mapped_column(index=True)
    recorded_by: Mapped[str] = mapped_column(String(60))
    recorded_at: Mapped[datetime]


class RemovalCaseRow(Base):
    """A case that shows why; a row of its own, so that it is hidden from whom the case is hidden from."""

    __tablename__ = "supervision_removal_case"
    removal: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    number: Mapped[str] = mapped_column(String(40))
