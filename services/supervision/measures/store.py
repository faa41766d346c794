"""Queries of measures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.db import Base
from network.state import as_state
from network.state import keep as write
from services.supervision.measures.models import DispositionRow, MeasureFactRow, MeasureRow, MeasureStepRow
from services.supervision.measures.rules import Measure

ENDED = ("refused", "filed")


def measure(session: Session, measure_id: str) -> Measure | None:
    """A measure as it stands, its row locked."""
    found = session.get(MeasureRow, measure_id, with_for_update=True)
    return None if found is None else as_state(Measure, found)


def keep(session: Session, state: Measure) -> None:
    write(session, MeasureRow, state.id, state)


def disposal(session: Session, case: str) -> str:
    """How the report was disposed of, "" where that is not known here."""
    row = session.get(DispositionRow, case)
    return row.disposal if row is not None else ""


def fact(session: Session, measure_id: str) -> MeasureFactRow | None:
    return session.get(MeasureFactRow, measure_id, with_for_update=True)


def facts(session: Session, since: date, until: date) -> Sequence[MeasureFactRow]:
    """What was carried out in these days, here and below."""
    days = MeasureFactRow.carried_on.between(since, until)
    return session.scalars(select(MeasureFactRow).where(days).order_by(MeasureFactRow.measure)).all()


def steps(session: Session, measure_id: str) -> Sequence[MeasureStepRow]:
    """The steps of a measure in their order."""
    found = select(MeasureStepRow).where(MeasureStepRow.measure == measure_id)
    return session.scalars(found.order_by(MeasureStepRow.at, MeasureStepRow.id)).all()


def listed(session: Session, wanted: Mapping[str, Any]) -> list[Measure]:
    """Measures by id, case and state, "" for any, the latest first."""
    columns = {"measure": MeasureRow.id, "case": MeasureRow.case_id, "state": MeasureRow.state}
    query = select(MeasureRow).where(*(column == wanted[name] for name, column in columns.items() if wanted[name]))
    rows = session.scalars(query.order_by(MeasureRow.proposed_at.desc(), MeasureRow.id).limit(wanted["limit"]))
    return [as_state(Measure, each) for each in rows]


def waiting(session: Session) -> list[Measure]:
    """Measures whose next step somebody has to take, the oldest first."""
    query = select(MeasureRow).where(MeasureRow.state.not_in(ENDED))
    return [as_state(Measure, each) for each in session.scalars(query.order_by(MeasureRow.proposed_at, MeasureRow.id))]


def content(session: Session, case: str) -> list[Base]:
    """The rows that say something of a case: its measures and their steps."""
    found: list[Base] = [*session.scalars(select(MeasureRow).where(MeasureRow.case_id == case))]
    return [*found, *session.scalars(select(MeasureStepRow).where(MeasureStepRow.case_id == case))]


def empty(session: Session, case: str) -> None:
    """The file of the case was disposed of: what was said goes; that something was carried out stays, to be counted."""
    for row in content(session, case):
        session.delete(row)


def forget(session: Session, case: str) -> None:
    """This office may know no more of the case: everything goes."""
    empty(session, case)
    for table in (DispositionRow, MeasureFactRow):
        for row in session.scalars(select(table).where(table.case_id == case)):
            session.delete(row)
