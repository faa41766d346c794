"""Queries of this room."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.intake.models import IntakeCounter
from services.intake.outreach.cards.models import IntakeCard, IntakeCardBatch
from services.intake.outreach.cards.rules import Batch, Card, number_of

SERIES, NO_YEAR = "card", 0
Found = tuple[Batch | None, Card | None]


def printed_so_far(session: Session) -> IntakeCounter:
    """The row that says the highest number printed, locked until the commit."""
    row = session.get(IntakeCounter, (SERIES, NO_YEAR), with_for_update=True)
    if row is None:
        row = IntakeCounter(series=SERIES, year=NO_YEAR, last=0)
        session.add(row)
    return row


def add_batch(session: Session, batch: Batch) -> None:
    keep(session, IntakeCardBatch, batch.batch, batch)


def write(session: Session, card: Card) -> None:
    keep(session, IntakeCard, card.serial, card)


def batch_of(session: Session, serial: str, office: str) -> Batch | None:
    """The batch that a serial of this office was printed in."""
    number = number_of(serial, office)
    if number is None:
        return None
    query = select(IntakeCardBatch).where(IntakeCardBatch.first <= number, IntakeCardBatch.last >= number)
    row = session.scalars(query).first()
    return None if row is None else as_state(Batch, row)


def find(session: Session, serial: str, office: str) -> Found:
    """The batch and the card of a serial, None for what is not there; the card's row locked."""
    row = session.get(IntakeCard, serial, with_for_update=True)
    return batch_of(session, serial, office), None if row is None else as_state(Card, row)


def find_all(session: Session, serials: Collection[str], office: str) -> Mapping[str, Found]:
    return {serial: find(session, serial, office) for serial in sorted(serials)}


def batches(session: Session, limit: int, after: str) -> Sequence[Batch]:
    """A page of batches by their first number, the highest first; ``after`` is that number of the page before's last."""
    query = select(IntakeCardBatch).order_by(IntakeCardBatch.first.desc()).limit(limit)
    if after.isdecimal():
        query = query.where(IntakeCardBatch.first < int(after))
    return [as_state(Batch, row) for row in session.scalars(query)]


def printed_between(session: Session, begins: datetime, ends: datetime) -> Sequence[Batch]:
    query = select(IntakeCardBatch).where(IntakeCardBatch.printed_at >= begins, IntakeCardBatch.printed_at < ends)
    return [as_state(Batch, row) for row in session.scalars(query.order_by(IntakeCardBatch.first))]


def given_between(session: Session, begins: datetime, ends: datetime) -> Sequence[Card]:
    """Cards given out in these days, by serial."""
    query = select(IntakeCard).where(IntakeCard.issued_at >= begins, IntakeCard.issued_at < ends)
    return [as_state(Card, row) for row in session.scalars(query.order_by(IntakeCard.serial))]


def void_between(session: Session, begins: datetime, ends: datetime) -> Sequence[Card]:
    query = select(IntakeCard).where(IntakeCard.void_at >= begins, IntakeCard.void_at < ends)
    return [as_state(Card, row) for row in session.scalars(query.order_by(IntakeCard.serial))]


def count_of(session: Session, batch: str) -> dict[str, int]:
    """How many of a batch were given out, and how many are void; one can be both."""
    given = select(func.count()).where(IntakeCard.batch == batch, IntakeCard.issued_at.is_not(None))
    gone = select(func.count()).where(IntakeCard.batch == batch, IntakeCard.void_at.is_not(None))
    return {"issued": session.scalar(given) or 0, "void": session.scalar(gone) or 0}


def card(session: Session, serial: str) -> Card | None:
    """The card, for reading."""
    row = session.get(IntakeCard, serial)
    return None if row is None else as_state(Card, row)
