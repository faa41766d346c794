"""Opening what is sealed, for a person and with a reason that is journalled; and re-sealing it for the next desk."""

import secrets
from collections.abc import Mapping
from typing import Any

from nacl.public import PrivateKey

from contracts.words import Desk as DeskWord
from gateway.desk.asking import command, desk, part_of, query, session
from gateway.language import spoken
from gateway.problems import Problem
from network.keys import DeskId, KeyFileError
from network.sealing import Envelope, SealError, open_envelope, reseal

_LOCKED = ("请重新登录并输入纪检口令", "Log in again with the discipline passphrase")
_NO_KEY = ("本机没有本机关的密钥", "The office's key is not on this machine")
_NO_PUBLIC_KEY = ("没有该机关的公钥", "There is no public key of that office")
_CANNOT_OPEN = ("不能打开：不是密封给本窗口的，或者已被改动", "It is not sealed for this desk, or was altered")


def open_case(case: str, reason: str, command_id: str | None) -> dict[str, Any]:
    """The plain content of a case. → ``{case, content, reporter, supplements}``. Raises Problem."""
    key, found = own_key(), journalled(case, reason, command_id)
    opened = {name: opened_by(found[sealed], key) for name, sealed in (("content", "sealed"), ("reporter", "reporter"))}
    supplements = [
        {"supplement": each["supplement"], "at": each["at"], **(opened_by(each["sealed"], key) or {})}
        for each in _sealed_supplements(found)
    ]
    return {"case": case, **opened, "supplements": supplements}


def open_call_back(call_back: str, reason: str, command_id: str | None) -> dict[str, Any]:
    """Whom to call back. → ``{call_back, reporter}``; null where the office below knows nobody. Raises Problem."""
    key = own_key()
    command("supervision", "open_call_back", {"call_back": call_back, "reason": reason}, command_id)
    waiting = query("supervision", "call_backs", {})["call_backs"]
    found = next((each for each in waiting if each["id"] == call_back), None)
    if found is None:
        raise Problem(409, "not_open", spoken("已经回访", "Already called back"))
    return {"call_back": call_back, "reporter": opened_by(found["reporter"], key)}


def offer_data(case: str, data: Mapping[str, Any], command_id: str | None) -> tuple[dict[str, Any], str]:
    """What ``offer`` is told, and its command id: at a discipline desk the case re-sealed for the receiver's."""
    command_id = command_id or secrets.token_hex(16)
    if session().actor.desk != DeskWord.DISCIPLINE:
        return {**data, "case": case}, command_id
    key, found = own_key(), journalled(case, f"转送 {data['to']}", part_of(command_id, "open"))
    resealed = {
        "sealed": _resealed(found["sealed"], data["to"], key),
        "supplements": [
            {"supplement": each["supplement"], "sealed": _resealed(each["sealed"], data["to"], key)}
            for each in _sealed_supplements(found)
        ],
    }
    return {**data, **resealed, "case": case}, command_id


def journalled(case: str, reason: str, command_id: str | None) -> dict[str, Any]:
    """The case as its office keeps it, after the office wrote down who opens it and why."""
    command("assignment", "open_sealed", {"case": case, "reason": reason}, command_id)
    found: dict[str, Any] = query("assignment", "get_case", {"case": case})["case"]
    return found


def _sealed_supplements(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [each for each in found["supplements"] if each.get("sealed") is not None]


def own_key() -> PrivateKey:
    """The private key of the session's desk: unlocked at log-in for discipline, the office's key file for petitions."""
    held = session()
    if held.actor.desk == DeskWord.DISCIPLINE:
        if held.key is None:
            raise Problem(409, "locked", spoken(*_LOCKED))
        return held.key
    try:
        return desk().keyring.private(held.actor.office, "petition")
    except KeyFileError:
        raise Problem(409, "no_key", spoken(*_NO_KEY)) from None


def own_desk() -> DeskId:
    actor = session().actor
    return DeskId(actor.office, "discipline" if actor.desk == DeskWord.DISCIPLINE else "petition")


def opened_by(envelope: Mapping[str, Any] | None, key: PrivateKey) -> dict[str, Any] | None:
    if envelope is None:
        return None
    try:
        return open_envelope(Envelope.from_dict(envelope), own_desk(), key)
    except SealError:
        raise _cannot_open() from None


def _resealed(envelope: Mapping[str, Any] | None, to: str, key: PrivateKey) -> dict[str, Any] | None:
    if envelope is None:
        return None
    try:
        public = desk().keyring.public(to, "discipline")
        return reseal(Envelope.from_dict(envelope), own_desk(), key, DeskId(to, "discipline"), public).to_dict()
    except SealError:
        raise _cannot_open() from None
    except KeyFileError:
        raise Problem(422, "unknown_office", errors={"to": [spoken(*_NO_PUBLIC_KEY)]}) from None


def _cannot_open() -> Problem:
    return Problem(409, "cannot_open", spoken(*_CANNOT_OPEN))
