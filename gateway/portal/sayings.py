"""What a reporter adds under the receipt: material, a rating, a request for review, what became of it. One commit each."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from contracts.letters import Tell
from contracts.words import Desk
from gateway.language import spoken
from gateway.portal import store
from gateway.portal.filing import PUBLIC
from gateway.portal.matters import Matter, matters_of, meant
from gateway.portal.models import SaidRow
from gateway.portal.retaliation import file_retaliation
from gateway.portal.rules import Saying, Status
from gateway.problems import Problem
from network.ids import new_id
from network.keys import DeskId
from network.office import OfficeRuntime
from network.offices import PORTAL
from network.receipts import normalise, receipt_hash
from network.sealing import seal
from network.uow import UnitOfWork

_EVENTS: Mapping[Saying, str] = {
    "supplement": "supplement_filed",
    "rating": "rating_given",
    "review": "review_requested",
    "withdraw": "reporter_said",
    "performed": "reporter_said",
    "not_performed": "reporter_said",
    "objection": "reporter_said",
}
_OVER = ("closed", "该事项已经办结或者撤回", "The report is concluded or was withdrawn")
_NOT_PROMISED = ("nothing_promised", "尚未答复，没有需要落实的内容", "There is no answer yet that could have been kept")
_REFUSALS: Mapping[Saying, tuple[str, str, str]] = {
    "supplement": (
        "closed",
        "该事项已经撤回或者已转系统外有权机关，不能在此补充材料；已转出的，请直接向该机关补充",
        "The report was withdrawn, or passed to an organ outside this system: add it there",
    ),
    "rating": (
        "not_to_be_rated",
        "现在不能评价：尚未答复、已经评价过，或属不公开评价的检举控告",
        "There is nothing to rate yet, it was rated already, or it is a discipline report",
    ),
    "review": (
        "nothing_to_review",
        "尚无送达的处理意见可以申请复查；如已收到纸质答复，请直接向复查机关提出",
        "No served opinion is known here; if you hold one on paper, turn to the reviewing organ",
    ),
    "withdraw": _OVER,
    "objection": _OVER,
    "performed": _NOT_PROMISED,
    "not_performed": _NOT_PROMISED,
}


@dataclass(frozen=True)
class Thread:
    """Where what a reporter adds has to go: the case, its desk and the office of entry ("" when not told)."""

    case: str
    desk: str
    entry_office: str


def say(
    office: OfficeRuntime, receipt: str, kind: Saying, words: Mapping[str, Any], key: str | None = None
) -> datetime:
    """Pass on what a reporter adds; the same ``key`` again changes nothing. When it was taken.

    ``words["matter"]`` says which matter of the receipt is meant. Raises Refused for no receipt, Problem 409 for one not
    arrived yet or when its case does not allow it now, 422 when the matter has to be named.
    """
    hashed = receipt_hash(receipt)
    said_id = new_id() if key is None else _id_of(hashed, kind, key)
    try:
        return _commit(office, normalise(receipt), said_id, kind, words)
    except IntegrityError:  # the same words were being sent twice at once
        return _commit(office, normalise(receipt), said_id, kind, words)


def _commit(office: OfficeRuntime, receipt: str, said_id: str, kind: Saying, words: Mapping[str, Any]) -> datetime:
    with office.uow(PORTAL, PUBLIC) as uow:
        known = uow.session.get(SaidRow, said_id)
        if known is not None:
            return known.at
        matter = meant(matters_of(office, uow.session, receipt, uow.now, english=False), words["matter"], kind)
        _check(matter.status, kind)
        uow.session.add(SaidRow(id=said_id, receipt_hash=matter.hashed, kind=kind, at=uow.now))
        if kind == "retaliation":
            file_retaliation(uow, office, receipt, _about(uow.session, matter), words)
        else:
            _tell(uow, office, matter, kind, words, said_id)
        return uow.now


def _tell(
    uow: UnitOfWork, office: OfficeRuntime, matter: Matter, kind: Saying, words: Mapping[str, Any], said_id: str
) -> None:
    thread = _thread(uow.session, matter.hashed)
    data = {"receipt_hash": matter.hashed, "entry_office": thread.entry_office, "at": uow.now}
    letter = data | _LETTERS[_EVENTS[kind]](office, thread, said_id, {**words, "what": kind})
    uow.tell(Tell(office.tree.root.id, "intake", _EVENTS[kind], thread.case, letter))
    uow.note(_EVENTS[kind], thread.case)


def _about(session: Session, matter: Matter) -> dict[str, str]:
    """Which report it is for, as the sealed report of retaliation says it."""
    case = _thread(session, matter.hashed).case
    return {"case": case, "number": matter.status.number, "receipt_hash": matter.hashed}


def _check(status: Status, kind: Saying) -> None:
    if kind not in status.may:
        code, chinese, english = _REFUSALS[kind]
        raise Problem(409, code, spoken(chinese, english))


def _thread(session: Session, hashed: str) -> Thread:
    filed, steps = store.filed(session, hashed), store.steps(session, hashed)
    if steps:
        return Thread(steps[-1].case, steps[-1].desk, steps[-1].entry_office)
    if filed is None:
        raise LookupError("a status without rows")
    return Thread(filed.case, filed.desk, "")


def _supplement(office: OfficeRuntime, thread: Thread, said_id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"supplement": said_id, **_worded(office, thread, words["text"])}


def _worded(office: OfficeRuntime, thread: Thread, text: str) -> dict[str, Any]:
    """The reporter's words: in the clear for a petition, sealed to the district's desk for a discipline report."""
    if thread.desk == Desk.PETITION or not text.strip():
        return {"text": text if text.strip() else None, "sealed": None}
    desk = DeskId(office.tree.root.id, "discipline")
    sealed = seal({"text": text}, thread.case, {desk: office.keyring.public(desk.office, "discipline")})
    return {"text": None, "sealed": sealed.to_dict()}


def _said(office: OfficeRuntime, thread: Thread, said_id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    told = {"saying": said_id, "what": words["what"], "person": words["person"]}
    return told | _worded(office, thread, words["text"])


def _rating(_office: OfficeRuntime, _thread: Thread, _id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"rating": words["rating"], "comment": words["comment"]}


def _review(_office: OfficeRuntime, _thread: Thread, _id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"points": words["points"]}


_LETTERS: Mapping[str, Callable[[OfficeRuntime, Thread, str, Mapping[str, Any]], dict[str, Any]]] = {
    "supplement_filed": _supplement,
    "rating_given": _rating,
    "review_requested": _review,
    "reporter_said": _said,
}


def _id_of(hashed: str, kind: Saying, key: str) -> str:
    return hashlib.blake2b(f"{hashed} {kind} {key}".encode(), digest_size=16).hexdigest()
