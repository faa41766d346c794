"""Queries of the ledger."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from network.state import as_state
from network.state import keep as write
from services.supervision.clocks.models import ClockRow
from services.supervision.ledger.models import LineRow, RecalledRow
from services.supervision.ledger.rules import Line, Term


def line(session: Session, case: str, *, lock: bool = False) -> Line | None:
    """The line of a case, locked for a change if ``lock``."""
    row = session.get(LineRow, case, with_for_update=lock or None)
    return None if row is None else as_state(Line, row)


def rows_of(session: Session, case: str) -> Sequence[LineRow]:
    return session.scalars(select(LineRow).where(LineRow.case_id == case)).all()


def keep(session: Session, state: Line) -> None:
    """Write a line, new or changed."""
    write(session, LineRow, state.case_id, state)


def recalled_term(session: Session, case: str) -> Term | None:
    """The term under which the case was recalled from here, if it was."""
    row = session.get(RecalledRow, case)
    return None if row is None else (row.override, row.n)


def keep_recalled(session: Session, case: str, term: Term, now: datetime) -> None:
    """Note under which term the case was recalled."""
    row = session.get(RecalledRow, case)
    if row is None:
        row = RecalledRow(case_id=case)
        session.add(row)
    row.override, row.n, row.at = *term, now


def _overdue(now: datetime, rights: Sequence[str]) -> ColumnElement[bool]:
    """A line one of whose clocks, rights apart, runs past its due moment."""
    running = (ClockRow.case_id == LineRow.case_id, ClockRow.state == "running", ClockRow.due < now)
    return exists().where(*running, ClockRow.kind.not_in(rights))


def lines(
    session: Session,
    desk: str,
    office: str | None,
    overdue: tuple[datetime, Sequence[str]] | None,
    limit: int,
    after: str,
) -> list[Line]:
    """A page of a desk's lines in case order; those held by ``office`` only, overdue ones only."""
    query = select(LineRow).where(LineRow.desk == desk, LineRow.case_id > after)
    if office is not None:
        query = query.where(LineRow.holder == office)
    if overdue is not None:
        query = query.where(_overdue(*overdue))
    rows = session.scalars(query.order_by(LineRow.case_id).limit(limit))
    return [as_state(Line, row) for row in rows]


def count_by_status(session: Session, desk: str) -> dict[str, int]:
    query = select(LineRow.status, func.count()).where(LineRow.desk == desk).group_by(LineRow.status)
    return dict(session.execute(query).all())


def lines_of_status(session: Session, desk: str, status: str) -> list[Line]:
    """All lines of a desk in a status."""
    query = select(LineRow).where(LineRow.desk == desk, LineRow.status == status)
    return [as_state(Line, row) for row in session.scalars(query.order_by(LineRow.case_id))]


def all_lines(session: Session, desk: str) -> list[Line]:
    """Every line of a desk."""
    query = select(LineRow).where(LineRow.desk == desk).order_by(LineRow.entered_at, LineRow.case_id)
    return [as_state(Line, row) for row in session.scalars(query)]


def repeated_numbers(session: Session, desk: str) -> frozenset[str]:
    """The numbers that some case of the desk is linked to as a repeat."""
    query = select(LineRow.repeat_of).where(LineRow.desk == desk, LineRow.repeat_of != "")
    return frozenset(session.scalars(query.distinct()))


def count_but(session: Session, desk: str, hidden: Collection[str]) -> int:
    """How many cases of a desk there are besides the ``hidden`` ones."""
    found = session.scalars(select(LineRow.case_id).where(LineRow.desk == desk))
    return sum(case not in hidden for case in found)


def count_overdue(session: Session, desk: str, now: datetime, rights: Sequence[str]) -> int:
    query = select(func.count()).select_from(LineRow).where(LineRow.desk == desk, _overdue(now, rights))
    return session.scalar(query) or 0


def cases_with_clocks(session: Session) -> list[str]:
    """The cases that this office heard any clock of: what the ledger must have a line for."""
    return list(session.scalars(select(ClockRow.case_id).distinct()))


def cases(session: Session) -> list[str]:
    return list(session.scalars(select(LineRow.case_id)))
