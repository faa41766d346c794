"""Queries of guidance."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.guidance.models import GuidanceRow
from services.supervision.guidance.rules import CHOICE, Entry


def entry(session: Session, key: str) -> Entry | None:
    """An entry, its row locked."""
    row = session.get(GuidanceRow, key, with_for_update=True)
    return None if row is None else as_state(Entry, row)


def keep(session: Session, state: Entry) -> None:
    write(session, GuidanceRow, state.id, state)


def is_chosen(session: Session, order: str) -> bool:
    """Whether it is written down why the order was given and who takes part."""
    query = select(GuidanceRow.id).where(GuidanceRow.order_id == order, GuidanceRow.kind == CHOICE)
    return session.scalar(query.limit(1)) is not None


def of_case(session: Session, case: str) -> list[Entry]:
    """The entries of a case in their order."""
    query = select(GuidanceRow).where(GuidanceRow.case_id == case).order_by(GuidanceRow.at, GuidanceRow.id)
    return [as_state(Entry, row) for row in session.scalars(query)]


def given(session: Session, desk: str, office: str) -> list[Entry]:
    """Every entry of the orders that an office gave."""
    query = select(GuidanceRow).where(GuidanceRow.desk == desk, GuidanceRow.giver == office)
    return [as_state(Entry, row) for row in session.scalars(query.order_by(GuidanceRow.at, GuidanceRow.id))]


def open_steps(session: Session, desk: str) -> list[Entry]:
    """The joint steps that are not done, the most pressing first."""
    query = select(GuidanceRow).where(
        GuidanceRow.desk == desk, GuidanceRow.due.is_not(None), GuidanceRow.done_at.is_(None)
    )
    return [as_state(Entry, row) for row in session.scalars(query.order_by(GuidanceRow.due, GuidanceRow.id))]


def empty(session: Session, case: str) -> None:
    """The file of the case was disposed of: what was said goes; that there was guidance stays, to be counted."""
    for row in rows_of(session, case):
        row.words, row.result, row.persons = "", "", []


def rows_of(session: Session, case: str) -> list[GuidanceRow]:
    return list(session.scalars(select(GuidanceRow).where(GuidanceRow.case_id == case)))
