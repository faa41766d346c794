"""Queries of call-backs."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.supervision.callbacks.models import CallBackRow
from services.supervision.callbacks.rules import SAMPLE


def call_back(session: Session, key: str) -> CallBackRow | None:
    """A call-back, locked."""
    return session.get(CallBackRow, key, with_for_update=True)


def listed(session: Session, desk: str, state: str) -> Sequence[CallBackRow]:
    query = select(CallBackRow).where(CallBackRow.desk == desk, CallBackRow.state == state)
    return session.scalars(query.order_by(CallBackRow.wanted_at, CallBackRow.id)).all()


def sampled_cases(session: Session) -> frozenset[str]:
    """The cases that were drawn before."""
    return frozenset(session.scalars(select(CallBackRow.case_id).where(CallBackRow.purpose == SAMPLE)))


def samples(session: Session) -> Sequence[CallBackRow]:
    """Every sample call-back, the oldest first."""
    query = select(CallBackRow).where(CallBackRow.purpose == SAMPLE)
    return session.scalars(query.order_by(CallBackRow.wanted_at, CallBackRow.id)).all()


def rows_of(session: Session, case: str) -> Sequence[CallBackRow]:
    return session.scalars(select(CallBackRow).where(CallBackRow.case_id == case)).all()
