"""Setting up when leaders receive, appointments, and days on which they are away. Pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.authority import leader as by_leader
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.reception import ScheduleKind
from services.intake.reception.boards.rules import of_petition_desk
from services.intake.reception.schedules.slots import Schedule, moment, overlap, slots

WEEK = "一二三四五六日"
LISTED = ("fixed", "go_down")


def set_up(schedule: str, cmd: Mapping[str, Any], others: Iterable[Schedule], here: Here) -> Decision[Schedule]:
    """A schedule that has slots and does not put the leader in two places at once. Raises Refused."""
    of_petition_desk(here)
    given = {
        **cmd,
        "weekdays": tuple(sorted(set(cmd["weekdays"]))),
        "month_days": tuple(sorted(set(cmd["month_days"]))),
    }
    state = Schedule(schedule, **given)
    if state.since < local_day(here.now):
        raise Refused("day_past", "不能从过去的日子开始", {"since": ["早于今天"]})
    if not slots(state, state.since, state.until):
        raise Refused("no_slot", "这样排没有一个接访时段", {"minutes": ["没有接访时段"]})
    _not_in_two_places(state, others, "starts")
    return Decision(state, (), "schedule_set", data={"schedule": schedule, "leader": state.leader})


def _not_in_two_places(state: Schedule, others: Iterable[Schedule], field: str) -> None:
    for other in others:
        day = overlap(state, other)
        if day is not None:
            words = f"{day}该领导{other.starts}–{other.ends}已有接访安排"
            raise Refused("two_places", words, {field: [words]})


def appoint(schedule: str, cmd: Mapping[str, Any], others: Iterable[Schedule], here: Here) -> Decision[Schedule]:
    """A leader invites somebody: one slot with one place, which is booked in the same commit (约访, S61)."""
    of_petition_desk(here)
    by_leader(here)
    begins = moment(cmd["day"], cmd["starts"])
    if begins <= here.now:
        raise Refused("day_past", "约访时间须晚于现在", {"day": ["早于现在"]})
    ends = begins + timedelta(minutes=cmd["minutes"])
    if ends.date() != begins.date():
        raise Refused("over_midnight", "约访须在当天结束", {"minutes": ["超过当天"]})
    kind, day = ScheduleKind.APPOINTED.value, cmd["day"]
    kept = {name: cmd[name] for name in ("leader", "minutes", "place", "starts", "case")}
    state = Schedule(
        schedule,
        kind=kind,
        since=day,
        until=day,
        ends=f"{ends:%H:%M}",
        capacity=1,
        month_days=(day.day,),
        on_rest_days=True,
        **kept,
    )
    _not_in_two_places(state, others, "starts")
    return Decision(state, (), "appointed", data={"schedule": schedule, "leader": state.leader})


def not_away(*, away: bool) -> None:
    """Nobody is invited for a day on which the leader is away. Raises Refused."""
    if away:
        raise Refused("leader_away", "该领导当天外出,请改约", {"day": ["领导外出"]})


def end(schedule: Schedule, until: date, here: Here) -> Decision[Schedule]:
    """It ends earlier than it would have. What was received stays."""
    of_petition_desk(here)
    if not local_day(here.now) - timedelta(days=1) <= until < schedule.until:
        raise Refused("not_earlier", "须早于原定结束之日,不早于昨天", {"until": ["须提前结束"]})
    return Decision(replace(schedule, until=until), (), "schedule_ended", data={"schedule": schedule.schedule})


def may_close(day: date, *, away: bool, here: Here) -> None:
    """Whether a day may still be closed: it is not past, and not closed already. Raises Refused."""
    of_petition_desk(here)
    if day < local_day(here.now):
        raise Refused("day_past", "已经过去", {"day": ["早于今天"]})
    if away:
        raise Refused("away_already", "当天已经登记外出", {"day": ["已经登记外出"]})


def may_open(day: date, *, away: bool, here: Here) -> None:
    """Whether a closed day may be opened again. Raises Refused."""
    of_petition_desk(here)
    if day < local_day(here.now) or not away:
        raise Refused("not_away", "当天没有登记外出", {"day": ["没有登记外出"]})


def spoken(schedule: Schedule) -> str:
    """When he receives, as a board says it."""
    if schedule.weekdays:
        on = "每周" + "、".join(WEEK[each - 1] for each in schedule.weekdays)
    else:
        on = "每月" + "、".join(str(each) for each in schedule.month_days) + "日"
    rest = "" if schedule.on_rest_days else "(节假日除外)"
    goes = "下访 " if schedule.kind == ScheduleKind.GO_DOWN else ""
    return f"{on} {schedule.starts}–{schedule.ends} {goes}{schedule.place}{rest}"


def on_board(schedules: Iterable[Schedule], now: datetime) -> list[str]:
    """What a board says of the schedules that are not over; appointments are nobody's business."""
    today = local_day(now)
    listed = [each for each in schedules if each.kind in LISTED and each.until >= today]
    return [spoken(each) for each in sorted(listed, key=lambda each: (each.since, each.starts, each.schedule))][:20]
