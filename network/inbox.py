"""The inbox: ``deliver`` is the one path by which a letter reaches a handler.

Event id and effect commit together. Letters apply in order per stream; an early one waits as a row. What a handler
refuses is parked as a row with its reason: it counts as received, that sender's later letters on the same case wait
behind it, everything else flows. Nothing is dropped and nothing loops.
"""

import json
import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import Refused
from contracts.events import EVENTS, OWN_ONLY
from contracts.letters import Letter, LetterSchema, sender_of
from network import bare, restore
from network.crash import crash_point
from network.forget import HELD, forget_letters
from network.ids import new_id
from network.journal import link
from network.office import OfficeRuntime
from network.outbox import acknowledge
from network.peers import heard, stream_in
from network.tables import InboxRow, StreamIn
from network.uow import UnitOfWork

Handlers = Mapping[str, Callable[[UnitOfWork, Letter], None]]
RETRIES = 10
log = logging.getLogger(__name__)


class Unreadable(Exception):
    """The body is not a letter, or not one that this sender may write here."""


def deliver(office: OfficeRuntime, service: str, handlers: Handlers, raw: bytes, routing_key: str) -> None:
    """Take in one message. When this returns, the message is committed in one form or another and may be acknowledged.

    Raises only when the database itself cannot be written; then the broker keeps the message.
    """
    try:
        body = _read(raw, routing_key, office.id, service)
    except Unreadable as error:
        park_raw(office, service, raw, str(error))
        return
    if body["seq"] is None:
        bare.receive(office, service, body)
        return
    _receive(office, service, handlers, body)
    _apply_waiting(office, service, handlers, sender_of(body))
    crash_point("after_effect", service)


def _read(raw: bytes, routing_key: str, office: str, service: str) -> dict[str, Any]:
    try:
        body = json.loads(raw)
        LetterSchema().load(body)
    except (ValueError, ValidationError) as error:
        raise Unreadable(f"无法读取: {error}") from error
    words = routing_key.split(".")
    if words[:5] != ["from", sender_of(body), "to", office, service]:
        raise Unreadable(f"来源 {body['source']} 与投递路径 {routing_key} 不符")
    return {"seq": None, "epoch": 1, "head": None, "subject": "", **body}


def park_raw(office: OfficeRuntime, service: str, raw: bytes, reason: str) -> None:
    """Keep what cannot be read, with its bytes, for an operator to look at."""
    with office.uow(service, system(office)) as uow:
        row = InboxRow(
            id=new_id(), office="", service=service, seq=None, type="", case_id="", body=None, raw=raw, state="parked"
        )
        row.received_at, row.reason = uow.now, reason
        uow.session.add(row)
    log.warning("%s %s: a message was parked: unreadable", office.id, service)


def system(office: OfficeRuntime) -> Actor:
    """The actor of what programs do by themselves."""
    return Actor(id="system", office=office.id, roles=("system",))


def _receive(office: OfficeRuntime, service: str, handlers: Handlers, body: dict[str, Any]) -> None:
    try:
        with office.uow(service, system(office)) as uow:
            row = _take(uow, service, body)
            if row is not None:
                apply_letter(uow, handlers, row)
    except Exception as error:  # noqa: BLE001 whatever a handler raises, the letter is kept with it
        _keep_failed(office, service, body, error)


def _take(uow: UnitOfWork, service: str, body: dict[str, Any]) -> InboxRow | None:
    """Record the letter; its row if it is to be applied now."""
    session, sender = uow.session, sender_of(body)
    heard(uow, sender, body)
    stream = stream_in(session, sender, service)
    stream.ack_due, stream.epoch = True, max(stream.epoch, body["epoch"])
    known = session.get(InboxRow, body["id"])
    if known is not None:
        if known.seq is not None and body["seq"] == stream.seq + 1:
            _count(uow, stream, known, body["seq"])
        return None
    if body["seq"] <= stream.seq:
        return None  # another letter bore this number: the chain of the next acknowledgement tells the sender so
    row = _new_row(uow, service, body)
    session.add(row)
    if body["seq"] > stream.seq + 1 or restore.is_incomplete(session):
        row.state = "waiting"
        return None
    return _claim(uow, stream, row)


def _claim(uow: UnitOfWork, stream: StreamIn, row: InboxRow) -> InboxRow | None:
    """Count the row as received; None when it has to wait behind a held letter of its case."""
    _count(uow, stream, row, row.seq or 0)
    row.state = "blocked" if _case_is_held(uow.session, row) else "applied"
    return row if row.state == "applied" else None


def _count(uow: UnitOfWork, stream: StreamIn, row: InboxRow, seq: int) -> None:
    """The letter with number ``seq`` is here. One from the own office is acknowledged in this commit; no ack travels."""
    stream.seq, stream.chain, stream.ack_due = seq, link(stream.chain, row.id), True
    if row.office == uow.office.id:
        uow.last(lambda: acknowledge(uow.session, row.office, row.service, seq, uow.now))


def _case_is_held(session: Session, row: InboxRow) -> bool:
    if not row.case_id or row.type == "case_recalled":  # what takes a case away waits for nothing
        return False
    held = select(InboxRow.id).where(
        InboxRow.state.in_(HELD), InboxRow.service == row.service, InboxRow.case_id == row.case_id
    )
    held = held.where(InboxRow.office == row.office)  # nobody holds up what others say of a case
    return session.scalars(held.limit(1)).first() is not None


