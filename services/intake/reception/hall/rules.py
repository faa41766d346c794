"""Who sits in the petition hall, and whether he did (S53). Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.reception import Attendance, HalfDay
from services.intake.reception.boards.rules import Board, of_petition_desk
from services.intake.reception.schedules.slots import moment


@dataclass(frozen=True)
class HallDuty:
    """A half day of ``leader`` in the hall, which ``ends`` then. ``counted`` once its activity is logged: when the half
    day is over, or when it was confirmed.
    """

    duty: str
    leader: str
    name: str
    level: str
    day: date
    half: str
    ends: datetime
    attendance: str = Attendance.DUE.value
    substitute: str = ""
    substitute_name: str = ""
    why: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    counted: bool = False
    campaign: str = ""


def begins(day: date, half: str, here: Here) -> datetime:
    """When the half day begins: the morning with the day, the afternoon when the morning ends."""
    return moment(day, "00:00") if half == HalfDay.AM else _ends(day, HalfDay.AM.value, here)


def _ends(day: date, half: str, here: Here) -> datetime:
    return moment(day, here.policy.half_day_ends[half])


def plan(duty: str, given: Mapping[str, Any], board: Board, here: Here) -> Decision[HallDuty]:
    """A further duty of the roster, not of the past."""
    of_petition_desk(here)
    day, half = given["day"], given["half"]
    ends = _ends(day, half, here)
    if ends <= here.now:
        raise Refused("day_past", "值班时间已经过去", {"duties": [f"{day}已经过去"]})
    state = HallDuty(duty, board.official, board.name, board.level, day, half, ends, campaign=given["campaign"])
    return Decision(state, (), "hall_duty_set", data={"duty": duty})


def may_drop(duty: HallDuty, here: Here) -> None:
    """Only what has not begun and was not confirmed is taken off the roster. Raises Refused."""
    of_petition_desk(here)
    if duty.counted or begins(duty.day, duty.half, here) <= here.now:
        raise Refused("duty_begun", "值班已经开始,请登记到岗、代班或者缺岗", {"duty": ["已经开始"]})


def confirm(duty: HallDuty, cmd: Mapping[str, Any], substitute: Board | None, here: Here) -> Decision[HallDuty]:
    """He came, somebody stood in for him, or nobody came; said once by another, when the half day has begun."""
    of_petition_desk(here)
    if begins(duty.day, duty.half, here) > here.now:
        raise Refused("not_begun", "值班尚未开始", {"duty": ["尚未开始"]})
    if duty.attendance != Attendance.DUE:
        raise Refused("confirmed", "该值班已经登记", {"duty": ["已经登记"]})
    if substitute is not None and substitute.official == duty.leader:
        raise Refused("own_substitute", "代班人不能是本人", {"substitute": ["是本人"]})
    sat = substitute.official if substitute is not None else duty.leader
    if cmd["attendance"] != Attendance.MISSED and here.actor.person == sat:
        raise Refused("own_duty", "本人到岗须由他人登记", {"duty": ["须由他人登记"]})
    told: dict[str, Any] = {}
    if substitute is not None:
        told = {"substitute": substitute.official, "substitute_name": substitute.name}
    why = "" if cmd["attendance"] == Attendance.ATTENDED else cmd["why"]
    said: dict[str, Any] = {
        "attendance": cmd["attendance"],
        "why": why,
        "confirmed_at": here.now,
        "confirmed_by": here.actor.id,
    }
    return Decision(replace(duty, **said, **told, counted=True), (), "hall_duty_confirmed", data={"duty": duty.duty})


def over(duty: HallDuty) -> HallDuty:
    """The half day is over and nobody said anything: it counts as due."""
    return replace(duty, counted=True)


def activity(duty: HallDuty, level: str, here: Here) -> Activity:
    """What counts of it: one duty, whoever sat there. ``level`` is that of who sat."""
    return Activity(
        activity=duty.duty,
        kind=ActivityKind.HALL_DUTY.value,
        office=here.office,
        at=min(duty.ends, here.now),
        by=duty.substitute or duty.leader,
        level=level,
        detail=duty.half,
        result=duty.attendance,
        campaign=duty.campaign,
    )
