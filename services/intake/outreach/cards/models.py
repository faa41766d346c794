"""Tables of this room. No name of who has a card is kept."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeCardBatch(Base):
    """Cards or slips printed together; its columns are the fields of ``Batch``."""

    __tablename__ = "intake_card_batch"
    batch: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[int]
    last: Mapped[int]
    contact: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30))
    url: Mapped[str] = mapped_column(String(200))
    campaign: Mapped[str] = mapped_column(String(20))
    printed_at: Mapped[datetime]
    printed_by: Mapped[str] = mapped_column(String(60))


class IntakeCard(Base):
    """A serial that left its batch; its columns are the fields of ``Card``."""

    __tablename__ = "intake_card"
    serial: Mapped[str] = mapped_column(String(24), primary_key=True)
    batch: Mapped[str] = mapped_column(String(32), index=True)
    state: Mapped[str] = mapped_column(String(12))
    campaign: Mapped[str] = mapped_column(String(20))
    given_to: Mapped[str] = mapped_column(String(12))
    place: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime | None]
    issued_by: Mapped[str] = mapped_column(String(60))
    void_at: Mapped[datetime | None]
    void_by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(200))
