"""Corrections of a case, and what went to bodies outside."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.db import Base
from services.assignment.facts.models import AssignmentFact, AssignmentOutside
from services.assignment.models import AssignmentCase


def facts(session: Session, case: str) -> Sequence[AssignmentFact]:
    """The corrections of a case, the first one first."""
    return session.scalars(select(AssignmentFact).where(AssignmentFact.case == case).order_by(AssignmentFact.id)).all()


def outside(session: Session, case: str) -> AssignmentOutside | None:
    return session.get(AssignmentOutside, case, with_for_update=True)


def sent_outside(session: Session, desk: str) -> Sequence[tuple[AssignmentOutside, AssignmentCase]]:
    """What a desk sent outside, the longest gone first."""
    query = (
        select(AssignmentOutside, AssignmentCase)
        .join(AssignmentCase, AssignmentCase.case == AssignmentOutside.case)
        .where(AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False))
        .order_by(AssignmentOutside.sent_at, AssignmentOutside.case)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def beside(session: Session, case: str) -> list[Base]:
    """Every row of this room about a case: deleted when the case leaves."""
    gone = outside(session, case)
    return [*facts(session, case), *([gone] if gone is not None else [])]
