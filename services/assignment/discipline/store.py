"""What stands beside a discipline case, and figures of the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from contracts.words import Desk
from network.db import Base
from services.assignment.discipline.models import (
    AssignmentAccusation,
    AssignmentClearing,
    AssignmentDisposal,
    AssignmentFeedback,
    AssignmentTags,
)
from services.assignment.models import AssignmentCase


def feedback(session: Session, case: str) -> Sequence[AssignmentFeedback]:
    query = select(AssignmentFeedback).where(AssignmentFeedback.case == case)
    return session.scalars(query.order_by(AssignmentFeedback.id)).all()


def disposals(session: Session, case: str) -> Sequence[AssignmentDisposal]:
    query = select(AssignmentDisposal).where(AssignmentDisposal.case == case)
    return session.scalars(query.order_by(AssignmentDisposal.id)).all()


def clearings(session: Session, case: str) -> Sequence[AssignmentClearing]:
    query = select(AssignmentClearing).where(AssignmentClearing.case == case)
    return session.scalars(query.order_by(AssignmentClearing.id)).all()


def open_clearing(session: Session, case: str) -> AssignmentClearing | None:
    """The clearing that is proposed or approved and not done yet."""
    return next((row for row in clearings(session, case) if row.state != "done"), None)


def accusation(session: Session, case: str) -> AssignmentAccusation | None:
    return session.get(AssignmentAccusation, case, with_for_update=True)


def beside(session: Session, case: str) -> list[Base]:
    """Every row of this room about a case: deleted when the case leaves."""
    found: list[Base] = [*feedback(session, case), *disposals(session, case), *clearings(session, case)]
    alone = (accusation(session, case), tags(session, case))
    return [*found, *(row for row in alone if row is not None)]


def tags(session: Session, case: str) -> AssignmentTags | None:
    return session.get(AssignmentTags, case, with_for_update=True)


def with_tags(
    session: Session, begins: datetime, ends: datetime
) -> Sequence[tuple[AssignmentCase, AssignmentTags | None]]:
    """The discipline reports known here that were entered in [begins, ends), each with its tags."""
    known = select(AssignmentCase, AssignmentTags).outerjoin(AssignmentTags, AssignmentTags.case == AssignmentCase.case)
    known = known.where(AssignmentCase.desk == Desk.DISCIPLINE.value, AssignmentCase.recalled.is_(False))
    entered = known.where(AssignmentCase.entered_at >= begins, AssignmentCase.entered_at < ends)
    return [(row, tagged) for row, tagged in session.execute(entered.order_by(AssignmentCase.case))]


def page(query: Select[Any], session: Session, desk: str, after: str) -> Select[Any]:
    """The cases of a list in their order, those behind the case ``after`` only ("" begins): newest first.

    Of discipline reports the real-name ones come first (JK art. 25).
    """
    older, anonymous = AssignmentCase.case < after, AssignmentCase.real_name.is_(False)
    if desk != Desk.DISCIPLINE:
        return (query.where(older) if after else query).order_by(AssignmentCase.case.desc())
    last = session.get(AssignmentCase, after) if after else None
    if last is not None:
        query = query.where(or_(anonymous, older) if last.real_name else and_(anonymous, older))
    return query.order_by(AssignmentCase.real_name.desc(), AssignmentCase.case.desc())


def counts(session: Session, office: str) -> dict[str, Any]:
    """The discipline reports held here: repeats apart from first ones, real-name apart from anonymous, by disposal."""
    by_disposal = select(AssignmentCase.disposal, func.count()).where(*_held(office), AssignmentCase.disposal != "")
    held = _count(session, office)
    repeats = _count(session, office, AssignmentCase.repeat_of != "")
    real_name = _count(session, office, AssignmentCase.real_name.is_(True))
    return {
        "held": held,
        "first": held - repeats,
        "repeats": repeats,
        "real_name": real_name,
        "anonymous": held - real_name,
        "by_disposal": {row[0]: row[1] for row in session.execute(by_disposal.group_by(AssignmentCase.disposal))},
    }


def _held(office: str) -> tuple[ColumnElement[bool], ...]:
    of_desk = AssignmentCase.desk == Desk.DISCIPLINE.value
    return of_desk, AssignmentCase.recalled.is_(False), AssignmentCase.holder == office


def _count(session: Session, office: str, *conditions: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(AssignmentCase).where(*_held(office), *conditions)) or 0
