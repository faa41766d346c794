"""Load, decide, save, say: schedules and away days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.errors import NotFound
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.reception import cases
from services.intake.reception.boards import acts as boards
from services.intake.reception.bookings import acts as bookings
from services.intake.reception.schedules import rules, store
from services.intake.reception.schedules.models import IntakeAwayDay
from services.intake.reception.schedules.slots import slots


def set_up(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A further schedule of a leader; his board says when he receives."""
    boards.of(uow, cmd["leader"])
    decision = rules.set_up(new_id(), cmd, store.schedules(uow.session, cmd["leader"], cmd["since"]), uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision)
    _say_on_board(uow, cmd["leader"])
    plan = decision.state
    return {"schedule": plan.schedule, "slots": len(slots(plan, plan.since, plan.until))}


def end(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A schedule ends earlier."""
    known = store.schedule(uow.session, cmd["schedule"])
    if known is None:
        raise NotFound("该接访安排")
    decision = rules.end(known, cmd["until"], uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision)
    _say_on_board(uow, known.leader)
    return {"displaced": _displaced(uow, known.leader, None)}


def _say_on_board(uow: UnitOfWork, leader: str) -> None:
    uow.session.flush()
    boards.receives_on(uow, leader, rules.on_board(store.schedules(uow.session, leader), uow.now))


def appoint(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A leader invites the petitioner of a case: schedule and booking in one commit."""
    boards.of(uow, cmd["leader"])
    cases.known(uow.session, cmd["case"])
    cases.keep_away(uow, cmd["case"], cmd["leader"])
    rules.not_away(away=store.away(uow.session, cmd["leader"], cmd["day"]) is not None)
    decision = rules.appoint(new_id(), cmd, store.schedules(uow.session, cmd["leader"], cmd["day"]), uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision, cmd["case"])
    (slot,) = slots(decision.state, cmd["day"], cmd["day"])
    booked = bookings.appoint(uow, slot, cmd["case"])
    return {"schedule": decision.state.schedule, "booking": booked["booking"]}


def close_day(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A leader is away; who is booked with him on that day has to be told or booked anew."""
    boards.of(uow, cmd["leader"])
    known = store.away(uow.session, cmd["leader"], cmd["day"])
    rules.may_close(cmd["day"], away=known is not None, here=uow.here)
    row = IntakeAwayDay(id=new_id(), leader=cmd["leader"], day=cmd["day"], why=cmd["why"], lifted=False)
    row.at, row.by = uow.now, uow.actor.id
    uow.session.add(row)
    uow.note("day_closed", why=cmd["why"], data={"leader": cmd["leader"], "day": str(cmd["day"])})
    return {"displaced": _displaced(uow, cmd["leader"], cmd["day"])}


def open_day(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """He is there after all."""
    known = store.away(uow.session, cmd["leader"], cmd["day"])
    rules.may_open(cmd["day"], away=known is not None, here=uow.here)
    if known is not None:
        known.lifted = True
    uow.note("day_opened", data={"leader": cmd["leader"], "day": str(cmd["day"])})
    return {"leader": cmd["leader"], "day": cmd["day"]}


def _displaced(uow: UnitOfWork, leader: str, day: date | None) -> list[str]:
    """The bookings with the leader (on that day) that nobody dealt with yet."""
    uow.session.flush()
    found = [booking for booking, _ in bookings.waiting(uow.session, uow.here)]
    return [each.booking for each in found if each.leader == leader and day in (None, each.day)]
