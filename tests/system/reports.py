"""What the system tests register, and how they look at what became of it."""

import secrets
from typing import Any

from sqlalchemy import select

from network.keys import DeskId
from network.sealing import Envelope, reseal, seal
from network.tables import InboxRow, OutboxRow
from shangda.stage import Stage

DISTRICT, TOWN, VILLAGE, STREET = "610402", "610402901", "610402901901", "610402902"


def report(text: str = "门前排水渠被填,一下雨就灌院子", **changes: Any) -> dict[str, Any]:
    """The data of ``intake.register`` for an anonymous walk-in."""
    plain = {
        "receipt_hash": secrets.token_hex(32),
        "channel": "visit",
        "nature": "seek",
        "category": "C03",
        "place": VILLAGE,
        "text": text,
        "real_name": False,
        "contactable": False,
    }
    return plain | changes


def inbox(stage: Stage, at: str, **where: Any) -> list[InboxRow]:
    with stage.office(at).reading() as session:
        return list(session.scalars(select(InboxRow).filter_by(**where).order_by(InboxRow.received_at)))


def outbox(stage: Stage, at: str, **where: Any) -> list[OutboxRow]:
    with stage.office(at).reading() as session:
        return list(session.scalars(select(OutboxRow).filter_by(**where).order_by(OutboxRow.seq)))


def ledger(stage: Stage, office: str, desk: str = "petition") -> list[dict[str, Any]]:
    """All ledger lines that the office's supervision shows, read page by page."""
    lines, after = [], ""
    while True:
        page = stage.see(
            office, "supervision.ledger", {"desk": desk, "below": True, "limit": 100, "after": after}, desk=desk
        )
        lines += page["lines"]
        after = page["next"]
        if not after:
            return lines


def sealed_report(stage: Stage, content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The data of ``intake.register_sealed`` as a desk program makes it: sealed to the district's discipline desk."""
    case = secrets.token_hex(16)
    desk = DeskId(DISTRICT, "discipline")
    envelope = seal(content, case, {desk: stage.keyring.public(DISTRICT, "discipline")})
    plain = {
        "case": case,
        "receipt_hash": secrets.token_hex(32),
        "channel": "letter",
        "nature": "accuse",
        "real_name": True,
        "contactable": True,
        "recipient_office": DISTRICT,
        "recipient_desk": "discipline",
        "sealed": envelope.to_dict(),
    }
    return plain | changes


def resealed(stage: Stage, case: str, to: str) -> dict[str, Any]:
    """What the district's discipline desk does before it offers: open with its passphrase, seal again for ``to``."""
    held = stage.see(DISTRICT, "assignment.get_case", {"case": case}, desk="discipline")["case"]
    own, there = DeskId(DISTRICT, "discipline"), DeskId(to, "discipline")
    key = stage.keyring.private(DISTRICT, "discipline", stage.secrets.passphrase(DISTRICT))
    envelope = reseal(Envelope.from_dict(held["sealed"]), own, key, there, stage.keyring.public(to, "discipline"))
    return envelope.to_dict()
