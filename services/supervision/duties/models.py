"""Tables of this room."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class DutyRow(Base):
    """One duty of one official, of the version in force, the ``serial``-th. Days are ISO dates; ``until`` "" means still."""

    __tablename__ = "supervision_duty"
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(String(20), primary_key=True)
    duty: Mapped[str] = mapped_column(String(30), primary_key=True)
    scope: Mapped[str] = mapped_column(String(30), primary_key=True)
    since: Mapped[str] = mapped_column(String(10), primary_key=True)
    until: Mapped[str] = mapped_column(String(10))
