"""Queries of hearings and terminating opinions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.hearing.cases.models import CaseRow
from services.hearing.sessions.models import SessionRow, TerminationRow
from services.hearing.sessions.rules import Hearing
from services.hearing.sessions.terminating import Termination


def hearing(session: Session, hearing_id: str, *, lock: bool = False) -> Hearing | None:
    """A hearing, locked for a change if ``lock``."""
    row = session.get(SessionRow, hearing_id, with_for_update=lock or None)
    return None if row is None else as_state(Hearing, row)


def hearings(session: Session, case_id: str) -> list[Hearing]:
    """The hearings of a case, the first one first."""
    query = select(SessionRow).where(SessionRow.case_id == case_id).order_by(SessionRow.ordinal)
    return [as_state(Hearing, row) for row in session.scalars(query)]


def listed(session: Session, desk: str) -> Sequence[Hearing]:
    """The hearings of a desk, the latest planned first."""
    query = select(SessionRow).join(CaseRow, CaseRow.case_id == SessionRow.case_id).where(CaseRow.desk == desk)
    return [
        as_state(Hearing, row) for row in session.scalars(query.order_by(SessionRow.planned_at.desc(), SessionRow.id))
    ]


def leave_out(session: Session, case_id: str) -> None:
    """A case left this office: hearings of others that treated it as well know of it no more."""
    for row in session.scalars(select(SessionRow)):
        if case_id in row.further:
            row.further = [each for each in row.further if each != case_id]


def keep(session: Session, state: Hearing) -> None:
    write(session, SessionRow, state.id, state)


def keep_termination(session: Session, state: Termination) -> None:
    write(session, TerminationRow, state.session_id, state)


def termination(session: Session, session_id: str) -> TerminationRow | None:
    """The terminating opinion on a hearing, if there is one."""
    return session.get(TerminationRow, session_id)


def terminations(session: Session, case_id: str) -> list[Termination]:
    query = select(TerminationRow).where(TerminationRow.case_id == case_id).order_by(TerminationRow.at)
    return [as_state(Termination, row) for row in session.scalars(query)]
