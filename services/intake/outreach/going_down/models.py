"""Tables of this room."""

from datetime import date, datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeGoDown(Base):
    """A leader goes down; its columns are the fields of ``GoingDown``. ``waiting`` are ids that the ledger was asked for."""

    __tablename__ = "intake_go_down"
    go_down: Mapped[str] = mapped_column(String(32), primary_key=True)
    leader: Mapped[str] = mapped_column(String(20))
    leader_name: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(24))
    day: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(30))
    campaign: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12))
    planned_at: Mapped[datetime]
    planned_by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text)
    waiting: Mapped[list[str]] = mapped_column(JSON)
    unknown: Mapped[int]


class IntakeCaseDown(Base):
    """A case that goes along; ``taken`` is its activity's id too. Its columns are the fields of ``CaseDown``."""

    __tablename__ = "intake_case_down"
    taken: Mapped[str] = mapped_column(String(32), primary_key=True)
    go_down: Mapped[str] = mapped_column(String(32), index=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(Text)
    result_at: Mapped[datetime | None]
    result_by: Mapped[str] = mapped_column(String(60))
