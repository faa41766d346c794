"""The portal's queries."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gateway.portal.models import ChannelRow, FiledRow, SaidRow, StepRow
from network.tables import OutboxRow


def filed(session: Session, receipt_hash: str) -> FiledRow | None:
    return session.get(FiledRow, receipt_hash)


def steps(session: Session, receipt_hash: str) -> Sequence[StepRow]:
    """The steps of a report, oldest first; letters are numbered by time within one moment."""
    query = select(StepRow).where(StepRow.receipt_hash == receipt_hash)
    return session.scalars(query.order_by(StepRow.at, StepRow.letter)).all()


def known(session: Session, hashes: Collection[str]) -> set[str]:
    """Those of the hashes under which something was filed here or told."""
    filed = select(FiledRow.receipt_hash).where(FiledRow.receipt_hash.in_(hashes))
    told = select(StepRow.receipt_hash).where(StepRow.receipt_hash.in_(hashes)).distinct()
    return {*session.scalars(filed), *session.scalars(told)}


def said(session: Session, receipt_hash: str) -> Sequence[SaidRow]:
    query = select(SaidRow).where(SaidRow.receipt_hash == receipt_hash)
    return session.scalars(query.order_by(SaidRow.at, SaidRow.id)).all()


def channels(session: Session, today: date) -> Sequence[ChannelRow]:
    """The channels that are open on that day, by office, kind and label."""
    ends = or_(ChannelRow.until.is_(None), ChannelRow.until >= today)
    query = select(ChannelRow).where(ChannelRow.withdrawn.is_(False), ChannelRow.since <= today, ends)
    return session.scalars(
        query.order_by(ChannelRow.office, ChannelRow.kind, ChannelRow.label, ChannelRow.channel)
    ).all()


def filed_count(session: Session) -> int:
    """All reports ever taken here, of both desks together."""
    return session.scalar(select(func.count()).select_from(FiledRow)) or 0


def waiting_post(session: Session) -> tuple[int, datetime | None]:
    """How many letters have not reached their office yet, and since when the oldest waits."""
    query = select(func.count(), func.min(OutboxRow.created_at)).where(
        OutboxRow.state.in_(("pending", "sent", "parked"))
    )
    count, oldest = session.execute(query).one()
    return count, oldest
