"""An office that was restored from a backup: it raises its epoch, gets back what it forgot, and goes on above it.

It is noticed by the acknowledgements: a peer has applied letters that this database never sent. Nothing is asked of the
operator. What the peers sent since is sent again because the restored office acknowledges a lower number; what the
office itself had done since comes back as the sealed copies that its superior kept with the letters.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, func, inspect, select
from sqlalchemy.orm import Session

from network.db import Base, UtcDateTime
from network.outbox import stream_out
from network.sealing import open_box
from network.tables import JournalRow, OutboxRow, StreamIn
from network.uow import UnitOfWork

log = logging.getLogger(__name__)


def forgot_letters(session: Session, peer: str, ack: Mapping[str, Any]) -> bool:
    """Whether the peer has applied, under a number of this stream, a letter that this database does not know."""
    stream = stream_out(session, peer, ack["service"])
    if ack["seq"] <= stream.acked_seq:
        return False
    return _row_at(session, peer, ack["service"], ack["seq"]) != str(ack["id"])


def _row_at(session: Session, peer: str, service: str, seq: int) -> str | None:
    query = select(OutboxRow.id).where(OutboxRow.office == peer, OutboxRow.service == service, OutboxRow.seq == seq)
    return session.scalars(query).first()


def resume_above(uow: UnitOfWork, peer: str, ack: Mapping[str, Any]) -> None:
    """Raise the epoch once per restore, number what was not acknowledged above what the peer has, ask for the rest."""
    office = uow.office.lock(uow.session)
    if ack["known_epoch"] >= office.epoch:
        office.epoch = ack["known_epoch"] + 1
        uow.note("epoch_raised", why="restored from a backup", data={"peer": peer, "epoch": office.epoch})
        _say_what_is_here(uow.session)
    stream = stream_out(uow.session, peer, ack["service"])
    uow.office.bare_queue.append(
        (peer, "forgotten", {"service": ack["service"], "after": stream.acked_seq, "upto": ack["seq"]})
    )
    unacked = select(OutboxRow).where(
        OutboxRow.office == peer, OutboxRow.service == ack["service"], OutboxRow.state.in_(("pending", "sent"))
    )
    stream.acked_seq = stream.last_seq = ack["seq"]
    for row in uow.session.scalars(unacked.order_by(OutboxRow.seq)).all():
        stream.last_seq += 1
        row.seq, row.state = stream.last_seq, "pending"
        row.body = {**row.body, "seq": stream.last_seq, "epoch": office.epoch}
    log.warning("%s was restored from a backup: epoch %s, stream to %s goes on", uow.office.id, office.epoch, peer)


def _say_what_is_here(session: Session) -> None:
    for stream in session.scalars(select(StreamIn)):
        stream.ack_due = True


def on_returned(uow: UnitOfWork, sender: str, data: Mapping[str, Any]) -> None:
    """Put back what the own, forgotten letter ``data["body"]`` left behind, except rows that something newer has touched."""
    body = data["body"]
    if sender != uow.office.superior or body.get("copy") is None or body["source"].split("/")[1] != uow.office.id:
        return
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
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == name[0])
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
    return typed
