"""Bare letters: unnumbered, unstored words between two networks' ends about a stream itself.

``ack``       receiver → sender: the highest number applied without a gap, the chain of ids up to it, the epoch known of you
``hello``     an office → its peers, at every new link and hourly: this is what I have of you; tell me what you have of me
``forgotten`` a restored sender → receiver: return me the letters from ``after`` up to ``upto``
``skip``      sender → receiver: go on above these numbers, nobody has their letters any more
``returned``  receiver → the restored sender: such a letter, with the sealed copy of what its commit left behind

Losing one costs time, never a letter: an ack is said again on any duplicate, a hello at the next start, and what is not
returned in order is asked for again.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate
from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.letters import COUNT, EPOCH, SERVICE, sender_of
from network import restore
from network.db import free
from network.journal import canonical
from network.outbox import acknowledge
from network.peers import heard
from network.tables import InboxRow, OfficeRow, PeerRow, StreamIn, StreamOut
from network.uow import UnitOfWork

if TYPE_CHECKING:
    from network.office import OfficeRuntime

log = logging.getLogger(__name__)
RETURN_BATCH = 200


class AckSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True, validate=SERVICE)
    seq = fields.Integer(required=True, strict=True, validate=COUNT)
    chain = fields.String(required=True, validate=validate.Length(max=32))
    known_epoch = fields.Integer(required=True, strict=True, validate=EPOCH)


class HelloSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    have = fields.List(fields.Nested(AckSchema), load_default=list)
    known_epoch = fields.Integer(load_default=0, strict=True, validate=EPOCH)


class ForgottenSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True, validate=SERVICE)
    after = fields.Integer(required=True, strict=True, validate=COUNT)
    upto = fields.Integer(required=True, strict=True, validate=COUNT)


class SkipSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True, validate=SERVICE)
    seq = fields.Integer(required=True, strict=True, validate=COUNT)
    chain = fields.String(required=True, validate=validate.Length(max=32))


class ReturnedSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    service = fields.String(required=True, validate=SERVICE)
    prev = fields.Integer(required=True, strict=True, validate=COUNT)
    seq = fields.Integer(required=True, strict=True, validate=COUNT)
    body = fields.Dict(required=True, allow_none=True)


def receive(office: "OfficeRuntime", service: str, body: Mapping[str, Any]) -> None:
    """Act on a bare letter; one that is unknown or malformed is logged and forgotten, as nothing depends on it."""
    kinds: dict[str, tuple[type[Schema], Callable[[UnitOfWork, str, dict[str, Any]], None]]] = {
        "ack": (AckSchema, _on_ack),
        "hello": (HelloSchema, _on_hello),
        "forgotten": (ForgottenSchema, _on_forgotten),
        "skip": (SkipSchema, restore.on_skip),
        "returned": (ReturnedSchema, restore.on_returned),
    }
    sender = sender_of(body)
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
    uow.office.lock(uow.session)
    if restore.skips(uow, sender, data):
        return
    if restore.forgot_letters(uow.session, sender, data):
        restore.resume_above(uow, sender, data)
    else:
        acknowledge(uow.session, sender, data["service"], data["seq"], uow.now)
        restore.agrees(uow, sender, data["service"])


def _on_hello(uow: UnitOfWork, sender: str, data: dict[str, Any]) -> None:
    """Take what it has as acknowledgements; a stream it does not name it has nothing of, not even after a restore."""
    for stream in uow.session.scalars(free(select(StreamIn).where(StreamIn.office == sender))):
        stream.ack_due = True
    have = {ack["service"]: ack for ack in data["have"]}
    for service in uow.session.scalars(select(StreamOut.service).where(StreamOut.office == sender)).all():
        nothing = {"service": service, "seq": 0, "chain": "", "known_epoch": data["known_epoch"]}
        _on_ack(uow, sender, have.get(service, nothing))


def _on_forgotten(uow: UnitOfWork, sender: str, data: dict[str, Any]) -> None:
    """Queue the return of what the sender forgot, in order; it goes out with the next bare letters."""
    query = select(InboxRow.id, InboxRow.seq).where(InboxRow.office == sender, InboxRow.service == data["service"])
    forgot = query.where(InboxRow.seq > data["after"], InboxRow.seq <= data["upto"]).order_by(InboxRow.seq)
    prev = data["after"]
    for letter_id, seq in uow.session.execute(forgot.limit(RETURN_BATCH)):
        word = {"service": data["service"], "prev": prev, "seq": seq, "letter": letter_id}
        uow.office.bare_queue.append((sender, "returned", word))
        prev = seq
    if prev == data["after"]:
        word = {"service": data["service"], "prev": prev, "seq": data["upto"], "letter": ""}
        uow.office.bare_queue.append((sender, "returned", word))


def acks_due(session: Session, office: str) -> list[tuple[str, dict[str, Any]]]:
    """``(sender, ack data)`` for every stream that has to be acknowledged; their flags are taken down."""
    due = session.scalars(free(select(StreamIn).where(StreamIn.ack_due.is_(True), StreamIn.office != office))).all()
    acks = []
    for stream in due:
        stream.ack_due = False
        acks.append((stream.office, _ack(session, stream)))
    return acks


def hello_data(session: Session, peer: str) -> dict[str, Any]:
    """What this office has of a peer's streams."""
    streams = session.scalars(select(StreamIn).where(StreamIn.office == peer)).all()
    known = session.get(PeerRow, peer)
    return {"have": [_ack(session, stream) for stream in streams], "known_epoch": known.epoch if known else 0}


def _ack(session: Session, stream: StreamIn) -> dict[str, Any]:
    peer = session.get(PeerRow, stream.office)
    known = peer.epoch if peer else stream.epoch
    return {"service": stream.service, "seq": stream.seq, "chain": stream.chain, "known_epoch": known}


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


def returned_data(session: Session, word: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a ``returned`` letter: a kept inbox row, or nothing where there is no more to return."""
    row = session.get(InboxRow, word["letter"])
    body = None if row is None or row.body is None else json.loads(canonical(row.body))
    return {"service": word["service"], "prev": word["prev"], "seq": word["seq"], "body": body}
