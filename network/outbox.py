"""The outbox: the only buffer between a commit and the broker. Rows are numbered without a gap per stream."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from contracts.events import EVENTS
from contracts.letters import Tell
from network.db import locked
from network.ids import new_id
from network.journal import canonical, link
from network.tables import OutboxRow, StreamOut

IN_FLIGHT = 500
RESEND_FIRST = 60
RESEND_LONGEST = 3600
KEEP_ACKED = timedelta(days=35)


def checked_data(tell: Tell) -> dict[str, Any]:
    """The data of a tell as JSON. A letter its own catalogue would refuse stops the commit that wants to send it."""
    data: dict[str, Any] = json.loads(canonical(dict(tell.data)))
    if tell.type not in EVENTS:
        raise LookupError(f"no event named {tell.type!r} in contracts.events")
    wrong = EVENTS[tell.type]().validate(data)
    if wrong:
        raise ValidationError({tell.type: wrong})
    return data


def append(
    session: Session, tell: Tell, office: str, by_service: str, now: datetime, head: dict[str, Any], copy: str | None
) -> OutboxRow:
    """Give the letter its stream's next number and keep it for the relay, in the caller's transaction."""
    stream = stream_out(session, tell.to, tell.service)
    stream.last_seq += 1
    letter_id = new_id()
    stream.chain = link(stream.chain, letter_id)
    body = {
        "specversion": "1.0",
        "id": letter_id,
        "source": f"/{office}/{by_service}",
        "type": tell.type,
        "subject": tell.case,
        "time": now.isoformat(),
        "data": checked_data(tell),
        "seq": stream.last_seq,
        "epoch": head["epoch"],
        "head": head,
    }
    if copy is not None:
        body["copy"] = copy
    row = OutboxRow(
        id=letter_id,
        office=tell.to,
        service=tell.service,
        seq=stream.last_seq,
        chain=stream.chain,
        type=tell.type,
        case_id=tell.case,
        by_service=by_service,
        body=body,
        state="pending",
        created_at=now,
    )
    session.add(row)
    return row


def stream_out(session: Session, office: str, service: str) -> StreamOut:
    """The sending side of a stream, locked; made when it is the first letter."""
    fresh = StreamOut(office=office, service=service, epoch=1, last_seq=0, acked_seq=0, chain="", nacks=0)
    fresh.base_seq, fresh.base_chain, fresh.resend_wait = 0, "", RESEND_FIRST
    return locked(session, fresh)


def due_rows(session: Session, own: bool, office: str, now: datetime, limit: int) -> Sequence[OutboxRow]:
    """Pending letters in stream order: those to the own office if ``own``, else those to others, within the in-flight bound."""
    stream = and_(StreamOut.office == OutboxRow.office, StreamOut.service == OutboxRow.service)
    query = (
        select(OutboxRow)
        .join(StreamOut, stream)
        .where(OutboxRow.state == "pending")
        .where(OutboxRow.office == office if own else OutboxRow.office != office)
        .where(or_(StreamOut.hold_until.is_(None), StreamOut.hold_until <= now))
        .where(OutboxRow.seq <= StreamOut.acked_seq + IN_FLIGHT)
        .order_by(OutboxRow.office, OutboxRow.service, OutboxRow.seq)
        .limit(limit)
    )
    return session.scalars(query).all()


def mark_sent(session: Session, ids: Sequence[str], now: datetime) -> None:
    """The broker confirmed these; from now on their receiver's acknowledgement is awaited."""
    for row in session.scalars(select(OutboxRow).where(OutboxRow.id.in_(ids), OutboxRow.state == "pending")):
        row.state, row.sent_at, row.attempts = "sent", now, row.attempts + 1
        stream = stream_out(session, row.office, row.service)
        stream.nacks = 0
        if stream.resend_at is None:
            stream.resend_at = now + timedelta(seconds=stream.resend_wait)


