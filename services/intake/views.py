"""What a desk is shown of the register: JSON-able dicts."""

from datetime import datetime
from typing import Any

from contracts.calendar import JUST_AFTER, local_day
from network.db import Base
from services.intake.custody.rules import Custody
from services.intake.models import IntakeReport
from services.intake.outreach.demands.rules import Demand
from services.intake.repeats import Proposal

LINE = (
    "case", "number", "desk", "entered_at", "registered_at", "channel", "nature", "category", "place", "urgent",
    "head_count", "representatives", "external_no", "via", "opening",
)  # fmt: skip


def line(row: IntakeReport) -> dict[str, Any]:
    """A report in a list, without its text."""
    return {name: getattr(row, name) for name in LINE}


def values(row: Base) -> dict[str, Any]:
    """Every column of a row."""
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def custody(line: Custody, due: datetime | None, now: datetime) -> dict[str, Any]:
    """A custody line, to the day; the case only of what has to be sent up, which is a case nowhere.

    ``late``: it was not sent by ``due`` (K19).
    """
    names = ("number", "recipient", "sent_at", "way", "document_no")
    case, late = line.case if line.number else "", due is not None and (line.sent_at or now) >= due + JUST_AFTER
    when = {"day": local_day(line.at).isoformat(), "due": due, "late": late}
    return {**{name: getattr(line, name) for name in names}, "case": case, **when}


def proposal(found: Proposal) -> dict[str, Any]:
    """A petition that may be the same matter."""
    names = ("case", "number", "entered_at")
    named = {name: getattr(found.report, name) for name in names}
    return {**named, "similarity": found.similarity, "why": list(found.why)}


def collected(found: Demand) -> dict[str, Any]:
    """Where a report was collected: by a card, on a home visit, on going down."""
    return {"source": found.source, "of": found.of, "at": found.at, "campaign": found.campaign}
