"""Queries of this room."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.figures import Wanted
from contracts.words import Desk
from network.state import as_state
from network.state import keep as write
from services.hearing.cases.models import CaseRow
from services.hearing.records.models import RecordRow, TermRow
from services.hearing.records.performing import PERFORMED, Term
from services.hearing.records.rules import Record
from services.hearing.sessions.rules import Hearing


def record(session: Session, hearing: Hearing, *, lock: bool = False) -> Record:
    """The papers of a hearing, locked for a change if ``lock``; empty ones if it was called before papers were kept."""
    row = session.get(RecordRow, hearing.id, with_for_update=lock or None)
    return Record(hearing.id, hearing.case_id) if row is None else as_state(Record, row)


def keep(session: Session, state: Record) -> None:
    write(session, RecordRow, state.session_id, state)


def term(session: Session, session_id: str, number: int) -> Term | None:
    row = session.get(TermRow, (session_id, number), with_for_update=True)
    return None if row is None else as_state(Term, row)


def terms(session: Session, session_id: str) -> list[Term]:
    query = select(TermRow).where(TermRow.session_id == session_id).order_by(TermRow.number)
    return [as_state(Term, row) for row in session.scalars(query)]


def keep_term(session: Session, state: Term) -> None:
    write(session, TermRow, (state.session_id, state.number), state)


def agreed(session: Session, wanted: Wanted) -> Sequence[tuple[Term, Sequence[str]]]:
    """The terms of petitions that were agreed in the days that are wanted, each with the offices its case is hidden from."""
    query = select(TermRow, CaseRow.excluded).join(CaseRow, CaseRow.case_id == TermRow.case_id)
    query = query.where(TermRow.agreed_at >= wanted.begins, TermRow.agreed_at < wanted.ends)
    found = session.execute(query.where(CaseRow.desk == Desk.PETITION).order_by(TermRow.agreed_at, TermRow.number))
    return [(as_state(Term, row), excluded) for row, excluded in found]


def unsigned(session: Session, desk: str) -> list[Record]:
    """The papers of a desk's hearings whose minutes are frozen and not signed."""
    query = select(RecordRow).join(CaseRow, CaseRow.case_id == RecordRow.case_id).where(CaseRow.desk == desk)
    rows = session.scalars(
        query.where(RecordRow.digest != "", RecordRow.signed_at.is_(None)).order_by(RecordRow.session_id)
    )
    return [as_state(Record, row) for row in rows]


def unperformed(session: Session, desk: str) -> list[Term]:
    """The terms of a desk's agreements that were not performed yet, the first due first."""
    query = select(TermRow).join(CaseRow, CaseRow.case_id == TermRow.case_id).where(CaseRow.desk == desk)
    rows = session.scalars(
        query.where(TermRow.state != PERFORMED).order_by(TermRow.due, TermRow.session_id, TermRow.number)
    )
    return [as_state(Term, row) for row in rows]
