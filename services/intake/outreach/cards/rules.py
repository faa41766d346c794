"""A serial is of one batch, is given out at most once, and a slip stands for one report. Pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.outreach import CardKind, CardState, GivenTo
from contracts.words import Desk

LAST = 999_999


@dataclass(frozen=True)
class Batch:
    """The serials ``first`` to ``last`` of this office, printed together. ``url`` holds ``{serial}``."""

    batch: str
    kind: str
    first: int
    last: int
    contact: str
    phone: str
    url: str
    campaign: str
    printed_at: datetime
    printed_by: str

    @property
    def printed(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True)
class Card:
    """A serial that left its batch: given out, bound to a report, void. ``issued_at`` is None for one lost before."""

    serial: str
    batch: str
    state: str
    campaign: str = ""
    given_to: str = ""
    place: str = ""
    issued_at: datetime | None = None
    issued_by: str = ""
    void_at: datetime | None = None
    void_by: str = ""
    reason: str = ""


def serial_of(office: str, number: int) -> str:
    """The serial as it is printed."""
    return f"{office}-{number:06d}"


def number_of(serial: str, office: str) -> int | None:
    """The number of a serial of ``office``, None for one of another office."""
    owner, _, number = serial.rpartition("-")
    return int(number) if owner == office else None


def petition_desk(here: Here) -> None:
    """This is work of the petition desk. Raises Refused."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "由信访窗口办理")


def print_cards(batch: str, last: int, cmd: Mapping[str, Any], here: Here) -> Decision[Batch]:
    """The next ``count`` serials after ``last``, the highest number printed so far. Raises Refused."""
    petition_desk(here)
    if last + cmd["count"] > LAST:
        raise Refused("serials_used_up", "本单位的卡号已用完", {"count": [f"最多还能印{LAST - last}张"]})
    state = Batch(
        batch=batch,
        first=last + 1,
        last=last + cmd["count"],
        url=here.policy.card_url,
        printed_at=here.now,
        printed_by=here.actor.id,
        **{name: cmd[name] for name in ("kind", "contact", "phone", "campaign")},
    )
    return Decision(state, (), "cards_printed", data={"batch": batch, "first": state.first, "last": state.last})


def printed(serial: str, batch: Batch | None, field: str) -> Batch:
    """The batch of a serial. Raises Refused for one that this office never printed."""
    if batch is None:
        raise Refused("unknown_serial", f"本单位没有印制过卡号{serial}", {field: [f"没有{serial}"]})
    return batch


def issue(
    found: Mapping[str, tuple[Batch | None, Card | None]], cmd: Mapping[str, Any], here: Here
) -> Decision[tuple[Card, ...]]:
    """Cards given out at a place; all or none. ``found`` has the batch and the card of every serial. Raises Refused."""
    petition_desk(here)
    _each_once(cmd["serials"])
    cards = tuple(_issued(serial, *found[serial], cmd, here) for serial in cmd["serials"])
    return Decision(cards, (), "cards_issued", data={"serials": list(cmd["serials"])})


def _issued(serial: str, batch: Batch | None, known: Card | None, cmd: Mapping[str, Any], here: Here) -> Card:
    own = printed(serial, batch, "serials")
    if own.kind != CardKind.CARD:
        raise Refused("is_slip", f"{serial}是登记凭条,请登记后绑定", {"serials": [f"{serial}是登记凭条"]})
    _fresh(serial, known, "serials")
    at = cmd["at"] or here.now
    if at > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"at": ["不能晚于现在"]})
    return Card(
        serial, own.batch, CardState.ISSUED, cmd["campaign"] or own.campaign, cmd["to"], cmd["place"], at, here.actor.id
    )


def _each_once(serials: Sequence[str]) -> None:
    if len(set(serials)) < len(serials):
        raise Refused("serial_twice", "同一卡号写了两次", {"serials": ["卡号重复"]})


