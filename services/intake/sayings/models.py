"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeSaying(Base):
    """What a reporter said of a case by receipt (contracts.events.sayings), as it was said."""

    __tablename__ = "intake_saying"
    saying: Mapped[str] = mapped_column(String(32), primary_key=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    what: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime]
    text: Mapped[str | None] = mapped_column(Text)
    sealed: Mapped[dict[str, Any] | None]
    person: Mapped[str] = mapped_column(String(60))
