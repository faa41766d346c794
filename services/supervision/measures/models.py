"""Tables of this room. All but what is counted goes with the case's content; of a recalled case everything goes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base

Id = String(32)
Name = String(60)
Word = String(24)
Kind = String(30)


class DispositionRow(Base):
    """How this desk's head disposed of a report, as the own assignment said it last (S80)."""

    __tablename__ = "supervision_disposition"
    case_id: Mapped[str] = mapped_column(Id, primary_key=True)
    disposal: Mapped[str] = mapped_column(Word)
    at: Mapped[datetime]


class MeasureRow(Base):
    """A measure in a report that this office holds; ``Measure`` has the fields. What was said is sealed to the desk."""

    __tablename__ = "supervision_measure"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)
    kind: Mapped[str] = mapped_column(Kind)
    state: Mapped[str] = mapped_column(Word)
    to: Mapped[str] = mapped_column(String(16))
    points: Mapped[list[Any]]
    proposed_by: Mapped[str] = mapped_column(Name)
    proposed_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    carried_on: Mapped[date | None]
    record: Mapped[dict[str, Any] | None]
    sealed: Mapped[dict[str, Any] | None]
    demand: Mapped[str] = mapped_column(Id)
    corrected: Mapped[bool | None]
    recheck_on: Mapped[date | None]
    result: Mapped[dict[str, Any] | None]
    lasting: Mapped[bool | None]


class MeasureStepRow(Base):
    """A step of a measure: who took it, when and why (S81)."""

    __tablename__ = "supervision_measure_step"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)
    measure: Mapped[str] = mapped_column(Id, index=True)
    step: Mapped[str] = mapped_column(Word)
    by: Mapped[str] = mapped_column(Name)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)


class MeasureFactRow(Base):
    """That a measure was carried out here or below, and on which day: all that is counted (S87)."""

    __tablename__ = "supervision_measure_fact"
    measure: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, index=True)
    office: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(Kind)
    carried_on: Mapped[date] = mapped_column(index=True)
    corrected: Mapped[bool | None]
