"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class RecordRow(Base):
    """Beside a hearing: report, answers and signatures. Its columns are the fields of ``Record``."""

    __tablename__ = "hearing_record"
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    report_text: Mapped[str] = mapped_column(Text)
    report_sha256: Mapped[str] = mapped_column(String(64))
    recusal: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    signatures: Mapped[list[Any]]
    signed_at: Mapped[datetime | None]


class TermRow(Base):
    """One term of an agreement made at a hearing (K26). state: agreed → performed, or broken → performed late."""

    __tablename__ = "hearing_term"
    session_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str] = mapped_column(String(32), index=True)
    ref: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text)
    due: Mapped[datetime]
    agreed_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(String(60))
