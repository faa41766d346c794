"""Queries of this room."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from network.veils import UNSCREENED
from services.intake.outreach.going_down.models import IntakeCaseDown, IntakeGoDown
from services.intake.outreach.going_down.rules import CaseDown, GoingDown, State


def going_down(session: Session, go_down: str) -> GoingDown | None:
    """A going down as it stands, its row locked."""
    row = session.get(IntakeGoDown, go_down, with_for_update=True)
    return None if row is None else as_state(GoingDown, row)


def write(session: Session, state: GoingDown) -> None:
    keep(session, IntakeGoDown, state.go_down, state)


def write_case(session: Session, one: CaseDown) -> None:
    keep(session, IntakeCaseDown, one.taken, one)


def drop(session: Session, one: CaseDown) -> None:
    row = session.get(IntakeCaseDown, one.taken)
    if row is not None:
        session.delete(row)


def cases(session: Session, go_down: str) -> Sequence[CaseDown]:
    """The cases that go along and are not hidden from who asks."""
    query = select(IntakeCaseDown).where(IntakeCaseDown.go_down == go_down)
    return [as_state(CaseDown, row) for row in session.scalars(query.order_by(IntakeCaseDown.number))]


def every_case(session: Session, go_down: str) -> Sequence[CaseDown]:
    """All of them, hidden ones included: what counts does not hang on who enters it."""
    query = select(IntakeCaseDown).where(IntakeCaseDown.go_down == go_down).order_by(IntakeCaseDown.number)
    return [as_state(CaseDown, row) for row in session.scalars(query, execution_options=UNSCREENED)]


def listed(session: Session, limit: int, after: str, *, only_open: bool) -> Sequence[GoingDown]:
    """A page by day, the latest first; ``only_open``: to come, or with a case without a result."""
    query = select(IntakeGoDown).order_by(IntakeGoDown.day.desc(), IntakeGoDown.go_down)
    if only_open:
        lacking = (IntakeCaseDown.go_down == IntakeGoDown.go_down, IntakeCaseDown.result == "")
        unsaid = exists().where(*lacking, IntakeCaseDown.case != "")
        query = query.where(
            or_(IntakeGoDown.state == State.PLANNED.value, (IntakeGoDown.state == State.HELD.value) & unsaid)
        )
    skipped = int(after) if after.isdecimal() else 0
    return [as_state(GoingDown, row) for row in session.scalars(query.offset(skipped).limit(limit))]


def held_between(session: Session, begins: datetime, ends: datetime) -> Sequence[GoingDown]:
    """Those that took place in these days, by time."""
    query = select(IntakeGoDown).where(IntakeGoDown.at >= begins, IntakeGoDown.at < ends)
    held = query.where(IntakeGoDown.state == State.HELD.value)
    rows = session.scalars(held.order_by(IntakeGoDown.at, IntakeGoDown.go_down))
    return [as_state(GoingDown, row) for row in rows]


def forget(session: Session, case: str) -> None:
    """A case left this office: that one was taken down stays counted, which one is known no more."""
    for row in session.scalars(select(IntakeCaseDown).where(IntakeCaseDown.case == case)):
        row.case = row.number = row.words = ""
    for asked in session.scalars(select(IntakeGoDown)):
        if case in asked.waiting:
            asked.waiting = [each for each in asked.waiting if each != case]
            asked.unknown += 1


def empty(session: Session, case: str) -> None:
    """The file of a case was disposed of: its line stays, what was said goes."""
    for row in session.scalars(select(IntakeCaseDown).where(IntakeCaseDown.case == case)):
        row.words = ""