def _fresh(serial: str, known: Card | None, field: str) -> None:
    words = {CardState.ISSUED: "已经发放", CardState.BOUND: "已经绑定", CardState.VOID: "已经作废"}
    if known is not None:
        said = words[CardState(known.state)]
        raise Refused("serial_used", f"卡号{serial}{said}", {field: [f"{serial}{said}"]})


def bind(
    found: tuple[Batch | None, Card | None], entered_at: datetime, cmd: Mapping[str, Any], here: Here
) -> Decision[Card]:
    """A slip stands for the report that was entered for it at ``entered_at``. Raises Refused."""
    petition_desk(here)
    serial, (batch, known) = cmd["serial"], found
    own = printed(serial, batch, "serial")
    if own.kind != CardKind.SLIP:
        raise Refused("is_card", f"{serial}是联系卡,不是登记凭条", {"serial": ["不是登记凭条"]})
    _fresh(serial, known, "serial")
    if cmd["handed_at"] > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"handed_at": ["不能晚于现在"]})
    if local_day(cmd["handed_at"]) != local_day(entered_at):
        true = local_day(entered_at).isoformat()
        raise Refused("other_day", f"登记的收件日期是{true},应为发凭条当日", {"handed_at": [f"与登记日期{true}不一致"]})
    state = Card(
        serial, own.batch, CardState.BOUND, own.campaign, cmd["to"], cmd["place"], cmd["handed_at"], here.actor.id
    )
    return Decision(state, (), "slip_bound", data={"serial": serial})


def slip_of_report(serial: str, entered_at: datetime, place: str) -> dict[str, Any]:
    """A report that is entered with its slip's serial binds it, as ``bind_slip`` would."""
    return {"serial": serial, "handed_at": entered_at, "to": GivenTo.HOUSEHOLD.value, "place": place}


def collects(serial: str, batch: Batch | None, known: Card | None) -> str:
    """The campaign of the card or slip by which a report comes in. Raises Refused for a card that was not given out,
    and for a slip that stands for another report.
    """
    own = printed(serial, batch, "card")
    if own.kind == CardKind.SLIP:
        _fresh(serial, known, "card")
        return own.campaign
    if known is None or known.issued_at is None:
        raise Refused("not_issued", f"卡号{serial}没有发放记录", {"card": ["没有发放"]})
    return known.campaign


def may_tell(sender: str, here: Here) -> None:
    """Only the office where the portal's reports are registered says that a card was used. Raises Refused."""
    if sender != here.tree.root.id:
        raise Refused("not_from_there", f"{sender}不登记公众平台来件")


def brings(serial: str, batch: Batch | None, known: Card | None) -> str:
    """The campaign of a card by which somebody reported at the portal. Raises Refused for any but a card given out."""
    if printed(serial, batch, "serial").kind != CardKind.CARD:
        raise Refused("is_slip", f"{serial}是登记凭条")
    if known is None or known.state != CardState.ISSUED:
        raise Refused("not_issued", f"卡号{serial}没有发放,或者已经作废")
    return known.campaign


def void(
    found: Mapping[str, tuple[Batch | None, Card | None]], cmd: Mapping[str, Any], here: Here
) -> Decision[tuple[Card, ...]]:
    """Cards lost or spoilt; that one was given out stays known. Raises Refused."""
    petition_desk(here)
    _each_once(cmd["serials"])
    cards = tuple(_void(serial, *found[serial], cmd["reason"], here) for serial in cmd["serials"])
    return Decision(cards, (), "cards_void", cmd["reason"], {"serials": list(cmd["serials"])})


def _void(serial: str, batch: Batch | None, known: Card | None, reason: str, here: Here) -> Card:
    own = printed(serial, batch, "serials")
    if known is not None and known.state != CardState.ISSUED:
        _fresh(serial, known, "serials")
    card = known or Card(serial, own.batch, CardState.VOID, own.campaign)
    return replace(card, state=CardState.VOID.value, void_at=here.now, void_by=here.actor.id, reason=reason)
