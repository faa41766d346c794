"""Queries of this room."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.promises import PromiseState
from network.state import as_state, keep
from services.intake.promises.models import IntakePromise
from services.intake.promises.rules import Promise


def promise(session: Session, promise_id: str) -> Promise | None:
    """A promise as it stands, its row locked."""
    row = session.get(IntakePromise, promise_id, with_for_update=True)
    return None if row is None else as_state(Promise, row)


def write(session: Session, state: Promise) -> None:
    keep(session, IntakePromise, state.promise, state)


def listed(session: Session, wanted: Mapping[str, Any], today: date) -> Sequence[Promise]:
    """A page of the book, what is due first; ``after`` is "due promise" of the last one shown."""
    query = select(IntakePromise)
    for name in ("state", "by", "case"):
        if wanted[name]:
            query = query.where(getattr(IntakePromise, name) == wanted[name])
    if wanted["late"]:
        query = query.where(IntakePromise.due < today, IntakePromise.state != PromiseState.KEPT.value)
    if wanted["after"]:
        last = session.get(IntakePromise, wanted["after"])
        if last is not None:
            later = (IntakePromise.due > last.due) | (
                (IntakePromise.due == last.due) & (IntakePromise.promise > last.promise)
            )
            query = query.where(later)
    rows = session.scalars(query.order_by(IntakePromise.due, IntakePromise.promise).limit(wanted["limit"]))
    return [as_state(Promise, row) for row in rows]


def unkept(session: Session) -> Sequence[Promise]:
    """The promises that nobody confirmed as kept, what is due first."""
    query = select(IntakePromise).where(IntakePromise.state != PromiseState.KEPT.value)
    rows = session.scalars(query.order_by(IntakePromise.due, IntakePromise.promise))
    return [as_state(Promise, row) for row in rows]


def made_between(session: Session, begins: Any, ends: Any) -> Sequence[IntakePromise]:
    query = select(IntakePromise).where(IntakePromise.made_at >= begins, IntakePromise.made_at < ends)
    return session.scalars(query.order_by(IntakePromise.number)).all()


def forget(session: Session, case: str) -> None:
    """A case left this office: of its promises only stays that there was one."""
    for row in session.scalars(select(IntakePromise).where(IntakePromise.case == case)):
        row.case, row.what, row.performed, row.words = "", "", "", ""
