"""Registering a report at a desk: sealed in this process, then one command of the office's intake."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.words import Desk as DeskWord
from gateway.desk.asking import command, desk, query, session
from gateway.desk.matching import decide_desk
from gateway.desk.receipts import Prepared
from gateway.reports import (
    Report,
    check_known,
    desk_of,
    nature_of,
    outside_body,
    seal_reporter,
    seal_whole,
)
from network.keys import DeskId
from network.receipts import receipt_hash
from network.sealing import seal


def register(
    report: Report, entered_at: datetime | None, command_id: str | None, *, as_petition: bool
) -> dict[str, Any]:
    """Register a report at the session's office. → ``{receipt, case?, number?, entered_at?, custody?, outside?}``.

    ``receipt`` is null when this command had been carried out before and its receipt is no longer at hand. A report
    that goes to another desk leaves ``custody`` here and nothing else; ``outside`` is the body it has to be taken to.
    A petition that names an official is a Problem ``decide_desk``, unless a clerk decided that it is one (``as_petition``).
    """
    check_known(report, desk().tree, desk().policy)
    actor, command_id = session().actor, command_id or secrets.token_hex(16)
    prepared = desk().receipts.prepared(f"{actor.office}/{actor.id}", command_id)
    common = _common(report, prepared, entered_at)
    if desk_of(report, desk().policy) == DeskWord.DISCIPLINE:
        return _sealed(report, prepared, common, command_id)
    if not as_petition:
        decide_desk(report.text)
    data = {**common, **_open_part(report, prepared), "as_petition": as_petition}
    answer = command("intake", "register", data, command_id)
    return _with_receipt(answer, prepared)


def supplement_data(hashed: str, text: str) -> dict[str, Any]:
    """What intake is told of a supplement under a receipt: at a discipline desk sealed to that desk."""
    actor = session().actor
    if actor.desk != DeskWord.DISCIPLINE:
        return {"receipt_hash": hashed, "text": text}
    case = query("intake", "by_receipt", {"receipt_hash": hashed})["case"]
    public = desk().keyring.public(actor.office, "discipline")
    return {"case": case, "sealed": seal({"text": text}, case, {DeskId(actor.office, "discipline"): public}).to_dict()}


def _common(report: Report, prepared: Prepared, entered_at: datetime | None) -> dict[str, Any]:
    return {
        "case": prepared.case,
        "receipt_hash": receipt_hash(prepared.receipt),
        "channel": report.channel,
        "nature": nature_of(report, desk_of(report, desk().policy)),
        "real_name": report.real_name,
        "contactable": report.contactable,
        "entered_at": entered_at.isoformat() if entered_at else None,
    }


def _open_part(report: Report, prepared: Prepared) -> dict[str, Any]:
    office = session().actor.office
    return {
        "category": report.category,
        "place": report.place,
        "text": report.text,
        "urgent": report.urgent,
        "reporter": seal_reporter(report, prepared.case, office, desk().keyring),
    }


def _sealed(report: Report, prepared: Prepared, common: Mapping[str, Any], command_id: str) -> dict[str, Any]:
    body = outside_body(report, desk().tree)
    sealed = None if body else seal_whole(report, prepared.case, desk().tree, desk().keyring)
    to = {
        "recipient_office": body.id if body else desk().tree.root.id,
        "recipient_desk": DeskWord.DISCIPLINE.value,
        "sealed": sealed,
    }
    answer = _with_receipt(command("intake", "register_sealed", {**common, **to}, command_id), prepared)
    if body is not None:
        answer["outside"] = {"name": body.name, "address": body.address, "phone": body.phone}
    return answer


def _with_receipt(answer: Mapping[str, Any], prepared: Prepared) -> dict[str, Any]:
    """A stored answer bears another case: it was registered before, under a receipt given then. Of a report that went
    on to another desk the case is not told."""
    repeated = answer.get("case", prepared.case) != prepared.case
    shown = {name: value for name, value in answer.items() if name != "case" or "custody" not in answer}
    return {**shown, "receipt": None if repeated else prepared.receipt}
