"""Queries of periods."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.periods.models import PeriodRow
from services.supervision.periods.rules import Known, Period


def row(session: Session, period_id: str) -> PeriodRow | None:
    """A period's row, locked."""
    return session.get(PeriodRow, period_id, with_for_update=True)


def period(session: Session, period_id: str) -> Period | None:
    """A period as it stands, its row locked."""
    found = row(session, period_id)
    return None if found is None else as_state(Period, found)


def keep(session: Session, state: Period) -> PeriodRow:
    """Write a period, new or changed."""
    return write(session, PeriodRow, state.id, state)


def known(session: Session) -> Known:
    """(office, kind) → the latest period that is there."""
    query = select(PeriodRow.office, PeriodRow.kind, func.max(PeriodRow.period))
    rows = session.execute(query.group_by(PeriodRow.office, PeriodRow.kind))
    return {(office, kind): latest for office, kind, latest in rows}


def due_ids(session: Session, now: datetime, limit: int) -> list[str]:
    """The periods whose next step here is due, the oldest first."""
    query = select(PeriodRow.id).where(PeriodRow.next_at <= now).order_by(PeriodRow.next_at)
    return list(session.scalars(query.limit(limit)))


def listed(session: Session, desk: str, kind: str, office: str) -> Sequence[Period]:
    """A desk's periods, the latest due first; of one kind or office only where they are given."""
    query = select(PeriodRow).where(PeriodRow.desk == desk)
    if kind:
        query = query.where(PeriodRow.kind == kind)
    if office:
        query = query.where(PeriodRow.office == office)
    rows = session.scalars(query.order_by(PeriodRow.due.desc(), PeriodRow.kind, PeriodRow.office))
    return [as_state(Period, each) for each in rows]


def owed_by(session: Session, desk: str, office: str) -> Sequence[Period]:
    """What an office has still to return, the most pressing first."""
    query = select(PeriodRow).where(PeriodRow.desk == desk, PeriodRow.office == office, PeriodRow.returned_at.is_(None))
    return [as_state(Period, each) for each in session.scalars(query.order_by(PeriodRow.due, PeriodRow.id))]
