"""Bare letters: unnumbered, unstored words between two networks' ends about a stream itself.

``ack``       receiver → sender: the highest number applied without a gap, the letter that bore it, the epoch known of you
``hello``     an office that starts → its peers: tell me where our streams stand
``forgotten`` a restored sender → receiver: return me the letters from ``after`` up to ``upto``
``returned``  receiver → the restored sender: such a letter, with the sealed copy of what its commit left behind

Losing one costs time, never a letter: an ack is said again on any duplicate, a hello at the next start.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Actor
from network import restore
from network.journal import canonical
from network.outbox import acknowledge
from network.peers import heard
from network.tables import InboxRow, OfficeRow, PeerRow, StreamIn
from network.uow import UnitOfWork

if TYPE_CHECKING:
    from network.office import OfficeRuntime

log = logging.getLogger(__name__)


class AckSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True)
    seq = fields.Integer(required=True, strict=True)
    id = fields.String(required=True)
    known_epoch = fields.Integer(required=True, strict=True)


class ForgottenSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True)
    after = fields.Integer(required=True, strict=True)
    upto = fields.Integer(required=True, strict=True)


class ReturnedSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True)
    body = fields.Dict(required=True)


def receive(office: "OfficeRuntime", service: str, _handlers: Any, body: Mapping[str, Any]) -> None:
    """Act on a bare letter; one that is unknown or malformed is logged and forgotten, as nothing depends on it."""
    kinds: dict[str, tuple[type[Schema], Callable[[UnitOfWork, str, dict[str, Any]], None]]] = {
        "ack": (AckSchema, _on_ack),
        "hello": (Schema, _on_hello),
        "forgotten": (ForgottenSchema, _on_forgotten),
        "returned": (ReturnedSchema, restore.on_returned),
    }
    sender = str(body["source"]).split("/")[1]
    try:
        schema, act = kinds[body["type"]]
        data = schema(unknown=EXCLUDE).load(body["data"])
    except (KeyError, ValidationError) as error:
        log.warning("%s: bare letter %s from %s not understood: %s", office.id, body["type"], sender, error)
        return
    with office.uow(service, Actor("system", office.id, roles=("system",))) as uow:
        heard(uow, sender, body)
        act(uow, sender, data)


def _on_ack(uow: UnitOfWork, sender: str, data: dict[str, Any]) -> None:
    if restore.forgot_letters(uow.session, sender, data):
        restore.resume_above(uow, sender, data)
    else:
        acknowledge(uow.session, sender, data["service"], data["seq"], uow.now)


def _on_hello(uow: UnitOfWork, sender: str, _data: dict[str, Any]) -> None:
    for stream in uow.session.scalars(select(StreamIn).where(StreamIn.office == sender)):
        stream.ack_due = True


def _on_forgotten(uow: UnitOfWork, sender: str, data: dict[str, Any]) -> None:
    """Queue the return of what the sender forgot; it goes out with the next bare letters."""
    query = select(InboxRow.id).where(InboxRow.office == sender, InboxRow.service == data["service"])
    forgot = query.where(InboxRow.seq > data["after"], InboxRow.seq <= data["upto"])
    ids = uow.session.scalars(forgot.order_by(InboxRow.seq))
    uow.office.bare_queue.extend((sender, "returned", letter_id) for letter_id in ids)


def acks_due(session: Session, office: str) -> list[tuple[str, dict[str, Any]]]:
    """``(sender, ack data)`` for every stream that has to be acknowledged; their flags are taken down."""
    due = session.scalars(select(StreamIn).where(StreamIn.ack_due.is_(True), StreamIn.office != office)).all()
    acks = []
    for stream in due:
        stream.ack_due = False
        peer = session.get(PeerRow, stream.office)
        known = peer.epoch if peer else stream.epoch
        data = {"service": stream.service, "seq": stream.seq, "id": stream.last_id, "known_epoch": known}
        acks.append((stream.office, data))
    return acks


def body_of(session: Session, office: str, type_: str, data: Mapping[str, Any], now: str, letter_id: str) -> bytes:
    """The wire body of a bare letter; it bears the journal head like any other."""
    row = session.get(OfficeRow, office)
    head = {"epoch": row.epoch, "seq": row.journal_seq, "hash": row.journal_hash} if row else None
    body = {
        "specversion": "1.0",
        "id": letter_id,
        "source": f"/{office}/network",
        "type": type_,
        "time": now,
        "data": dict(data),
        "seq": None,
        "epoch": row.epoch if row else 1,
        "head": head,
    }
    return canonical(body)


def returned_data(session: Session, letter_id: str) -> dict[str, Any] | None:
    """The data of a ``returned`` letter for a kept inbox row."""
    row = session.get(InboxRow, letter_id)
    return (
        None if row is None or row.body is None else {"service": row.service, "body": json.loads(canonical(row.body))}
    )
