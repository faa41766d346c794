"""What a reporter adds who shows the receipt at a desk: which matter is meant, and sealing what has to be sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.words import Desk as DeskWord
from contracts.words import SaidWhat
from gateway.desk.asking import command, desk, query, session
from gateway.desk.registering import register_retaliation
from gateway.language import spoken
from gateway.problems import Problem
from network.keys import DeskId
from network.receipts import hashes_of
from network.sealing import seal

_UNKNOWN = ("本窗口没有该查询码对应的事项", "There is no such report at this desk")


@dataclass(frozen=True)
class Found:
    """A matter of a receipt that is registered at the session's desk. ``line`` is its line in the register."""

    matter: int
    hashed: str
    line: Mapping[str, Any]


def matters_at(receipt: str) -> tuple[Found, ...]:
    """The matters of a receipt at the session's desk, in order. Refused (ReceiptError) when it is none."""
    hashes = hashes_of(receipt)
    answer = query("intake", "matters", {"receipt_hashes": list(hashes.values())})
    lines = {each["receipt_hash"]: each for each in answer["matters"]}
    return tuple(Found(n, hashed, lines[hashed]) for n, hashed in hashes.items() if hashed in lines)


def shown(receipt: str) -> dict[str, Any]:
    """Which reports of this desk a receipt stands for: the first, and all of them in ``matters``. Problem 404 for none."""
    found = [{**each.line, "matter": each.matter} for each in matters_at(receipt)]
    if not found:
        raise Problem(404, "unknown_receipt", spoken(*_UNKNOWN))
    return {**found[0], "matters": found}


def meant(receipt: str, matter: int | None) -> Found:
    """The matter that is meant. Problem 404 where there is none at this desk, 422 where several are and none is named."""
    found = matters_at(receipt)
    chosen = [each for each in found if matter in (None, each.matter)]
    if not chosen:
        raise Problem(404, "unknown_receipt", spoken(*_UNKNOWN))
    if len(chosen) > 1:
        listed = "、".join(str(each.matter) for each in chosen)
        words = spoken("请写明是哪一件：{}", "Please say which matter: {}").format(listed)
        raise Problem(422, "invalid", errors={"matter": [words]})
    return chosen[0]


def supplement(given: Mapping[str, Any], command_id: str | None) -> Any:
    """More material under a receipt: at a discipline desk sealed to that desk."""
    found = meant(given["receipt"], given["matter"])
    return command("intake", "supplement", {**_subject(found), **_worded(found, given["text"])}, command_id)


def rate(given: Mapping[str, Any], command_id: str | None) -> Any:
    """The reporter's rating."""
    found = meant(given["receipt"], given["matter"])
    told = {"receipt_hash": found.hashed, "rating": given["rating"], "comment": given["comment"]}
    return command("intake", "rate", told, command_id)


def say(given: Mapping[str, Any], command_id: str | None) -> Any:
    """What the reporter says; of retaliation a sealed report of its own is made, wherever the case itself is."""
    if given["what"] == SaidWhat.RETALIATION:
        return register_retaliation(given["channel"], given, _about(given), command_id)
    found = meant(given["receipt"], given["matter"])
    told = {"receipt_hash": found.hashed, "what": given["what"], "person": given["person"]}
    worded = _worded(found, given["text"]) if given["text"].strip() else {}
    return command("intake", "say", {**told, **worded}, command_id)


def _about(given: Mapping[str, Any]) -> dict[str, str]:
    """Which report somebody is harassed for; of one that is not at this desk only what it is stored under."""
    hashes = hashes_of(given["receipt"])
    wanted = given["matter"] or 1
    line = next((each.line for each in matters_at(given["receipt"]) if given["matter"] in (None, each.matter)), {})
    hashed = line.get("receipt_hash", hashes.get(wanted, hashes[1]))
    return {"case": line.get("case", ""), "number": line.get("number", ""), "receipt_hash": hashed}


def _subject(found: Found) -> dict[str, str]:
    if session().actor.desk == DeskWord.DISCIPLINE:
        return {"case": found.line["case"]}
    return {"receipt_hash": found.hashed}


def _worded(found: Found, text: str) -> dict[str, Any]:
    """The words: in the clear at a petition desk, sealed at a discipline desk to that desk."""
    actor = session().actor
    if actor.desk != DeskWord.DISCIPLINE:
        return {"text": text}
    own = DeskId(actor.office, "discipline")
    sealed = seal({"text": text}, found.line["case"], {own: desk().keyring.public(actor.office, "discipline")})
    return {"sealed": sealed.to_dict()}
