"""Queries of this room."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.intake.reception.records.models import IntakeCaseOutcome, IntakeReception
from services.intake.reception.records.rules import Course, Reception


def reception(session: Session, reception_id: str) -> Reception | None:
    """A reception as it stands, its row locked."""
    row = session.get(IntakeReception, reception_id, with_for_update=True)
    return None if row is None else as_state(Reception, row)


def write(session: Session, state: Reception) -> None:
    keep(session, IntakeReception, state.reception, state)


def of_case(session: Session, case: str) -> Sequence[Reception]:
    """The receptions of a case, the latest last."""
    query = select(IntakeReception).where(IntakeReception.case == case)
    found = session.scalars(query.order_by(IntakeReception.at, IntakeReception.reception).with_for_update())
    return [as_state(Reception, row) for row in found]


def between(session: Session, begins: datetime, ends: datetime, leader: str = "") -> Sequence[Reception]:
    """The receptions held from ``begins`` until before ``ends``, by time."""
    query = select(IntakeReception).where(IntakeReception.at >= begins, IntakeReception.at < ends)
    if leader:
        query = query.where(IntakeReception.received_by == leader)
    found = session.scalars(query.order_by(IntakeReception.at, IntakeReception.reception))
    return [as_state(Reception, row) for row in found]


def course(session: Session, case: str) -> Course | None:
    """How far a case is, as far as the own assignment said."""
    row = session.get(IntakeCaseOutcome, case)
    return None if row is None else as_state(Course, row)


def keep_course(session: Session, case: str, state: Course, at: datetime) -> None:
    row = session.get(IntakeCaseOutcome, case, with_for_update=True)
    if row is None:
        row = IntakeCaseOutcome(case=case)
        session.add(row)
    row.outcome, row.round, row.key, row.at = state.outcome, state.round, state.key, at


def forget(session: Session, case: str) -> None:
    """A case left this office: that somebody was received stays, what was said and of which case goes."""
    row = session.get(IntakeCaseOutcome, case)
    if row is not None:
        session.delete(row)
    for each in empty(session, case):
        each.case = ""


def empty(session: Session, case: str) -> Sequence[IntakeReception]:
    """The file of a case was disposed of: what was said goes. → the receptions of the case."""
    rows = session.scalars(select(IntakeReception).where(IntakeReception.case == case)).all()
    for each in rows:
        each.summary, each.answer, each.substitute_why, each.void_why = "", "", "", ""
    return rows
