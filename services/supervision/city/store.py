"""Queries of visits to the city and of alerts."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.words import Desk
from network.state import as_state
from services.supervision.city.models import AlertRow, CityVisitRow
from services.supervision.city.rules import Alert, Visit
from services.supervision.ledger.models import LineRow


def visits(session: Session) -> list[Visit]:
    """Every visit, the latest first."""
    rows = session.scalars(select(CityVisitRow).order_by(CityVisitRow.at.desc(), CityVisitRow.id))
    return [as_state(Visit, row) for row in rows]


def has_visits(session: Session, case: str) -> bool:
    return session.scalar(select(CityVisitRow.id).where(CityVisitRow.case_id == case).limit(1)) is not None


def alerts(session: Session, states: Collection[str] = ("open", "decided")) -> list[Alert]:
    """The alerts in these states, the latest first."""
    query = select(AlertRow).where(AlertRow.state.in_(states))
    return [as_state(Alert, row) for row in session.scalars(query.order_by(AlertRow.raised_at.desc(), AlertRow.id))]


def alert(session: Session, alert_id: str) -> AlertRow | None:
    return session.get(AlertRow, alert_id, with_for_update=True)


def repeats(session: Session) -> dict[str, str]:
    """Petition → the petition it is linked to as a repeat, as far as both are in the ledger."""
    known = session.execute(
        select(LineRow.case_id, LineRow.number, LineRow.repeat_of).where(LineRow.desk == Desk.PETITION)
    ).all()
    cases = {number: case for case, number, _ in known}
    return {case: cases[repeat_of] for case, _, repeat_of in known if repeat_of in cases}


def rows_of(session: Session, case: str) -> list[CityVisitRow | AlertRow]:
    """Everything kept of a case here."""
    found: list[CityVisitRow | AlertRow] = []
    for model in (CityVisitRow, AlertRow):
        found += session.scalars(select(model).where(model.case_id == case))
    return found
