"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class ToHearRow(Base):
    """What a leader decided on a petition that was proposed for a hearing, and for which reasons it was. Once a case."""

    __tablename__ = "supervision_to_hear"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reasons: Mapped[list[Any]]
    hear: Mapped[bool]
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(60))
