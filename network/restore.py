"""An office that was restored from a backup: it raises its epoch, gets back what it forgot, and goes on above it.

It is noticed by the acknowledgements: a peer has applied letters that this database never sent. Nothing is asked of the
operator. What the peers sent since is sent again because the restored office acknowledges a lower number; what the
office itself had done since comes back as the sealed copies that its superior kept with the letters.
"""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, and_, func, inspect, or_, select
from sqlalchemy.orm import Session

from contracts.letters import sender_of
from network.copies import model_of
from network.db import UtcDateTime, free
from network.journal import link
from network.outbox import stream_out
from network.peers import stream_in
from network.sealing import open_box
from network.tables import InboxRow, JournalRow, OutboxRow, StreamIn, StreamOut
from network.uow import UnitOfWork

log = logging.getLogger(__name__)
ASK_AGAIN = timedelta(seconds=10)
LATELY = timedelta(hours=1)


def forgot_letters(session: Session, peer: str, ack: Mapping[str, Any]) -> bool:
    """Whether the peer has applied letters of this stream that this database does not know: their chains differ."""
    stream = stream_out(session, peer, ack["service"])
    if ack["seq"] <= stream.acked_seq:
        return False
    return _chain_at(session, peer, ack["service"], ack["seq"]) != str(ack["chain"])


def _chain_at(session: Session, peer: str, service: str, seq: int) -> str | None:
    query = select(OutboxRow.chain).where(OutboxRow.office == peer, OutboxRow.service == service, OutboxRow.seq == seq)
    return session.scalars(query).first()


def resume_above(uow: UnitOfWork, peer: str, ack: Mapping[str, Any]) -> None:
    """Raise the epoch once per restore, number what was not acknowledged above what the peer has, ask for the rest.

    Several peers notice the same restore, some more than once: only the first word of it in a run of this process raises
    the epoch, as a database is not replaced under a running office.
    """
    office = uow.office.lock(uow.session)
    stream = stream_out(uow.session, peer, ack["service"])
    if _is_news(uow, stream, ack):
        uow.office.restore_was_noticed = True
        office.epoch = max(office.epoch, ack["known_epoch"]) + 1
        uow.note("epoch_raised", why="restored from a backup", data={"peer": peer, "epoch": office.epoch})
        _say_what_is_here(uow.session)
    stream.epoch = office.epoch
    if peer == uow.office.superior:
        after = stream.acked_seq if stream.forgot_after is None else stream.forgot_after
        stream.forgot_after, stream.forgot_upto, stream.forgot_asked_at = after, ack["seq"], None
    unacked = select(OutboxRow).where(
        OutboxRow.office == peer, OutboxRow.service == ack["service"], OutboxRow.state.in_(("pending", "sent"))
    )
    stream.acked_seq = stream.last_seq = ack["seq"]
    stream.chain = ack["chain"]
    stream.base_seq, stream.base_chain = ack["seq"], ack["chain"]
    for row in uow.session.scalars(unacked.order_by(OutboxRow.seq)).all():
        stream.last_seq += 1
        stream.chain = link(stream.chain, row.id)
        row.seq, row.chain, row.state = stream.last_seq, stream.chain, "pending"
        row.body = {**row.body, "seq": stream.last_seq, "epoch": office.epoch}
    log.warning("%s was restored from a backup: epoch %s, stream to %s goes on", uow.office.id, office.epoch, peer)


def _is_news(uow: UnitOfWork, stream: StreamOut, ack: Mapping[str, Any]) -> bool:
    epoch = uow.office.lock(uow.session).epoch
    return not uow.office.restore_was_noticed and (stream.epoch == epoch or ack["known_epoch"] > epoch)


def skips(uow: UnitOfWork, peer: str, ack: Mapping[str, Any]) -> bool:
    """The peer waits for numbers that nobody has any more (both were restored, or its backup is older than what is kept).

    It is told to go on above them.
    """
    stream = stream_out(uow.session, peer, ack["service"])
    if ack["seq"] >= stream.base_seq:
        return False
    word = {"service": ack["service"], "seq": stream.base_seq, "chain": stream.base_chain}
    uow.office.bare_queue.append((peer, "skip", word))
    return True


def on_skip(uow: UnitOfWork, sender: str, data: Mapping[str, Any]) -> None:
    """Go on above what the sender has forgotten, unless it is here."""
    stream = stream_in(uow.session, sender, data["service"])
    if stream.seq < data["seq"]:
        uow.note("letters_lost", why="nobody has them any more", data={"from": sender, "after": stream.seq, **data})
        stream.seq, stream.chain, stream.ack_due = data["seq"], data["chain"], True


