"""Queries of visits, call-backs, sayings, closed files, and of what became of cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.assignment.models import AssignmentCase, AssignmentOpinion
from services.assignment.outcome.models import (
    AssignmentCallBack,
    AssignmentFile,
    AssignmentNotice,
    AssignmentSaying,
    AssignmentVisit,
)


def visits(session: Session, case: str) -> Sequence[AssignmentVisit]:
    query = select(AssignmentVisit).where(AssignmentVisit.case == case)
    return session.scalars(query.order_by(AssignmentVisit.at, AssignmentVisit.id)).all()


def call_back(session: Session, key: str) -> AssignmentCallBack | None:
    """A call-back by its id, locked."""
    return session.get(AssignmentCallBack, key, with_for_update=True)


def call_backs(session: Session, case: str) -> Sequence[AssignmentCallBack]:
    query = select(AssignmentCallBack).where(AssignmentCallBack.case == case)
    return session.scalars(query.order_by(AssignmentCallBack.wanted_at, AssignmentCallBack.id)).all()


def saying(session: Session, key: str) -> AssignmentSaying | None:
    return session.get(AssignmentSaying, key)


def sayings(session: Session, case: str) -> Sequence[AssignmentSaying]:
    query = select(AssignmentSaying).where(AssignmentSaying.case == case)
    return session.scalars(query.order_by(AssignmentSaying.at, AssignmentSaying.id)).all()


def notices(session: Session, case: str) -> Sequence[AssignmentNotice]:
    query = select(AssignmentNotice).where(AssignmentNotice.case == case)
    return session.scalars(query.order_by(AssignmentNotice.at, AssignmentNotice.number)).all()


def files(session: Session, case: str) -> Sequence[AssignmentFile]:
    """The closed files of a case, the first round first, locked."""
    query = select(AssignmentFile).where(AssignmentFile.case == case).order_by(AssignmentFile.round)
    return session.scalars(query.with_for_update()).all()


def closed_files(session: Session, desk: str, limit: int, after: str) -> Sequence[AssignmentFile]:
    """A page of a desk's closed files that are not superseded, the latest case first."""
    query = select(AssignmentFile).where(AssignmentFile.desk == desk, AssignmentFile.state != "superseded")
    if after:
        query = query.where(AssignmentFile.case < after)
    return session.scalars(query.order_by(AssignmentFile.case.desc()).limit(limit)).all()


def repeated_since(session: Session, number: str, since: Any) -> bool:
    """Whether a case that came after ``since`` is linked here as a repeat of this one."""
    repeats = select(AssignmentCase.case).where(AssignmentCase.repeat_of == number, AssignmentCase.entered_at > since)
    return session.scalars(repeats.limit(1)).first() is not None


def final_opinions(session: Session, number: str, desk: str) -> tuple[str, ...]:
    """The opinions that made the case of this number final, as far as it is known here; none otherwise."""
    query = select(AssignmentCase).where(AssignmentCase.number == number, AssignmentCase.desk == desk)
    row = session.scalars(query.where(AssignmentCase.recalled.is_(False))).first()
    return tuple(row.final_opinions) if row is not None and number else ()


def outcomes(session: Session, desk: str, office: str) -> Sequence[tuple[str, str, str, int]]:
    """How many cases held here stand where: (status, performance, proof, count)."""
    group = (AssignmentCase.status, AssignmentCase.performance, AssignmentCase.proof)
    held = (AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False), AssignmentCase.holder == office)
    rows = session.execute(select(*group, func.count()).where(*held).group_by(*group))
    return [(status, performance, proof, count) for status, performance, proof, count in rows]


def beside(session: Session, case: str) -> list[Any]:
    """The rows that this room keeps of a case, but for the catalogues of its files."""
    return [*visits(session, case), *call_backs(session, case), *sayings(session, case), *notices(session, case)]


def opinions_issued(
    session: Session, desk: str, begins: datetime, ends: datetime
) -> Sequence[tuple[AssignmentOpinion, Sequence[str]]]:
    """The opinions of a desk that were issued from one moment until another, each with the flags of its case."""
    issued = AssignmentOpinion.issued_at >= begins, AssignmentOpinion.issued_at < ends
    query = select(AssignmentOpinion, AssignmentCase.flags).join(
        AssignmentCase, AssignmentCase.case == AssignmentOpinion.case
    )
    kept = query.where(*issued, AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False))
    return [(opinion, flags) for opinion, flags in session.execute(kept.order_by(AssignmentOpinion.issued_at))]


def visits_before(session: Session, ends: datetime) -> Sequence[AssignmentVisit]:
    """Visits made before a moment, the latest first, so that of a case the first one stands last."""
    query = select(AssignmentVisit).where(AssignmentVisit.at < ends).order_by(AssignmentVisit.at.desc())
    return session.scalars(query).all()
