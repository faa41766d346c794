"""The story of one case over the offices of this machine, from their journals and ledgers, in the order of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.words import Desk
from network.office import OfficeRuntime
from network.tables import JournalRow
from services.assignment.models import AssignmentCase
from services.intake.models import IntakeReport
from services.supervision.ledger.models import LineRow


@dataclass(frozen=True)
class Told:
    """One line of the story. ``why`` is empty for a discipline case: its reasons are nobody's but the desk's."""

    at: datetime
    office: str
    name: str
    tier: str
    service: str
    what: str
    by: str
    why: str
    seq: int


@dataclass(frozen=True)
class Standing:
    """How an office's ledger has the case."""

    office: str
    name: str
    holder: str
    status: str
    told_at: datetime


@dataclass(frozen=True)
class Story:
    """A case with the number it was asked for by."""

    number: str
    case: str
    desk: str
    ledgers: tuple[Standing, ...]
    lines: tuple[Told, ...]


def stories(offices: Mapping[str, OfficeRuntime], number: str) -> list[Story]:
    """The case with this register number (or this case id), as far as this machine knows it; empty when it does not."""
    cases: dict[str, str] = {}
    for office in offices.values():
        with office.reading() as session:
            cases.update(_cases(session, number))
    return [_story(offices, number, case, desk) for case, desk in sorted(cases.items())]


def _cases(session: Session, number: str) -> Iterable[tuple[str, str]]:
    """(case, desk) of every row that bears the number."""
    intake = select(IntakeReport.case, IntakeReport.desk).where(
        (IntakeReport.number == number) | (IntakeReport.case == number)
    )
    assignment = select(AssignmentCase.case, AssignmentCase.desk).where(
        (AssignmentCase.number == number) | (AssignmentCase.case == number)
    )
    ledger = select(LineRow.case_id, LineRow.desk).where((LineRow.number == number) | (LineRow.case_id == number))
    return [(case, desk) for query in (intake, assignment, ledger) for case, desk in session.execute(query)]


def _story(offices: Mapping[str, OfficeRuntime], number: str, case: str, desk: str) -> Story:
    ledgers: list[Standing] = []
    lines: list[Told] = []
    for office in offices.values():
        with office.reading() as session:
            lines += [_told(office, line, desk) for line in _lines(session, case)]
            row = session.get(LineRow, case)
        if row is not None:
            ledgers.append(Standing(office.id, office.office.name, row.holder, row.status, row.told_at))
    ordered = sorted(lines, key=lambda line: (line.at, line.office, line.seq))
    return Story(number, case, desk, tuple(ledgers), tuple(ordered))


def _lines(session: Session, case: str) -> list[JournalRow]:
    return list(session.scalars(select(JournalRow).where(JournalRow.case_id == case).order_by(JournalRow.seq)))


def _told(office: OfficeRuntime, line: JournalRow, desk: str) -> Told:
    fields: dict[str, Any] = {
        "at": line.at,
        "service": line.service,
        "what": line.action,
        "by": line.actor,
        "seq": line.seq,
    }
    why = line.why if desk == Desk.PETITION else ""
    return Told(office=office.id, name=office.office.name, tier=office.office.tier, why=why, **fields)
