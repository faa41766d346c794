"""Queries of this room."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.accountability.models import RemovalCaseRow, RemovalRow, SuspensionRow
from services.supervision.accountability.rules import Removal, Suspension


def suspension(session: Session, key: str) -> Suspension | None:
    """A proposal, its row locked."""
    row = session.get(SuspensionRow, key, with_for_update=True)
    return None if row is None else as_state(Suspension, row)


def keep(session: Session, state: Suspension) -> None:
    write(session, SuspensionRow, state.id, state)


def suspensions(session: Session, state: str = "") -> list[Suspension]:
    """The proposals in a state ("" any), the latest first."""
    query = select(SuspensionRow).order_by(SuspensionRow.proposed_at.desc(), SuspensionRow.id)
    if state:
        query = query.where(SuspensionRow.state == state)
    return [as_state(Suspension, row) for row in session.scalars(query)]


def removals(session: Session) -> list[Removal]:
    """Every removal, the latest first."""
    query = select(RemovalRow).order_by(RemovalRow.decided_on.desc(), RemovalRow.id)
    return [as_state(Removal, row) for row in session.scalars(query)]


def evidence(session: Session, removal: str) -> list[dict[str, str]]:
    """The cases of a removal."""
    query = select(RemovalCaseRow).where(RemovalCaseRow.removal == removal).order_by(RemovalCaseRow.number)
    return [{"case": row.case_id, "number": row.number} for row in session.scalars(query)]


def rows_of(session: Session, case: str) -> list[Any]:
    """Everything kept of a case here; that somebody was removed stays."""
    found: list[Any] = list(session.scalars(select(SuspensionRow).where(SuspensionRow.case_id == case)))
    return [*found, *session.scalars(select(RemovalCaseRow).where(RemovalCaseRow.case_id == case))]
