"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class DemandRow(Base):
    """A demand at the office that made it, at its addressee, and at the offices above the giver, there without its words.

    state: open → answered → accepted, or open → withdrawn. ``case_id`` is empty where the office may not know of a case.
    ``next_at`` is when its next step here is due.
    """

    __tablename__ = "supervision_demand"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(30))
    clock: Mapped[str] = mapped_column(String(4))
    giver: Mapped[str] = mapped_column(String(16))
    given_by: Mapped[str] = mapped_column(String(60))
    receiver: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(20))
    points: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    due: Mapped[datetime]
    provisional: Mapped[bool]
    how: Mapped[list[Any]]
    follows: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str] = mapped_column(Text)
    adopted: Mapped[bool | None]
    signed_by: Mapped[str] = mapped_column(String(60))
    answered_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    __table_args__ = (Index("ix_supervision_demand_desk", "desk", "at"),)