def agrees(uow: UnitOfWork, peer: str, service: str) -> None:
    """The stream was looked at in the present epoch and nothing was forgotten."""
    stream_out(uow.session, peer, service).epoch = uow.office.lock(uow.session).epoch


def _say_what_is_here(session: Session) -> None:
    for stream in session.scalars(free(select(StreamIn))):
        stream.ack_due = True


def is_incomplete(session: Session) -> bool:
    """Whether own work is still to be returned; a number given now might have been given before."""
    return (
        session.scalars(select(StreamOut.service).where(StreamOut.forgot_upto.is_not(None)).limit(1)).first()
        is not None
    )


def is_asking(session: Session, now: datetime) -> bool:
    """Whether it is time to ask the superior (again) for what this office forgot."""
    query = select(StreamOut.service).where(_wants_return(now)).limit(1)
    return session.scalars(query).first() is not None


def _wants_return(now: datetime) -> ColumnElement[bool]:
    asked = or_(StreamOut.forgot_asked_at.is_(None), StreamOut.forgot_asked_at <= now - ASK_AGAIN)
    return and_(StreamOut.forgot_upto.is_not(None), asked)


def ask_again(uow: UnitOfWork) -> None:
    """Ask the superior for the letters this office forgot, from where the last one in order was returned."""
    uow.office.lock(uow.session)
    for stream in uow.session.scalars(select(StreamOut).where(_wants_return(uow.now))):
        word = {"service": stream.service, "after": stream.forgot_after, "upto": stream.forgot_upto}
        uow.office.bare_queue.append((stream.office, "forgotten", word))
        stream.forgot_asked_at = uow.now


def on_returned(uow: UnitOfWork, sender: str, data: Mapping[str, Any]) -> None:
    """Put back what the own, forgotten letter left behind; only the next in order counts, the rest is asked for again."""
    uow.office.lock(uow.session)
    stream = stream_out(uow.session, sender, data["service"])
    if sender != uow.office.superior or stream.forgot_upto is None or data["prev"] != stream.forgot_after:
        return
    stream.forgot_after = data["seq"]
    if data["seq"] >= stream.forgot_upto:
        stream.forgot_after = stream.forgot_upto = stream.forgot_asked_at = None
        _try_parked_again(uow)
    body = data["body"]
    if body and body.get("copy") and sender_of(body) == uow.office.id:
        _put_back_rows(uow, body)


def _try_parked_again(uow: UnitOfWork) -> None:
    """Letters that came while their case was still missing were parked for it; give them another chance."""
    parked = select(InboxRow).where(InboxRow.state == "parked", InboxRow.seq.is_not(None))
    for letter in uow.session.scalars(parked.where(InboxRow.received_at >= uow.now - LATELY)):
        letter.state, letter.retry_at = "retry", uow.now


def _put_back_rows(uow: UnitOfWork, body: Mapping[str, Any]) -> None:
    """Rows as the letter's commit left them, except those that something newer has touched."""
    known, of = _touched(uow.session), body["head"]["seq"]
    key = uow.office.keyring.private(uow.office.id, "storage")
    for name, values in open_box(body["copy"], key)["rows"]:
        if known.get(tuple(name), 0) < of:
            _put_back(uow.session, name, values)
    uow.note("row_restored", body.get("subject", ""), "returned by the office above", {"letter": body["id"], "of": of})


def _touched(session: Session) -> dict[tuple[Any, ...], float]:
    """Rows written since the epoch was raised → the journal number they stand for (infinite for new work)."""
    epoch = session.scalars(select(func.max(JournalRow.epoch))).one()
    touched: dict[tuple[Any, ...], float] = {}
    for line in session.scalars(select(JournalRow).where(JournalRow.epoch == epoch).order_by(JournalRow.seq)):
        of = line.data.get("of", float("inf"))
        touched.update({tuple(row[:-1]): of for row in line.rows})
    return touched


def _put_back(session: Session, name: list[Any], values: Mapping[str, Any] | None) -> None:
    model = model_of(name[0])
    row = session.get(model, tuple(name[1:]))
    if values is not None:
        session.merge(model(**_typed(model, values)))
    elif row is not None:
        session.delete(row)


def _typed(model: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Column values as Python holds them: moments were ISO text in the copy."""
    typed = dict(values)
    for column in inspect(model).column_attrs:
        kind = column.columns[0].type
        text = typed.get(column.key)
        if isinstance(kind, (UtcDateTime, DateTime)) and isinstance(text, str):
            typed[column.key] = datetime.fromisoformat(text)
        elif isinstance(kind, Date) and isinstance(text, str):
            typed[column.key] = date.fromisoformat(text)
    return typed
