"""Hand-overs of seats, and what a town's five persons share (S27–S29). Pure decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.officials import Official
from contracts.words import Desk
from services.assignment import guards
from services.assignment.responsibility import groups
from services.assignment.responsibility.groups import Change


@dataclass(frozen=True)
class HandOver:
    """A seat of a town's group goes from ``outgoing`` to ``incoming``, whose first day is ``day``.

    ``…_at`` is when that one confirmed, ``…_paper`` the number of the sheet, "" where he did it by his own account.
    """

    hand_over: str
    town: str
    slot: str
    outgoing: str
    incoming: str
    day: date
    note: str
    opened_at: datetime
    opened_by: str
    outgoing_at: datetime | None = None
    outgoing_paper: str = ""
    incoming_at: datetime | None = None
    incoming_paper: str = ""

    @property
    def change(self) -> Change:
        return Change(self.town, self.slot, self.outgoing, self.incoming, self.day)

    @property
    def is_signed(self) -> bool:
        return self.outgoing_at is not None and self.incoming_at is not None


@dataclass(frozen=True)
class Merit:
    """What one person of a group has of an award, sanction or score of the town; ``points`` are hundredths."""

    merit: str
    person: str
    town: str
    slot: str
    kind: str
    what: str
    document_no: str
    day: date
    points: int
    at: datetime
    by: str


def _leader_of_district(here: Here) -> None:
    if here.office != here.tree.root.id:
        raise Refused("district_only", "包抓责任由区级管理")
    if here.actor.desk != Desk.PETITION:
        raise NotFound("包抓责任")
    guards.leader(here)


def _town(town: str, here: Here) -> None:
    if town not in groups.towns(here):
        raise Refused("not_a_town", "不是网络内的镇(街道)", {"town": ["不是网络内的镇(街道)"]})


def open_hand_over(
    id_: str, cmd: Mapping[str, Any], officials: Sequence[Official], known: Collection[Change], here: Here
) -> Decision[HandOver]:
    """The hand-over of a seat that the register changes on that day; ``known`` are those opened before."""
    _leader_of_district(here)
    _town(cmd["town"], here)
    if cmd["slot"] not in here.policy.slots:
        raise Refused("no_slot", "没有这个席位", {"slot": [f"可选:{'、'.join(here.policy.slots)}"]})
    of_seat = [each for each in groups.changes(cmd["town"], officials) if each.slot == cmd["slot"]]
    change = next((each for each in of_seat if each.day == cmd["day"]), None)
    if change is None:
        days = "、".join(str(each.day) for each in of_seat) or "无"
        raise Refused("no_change", "名册中该席位当日没有更换", {"day": [f"名册中的更换日:{days}"]})
    if change in known:
        raise Refused("opened", "该交接已经登记", {"day": ["已经登记"]})
    made = HandOver(id_, **vars(change), note=cmd["note"], opened_at=here.now, opened_by=here.actor.id)
    return Decision(made, (), "hand_over_opened", data={"hand_over": id_, "town": made.town, "slot": made.slot})


def sign(known: HandOver | None, cmd: Mapping[str, Any], here: Here) -> Decision[HandOver]:
    """One of the two confirms, once: himself, or a leader by the number of the sheet he signed."""
    if here.actor.desk != Desk.PETITION or known is None:
        raise NotFound("该交接")
    side = {known.outgoing: "outgoing", known.incoming: "incoming"}.get(cmd["person"])
    if side is None:
        raise Refused("not_of_it", "该人员不是交接双方", {"person": ["不是交接双方"]})
    if getattr(known, f"{side}_at") is not None:
        raise Refused("signed", "已经签字", {"person": ["已经签字"]})
    if here.actor.person != cmd["person"]:
        guards.leader(here)
        if not cmd["paper"].strip():
            raise Refused("paper_needed", "代为登记须有签字单编号", {"paper": ["必填"]})
    signed = replace(known, **{f"{side}_at": here.now, f"{side}_paper": cmd["paper"]})
    return Decision(signed, (), "hand_over_signed", data={"hand_over": known.hand_over, "by": side})


def record(id_: str, cmd: Mapping[str, Any], officials: Sequence[Official], here: Here) -> Decision[tuple[Merit, ...]]:
    """A record for each of the five persons of the group that was in force on the document's day, or none at all."""
    _leader_of_district(here)
    _town(cmd["town"], here)
    if cmd["day"] > local_day(here.now):
        raise Refused("in_future", "日期不能晚于今天", {"day": ["晚于今天"]})
    if missing := groups.empty(cmd["town"], officials, here, cmd["day"]):
        names = "、".join(here.policy.slots[slot].zh for slot in missing)
        raise Refused("incomplete", f"该镇(街道)的包抓组当日不完整,缺:{names}", {"day": [f"缺:{names}"]})
    shared = {name: cmd[name] for name in ("town", "kind", "what", "document_no", "day")}
    shared |= {"points": cmd["points"] or 0, "at": here.now, "by": here.actor.id}
    seats = groups.group(cmd["town"], officials, here, cmd["day"])
    made = tuple(Merit(merit=id_, person=seat.person, slot=seat.slot, **shared) for seat in seats)
    return Decision(made, (), "merit_recorded", data={"merit": id_, "town": cmd["town"], "kind": cmd["kind"]})
