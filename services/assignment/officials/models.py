"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class OfficialPart(Base):
    """A part of a version of the register: at the district of every version ever imported, elsewhere a copy of the latest.

    A version is in force when all its ``parts`` are here. ``by`` imported it, at ``at``; ``officials`` are plain
    ``contracts.officials.Official``, in a copy without relations.
    """

    __tablename__ = "assignment_official_part"
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parts: Mapped[int]
    version: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    officials: Mapped[list[Any]]
