"""What hearing keeps of a case, the opinions served in it, and the series of its own documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class CaseRow(Base):
    """A stub without persons or text."""

    __tablename__ = "hearing_case"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))
    receipt_hash: Mapped[str] = mapped_column(String(64), index=True)
    desk: Mapped[str] = mapped_column(String(12))
    category: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(200))
    entry_office: Mapped[str] = mapped_column(String(16))
    entered_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12))
    holder: Mapped[str] = mapped_column(String(16))
    override: Mapped[int]
    n: Mapped[int]
    excluded: Mapped[list[Any]]
    recused: Mapped[list[Any]]
    flags: Mapped[list[Any]]
    final_opinions: Mapped[list[Any]]


class OpinionRow(Base):
    """An opinion (处理意见) that was served; ``superseded`` once another was served in the same case."""

    __tablename__ = "hearing_opinion"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    opinion_no: Mapped[str] = mapped_column(String(80), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    served_at: Mapped[datetime]
    review_until: Mapped[datetime]
    review_office: Mapped[str] = mapped_column(String(40))
    superseded: Mapped[bool]
    look_at: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_hearing_opinion_open", "superseded", "served_at"),
        Index("ix_hearing_opinion_look", "superseded", "look_at"),
    )


class NumberRow(Base):
    """The last number given in a series of a year; the next is taken in the commit of its document."""

    __tablename__ = "hearing_number"
    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class RecalledRow(Base):
    """A case taken from this office: what still comes of it under this term or a lower one is not kept."""

    __tablename__ = "hearing_recalled"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    override: Mapped[int]
    n: Mapped[int]
    at: Mapped[datetime]
