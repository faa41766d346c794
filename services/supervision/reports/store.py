"""Queries of this room."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from network.ids import new_id
from network.state import as_state
from network.state import keep as write
from network.tables import JournalRow
from services.supervision.reports.models import AnswerRow, CorrectionRow, ObjectionRow, ReportRow, ServedRow
from services.supervision.reports.objecting import Objection
from services.supervision.reports.rules import Correction, Key, Number, Report

Answers = list[tuple[str, str, list[Any]]]


def report(session: Session, report_id: str, *, lock: bool = False) -> Report | None:
    row = session.get(ReportRow, report_id, with_for_update=lock or None)
    return None if row is None else as_state(Report, row)


def keep(session: Session, state: Report) -> None:
    write(session, ReportRow, state.report, state)


def listed(session: Session, kind: str, state: str, limit: int) -> Sequence[Report]:
    query = select(ReportRow)
    if kind:
        query = query.where(ReportRow.kind == kind)
    if state:
        query = query.where(ReportRow.state == state)
    rows = session.scalars(query.order_by(ReportRow.until.desc(), ReportRow.kind).limit(limit))
    return [as_state(Report, each) for each in rows]


def waiting(session: Session, office: str) -> Sequence[Report]:
    """Reports that somebody here has to approve, to publish or, served on this office, to acknowledge; the oldest first."""
    made = and_(ReportRow.origin == office, ReportRow.state.in_(("draft", "approved")))
    got = and_(ReportRow.origin != office, ReportRow.acknowledged_at.is_(None))
    rows = session.scalars(select(ReportRow).where(or_(made, got)).order_by(ReportRow.until, ReportRow.kind))
    return [as_state(Report, each) for each in rows]


def latest(session: Session, origin: str) -> dict[str, date]:
    """Kind → the last day of the latest report that this office made."""
    rows = session.execute(
        select(ReportRow.kind, func.max(ReportRow.until)).where(ReportRow.origin == origin).group_by(ReportRow.kind)
    )
    return {row.kind: row[1] for row in rows}


def before(session: Session, of: Report, many: int) -> Sequence[Report]:
    """The reports of the kind before this one whose figures are frozen, the latest first."""
    query = select(ReportRow).where(
        ReportRow.kind == of.kind,
        ReportRow.until < of.until,
        ReportRow.origin == of.origin,
        ReportRow.frozen_at.is_not(None),
    )
    return [as_state(Report, each) for each in session.scalars(query.order_by(ReportRow.until.desc()).limit(many))]


def begun(session: Session) -> datetime | None:
    """When this office's journal begins."""
    return session.scalar(select(JournalRow.at).order_by(JournalRow.seq).limit(1))


def add_answer(session: Session, data: dict[str, Any], at: datetime) -> bool:
    """Keep what a service counted, office by office; False where it had been counted: that stays."""
    named = {name: data[name] for name in ("report", "about", "service")}
    known = select(AnswerRow.office).filter_by(**named).limit(1)
    if session.scalars(known).first() is not None:
        return False
    for each in data["counts"]:
        session.add(AnswerRow(counted_at=at, office=each["office"], figures=each["figures"], **named))
    session.flush()
    return True


def answered(session: Session, report_id: str) -> int:
    """How many answers are there, each a service's about a period."""
    each = select(AnswerRow.about, AnswerRow.service).where(AnswerRow.report == report_id).distinct().subquery()
    return session.scalar(select(func.count()).select_from(each)) or 0


def answers(session: Session, report_id: str, about: str) -> Answers:
    """(office, service, figures) of what was counted for a report about a report, in a fixed order."""
    query = select(AnswerRow).where(AnswerRow.report == report_id, AnswerRow.about == about)
    rows = session.scalars(query.order_by(AnswerRow.office, AnswerRow.service))
    return [(row.office, row.service, row.figures) for row in rows]


def correct(session: Session, report_id: str, found: Correction) -> None:
    plain = {name: getattr(found, name) for name in ("about", "office", "service", "name", "zh", "objection")}
    row = CorrectionRow(id=new_id(), report=report_id, was_value=found.was[0], was_base=found.was[1], **plain)
    row.is_value, row.is_base = found.now
    session.add(row)


def corrections(session: Session, report_id: str) -> Sequence[CorrectionRow]:
    """The corrections that a report has, in a fixed order."""
    query = select(CorrectionRow).where(CorrectionRow.report == report_id)
    return session.scalars(query.order_by(CorrectionRow.office, CorrectionRow.service, CorrectionRow.name)).all()


def corrected(session: Session, about: str) -> dict[Key, tuple[Number, str]]:
    """What later reports said of figures of this one: the last word of each. An objection's word is the last of all."""
    rows = session.scalars(
        select(CorrectionRow)
        .join(ReportRow, ReportRow.report == CorrectionRow.report)
        .where(CorrectionRow.about == about)
        .order_by(ReportRow.until, CorrectionRow.objection)
    )
    return {(row.office, row.service, row.name): ((row.is_value, row.is_base), row.zh) for row in rows}


def serve(session: Session, report_id: str, office: str, at: datetime) -> None:
    session.add(ServedRow(report=report_id, office=office, served_at=at, acknowledged_by=""))


def served(session: Session, report_id: str) -> Sequence[ServedRow]:
    query = select(ServedRow).where(ServedRow.report == report_id).order_by(ServedRow.office)
    return session.scalars(query).all()


def objection(session: Session, objection_id: str) -> Objection | None:
    row = session.get(ObjectionRow, objection_id, with_for_update=True)
    return None if row is None else as_state(Objection, row)


def keep_objection(session: Session, state: Objection) -> None:
    write(session, ObjectionRow, state.objection, state)


def objections(session: Session, report_id: str = "", state: str = "") -> Sequence[Objection]:
    query = select(ObjectionRow)
    if report_id:
        query = query.where(ObjectionRow.report == report_id)
    if state:
        query = query.where(ObjectionRow.state == state)
    rows = session.scalars(query.order_by(ObjectionRow.at, ObjectionRow.objection))
    return [as_state(Objection, each) for each in rows]


def served_row(session: Session, report_id: str, office: str) -> ServedRow | None:
    return session.get(ServedRow, (report_id, office), with_for_update=True)