def park(session: Session, row_id: str, reason: str) -> None:
    """Take one letter that the broker refuses out of the post until someone decides."""
    row = session.get(OutboxRow, row_id)
    if row is not None and row.state == "pending":
        row.state, row.reason, row.attempts = "parked", reason, row.attempts + 1


def hold_stream(session: Session, office: str, service: str, now: datetime) -> None:
    """The mailbox is full: leave its stream alone for 10 s, doubling with each refusal to 10 minutes."""
    stream = stream_out(session, office, service)
    stream.hold_until = now + timedelta(seconds=min(10 * 2**stream.nacks, 600))
    stream.nacks += 1


def resend_overdue(session: Session, now: datetime) -> int:
    """Put the oldest unacknowledged letter of each stream whose receiver is silent back into the post."""
    streams = session.scalars(select(StreamOut).where(StreamOut.resend_at <= now)).all()
    for stream in streams:
        oldest = _oldest_sent(session, stream)
        if oldest is None:
            stream.resend_at, stream.resend_wait = None, RESEND_FIRST
            continue
        oldest.state = "pending"
        stream.resend_wait = min(stream.resend_wait * 2, RESEND_LONGEST)
        stream.resend_at = now + timedelta(seconds=stream.resend_wait)
    return len(streams)


def _oldest_sent(session: Session, stream: StreamOut) -> OutboxRow | None:
    query = (
        select(OutboxRow)
        .where(OutboxRow.state == "sent", OutboxRow.office == stream.office, OutboxRow.service == stream.service)
        .order_by(OutboxRow.seq)
        .limit(1)
    )
    return session.scalars(query).first()


def prune(session: Session, now: datetime, batch: int) -> int:
    """Delete acknowledged letters older than 35 days; how many. A receiver that asks for one later is told to go on above."""
    old = select(OutboxRow).where(OutboxRow.state == "acked", OutboxRow.created_at < now - KEEP_ACKED)
    rows = session.scalars(old.order_by(OutboxRow.seq).limit(batch)).all()
    for row in rows:
        stream = stream_out(session, row.office, row.service)
        if row.seq > stream.base_seq:
            stream.base_seq, stream.base_chain = row.seq, row.chain
        session.delete(row)
    return len(rows)


def acknowledge(session: Session, office: str, service: str, seq: int, now: datetime) -> None:
    """The receiver has applied everything up to ``seq``. A lower number than before means that it was restored: send again."""
    stream = stream_out(session, office, service)
    moved = and_(OutboxRow.office == office, OutboxRow.service == service)
    if seq < stream.acked_seq:
        again = select(OutboxRow).where(moved, OutboxRow.seq > seq, OutboxRow.state.in_(("acked", "sent")))
        for row in session.scalars(again):
            row.state = "pending"
    done = select(OutboxRow).where(moved, OutboxRow.seq <= seq, OutboxRow.state.in_(("sent", "pending")))
    for row in session.scalars(done):
        row.state = "acked"
    if stream.resend_wait > RESEND_FIRST and seq > stream.acked_seq:
        _send_rest_again(session, stream, seq)
    stream.acked_seq, stream.resend_wait = seq, RESEND_FIRST
    stream.resend_at = now + timedelta(seconds=RESEND_FIRST) if seq < stream.last_seq else None


def _send_rest_again(session: Session, stream: StreamOut, seq: int) -> None:
    """The oldest letter had to be sent twice and got through: the broker may have lost those behind it as well."""
    rest = select(OutboxRow).where(OutboxRow.office == stream.office, OutboxRow.service == stream.service)
    for row in session.scalars(rest.where(OutboxRow.seq > seq, OutboxRow.state == "sent")):
        row.state = "pending"


def streams_overdue(session: Session, now: datetime) -> bool:
    """Whether some receiver has been silent for too long."""
    return session.scalars(select(StreamOut.office).where(StreamOut.resend_at <= now).limit(1)).first() is not None
