"""Tables of this room."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class RuleRow(Base):
    """One version of the text of a slot of a desk's rules; the highest is in force. Its columns are those of ``Rule``."""

    __tablename__ = "hearing_rule"
    desk: Mapped[str] = mapped_column(String(12), primary_key=True)
    slot: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class CheckRow(Base):
    """What somebody answered to one slot for one hearing of a case, and by which text. Its columns are those of ``Check``."""

    __tablename__ = "hearing_check"
    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str] = mapped_column(String(200))
    met: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
