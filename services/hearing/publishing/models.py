"""Tables of this room."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class PublishedRow(Base):
    """A terminating opinion as it was published: masked, seen by who published it. ``digest`` is the SHA-256 of ``text``."""

    __tablename__ = "hearing_published"
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    withdrawn_why: Mapped[str] = mapped_column(Text)
