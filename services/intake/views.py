"""What a desk is shown of the register: JSON-able dicts."""

from typing import Any

from contracts.calendar import local_day
from network.db import Base
from services.intake.models import IntakeCustody, IntakeReport
from services.intake.repeats import Proposal

LINE = (
    "case", "number", "desk", "entered_at", "registered_at", "channel", "nature", "category", "place", "urgent",
    "head_count", "representatives", "external_no",
)  # fmt: skip


def line(row: IntakeReport) -> dict[str, Any]:
    """A report in a list, without its text."""
    return {name: getattr(row, name) for name in LINE}


def values(row: Base) -> dict[str, Any]:
    """Every column of a row."""
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def custody(row: IntakeCustody) -> dict[str, Any]:
    """A custody line, to the day; the case only of what has to be sent up, which is a case nowhere."""
    names = ("number", "recipient", "sent_at", "way", "document_no")
    case = row.case if row.number else ""
    return {**{name: getattr(row, name) for name in names}, "case": case, "day": local_day(row.at).isoformat()}


def proposal(found: Proposal) -> dict[str, Any]:
    """A petition that may be the same matter."""
    names = ("case", "number", "entered_at")
    named = {name: getattr(found.report, name) for name in names}
    return {**named, "similarity": found.similarity, "why": list(found.why)}
