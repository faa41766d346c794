"""Queries of the register. A version counts when all its parts are here."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.officials import OfficialSchema
from services.assignment.models import AssignmentCase
from services.assignment.officials.models import OfficialPart
from services.assignment.officials.state import Register


def in_force(session: Session) -> Register:
    """The latest whole version here."""
    rows = session.scalars(select(OfficialPart).order_by(OfficialPart.serial.desc(), OfficialPart.part))
    for serial, group in groupby(rows, key=lambda row: row.serial):
        parts = list(group)
        if len(parts) == parts[0].parts:
            officials = OfficialSchema(many=True).load([each for part in parts for each in part.officials])
            return Register(serial, parts[0].version, tuple(sorted(officials, key=lambda each: each.id)))
    return Register()


def versions(session: Session) -> Sequence[str]:
    """The names of all versions here."""
    return session.scalars(select(OfficialPart.version).distinct()).all()


def part(session: Session, serial: int, number: int) -> OfficialPart | None:
    return session.get(OfficialPart, (serial, number))


def drop_before(session: Session, serial: int) -> None:
    """Forget the copies that this one took the place of."""
    for row in session.scalars(select(OfficialPart).where(OfficialPart.serial < serial)):
        session.delete(row)


def marked(session: Session, desk: str) -> Sequence[AssignmentCase]:
    """The desk's cases here whose accused are marked, the newest first."""
    listed = select(AssignmentCase).where(AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False))
    return [row for row in session.scalars(listed.order_by(AssignmentCase.case.desc())) if row.marks]
