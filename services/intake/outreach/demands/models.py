"""Tables of this room."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from network.db import Base


class IntakeDemand(Base):
    """A report and where it was collected; ``demand`` is the activity's id too. Its columns are the fields of ``Demand``."""

    __tablename__ = "intake_demand"
    demand: Mapped[str] = mapped_column(String(32), primary_key=True)
    case: Mapped[str] = mapped_column(String(32), index=True)
    source: Mapped[str] = mapped_column(String(12))
    of: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    campaign: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    __table_args__ = (Index("ix_intake_demand_of", "source", "of"),)
