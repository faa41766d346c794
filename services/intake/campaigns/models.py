"""Tables of this room."""

from datetime import date
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeCampaign(Base):
    """A campaign set up here or above; its columns are the fields of ``Campaign``."""

    __tablename__ = "intake_campaign"
    campaign: Mapped[str] = mapped_column(String(20), primary_key=True)
    office: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(60))
    since: Mapped[date]
    until: Mapped[date]
    leaders_target: Mapped[int]
    cadres_target: Mapped[int]
    visits_due: Mapped[dict[str, Any]]
    cadres: Mapped[list[Any]]
    rev: Mapped[int]
