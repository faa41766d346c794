"""Queries of intake. What was recalled is in no list and no count."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from contracts.words import Desk
from network.veils import UNSCREENED
from services.intake.emergency import store as emergencies
from services.intake.models import (
    IntakeCounter,
    IntakeCustody,
    IntakeNotice,
    IntakeRating,
    IntakeReport,
    IntakeSupplement,
)
from services.intake.sayings.models import IntakeSaying


def report_locked(session: Session, case: str) -> IntakeReport | None:
    """The report's row, locked until the commit."""
    return session.get(IntakeReport, case, with_for_update=True)


def report_seen(session: Session, case: str) -> IntakeReport | None:
    """The report's row, for reading."""
    return session.get(IntakeReport, case)


def is_number_taken(session: Session, number: str) -> bool:
    """Whether any report bears the number, one that is hidden from who asks included."""
    query = select(IntakeReport.number).where(IntakeReport.number == number)
    return session.scalar(query, execution_options=UNSCREENED) is not None


def is_notice_taken(session: Session, number: str) -> bool:
    """Whether any notice bears the number, one of a hidden case included."""
    query = select(IntakeNotice.number).where(IntakeNotice.number == number)
    return session.scalar(query, execution_options=UNSCREENED) is not None


def by_receipt(session: Session, receipt_hash: str) -> IntakeReport | None:
    """The report of a receipt, registered here and not recalled."""
    found = select(IntakeReport).where(IntakeReport.receipt_hash == receipt_hash, IntakeReport.recalled.is_(False))
    return session.scalars(found).first()


def by_receipts(session: Session, desk: str, hashes: Sequence[str]) -> Sequence[IntakeReport]:
    """The reports of a desk that stand under one of these hashes, in the order of their numbers."""
    found = select(IntakeReport).where(*_counted(desk), IntakeReport.receipt_hash.in_(hashes))
    return session.scalars(found.order_by(IntakeReport.number)).all()


def alike(session: Session, report: IntakeReport, limit: int) -> Sequence[IntakeReport]:
    """The latest other petitions of one class and place with this one, or under the same number of a platform."""
    same_matter = and_(IntakeReport.category == report.category, IntakeReport.place == report.place)
    same_number = and_(IntakeReport.external_no == report.external_no, IntakeReport.external_no != "")
    found = select(IntakeReport).where(*_counted(report.desk), or_(same_matter, same_number))
    other = found.where(IntakeReport.case != report.case)
    return session.scalars(other.order_by(IntakeReport.entered_at.desc(), IntakeReport.case).limit(limit)).all()


def reports(session: Session, desk: str, limit: int, after: str) -> Sequence[IntakeReport]:
    """A page of the register by number; ``after`` is the last number of the page before."""
    query = _listed(desk).where(IntakeReport.number > after) if after else _listed(desk)
    return session.scalars(query.order_by(IntakeReport.number).limit(limit)).all()


def entered_between(session: Session, begins: datetime, ends: datetime) -> Sequence[IntakeReport]:
    """The petitions entered from one moment until another, by number."""
    found = _listed(Desk.PETITION.value).where(IntakeReport.entered_at >= begins, IntakeReport.entered_at < ends)
    return session.scalars(found.order_by(IntakeReport.number)).all()


def rated(session: Session) -> Sequence[IntakeReport]:
    """The petitions that were rated, by number."""
    some = select(IntakeRating.case)
    query = _listed(Desk.PETITION.value).where(IntakeReport.case.in_(some))
    return session.scalars(query.order_by(IntakeReport.number)).all()


def _listed(desk: str) -> Select[IntakeReport]:
    return select(IntakeReport).where(*_counted(desk))


def _counted(desk: str) -> tuple[ColumnElement[bool], ...]:
    return IntakeReport.desk == desk, IntakeReport.recalled.is_(False)


def counts(session: Session, desk: str) -> dict[str, Any]:
    """How many reports stand in the register: in all, by channel, category and nature; and how many were rated."""
    rated = select(func.count(IntakeRating.case.distinct())).join(IntakeReport, IntakeReport.case == IntakeRating.case)
    by_channel = _by(session, desk, IntakeReport.channel)
    return {
        "registered": sum(by_channel.values()),
        "by_channel": by_channel,
        "by_category": _by(session, desk, IntakeReport.category),
        "by_nature": _by(session, desk, IntakeReport.nature),
        "rated": session.scalar(rated.where(*_counted(desk))) or 0,
    }


def _by(session: Session, desk: str, column: InstrumentedAttribute[str]) -> dict[str, int]:
    grouped = select(column, func.count()).where(*_counted(desk)).group_by(column)
    return {row[0]: row[1] for row in session.execute(grouped)}


def supplements(session: Session, case: str) -> Sequence[IntakeSupplement]:
    query = select(IntakeSupplement).where(IntakeSupplement.case == case)
    return session.scalars(query.order_by(IntakeSupplement.at, IntakeSupplement.supplement)).all()


def supplement_known(session: Session, supplement: str) -> bool:
    return session.get(IntakeSupplement, supplement) is not None


def ratings(session: Session, case: str) -> Sequence[IntakeRating]:
    return session.scalars(select(IntakeRating).where(IntakeRating.case == case).order_by(IntakeRating.id)).all()


def sayings(session: Session, case: str) -> Sequence[IntakeSaying]:
    query = select(IntakeSaying).where(IntakeSaying.case == case)
    return session.scalars(query.order_by(IntakeSaying.at, IntakeSaying.saying)).all()


def notices(session: Session, case: str) -> Sequence[IntakeNotice]:
    return session.scalars(select(IntakeNotice).where(IntakeNotice.case == case).order_by(IntakeNotice.at)).all()


def custody_lines(session: Session) -> Sequence[IntakeCustody]:
    return session.scalars(select(IntakeCustody).order_by(IntakeCustody.at)).all()


def custody_of(session: Session, receipt_hash: str) -> IntakeCustody | None:
    """The custody line of a receipt."""
    return session.scalars(select(IntakeCustody).where(IntakeCustody.receipt_hash == receipt_hash)).first()


def custody_number_known(session: Session, number: str) -> bool:
    query = select(IntakeCustody.case).where(IntakeCustody.number == number)
    return session.scalars(query).first() is not None


def next_serial(session: Session, series: str, year: int) -> int:
    """The next number of a series; it counts only if the commit does."""
    row = session.get(IntakeCounter, (series, year), with_for_update=True)
    if row is None:
        row = IntakeCounter(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    return row.last


def forget(session: Session, case: str) -> None:
    """Delete what stands beside a recalled report; its notices keep their numbers and lose their facts."""
    kept = (*supplements(session, case), *ratings(session, case), *sayings(session, case))
    for row in (*kept, *emergencies.of_case(session, case)):
        session.delete(row)
    for notice in notices(session, case):
        notice.facts = {}
