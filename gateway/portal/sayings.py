"""What a reporter adds under the receipt: more material, a rating, a request for review. One commit each."""

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
from gateway.portal.models import SaidRow
from gateway.portal.rules import NOT_ARRIVED, Saying, Status, status_of
from gateway.problems import Problem
from network.ids import new_id
from network.keys import DeskId
from network.office import OfficeRuntime
from network.offices import PORTAL
from network.receipts import receipt_hash
from network.sealing import seal

_EVENTS: Mapping[Saying, str] = {
    "supplement": "supplement_filed",
    "rating": "rating_given",
    "review": "review_requested",
}
_NOT_ARRIVED = (
    "查询码对应的事项尚未传送到区级平台，请稍后再试",
    "The report of this receipt has not arrived at the district yet; please try again later",
)
_REFUSALS: Mapping[Saying, tuple[str, str, str]] = {
    "supplement": ("closed", "该事项已经撤回，不能再补充材料", "The report was withdrawn; nothing can be added"),
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
}


@dataclass(frozen=True)
class Thread:
    """Where what a reporter adds has to go: the case, its desk and the office of entry ("" when not told)."""

    case: str
    desk: str
    entry_office: str


def look_up(office: OfficeRuntime, receipt: str, *, english: bool = False) -> Status:
    """The public status of a receipt; Refused (ReceiptError) when it is none."""
    with office.reading() as session:
        return _status(office, session, receipt_hash(receipt), office.now(), english)


def say(
    office: OfficeRuntime, receipt: str, kind: Saying, words: Mapping[str, Any], key: str | None = None
) -> datetime:
    """Pass on what a reporter adds; the same ``key`` again changes nothing. When it was taken.

    Raises Refused for no receipt, Problem 409 for one not arrived yet or when its case does not allow it now.
    """
    hashed = receipt_hash(receipt)
    said_id = new_id() if key is None else _id_of(hashed, kind, key)
    try:
        return _commit(office, hashed, said_id, kind, words)
    except IntegrityError:  # the same words were being sent twice at once
        return _commit(office, hashed, said_id, kind, words)


def _status(office: OfficeRuntime, session: Session, hashed: str, now: datetime, english: bool) -> Status:
    ratings = sum(1 for each in store.said(session, hashed) if each.kind == "rating")
    filed, told = store.filed(session, hashed), store.steps(session, hashed)
    return status_of(filed, told, ratings, office.policy(), now, english=english)


def _commit(office: OfficeRuntime, hashed: str, said_id: str, kind: Saying, words: Mapping[str, Any]) -> datetime:
    with office.uow(PORTAL, PUBLIC) as uow:
        known = uow.session.get(SaidRow, said_id)
        if known is not None:
            return known.at
        _check(_status(office, uow.session, hashed, uow.now, english=False), kind)
        thread = _thread(uow.session, hashed)
        data = {"receipt_hash": hashed, "entry_office": thread.entry_office, "at": uow.now}
        uow.session.add(SaidRow(id=said_id, receipt_hash=hashed, kind=kind, at=uow.now))
        letter = data | _LETTERS[kind](office, thread, said_id, words)
        uow.tell(Tell(office.tree.root.id, "intake", _EVENTS[kind], thread.case, letter))
        uow.note(_EVENTS[kind], thread.case)
        return uow.now


def _check(status: Status, kind: Saying) -> None:
    if status.status == NOT_ARRIVED:
        raise Problem(409, NOT_ARRIVED, spoken(*_NOT_ARRIVED))
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
    if thread.desk == Desk.PETITION:
        return {"supplement": said_id, "text": words["text"], "sealed": None}
    desk = DeskId(office.tree.root.id, "discipline")
    public = office.keyring.public(desk.office, "discipline")
    sealed = seal({"text": words["text"]}, thread.case, {desk: public})
    return {"supplement": said_id, "text": None, "sealed": sealed.to_dict()}


def _rating(_office: OfficeRuntime, _thread: Thread, _id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"rating": words["rating"], "comment": words["comment"]}


def _review(_office: OfficeRuntime, _thread: Thread, _id: str, words: Mapping[str, Any]) -> dict[str, Any]:
    return {"points": words["points"]}


_LETTERS: Mapping[Saying, Callable[[OfficeRuntime, Thread, str, Mapping[str, Any]], dict[str, Any]]] = {
    "supplement": _supplement,
    "rating": _rating,
    "review": _review,
}


def _id_of(hashed: str, kind: Saying, key: str) -> str:
    return hashlib.blake2b(f"{hashed} {kind} {key}".encode(), digest_size=16).hexdigest()
