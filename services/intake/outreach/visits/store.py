"""Queries of this room."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.intake.outreach.visits.models import IntakeHomeVisit, IntakeVisited
from services.intake.outreach.visits.rules import Visit


def visit(session: Session, visit_id: str) -> Visit | None:
    """A visit as it stands, its row locked."""
    row = session.get(IntakeHomeVisit, visit_id, with_for_update=True)
    return None if row is None else as_state(Visit, row)


def write(session: Session, state: Visit) -> None:
    keep(session, IntakeHomeVisit, state.visit, state)


def reached(session: Session, marks: Collection[str]) -> set[str]:
    """Those of the marks that were reached before."""
    return set(session.scalars(select(IntakeVisited.mark).where(IntakeVisited.mark.in_(marks))))


def reach(session: Session, mark: str, visit_id: str) -> None:
    """From now on the mark counts at this visit; nowhere where it is ""."""
    row = session.get(IntakeVisited, mark)
    if not visit_id:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(IntakeVisited(mark=mark, visit=visit_id))
    else:
        row.visit = visit_id


def covered(session: Session, visit_id: str) -> Sequence[str]:
    """The marks that count at a visit."""
    return session.scalars(
        select(IntakeVisited.mark).where(IntakeVisited.visit == visit_id).order_by(IntakeVisited.mark)
    ).all()


def of_campaign(session: Session, campaign: str) -> Sequence[Visit]:
    """The visits of a campaign ("" for those of none) in the order in which they were entered."""
    query = select(IntakeHomeVisit).where(IntakeHomeVisit.campaign == campaign)
    rows = session.scalars(query.order_by(IntakeHomeVisit.recorded_at, IntakeHomeVisit.visit))
    return [as_state(Visit, row) for row in rows]


def listed(session: Session, campaign: str, limit: int, after: str) -> Sequence[Visit]:
    """A page of visits, the latest entered first; of one campaign, or of all where it is ""."""
    query = select(IntakeHomeVisit).order_by(IntakeHomeVisit.recorded_at.desc(), IntakeHomeVisit.visit.desc())
    if campaign:
        query = query.where(IntakeHomeVisit.campaign == campaign)
    skipped = int(after) if after.isdecimal() else 0
    return [as_state(Visit, row) for row in session.scalars(query.offset(skipped).limit(limit))]


def between(session: Session, begins: datetime, ends: datetime) -> Sequence[Visit]:
    """The visits of these days, by time."""
    query = select(IntakeHomeVisit).where(IntakeHomeVisit.at >= begins, IntakeHomeVisit.at < ends)
    rows = session.scalars(query.order_by(IntakeHomeVisit.at, IntakeHomeVisit.visit))
    return [as_state(Visit, row) for row in rows]
