"""Queries of this room."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.outreach import Source
from network.state import as_state, keep
from services.intake.models import IntakeReport
from services.intake.outreach.demands.models import IntakeDemand
from services.intake.outreach.demands.rules import Demand


def write(session: Session, state: Demand) -> None:
    keep(session, IntakeDemand, state.demand, state)


def of_case(session: Session, case: str) -> Sequence[Demand]:
    """Where a report was collected."""
    rows = session.scalars(select(IntakeDemand).where(IntakeDemand.case == case).order_by(IntakeDemand.at))
    return [as_state(Demand, row) for row in rows]


def cases_of(session: Session, source: Source, of: str) -> Sequence[dict[str, str]]:
    """The reports of a source that are still here, ``{case, number}``."""
    query = select(IntakeDemand.case, IntakeReport.number).join(IntakeReport, IntakeReport.case == IntakeDemand.case)
    found = query.where(IntakeDemand.source == source.value, IntakeDemand.of == of).order_by(IntakeReport.number)
    return [{"case": case, "number": number} for case, number in session.execute(found)]


def count(session: Session, source: Source, of: str) -> int:
    """How many were collected there, those included that left this office since."""
    query = select(func.count()).where(IntakeDemand.source == source.value, IntakeDemand.of == of)
    return session.scalar(query) or 0


def between(session: Session, begins: datetime, ends: datetime) -> Sequence[tuple[Demand, str]]:
    """What was collected in these days, each with the report's number ("" of one that left), by time."""
    query = select(IntakeDemand, IntakeReport.number).outerjoin(IntakeReport, IntakeReport.case == IntakeDemand.case)
    found = query.where(IntakeDemand.at >= begins, IntakeDemand.at < ends)
    rows = session.execute(found.order_by(IntakeDemand.at, IntakeDemand.demand))
    return [(as_state(Demand, row), number or "") for row, number in rows]


def forget(session: Session, case: str) -> None:
    """A case left this office: that something was collected stays counted, what it was is known no more."""
    for row in session.scalars(select(IntakeDemand).where(IntakeDemand.case == case)):
        row.case = ""
