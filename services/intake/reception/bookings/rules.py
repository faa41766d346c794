"""Who names a leader gets a place of his, and what becomes of it. Pure decisions.

A slot is never booked beyond its places. A leader does not receive a complaint about himself (R11): such a booking is
refused, and nothing of it is kept that he could read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.reception import BookingState, ScheduleKind
from services.intake.reception.boards.rules import of_petition_desk
from services.intake.reception.schedules.slots import Places, Slot, moment

ABOUT_HIM = "该领导不宜接待此事项:请另选一位领导,或者由纪检窗口按检举控告密封登记"


@dataclass(frozen=True)
class Booking:
    """A place of a slot for one person or group. ``named`` is whom they named, ``leader`` whose slot it is now.

    Who it is for: ``case`` or ``receipt_hash``, both "" for a walk-in; ``reporter`` is a sealed envelope. ``why`` is said
    when it ends other than by being held. ``moved_from`` and ``moved_to`` link a booking that was moved.
    """

    booking: str
    named: str
    leader: str
    schedule: str
    kind: str
    day: date
    starts: str
    place: str
    booked_at: datetime
    booked_by: str
    case: str = ""
    receipt_hash: str = ""
    reporter: Mapping[str, Any] | None = None
    state: str = BookingState.BOOKED.value
    ended_at: datetime | None = None
    ended_by: str = ""
    why: str = ""
    moved_from: str = ""
    moved_to: str = ""

    @property
    def begins(self) -> datetime:
        return moment(self.day, self.starts)


def not_about_him(*, about: bool, field: str = "leader") -> None:
    """Nobody receives a complaint about himself. Raises Refused with the way out."""
    if about:
        raise Refused("about_the_leader", ABOUT_HIM, {field: ["不宜接待此事项"]})


def book(
    booking: str, slot: Slot | None, places: Places | None, cmd: Mapping[str, Any], here: Here
) -> Decision[Booking]:
    """A place of the slot, if one is open. ``cmd``: case, receipt_hash and reporter say whose it is. Raises Refused."""
    of_petition_desk(here)
    free = _free(slot, places, here)
    whose = {"case": cmd["case"] or "", "receipt_hash": cmd["receipt_hash"] or "", "reporter": cmd["reporter"]}
    state = _in(free, booking, free.leader, here, **whose)
    return Decision(state, (), "booked", data={"booking": booking})


def appointed(booking: str, slot: Slot, case: str, here: Here) -> Decision[Booking]:
    """The only place of an appointment, for the petitioner who was invited."""
    return Decision(_in(slot, booking, slot.leader, here, case=case), (), "booked", data={"booking": booking})


def _free(slot: Slot | None, places: Places | None, here: Here) -> Slot:
    if slot is None or places is None:
        raise Refused("no_such_slot", "该领导此时没有接访时段", {"starts": ["没有接访时段"]})
    if slot.kind == ScheduleKind.APPOINTED:
        raise Refused("appointed", "该时段为约访专用,请改约", {"starts": ["约访专用"]})
    if slot.ends <= here.now:
        raise Refused("slot_past", "该时段已经过去", {"starts": ["已经过去"]})
    if places.closed:
        raise Refused("leader_away", "该领导当天外出,请改约", {"day": ["领导外出"]})
    if not places.open:
        raise Refused("slot_full", "该时段已经约满,请改约", {"starts": ["已经约满"]})
    return slot


def _in(slot: Slot, booking: str, named: str, here: Here, **other: Any) -> Booking:
    return Booking(
        booking=booking,
        named=named,
        leader=slot.leader,
        schedule=slot.schedule,
        kind=slot.kind,
        day=slot.day,
        starts=slot.starts,
        place=slot.place,
        booked_at=here.now,
        booked_by=here.actor.id,
        **other,
    )


def move(
    known: Booking, booking: str, slot: Slot | None, places: Places | None, why: str, here: Here
) -> tuple[Decision[Booking], Booking]:
    """To another slot: the old one gives its place back. Whom they named first stays. → (the new one, the old one)."""
    of_petition_desk(here)
    _waits(known)
    free = _free(slot, places, here)
    whose = {name: getattr(known, name) for name in ("case", "receipt_hash", "reporter")}
    state = _in(free, booking, known.named, here, **whose, moved_from=known.booking)
    old = replace(_ended(known, BookingState.MOVED, why, here), moved_to=booking, reporter=None)
    return Decision(state, (), "booking_moved", data={"from": known.booking, "to": booking}), old


def cancel(known: Booking, cmd: Mapping[str, Any], here: Here) -> Decision[Booking]:
    """The person or the office cancels; the place is free again."""
    of_petition_desk(here)
    _waits(known)
    why = f"{'本人' if cmd['by'] == 'person' else '单位'}取消:{cmd['why']}"[:200]
    return Decision(_ended(known, BookingState.CANCELLED, why, here), (), "booking_cancelled", data={"by": cmd["by"]})


def no_show(known: Booking, here: Here) -> Decision[Booking]:
    """Nobody came, though the slot began."""
    of_petition_desk(here)
    _waits(known)
    if known.begins > here.now:
        raise Refused("not_begun", "接访时段尚未开始", {"booking": ["尚未开始"]})
    return Decision(_ended(known, BookingState.NO_SHOW, "", here), (), "no_show")


def held(known: Booking, here: Here) -> Booking:
    """The leader, or somebody for him, received; once, in the slot's place."""
    _waits(known)
    return _ended(known, BookingState.HELD, "", here)


def booked_again(known: Booking) -> Booking:
    """What was written down of it was void: it stands as before."""
    return replace(known, state=BookingState.BOOKED.value, ended_at=None, ended_by="", why="")


def _waits(known: Booking) -> None:
    if known.state != BookingState.BOOKED:
        raise Refused("booking_over", "该预约已经办结", {"booking": ["已经办结"]})


def _ended(known: Booking, state: BookingState, why: str, here: Here) -> Booking:
    return replace(known, state=state.value, ended_at=here.now, ended_by=here.actor.id, why=why)


def dropped(booking: Booking, here: Here) -> Activity:
    """A booking that ended without a reception, for the figures: a no-show, or cancelled or moved."""
    kind = ActivityKind.NO_SHOW if booking.state == BookingState.NO_SHOW else ActivityKind.BOOKING_DROPPED
    return Activity(
        booking.booking, kind.value, here.office, here.now, by=booking.leader, detail=booking.state, case=booking.case
    )


def why_waiting(booking: Booking, *, away: bool, planned: bool, recused: bool, now: datetime) -> str:
    """Why somebody has to deal with a booking that stands, "" where nobody has to."""
    if recused:
        return "leader_recused"
    if away:
        return "leader_away"
    if not planned:
        return "schedule_ended"
    return "not_recorded" if moment(booking.day, "23:59") < now else ""
