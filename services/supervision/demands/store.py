"""Queries of demands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.demands.models import DemandRow
from services.supervision.demands.rules import Demand


def row(session: Session, demand_id: str) -> DemandRow | None:
    """A demand's row, locked."""
    return session.get(DemandRow, demand_id, with_for_update=True)


def demand(session: Session, demand_id: str) -> Demand | None:
    """A demand as it stands, its row locked."""
    found = row(session, demand_id)
    return None if found is None else as_state(Demand, found)


def keep(session: Session, state: Demand) -> DemandRow:
    """Write a demand, new or changed."""
    return write(session, DemandRow, state.id, state)


def due_ids(session: Session, now: datetime, limit: int) -> list[str]:
    """The demands whose next step here is due, the oldest first."""
    query = select(DemandRow.id).where(DemandRow.next_at <= now).order_by(DemandRow.next_at)
    return list(session.scalars(query.limit(limit)))


def of_case(session: Session, case: str) -> Sequence[DemandRow]:
    return session.scalars(select(DemandRow).where(DemandRow.case_id == case)).all()


def open_of_case(session: Session, case: str, giver: str) -> list[Demand]:
    """What ``giver`` demands about a case and nobody answered yet."""
    query = select(DemandRow).where(DemandRow.case_id == case, DemandRow.state == "open", DemandRow.giver == giver)
    return [as_state(Demand, each) for each in session.scalars(query.with_for_update())]


def open_for(session: Session, desk: str, person: str) -> list[Demand]:
    """What a desk demands of a person and nobody answered yet; of nobody nothing."""
    query = select(DemandRow).where(DemandRow.desk == desk, DemandRow.state == "open", DemandRow.person == person)
    return [as_state(Demand, each) for each in session.scalars(query.order_by(DemandRow.id))] if person else []


def listed(session: Session, desk: str, state: str, late_at: datetime | None, limit: int) -> list[Demand]:
    """A desk's demands in ``state`` ("" any), the latest first; those past their due moment at ``late_at`` only."""
    query = select(DemandRow).where(DemandRow.desk == desk)
    if state:
        query = query.where(DemandRow.state == state)
    if late_at is not None:
        done = func.coalesce(DemandRow.answered_at, DemandRow.ended_at)
        query = query.where(DemandRow.due < func.coalesce(done, late_at))
    rows = session.scalars(query.order_by(DemandRow.at.desc(), DemandRow.id).limit(limit))
    return [as_state(Demand, each) for each in rows]


def standing(session: Session, desk: str) -> list[Demand]:
    """Every demand of a desk that was not withdrawn, the first first."""
    query = select(DemandRow).where(DemandRow.desk == desk, DemandRow.state != "withdrawn")
    return [as_state(Demand, each) for each in session.scalars(query.order_by(DemandRow.at, DemandRow.id))]


def waiting(session: Session, desk: str, office: str) -> list[Demand]:
    """What an office has to answer, and answers that it has to accept; the most pressing first."""
    to_answer = and_(DemandRow.receiver == office, DemandRow.state == "open")
    to_accept = and_(DemandRow.giver == office, DemandRow.state == "answered")
    query = select(DemandRow).where(DemandRow.desk == desk, or_(to_answer, to_accept))
    return [as_state(Demand, each) for each in session.scalars(query.order_by(DemandRow.due, DemandRow.id))]