def _new_row(uow: UnitOfWork, service: str, body: dict[str, Any]) -> InboxRow:
    return InboxRow(
        id=body["id"],
        office=sender_of(body),
        service=service,
        seq=body["seq"],
        type=body["type"],
        case_id=body["subject"],
        body=body,
        raw=None,
        state="applied",
        received_at=uow.now,
        reason="",
        trace="",
        attempts=0,
    )


def apply_letter(uow: UnitOfWork, handlers: Handlers, row: InboxRow) -> None:
    """Run the handler of the letter that ``row`` keeps, inside its unit of work."""
    body = row.body or {}
    uow.topic = (row.type, row.case_id)
    if row.type != "void":
        if row.type not in EVENTS or row.type not in handlers:
            raise Refused("unknown_type", f"未知的事件类型:{row.type}")
        if row.type in OWN_ONLY and row.office != uow.office.id:
            raise Refused("not_own", f"{row.type} 只能来自本单位,{row.office} 不是")
        data = EVENTS[row.type]().load(body["data"])
        if row.type == "case_recalled" and any(
            above.id == row.office for above in uow.office.tree.ancestors(uow.office.id)
        ):
            forget_letters(uow.session, row.case_id)
        handlers[row.type](
            uow, Letter(row.id, row.office, _service_of(body), row.type, row.case_id, body["time"], data)
        )


def _service_of(body: Mapping[str, Any]) -> str:
    return str(body["source"]).split("/")[2]


def _keep_failed(office: OfficeRuntime, service: str, body: dict[str, Any], error: Exception) -> None:
    """In a transaction of its own: the letter counts as received and stands as parked, or to be tried again.

    Where taking it in failed before it was known whether it is a repeated or an early one, it is still only that.
    """
    with office.uow(service, system(office)) as uow:
        heard(uow, sender_of(body), body)
        stream = stream_in(uow.session, sender_of(body), service)
        row = uow.session.get(InboxRow, body["id"])
        if row is None and body["seq"] <= stream.seq:
            return
        if row is None:
            row = _new_row(uow, service, body)
            row.state = "waiting"
            uow.session.add(row)
        if body["seq"] > stream.seq + 1:
            return
        if body["seq"] == stream.seq + 1:
            _count(uow, stream, row, body["seq"])
        if row.state in ("applied", "discarded"):
            return
        mark_failed(uow, row, error)
    log.warning("%s %s: letter %s (%s) was kept as %s", office.id, service, row.id, row.type, row.state)


def mark_failed(uow: UnitOfWork, row: InboxRow, error: Exception) -> None:
    """Set the row to retry (passing faults, with backoff) or parked, with what happened."""
    row.attempts += 1
    passing = isinstance(error, DBAPIError) and row.attempts < RETRIES
    row.state = "retry" if passing else "parked"
    row.retry_at = uow.now + timedelta(seconds=min(2**row.attempts, 600)) if passing else None
    row.reason = _reason(error)
    row.trace = "".join(traceback.format_tb(error.__traceback__))[-8000:]


def _reason(error: Exception) -> str:
    """Words for an operator that repeat nothing of a letter's content."""
    if isinstance(error, ValidationError):
        return f"字段不符合要求: {json.dumps(error.messages, ensure_ascii=False)}"
    if isinstance(error, Refused):
        return f"{error.code}: {error.message}"
    return type(error).__name__


def _apply_waiting(office: OfficeRuntime, service: str, handlers: Handlers, sender: str) -> None:
    """Apply the early letters whose turn has come, each in its own commit."""
    while True:
        with office.reading() as session:
            stream = session.get(StreamIn, (sender, service))
            if stream is None or restore.is_incomplete(session):
                return
            next_ = select(InboxRow).where(
                InboxRow.office == sender, InboxRow.service == service, InboxRow.seq == stream.seq + 1
            )
            row = session.scalars(next_.where(InboxRow.state == "waiting")).first()
        if row is None:
            return
        _apply_one_waiting(office, service, handlers, row)


def resume_waiting(office: OfficeRuntime, service: str, handlers: Handlers) -> None:
    """Apply what waited while a restored office got its own work back."""
    with office.reading() as session:
        waiting = select(InboxRow.office).where(InboxRow.state == "waiting", InboxRow.service == service)
        senders = session.scalars(waiting.distinct()).all()
    for sender in senders:
        _apply_waiting(office, service, handlers, sender)


def _apply_one_waiting(office: OfficeRuntime, service: str, handlers: Handlers, seen: InboxRow) -> None:
    try:
        with office.uow(service, system(office)) as uow:
            stream = stream_in(uow.session, seen.office, service)
            row = uow.session.get(InboxRow, seen.id)
            if row is None or row.state != "waiting" or row.seq != stream.seq + 1:
                return  # another process was faster
            if _claim(uow, stream, row) is not None:
                apply_letter(uow, handlers, row)
    except Exception as error:  # noqa: BLE001 whatever a handler raises, the letter is kept with it
        _keep_failed(office, service, dict(seen.body or {}), error)
