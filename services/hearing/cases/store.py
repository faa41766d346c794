"""Queries of hearing's cases, opinions and document numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.calendar import local_day
from network.state import as_state, keep
from network.tables import VeilRow
from network.uow import UnitOfWork
from services.hearing.cases.models import CaseRow, NumberRow, OpinionRow, RecalledRow
from services.hearing.cases.rules import HearingCase, Opinion, Term


def case(session: Session, case_id: str, *, lock: bool = False) -> HearingCase | None:
    """The stub of a case, locked for a change if ``lock``."""
    row = session.get(CaseRow, case_id, with_for_update=lock or None)
    return None if row is None else as_state(HearingCase, row)


def opinion(session: Session, case_id: str) -> Opinion | None:
    """The opinion in force of a case."""
    query = select(OpinionRow).where(OpinionRow.case_id == case_id, OpinionRow.superseded.is_(False))
    row = session.scalars(query.order_by(OpinionRow.served_at.desc()).limit(1)).first()
    return None if row is None else as_state(Opinion, row)


def keep_opinion(session: Session, state: Opinion) -> None:
    """Keep a served opinion; those served before it in the same case are superseded."""
    for row in session.scalars(select(OpinionRow).where(OpinionRow.case_id == state.case_id)):
        row.superseded = row.superseded or row.served_at < state.served_at
    keep(session, OpinionRow, (state.case_id, state.opinion_no), state)


def to_look_at(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """The cases in which a right to review may have lapsed by now, the longest ago first."""
    due = select(OpinionRow.case_id).where(OpinionRow.superseded.is_(False), OpinionRow.look_at <= now)
    return session.scalars(due.order_by(OpinionRow.look_at, OpinionRow.case_id).limit(limit)).all()


def recused(session: Session, case_id: str) -> tuple[str, ...]:
    """The veils of the recused persons of a case, as every service of this office keeps them."""
    row = session.get(VeilRow, case_id)
    return tuple(row.veils) if row is not None else ()


def reviewable(session: Session, desk: str) -> list[tuple[HearingCase, Opinion]]:
    """The opinions in force at a desk, the latest first."""
    query = select(CaseRow, OpinionRow).join(OpinionRow, OpinionRow.case_id == CaseRow.case_id)
    query = query.where(OpinionRow.superseded.is_(False), CaseRow.desk == desk)
    rows = session.execute(query.order_by(OpinionRow.served_at.desc(), CaseRow.case_id))
    return [(as_state(HearingCase, found), as_state(Opinion, served)) for found, served in rows]


def by_receipt(session: Session, receipt_hash: str) -> HearingCase | None:
    """The case of a receipt in which an opinion was served last, locked."""
    query = select(CaseRow).join(OpinionRow, OpinionRow.case_id == CaseRow.case_id)
    query = query.where(CaseRow.receipt_hash == receipt_hash, OpinionRow.superseded.is_(False))
    row = session.scalars(query.order_by(OpinionRow.served_at.desc()).limit(1).with_for_update(of=CaseRow)).first()
    return None if row is None else as_state(HearingCase, row)


def next_number(uow: UnitOfWork, series: str) -> str:
    """The next document number of a series, gap-free per year in China: ``秦都区复查〔2026〕3号``."""
    year = local_day(uow.now).year
    row = uow.session.get(NumberRow, (series, year), with_for_update=True)
    if row is None:
        row = NumberRow(series=series, year=year, last=0)
        uow.session.add(row)
    row.last += 1
    return f"{uow.office.office.short_name}{series}〔{year}〕{row.last}号"


def recalled_term(session: Session, case_id: str) -> Term | None:
    """The term under which the case was recalled from here, if it was."""
    row = session.get(RecalledRow, case_id)
    return None if row is None else (row.override, row.n)


def keep_recalled(session: Session, case_id: str, term: Term, now: datetime) -> None:
    row = session.get(RecalledRow, case_id)
    if row is None:
        row = RecalledRow(case_id=case_id)
        session.add(row)
    row.override, row.n, row.at = *term, now


def rows_of(session: Session, model: type[Any], case_id: str) -> Sequence[Any]:
    """Every row of a table on one case."""
    return session.scalars(select(model).where(model.case_id == case_id)).all()
