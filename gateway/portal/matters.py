"""The matters that one receipt stands for (network.receipts), and which of them a reporter means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from contracts.words import Desk
from gateway.language import spoken
from gateway.portal import store
from gateway.portal.rules import NOT_ARRIVED, Saying, Status, status_of
from gateway.problems import Problem
from network.office import OfficeRuntime
from network.receipts import RETALIATION, hashes_of

_NOT_ARRIVED = (
    "查询码对应的事项尚未传送到区级平台，请稍后再试",
    "The report of this receipt has not arrived at the district yet; please try again later",
)
_WHICH = ("请写明是哪一件：{}", "Please say which matter: {}")
_NO_SUCH = ("这个查询码下没有这一件", "There is no such matter under this receipt")


@dataclass(frozen=True)
class Matter:
    """One matter of a receipt: its ``number`` among them, the hash it stands under, and how far it is."""

    number: int
    hashed: str
    status: Status

    @property
    def is_retaliation(self) -> bool:
        """Whether it is a report of retaliation for another matter."""
        return self.number in RETALIATION


def matters_of(
    office: OfficeRuntime, session: Session, receipt: str, now: datetime, *, english: bool
) -> tuple[Matter, ...]:
    """What is known here of a receipt, in order; one that has not arrived when nothing is. Refused when it is none."""
    hashes = hashes_of(receipt)
    known = store.known(session, hashes.values())
    found = {number: hashed for number, hashed in hashes.items() if hashed in known} or {1: hashes[1]}
    return tuple(
        Matter(number, hashed, _status(office, session, hashed, now, english)) for number, hashed in found.items()
    )


def look_up(office: OfficeRuntime, receipt: str, *, english: bool = False) -> tuple[Matter, ...]:
    """The public status of each matter of a receipt; Refused (ReceiptError) when it is none."""
    with office.reading() as session:
        return matters_of(office, session, receipt, office.now(), english=english)


def _status(office: OfficeRuntime, session: Session, hashed: str, now: datetime, english: bool) -> Status:
    rated = [each.at for each in store.said(session, hashed) if each.kind == "rating"]
    filed, told = store.filed(session, hashed), store.steps(session, hashed)
    return status_of(filed, told, rated, office.policy(), now, english=english)


def meant(matters: tuple[Matter, ...], number: int | None, kind: Saying) -> Matter:
    """The matter that is meant. Problem 409 when none has arrived, 422 when there is no such one or none is named.

    A supplement without a number goes to the discipline matter, sealed: better too secret than not secret enough. A
    report of retaliation names the first where the reporter names none.
    """
    if all(each.status.status == NOT_ARRIVED for each in matters):
        raise Problem(409, NOT_ARRIVED, spoken(*_NOT_ARRIVED))
    by_number: Mapping[int, Matter] = {each.number: each for each in matters}
    if number is not None:
        if number not in by_number:
            raise Problem(422, "invalid", errors={"matter": [spoken(*_NO_SUCH)]})
        return by_number[number]
    filed = tuple(each for each in matters if not each.is_retaliation) or matters
    if kind == "supplement":
        filed = tuple(each for each in filed if each.status.desk == Desk.DISCIPLINE)[:1] or filed
    if len(filed) > 1 and kind != "retaliation":
        listed = "、".join(str(each.number) for each in filed)
        raise Problem(422, "invalid", errors={"matter": [spoken(*_WHICH).format(listed)]})
    return filed[0]
