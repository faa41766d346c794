"""Tables of this room."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeHanded(Base):
    """What somebody who left had in this service, and what became of it. ``case`` is "" where it is of no case."""

    __tablename__ = "intake_handed"
    leaving: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    ref: Mapped[str] = mapped_column(String(80), primary_key=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    desk: Mapped[str] = mapped_column(String(24))
    person: Mapped[str] = mapped_column(String(60))
    successor: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
