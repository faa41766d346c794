"""Tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class HeldRow(Base):
    """A completed hearing, at its own office and every office above. Its columns are the fields of ``Held``."""

    __tablename__ = "hearing_held"
    session: Mapped[str] = mapped_column(String(32), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(index=True)
    form: Mapped[str] = mapped_column(String(16))
    matters: Mapped[list[Any]]
    resolved: Mapped[list[Any]]
    agreed: Mapped[bool]
    hidden_from: Mapped[list[Any]]
