"""Registering a report at a desk: sealed in this process, then one command of the office's intake."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from contracts.words import Desk as DeskWord
from contracts.words import Nature
from gateway.desk.asking import command, desk, part_of, session
from gateway.desk.matching import decide_desk
from gateway.desk.receipts import Prepared
from gateway.problems import Problem
from gateway.reports import (
    Report,
    check_known,
    desk_of,
    nature_of,
    outside_body,
    seal_reporter,
    seal_retaliation,
    seal_whole,
)


@dataclass(frozen=True)
class Taken:
    """A report as a clerk took it. ``as_petition``: the clerk decided that it accuses no official.

    ``origin`` names a petition's campaign, and the card, home visit or going down by which it came in.
    ``via`` is the channel of the office that it came through, ``opening`` the opening of the box that it lay in.
    """

    report: Report
    entered_at: datetime | None = None
    as_petition: bool = False
    origin: Mapping[str, str] = field(default_factory=dict)
    via: str | None = None
    opening: str | None = None


def register(taken: Taken, command_id: str | None) -> dict[str, Any]:
    """Register a report at the session's office. → ``{receipt, case?, number?, entered_at?, custody?, outside?}``.

    ``receipt`` is null when this command had been carried out before and its receipt is no longer at hand. A report
    that goes to another desk leaves ``custody`` here and nothing else; ``outside`` is the body it has to be taken to.
    A petition that names an official is a Problem ``decide_desk``, unless a clerk decided that it is one (``as_petition``).
    """
    _check(taken)
    command_id = command_id or secrets.token_hex(16)
    return _register(taken, _prepared(command_id), command_id)


def register_matters(taken: Sequence[Taken], command_id: str | None) -> dict[str, Any]:
    """Register each matter of a letter for itself, under one receipt. → ``{receipt, matters: […]}``, as ``register``.

    Nothing is registered when one of them is wrong in itself. One that the office refuses stands as ``problem`` among
    the others: they are registered; the same command sent again tries the rest again. A Problem when the first fails.
    """
    for place, each in enumerate(taken):
        try:
            _check(each)
        except ValidationError as error:
            raise ValidationError({"matters": {place: error.messages_dict}}) from None
    command_id = command_id or secrets.token_hex(16)
    taken = _one_letter(taken)
    answers: list[dict[str, Any]] = []
    for matter, each in enumerate(taken, 1):
        try:
            answers.append(_register(each, _prepared(command_id, matter), part_of(command_id, f"matter {matter}")))
        except Problem as problem:
            if matter == 1:
                raise
            answers.append({"problem": problem.document()})
    receipt = answers[0].pop("receipt")
    return {"receipt": receipt, "matters": [{"matter": n, **_without(each)} for n, each in enumerate(answers, 1)]}


def _one_letter(taken: Sequence[Taken]) -> list[Taken]:
    """However many matters a letter brings, it was one in the box: the first petition of them counts as it."""
    kept, counted = [], False
    for each in taken:
        counts = desk_of(each.report, desk().policy) != DeskWord.DISCIPLINE and not counted
        kept.append(each if counts else replace(each, opening=None))
        counted = counted or (counts and each.opening is not None)
    return kept


def register_retaliation(
    channel: str, words: Mapping[str, str], about: Mapping[str, str], command_id: str | None
) -> dict[str, Any]:
    """A report of retaliation told at a desk: sealed to the district's discipline desk, with a receipt of its own."""
    command_id = command_id or secrets.token_hex(16)
    prepared, tree = _prepared(command_id), desk().tree
    data = {
        "case": prepared.case,
        "receipt_hash": prepared.hashed,
        "channel": channel,
        "nature": Nature.ACCUSE.value,
        "real_name": False,
        "contactable": bool(words["contact"].strip()),
        "recipient_office": tree.root.id,
        "recipient_desk": DeskWord.DISCIPLINE.value,
        "sealed": seal_retaliation(words["text"], words["contact"], about, prepared.case, tree, desk().keyring),
        "urgent": True,
        "flags": ["retaliation"],
    }
    return _with_receipt(command("intake", "register_sealed", data, command_id), prepared)


def _prepared(command_id: str, matter: int = 1) -> Prepared:
    actor = session().actor
    return desk().receipts.prepared(f"{actor.office}/{actor.id}", command_id, matter)


def _without(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "receipt"}


def _check(taken: Taken) -> None:
    """Whether it can be taken at all, before anything of it is. Raises ValidationError or Problem."""
    report = taken.report
    check_known(report, desk().tree, desk().policy)
    secret = desk_of(report, desk().policy) == DeskWord.DISCIPLINE
    if secret and report.emergency:
        raise ValidationError({"emergency": ["请另行登记呼救,不写检举内容 (call for help apart from the accusation)"]})
    if not secret and not taken.as_petition:
        decide_desk(report.text)


def _register(taken: Taken, prepared: Prepared, command_id: str) -> dict[str, Any]:
    report = taken.report
    common = {**_common(report, prepared, taken.entered_at), "via": taken.via}
    if desk_of(report, desk().policy) == DeskWord.DISCIPLINE:
        return _sealed(report, prepared, common, command_id)
    own = {"as_petition": taken.as_petition, "opening": taken.opening, **taken.origin}
    data = {**common, **_open_part(report, prepared), **own}
    return _with_receipt(command("intake", "register", data, command_id), prepared)


def _common(report: Report, prepared: Prepared, entered_at: datetime | None) -> dict[str, Any]:
    return {
        "case": prepared.case,
        "receipt_hash": prepared.hashed,
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
        "emergency": report.emergency,
        "head_count": report.head_count,
        "representatives": report.representatives,
        "external_no": report.external_no,
        "reporter": seal_reporter(report, prepared.case, office, desk().keyring),
    }


def _sealed(report: Report, prepared: Prepared, common: Mapping[str, Any], command_id: str) -> dict[str, Any]:
    body = outside_body(report, desk().tree)
    sealed = None if body else seal_whole(report, prepared.case, desk().tree, desk().keyring)
    to = {
        "urgent": report.urgent,
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
