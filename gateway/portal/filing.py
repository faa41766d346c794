"""Taking a report: sealed first, then one commit, then the receipt. No office needs to be up."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.context import Actor
from contracts.letters import Tell
from contracts.outreach import Source
from contracts.words import Desk
from gateway.language import spoken
from gateway.portal.models import FiledRow
from gateway.portal.rules import first_promise
from gateway.problems import Problem
from gateway.reports import Report, desk_of, nature_of, outside_body, seal_reporter, seal_whole
from network.ids import new_id
from network.office import OfficeRuntime
from network.offices import PORTAL, Body
from network.receipts import receipt_hash
from network.uow import UnitOfWork

PUBLIC = Actor(id="public", office=PORTAL, roles=("public",))


@dataclass(frozen=True)
class Filed:
    """A report taken in; ``due`` is None where no day can be promised."""

    receipt: str
    desk: str
    at: datetime
    due: datetime | None
    how: tuple[str, ...]


def elsewhere(office: OfficeRuntime, report: Report) -> Body | None:
    """The body outside that a report must go to. Then nothing at all is kept here (JK art. 15)."""
    if desk_of(report, office.policy()) != Desk.DISCIPLINE:
        return None
    return outside_body(report, office.tree)


def file_report(office: OfficeRuntime, report: Report, receipt: str) -> Filed:
    """Take a report under a receipt made for it; taking it again under the same receipt changes nothing.

    Raises Problem 409 when another report was taken under this receipt.
    """
    letter, digest = _letter(office, report, receipt), digest_of(asdict(report), receipt)
    try:
        row = _commit(office, letter, digest)
    except IntegrityError:  # the same form was being sent twice at once
        row = _commit(office, letter, digest)
    if row.digest != digest:
        raise Problem(
            409, "already_sent", spoken("这张表单已经提交过别的内容", "This form was already sent with other content")
        )
    return Filed(receipt, row.desk, row.filed_at, row.due, tuple(row.how))


def _letter(office: OfficeRuntime, report: Report, receipt: str) -> Tell:
    """What the district's intake is told; sealed before anything is written."""
    case, root = new_id(), office.tree.root.id
    desk = desk_of(report, office.policy())
    data: dict[str, Any] = {
        "case": case,
        "receipt_hash": receipt_hash(receipt),
        "desk": desk.value,
        "channel": report.channel,
        "nature": nature_of(report, desk),
        "real_name": report.real_name,
        "contactable": report.contactable,
        "urgent": report.urgent or report.emergency,
        "emergency": report.emergency,
    }
    if desk == Desk.DISCIPLINE:
        sealed = seal_whole(report, case, office.tree, office.keyring)
        data |= {"category": "C15", "place": "", "text": None, "reporter": None, "sealed": sealed}
    else:
        reporter = seal_reporter(report, case, root, office.keyring)
        data |= {"category": report.category, "place": report.place, "text": report.text}
        data |= {"reporter": reporter, "sealed": None, "head_count": report.head_count}
        if report.card and report.reporter:  # by the card an office could guess who an anonymous reporter is
            data |= {"card": report.card, "channel": Source.CARD.channel.value}
    return Tell(root, "intake", "report_filed", case, data)


def _commit(office: OfficeRuntime, letter: Tell, digest: str) -> FiledRow:
    with office.uow(PORTAL, PUBLIC) as uow:
        known = uow.session.get(FiledRow, letter.data["receipt_hash"])
        if known is not None:
            return known
        row = new_row(uow, letter, digest)
        uow.session.add(row)
        uow.tell(Tell(letter.to, letter.service, letter.type, letter.case, {**letter.data, "filed_at": uow.now}))
        uow.note("report_filed", letter.case)
    return row


def new_row(uow: UnitOfWork, letter: Tell, digest: str) -> FiledRow:
    """The row of a report told by ``letter``, with the day promised."""
    data = letter.data
    promise = first_promise(uow.office.policy(), data, uow.now)
    return FiledRow(
        receipt_hash=data["receipt_hash"],
        case=letter.case,
        desk=data["desk"],
        filed_at=uow.now,
        due=promise.at,
        how=list(promise.how),
        digest=digest,
    )


def digest_of(content: Mapping[str, Any], receipt: str) -> str:
    """What tells a repeated click from another report; without the receipt, which is nowhere stored, it says nothing."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.blake2b(plain, digest_size=32, key=receipt.encode()).hexdigest()
