"""Queries of duties."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.supervision.duties.models import DutyRow
from services.supervision.duties.rules import OfficialDuty


def duties(session: Session) -> list[OfficialDuty]:
    """Every duty of the version in force."""
    return [_duty(row) for row in _rows(session)]


def serial(session: Session) -> int:
    """The serial of the version in force, 0 before the first."""
    return session.scalar(select(DutyRow.serial).limit(1)) or 0


def replace(session: Session, fresh: int, found: Iterable[OfficialDuty]) -> None:
    """Keep the duties of the version with serial ``fresh`` in place of those before."""
    for row in _rows(session):
        session.delete(row)
    session.flush()
    for duty in found:
        key = {"person": duty.person, "duty": duty.duty, "scope": duty.scope, "since": duty.since.isoformat()}
        until = duty.until.isoformat() if duty.until else ""
        session.add(DutyRow(serial=fresh, **key, until=until))


def _rows(session: Session) -> Sequence[DutyRow]:
    order = (DutyRow.person, DutyRow.duty, DutyRow.scope, DutyRow.since)
    return session.scalars(select(DutyRow).order_by(*order)).all()


def _duty(row: DutyRow) -> OfficialDuty:
    until = date.fromisoformat(row.until) if row.until else None
    return OfficialDuty(row.person, row.duty, row.scope, date.fromisoformat(row.since), until)
