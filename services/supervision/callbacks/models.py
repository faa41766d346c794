"""Call-backs (回访) that this office is to make."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class CallBackRow(Base):
    """One call-back. ``asked_by`` is the office that waits for it, "" for a sample. wanted → made.

    ``reporter`` is an envelope for this office's petition desk; it goes when the call is made.
    """

    __tablename__ = "supervision_call_back"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(40))
    desk: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[str] = mapped_column(String(16))
    wanted_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    reporter: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12))
    result: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(60))
    made_at: Mapped[datetime | None]
