"""Queries of this room."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.words import Desk, Status
from network.db import Base
from network.state import as_state, keep
from services.assignment.models import AssignmentCase
from services.assignment.responsibility.models import (
    AssignmentHandOver,
    AssignmentHandOverMatter,
    AssignmentMerit,
)
from services.assignment.responsibility.rules import HandOver, Merit

OPEN = [status.value for status in Status if status.is_open]


def hand_over(session: Session, id_: str) -> HandOver | None:
    """A hand-over as it stands, its row locked."""
    row = session.get(AssignmentHandOver, id_, with_for_update=True)
    return None if row is None else as_state(HandOver, row)


def hand_overs(session: Session, town: str = "") -> Sequence[HandOver]:
    """The hand-overs of a town, or all; the latest first."""
    query = select(AssignmentHandOver).order_by(AssignmentHandOver.day.desc(), AssignmentHandOver.hand_over)
    if town:
        query = query.where(AssignmentHandOver.town == town)
    return [as_state(HandOver, row) for row in session.scalars(query)]


def write_hand_over(session: Session, state: HandOver) -> None:
    keep(session, AssignmentHandOver, state.hand_over, state)


def add_matters(session: Session, hand_over_id: str, cases: Sequence[AssignmentCase]) -> None:
    for row in cases:
        session.add(AssignmentHandOverMatter(hand_over=hand_over_id, case=row.case, number=row.number))


def matters(session: Session, hand_over_id: str) -> Sequence[AssignmentHandOverMatter]:
    """What a hand-over lists, by number."""
    query = select(AssignmentHandOverMatter).where(AssignmentHandOverMatter.hand_over == hand_over_id)
    return session.scalars(query.order_by(AssignmentHandOverMatter.number)).all()


def petitions(session: Session) -> Sequence[AssignmentCase]:
    """The petitions that this office has or had in hand, the first first. Sealed reports are never among them."""
    query = select(AssignmentCase).where(AssignmentCase.desk == Desk.PETITION, AssignmentCase.recalled.is_(False))
    return session.scalars(query.order_by(AssignmentCase.case)).all()


def add_merits(session: Session, made: Sequence[Merit]) -> None:
    for each in made:
        session.add(AssignmentMerit(**vars(each)))


def merits(session: Session, *, town: str = "", person: str = "") -> Sequence[Merit]:
    """The records of a town or a person, or all; by day."""
    query = select(AssignmentMerit).order_by(AssignmentMerit.day, AssignmentMerit.merit, AssignmentMerit.slot)
    if town:
        query = query.where(AssignmentMerit.town == town)
    if person:
        query = query.where(AssignmentMerit.person == person)
    return [as_state(Merit, row) for row in session.scalars(query)]


def merits_between(session: Session, since: date, until: date) -> Sequence[Merit]:
    """The records whose document is of these days."""
    return [each for each in merits(session) if since <= each.day <= until]


def beside(session: Session, case: str) -> Sequence[Base]:
    """What this room keeps of a case; a recall deletes it."""
    return session.scalars(select(AssignmentHandOverMatter).where(AssignmentHandOverMatter.case == case)).all()
