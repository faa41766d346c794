"""Queries of this room."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.sweeps import DisputeStatus
from contracts.words import Desk
from network.db import locked
from network.state import as_state, keep
from services.supervision.ledger.models import LineRow
from services.supervision.ledger.rules import Line
from services.supervision.periods.models import PeriodRow
from services.supervision.sweeps.models import DisputeCounter, DisputeRow, NudgeRow, RoundRow, StudyRow, SweepRow
from services.supervision.sweeps.owed import Nudge
from services.supervision.sweeps.rounds import Round
from services.supervision.sweeps.rules import Dispute, Sweep
from services.supervision.sweeps.study import Study

OPEN = tuple(status.value for status in DisputeStatus if status.is_open)


def dispute(session: Session, dispute_id: str) -> Dispute | None:
    """A dispute as it stands, its row locked."""
    row = session.get(DisputeRow, dispute_id, with_for_update=True)
    return None if row is None else as_state(Dispute, row)


def keep_dispute(session: Session, state: Dispute) -> None:
    keep(session, DisputeRow, state.dispute, state)


def open_disputes(session: Session, office: str) -> Sequence[Dispute]:
    """The open disputes of an office, by number."""
    query = select(DisputeRow).where(DisputeRow.office == office, DisputeRow.status.in_(OPEN))
    return [as_state(Dispute, row) for row in session.scalars(query.order_by(DisputeRow.number))]


def disputes(session: Session, wanted: Mapping[str, Any]) -> Sequence[Dispute]:
    """The disputes known here, of one office, status, risk or case where it is given; the latest found first."""
    query = select(DisputeRow)
    for name, column in (
        ("office", DisputeRow.office),
        ("status", DisputeRow.status),
        ("risk", DisputeRow.risk),
        ("case", DisputeRow.case_id),
    ):
        if wanted.get(name):
            query = query.where(column == wanted[name])
    rows = session.scalars(query.order_by(DisputeRow.found_on.desc(), DisputeRow.number.desc()))
    return [as_state(Dispute, row) for row in rows]


def found_between(session: Session, since: date, until: date) -> Sequence[Dispute]:
    """The disputes found on these days, both counted."""
    query = select(DisputeRow).where(DisputeRow.found_on >= since, DisputeRow.found_on <= until)
    return [as_state(Dispute, row) for row in session.scalars(query.order_by(DisputeRow.number))]


def closed_between(session: Session, since: date, until: date) -> Sequence[Dispute]:
    query = select(DisputeRow).where(DisputeRow.closed_on >= since, DisputeRow.closed_on <= until)
    return [as_state(Dispute, row) for row in session.scalars(query.order_by(DisputeRow.number))]


def next_serial(session: Session, year: int) -> int:
    """The next number of the year's series; it counts only if the commit does."""
    row = locked(session, DisputeCounter(year=year, last=0))
    row.last += 1
    return row.last


def add_sweep(session: Session, state: Sweep, at: Any) -> None:
    session.add(SweepRow(**{**vars(state), "screeners": list(state.screeners)}, at=at))


def sweep(session: Session, period_id: str) -> SweepRow | None:
    return session.get(SweepRow, period_id)


def round_of(session: Session, word: str) -> Round | None:
    row = session.get(RoundRow, word, with_for_update=True)
    return None if row is None else as_state(Round, row)


def keep_round(session: Session, state: Round) -> None:
    keep(session, RoundRow, state.round, state)


def study(session: Session, quarter: str) -> Study | None:
    row = session.get(StudyRow, quarter, with_for_update=True)
    return None if row is None else as_state(Study, row)


def keep_study(session: Session, state: Study) -> None:
    keep(session, StudyRow, state.quarter, state)


def studies(session: Session) -> Sequence[Study]:
    return [as_state(Study, row) for row in session.scalars(select(StudyRow).order_by(StudyRow.quarter))]


def nudge(session: Session, nudge_id: str) -> Nudge | None:
    row = session.get(NudgeRow, nudge_id, with_for_update=True)
    return None if row is None else as_state(Nudge, row)


def keep_nudge(session: Session, state: Nudge) -> None:
    keep(session, NudgeRow, state.nudge, state)


def nudges(session: Session, case: str = "") -> Sequence[Nudge]:
    """Nudges made and received, of one case where it is given; the unanswered first, then the latest."""
    query = select(NudgeRow).where(NudgeRow.case_id == case) if case else select(NudgeRow)
    ordered = query.order_by(NudgeRow.answered_at.is_not(None), NudgeRow.at.desc(), NudgeRow.nudge)
    return [as_state(Nudge, row) for row in session.scalars(ordered)]


def open_lines(session: Session) -> Sequence[Line]:
    """The ledger lines of the petition desk."""
    rows = session.scalars(select(LineRow).where(LineRow.desk == Desk.PETITION.value))
    return [as_state(Line, row) for row in rows]


def periods(session: Session) -> Sequence[PeriodRow]:
    return session.scalars(select(PeriodRow).where(PeriodRow.clock == "K25").order_by(PeriodRow.due)).all()


def forget(session: Session, case: str) -> None:
    """A case left this office: disputes and nudges keep no word of it."""
    for row in session.scalars(select(DisputeRow).where(DisputeRow.case_id == case)):
        row.case_id = row.case_number = ""
    for nudged in session.scalars(select(NudgeRow).where(NudgeRow.case_id == case)):
        session.delete(nudged)
