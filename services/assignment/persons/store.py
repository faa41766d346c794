"""Queries of recusals and objections."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from services.assignment.models import AssignmentCase
from services.assignment.persons.models import AssignmentObjection, AssignmentRecusal

CROSS_HANDLED = "cross_handled"
"""The flag of a case that another office handles because the first choice is recused (交叉办理, S64–S68)."""


def recusals_of(session: Session, case: str) -> Sequence[AssignmentRecusal]:
    return session.scalars(select(AssignmentRecusal).where(AssignmentRecusal.case == case)).all()


def objection(session: Session, objection_id: str) -> AssignmentObjection | None:
    """An objection, locked."""
    return session.get(AssignmentObjection, objection_id, with_for_update=True)


def objections(session: Session, case: str) -> Sequence[AssignmentObjection]:
    query = select(AssignmentObjection).where(AssignmentObjection.case == case)
    return session.scalars(query.order_by(AssignmentObjection.at, AssignmentObjection.id)).all()


def undecided(session: Session, desk: str, office: str) -> Sequence[AssignmentObjection]:
    """The open objections in cases that this office holds, the oldest first."""
    query = select(AssignmentObjection).join(AssignmentCase, AssignmentCase.case == AssignmentObjection.case)
    held = (AssignmentCase.desk == desk, AssignmentCase.holder == office, AssignmentCase.recalled.is_(False))
    found = query.where(AssignmentObjection.state == "open", *held)
    return session.scalars(found.order_by(AssignmentObjection.at, AssignmentObjection.id)).all()


def figures(session: Session, desk: str) -> dict[str, Any]:
    """How many offices and persons this office recused, by ground, and how many of its cases another office handles."""
    of_desk = (AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False))
    counted = select(AssignmentRecusal.is_person, AssignmentRecusal.ground, func.count())
    counted = counted.join(AssignmentCase, AssignmentCase.case == AssignmentRecusal.case).where(*of_desk)
    grouped = [(row[0], row[1], row[2]) for row in session.execute(counted.group_by(*counted.selected_columns[:2]))]
    by_ground: dict[str, int] = {}
    for _, ground, number in sorted(grouped):
        by_ground[ground] = by_ground.get(ground, 0) + number
    crossed = select(func.count()).select_from(AssignmentCase)
    crossed = crossed.where(*of_desk, cast(AssignmentCase.flags, Text).contains(f'"{CROSS_HANDLED}"'))
    return {
        "desk": desk,
        "offices": sum(number for is_person, _, number in grouped if not is_person),
        "persons": sum(number for is_person, _, number in grouped if is_person),
        "by_ground": by_ground,
        "cross_handled": session.scalar(crossed) or 0,
    }


def beside(session: Session, case: str) -> tuple[AssignmentRecusal | AssignmentObjection, ...]:
    """What a recall deletes."""
    return (*recusals_of(session, case), *objections(session, case))
