"""Letters that stand still, in and out, and what an operator may do with them.

Everything here only marks rows, so that it is safe beside a running node: the node's poll does the work. Nothing is
deleted; every decision is a journal line with its reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound, Refused
from network.forget import HELD
from network.office import OfficeRuntime
from network.tables import InboxRow, OutboxRow
from network.uow import UnitOfWork

VOID = "void"


@dataclass(frozen=True)
class Held:
    """A letter that does not flow: ``peer`` is who wrote it (in) or who it is for (out), "" when nobody can tell."""

    office: str
    direction: Literal["in", "out"]
    id: str
    peer: str
    service: str
    type: str
    case: str
    state: str
    reason: str
    attempts: int
    since: datetime


def held_letters(office: OfficeRuntime) -> list[Held]:
    """The letters of an office that stand still, oldest first."""
    with office.reading() as session:
        inbox = session.scalars(select(InboxRow).where(InboxRow.state.in_(HELD))).all()
        outbox = session.scalars(select(OutboxRow).where(OutboxRow.state == "parked")).all()
    letters = [_held(office, row) for row in inbox]
    letters += [_held(office, row) for row in outbox if not _is_given_up(office, row)]
    return sorted(letters, key=lambda letter: (letter.since, letter.id))


def detail(office: OfficeRuntime, letter: str) -> dict[str, Any]:
    """One letter with its trace and the names (not the content) of its data's fields. Raises NotFound."""
    with office.reading() as session:
        row = _row(session, letter)
    body, raw = row.body or {}, row.raw if isinstance(row, InboxRow) else None
    return {
        **vars(_held(office, row)),
        "seq": row.seq,
        "fields": sorted(body.get("data", {})),
        "trace": row.trace if isinstance(row, InboxRow) else "",
        "raw_bytes": len(raw or b""),
    }


def retry(office: OfficeRuntime, letter: str, actor: Actor) -> None:
    """Have the node try a parked letter again. Raises NotFound; Refused when there is nothing to try."""
    with office.uow("network", actor) as uow:
        row = _row(uow.session, letter, lock=True)
        if isinstance(row, InboxRow):
            _retry_inbox(uow, row)
        elif row.state != "parked":
            raise Refused("not_parked", f"此信未被搁置(现为 {row.state})")
        else:
            row.state, row.reason = "pending", ""
        uow.note("letter_retried", row.case_id, data={"letter": row.id, "type": row.type})


def discard(office: OfficeRuntime, letter: str, actor: Actor, why: str) -> None:
    """Give up a held letter. Raises NotFound, Refused.

    In: it stays as discarded, those behind it on its case go on. Out: a ``void`` of the same number goes in its place,
    so that the receiver's stream has no gap; where the receiver is out of reach for good it stands there unsent.
    """
    if not why.strip():
        raise Refused("no_reason", "请写明放弃的理由")
    with office.uow("network", actor) as uow:
        row = _row(uow.session, letter, lock=True)
        type_ = row.type
        if isinstance(row, InboxRow):
            _discard_inbox(row)
        else:
            _void(office, row)
        uow.note("letter_discarded", row.case_id, why, {"letter": row.id, "type": type_})


def _retry_inbox(uow: UnitOfWork, row: InboxRow) -> None:
    if row.body is None:
        raise Refused("unreadable", "此信无法读取,不能重试;请核对后放弃")
    if row.state not in ("parked", "retry"):
        raise Refused("not_parked", f"此信未被搁置(现为 {row.state});排在前面的信处理后它自会继续")
    row.state, row.retry_at = "retry", uow.now


def _discard_inbox(row: InboxRow) -> None:
    if row.state not in HELD:
        raise Refused("not_parked", f"此信未被搁置(现为 {row.state})")
    row.state = "discarded"


def _void(office: OfficeRuntime, row: OutboxRow) -> None:
    if row.state != "parked":
        raise Refused("not_parked", f"此信未被搁置(现为 {row.state})")
    row.body = {**row.body, "type": VOID, "subject": "", "data": {"of": row.type}}
    row.type = VOID
    if row.office in (*office.peers, office.id):
        row.state = "pending"
    else:
        row.reason = f"已放弃;{row.office} 不在可通信的机构之列"


def _is_given_up(office: OfficeRuntime, row: OutboxRow) -> bool:
    return row.type == VOID and row.office not in (*office.peers, office.id)


def _row(session: Session, letter: str, *, lock: bool = False) -> InboxRow | OutboxRow:
    """The row of a letter; the receiving side first, as an office's letter to itself has both."""
    inbox = session.get(InboxRow, letter, with_for_update=lock or None)
    outbox = session.get(OutboxRow, letter, with_for_update=lock or None)
    if inbox is not None and (inbox.state in HELD or outbox is None):
        return inbox
    if outbox is None:
        raise NotFound(f"信件 {letter}")
    return outbox


def _held(office: OfficeRuntime, row: InboxRow | OutboxRow) -> Held:
    return Held(
        office=office.id,
        direction="in" if isinstance(row, InboxRow) else "out",
        id=row.id,
        peer=row.office,
        service=row.service,
        type=row.type,
        case=row.case_id,
        state=row.state,
        reason=row.reason,
        attempts=row.attempts,
        since=row.received_at if isinstance(row, InboxRow) else row.created_at,
    )
