"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class GuidanceRow(Base):
    """An entry of a guidance order, at who gave it and at who received it. ``kind``: choice, opinion or step.

    ``words`` is why it was chosen, the opinion, or what is to be done; ``by`` who wrote it, of a step who does it.
    """

    __tablename__ = "supervision_guidance"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(80), index=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    desk: Mapped[str] = mapped_column(String(12))
    giver: Mapped[str] = mapped_column(String(16))
    receiver: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(Text)
    persons: Mapped[list[Any]]
    due: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(Text)
