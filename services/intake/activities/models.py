"""Tables of this room."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeActivity(Base):
    """An activity done here or told from below; its columns are the fields of ``contracts.activities.Activity``."""

    __tablename__ = "intake_activity"
    activity: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    office: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    level: Mapped[str] = mapped_column(String(24))
    count: Mapped[int]
    detail: Mapped[str] = mapped_column(String(30))
    campaign: Mapped[str] = mapped_column(String(20))
    case: Mapped[str] = mapped_column(String(32), index=True)
    matter: Mapped[str] = mapped_column(String(16))
    key: Mapped[bool]
    result: Mapped[str] = mapped_column(String(30))
    rating: Mapped[str] = mapped_column(String(30))
    void: Mapped[bool]
    rev: Mapped[int]
    __table_args__ = (Index("ix_intake_activity_count", "at", "kind"),)
