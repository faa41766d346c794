"""Queries of incidents."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.incidents.models import IncidentCaseRow, IncidentEntryRow, IncidentRow
from services.supervision.incidents.rules import Entry, Incident, Said


def incident(session: Session, key: str) -> Incident | None:
    """An incident, its row locked."""
    row = session.get(IncidentRow, key, with_for_update=True)
    return None if row is None else as_state(Incident, row)


def has_entry(session: Session, key: str) -> bool:
    return session.get(IncidentEntryRow, key) is not None


def keep(session: Session, said: Said) -> None:
    """Write an incident, new or changed, and what was said of it."""
    write(session, IncidentRow, said.incident.id, said.incident)
    write(session, IncidentEntryRow, said.entry.id, said.entry)


def incidents(session: Session, state: str = "") -> list[Incident]:
    """The incidents in a state ("" any), the latest first."""
    query = select(IncidentRow).order_by(IncidentRow.at.desc(), IncidentRow.id)
    if state:
        query = query.where(IncidentRow.state == state)
    return [as_state(Incident, row) for row in session.scalars(query)]


def entries(session: Session, key: str = "") -> list[Entry]:
    """What was said of an incident ("": of all), in its order."""
    query = select(IncidentEntryRow).order_by(IncidentEntryRow.said_at, IncidentEntryRow.id)
    if key:
        query = query.where(IncidentEntryRow.incident == key)
    return [as_state(Entry, row) for row in session.scalars(query)]


def cases(session: Session, key: str) -> list[dict[str, str]]:
    """The petitions that an incident is about."""
    query = select(IncidentCaseRow).where(IncidentCaseRow.incident == key).order_by(IncidentCaseRow.number)
    return [{"case": row.case_id, "number": row.number} for row in session.scalars(query)]


def link(session: Session, key: str, case: str, number: str) -> None:
    """Once for each case."""
    if session.get(IncidentCaseRow, (key, case)) is None:
        session.add(IncidentCaseRow(incident=key, case_id=case, number=number))


def to_remind(session: Session, office: str, now: datetime, limit: int) -> list[str]:
    """The incidents of an office whose next report is late and was not yet reminded of."""
    reminded = or_(IncidentRow.reminded_for.is_(None), IncidentRow.reminded_for != IncidentRow.next_due)
    query = select(IncidentRow.id).where(IncidentRow.office == office, IncidentRow.next_due < now, reminded)
    return list(session.scalars(query.order_by(IncidentRow.next_due).limit(limit)))


def rows_of(session: Session, case: str) -> list[IncidentCaseRow]:
    """What is kept of a case here: that an incident was about it."""
    return list(session.scalars(select(IncidentCaseRow).where(IncidentCaseRow.case_id == case)))


def remind(session: Session, state: Incident) -> None:
    """Write that it was reminded of."""
    write(session, IncidentRow, state.id, state)
