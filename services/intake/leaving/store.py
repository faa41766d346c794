"""Queries of this room."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.moving import Handed, Left
from network.uow import UnitOfWork
from services.intake.leaving.models import IntakeHanded

SHOWN = ("leaving", "kind", "ref", "person", "successor", "outcome", "why", "at")


def keep(uow: UnitOfWork, left: Left, one: Handed) -> None:
    """Once for each thing; a letter heard again changes nothing."""
    if uow.session.get(IntakeHanded, (left.leaving, one.kind, one.ref)) is None:
        said = {"desk": left.desk, "person": left.person or left.account, "successor": left.successor, "at": uow.now}
        known = {"leaving": left.leaving, "kind": one.kind, "ref": one.ref, "outcome": one.outcome, "why": one.why}
        uow.session.add(IntakeHanded(**known, case=one.case, **said))


def listed(session: Session, desk: str, outcome: str) -> list[dict[str, Any]]:
    """What people who left had, as this desk heard it; what still stays with them alone with ``outcome`` "stays"."""
    query = (
        select(IntakeHanded)
        .where(IntakeHanded.desk == desk)
        .order_by(IntakeHanded.at.desc(), IntakeHanded.kind, IntakeHanded.ref)
    )
    if outcome:
        query = query.where(IntakeHanded.outcome == outcome)
    return [{name: getattr(row, name) for name in SHOWN} for row in session.scalars(query)]


def forget(session: Session, case: str) -> None:
    """The case left this office."""
    for row in session.scalars(select(IntakeHanded).where(IntakeHanded.case == case)):
        session.delete(row)
