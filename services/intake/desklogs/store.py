"""Queries of this room. Lines that name a hidden case are screened by their column ``case``."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.figures import Wanted
from network.state import as_state, keep
from services.intake.desklogs.models import IntakeBoxOpening, IntakePhoneCall, IntakeRoomVisit, IntakeRoster
from services.intake.desklogs.state import Call, Opening, RoomVisit, RosterDay

Row = TypeVar("Row", IntakeRoomVisit, IntakeBoxOpening, IntakePhoneCall)


def sits(session: Session, channel: str, day: date) -> RosterDay | None:
    row = session.get(IntakeRoster, (channel, day.isoformat()))
    return None if row is None else as_state(RosterDay, row)


def write_roster(session: Session, state: RosterDay) -> None:
    keep(session, IntakeRoster, (state.channel, state.day), state)


def roster(session: Session, channel: str, since: date, until: date) -> list[RosterDay]:
    query = select(IntakeRoster).where(
        IntakeRoster.channel == channel, IntakeRoster.day.between(since.isoformat(), until.isoformat())
    )
    return [as_state(RosterDay, row) for row in session.scalars(query.order_by(IntakeRoster.day))]


def visit(session: Session, visit_id: str) -> RoomVisit | None:
    row = session.scalars(select(IntakeRoomVisit).where(IntakeRoomVisit.visit == visit_id).with_for_update()).first()
    return None if row is None else as_state(RoomVisit, row)


def write_visit(session: Session, state: RoomVisit) -> None:
    keep(session, IntakeRoomVisit, state.visit, state)


def opening(session: Session, opening_id: str) -> Opening | None:
    row = session.get(IntakeBoxOpening, opening_id, with_for_update=True)
    return None if row is None else as_state(Opening, row)


def write_opening(session: Session, state: Opening) -> None:
    keep(session, IntakeBoxOpening, state.opening, state)


def unaccounted(session: Session, limit: int) -> list[Opening]:
    """Openings with letters that nobody accounted for yet, the oldest first."""
    rows = session.scalars(
        select(IntakeBoxOpening)
        .where(IntakeBoxOpening.letters > IntakeBoxOpening.registered)
        .order_by(IntakeBoxOpening.at, IntakeBoxOpening.opening)
    )
    return [each for each in (as_state(Opening, row) for row in rows) if each.left][:limit]


def call(session: Session, call_id: str) -> Call | None:
    row = session.scalars(select(IntakePhoneCall).where(IntakePhoneCall.call == call_id).with_for_update()).first()
    return None if row is None else as_state(Call, row)


def write_call(session: Session, state: Call) -> None:
    keep(session, IntakePhoneCall, state.call, state)


def visits(session: Session, wanted: Wanted) -> list[RoomVisit]:
    """The visits of these days, by time."""
    return [as_state(RoomVisit, row) for row in _within(session, IntakeRoomVisit, IntakeRoomVisit.visit, wanted)]


def openings(session: Session, wanted: Wanted) -> list[Opening]:
    """The openings of these days, by time."""
    return [as_state(Opening, row) for row in _within(session, IntakeBoxOpening, IntakeBoxOpening.opening, wanted)]


def calls(session: Session, wanted: Wanted) -> list[Call]:
    """The calls of these days, by time."""
    return [as_state(Call, row) for row in _within(session, IntakePhoneCall, IntakePhoneCall.call, wanted)]


def _within(session: Session, model: type[Row], key: Any, wanted: Wanted) -> Sequence[Row]:
    query = select(model).where(model.at >= wanted.begins, model.at < wanted.ends)
    if wanted.campaign:
        query = query.where(model.campaign == wanted.campaign)
    return session.scalars(query.order_by(model.at, key)).all()


def page(session: Session, model: type[Row], key: Any, limit: int, after: str) -> Sequence[Row]:
    """A page of a book, the latest first; ``after`` is the last id shown, one that is not known begins anew."""
    query = select(model)
    last = session.scalars(query.where(key == after)).first() if after else None
    if last is not None:
        at, shown = last.at, getattr(last, key.key)
        query = query.where((model.at < at) | ((model.at == at) & (key < shown)))
    return session.scalars(query.order_by(model.at.desc(), key.desc()).limit(limit)).all()


def of_case(session: Session, case: str) -> list[IntakeRoomVisit | IntakePhoneCall]:
    """Every line that names the case."""
    came = session.scalars(select(IntakeRoomVisit).where(IntakeRoomVisit.case == case)).all()
    called = session.scalars(select(IntakePhoneCall).where(IntakePhoneCall.case == case)).all()
    return [*came, *called]


def empty(session: Session, case: str) -> None:
    """What was said in calls about a case goes; the lines stay."""
    for row in of_case(session, case):
        if isinstance(row, IntakePhoneCall):
            row.summary = row.recording = ""


def forget(session: Session, case: str) -> None:
    """A case left this office: that people came and called stays counted, what about is known no more."""
    empty(session, case)
    for row in of_case(session, case):
        row.case = ""
