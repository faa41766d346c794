"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class PeriodRow(Base):
    """What an office owes for a period, at that office and at every office above it. ``period`` is its last day.

    ``summary`` stays with the office itself. ``next_at`` is when its next step here is due. What a sweep found will hang
    on ``id``, which is the same at every office.
    """

    __tablename__ = "supervision_period"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    clock: Mapped[str] = mapped_column(String(4))
    desk: Mapped[str] = mapped_column(String(12))
    office: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(40))
    opens_at: Mapped[datetime]
    due: Mapped[datetime]
    provisional: Mapped[bool]
    how: Mapped[list[Any]]
    returned_at: Mapped[datetime | None]
    nil: Mapped[bool]
    summary: Mapped[str] = mapped_column(Text)
    heard_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    __table_args__ = (
        Index("ix_supervision_period_list", "desk", "kind", "due"),
        Index("ix_supervision_period_office", "office", "kind", "period"),
    )
