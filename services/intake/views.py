"""What a desk is shown of the register: JSON-able dicts."""

from typing import Any

from network.db import Base
from services.intake.models import IntakeCustody, IntakeReport

LINE = ("case", "number", "desk", "entered_at", "registered_at", "channel", "nature", "category", "place", "urgent")


def line(row: IntakeReport) -> dict[str, Any]:
    """A report in a list, without its text."""
    return {name: getattr(row, name) for name in LINE}


def values(row: Base) -> dict[str, Any]:
    """Every column of a row."""
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def custody(row: IntakeCustody) -> dict[str, Any]:
    """A custody line; not even the case's id."""
    return {"receipt_hash": row.receipt_hash, "at": row.at, "recipient": row.recipient}
