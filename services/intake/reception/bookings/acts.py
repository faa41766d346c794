"""Load, decide, save, say: bookings."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.reception import cases
from services.intake.reception.boards import acts as boards
from services.intake.reception.bookings import rules, store, views
from services.intake.reception.bookings.rules import Booking
from services.intake.reception.schedules import store as schedules
from services.intake.reception.schedules.slots import Places, Slot


def book(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A place of the leader who was named."""
    rules.not_about_him(about=cmd["about_leader"])
    boards.of(uow, cmd["leader"])
    booking = cmd["booking"] or new_id()
    if store.is_known(uow.session, booking):
        raise Refused("known_booking", "该预约已经登记", {"booking": ["已经登记"]})
    case = _case(uow, cmd)
    cases.keep_away(uow, case, cmd["leader"])
    decision = rules.book(booking, *_slot(uow, cmd), {**cmd, "case": case}, uow.here)
    return _save(uow, decision)


def _case(uow: UnitOfWork, cmd: Mapping[str, Any]) -> str:
    """The petition that the person comes about, "" where none is known."""
    if cmd["case"] is not None:
        cases.known(uow.session, cmd["case"])
        return str(cmd["case"])
    return cases.of_receipt(uow.session, cmd["receipt_hash"]) if cmd["receipt_hash"] else ""


def _slot(uow: UnitOfWork, cmd: Mapping[str, Any]) -> tuple[Slot | None, Places | None]:
    """The slot that is wanted and how its places stand; its schedule's row is locked until the commit."""
    found = schedules.slot_at(uow.session, cmd["leader"], cmd["day"], cmd["starts"])
    return (None, None) if found is None else store.places_of(uow.session, [found])[0]


def appoint(uow: UnitOfWork, slot: Slot, case: str) -> dict[str, Any]:
    """For the room of schedules: who was invited has the place."""
    return _save(uow, rules.appointed(new_id(), slot, case, uow.here))


def move(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Another slot; the old booking gives its place back in the same commit."""
    known = of(uow, cmd["booking"])
    boards.of(uow, cmd["leader"])
    cases.keep_away(uow, known.case, cmd["leader"])
    decision, old = rules.move(known, new_id(), *_slot(uow, cmd), cmd["why"], uow.here)
    store.write(uow.session, old)
    activities.log(uow, rules.dropped(old, uow.here))
    return _save(uow, decision)


def cancel(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    return _dropped(uow, rules.cancel(of(uow, cmd["booking"]), cmd, uow.here))


def no_show(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    return _dropped(uow, rules.no_show(of(uow, cmd["booking"]), uow.here))


def _dropped(uow: UnitOfWork, decision: Decision[Booking]) -> dict[str, Any]:
    activities.log(uow, rules.dropped(decision.state, uow.here))
    return _save(uow, decision)


def open_reporter(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """How to reach the person, still sealed; who reads it and why is journalled."""
    known = of(uow, cmd["booking"])
    uow.note("booking_opened", known.case, cmd["reason"], {"booking": known.booking})
    return {"booking": known.booking, "reporter": known.reporter}


def of(uow: UnitOfWork, booking: str) -> Booking:
    """A booking of this office. Raises NotFound."""
    found = store.booking(uow.session, booking)
    if found is None or uow.actor.desk != "petition":
        raise NotFound("该预约")
    return found


def _save(uow: UnitOfWork, decision: Decision[Booking]) -> dict[str, Any]:
    store.write(uow.session, decision.state)
    uow.apply(decision, decision.state.case)
    return views.shown(decision.state)


def waiting(session: Session, here: Here) -> list[tuple[Booking, str]]:
    """The bookings that somebody has to deal with, each with why: tell or move the person, or write down what came of it."""
    standing = store.standing(session)
    away = _away(session, [each.day for each in standing])
    plans = {plan.schedule: plan for plan in schedules.schedules(session)}
    found = []
    for each in standing:
        why = rules.why_waiting(
            each,
            away=(each.leader, each.day) in away,
            planned=schedules.is_of_schedule(plans.get(each.schedule), each.day),
            recused=cases.is_recused(session, each.case, each.leader),
            now=here.now,
        )
        if why:
            found.append((each, why))
    return found


def _away(session: Session, days: Sequence[date]) -> frozenset[tuple[str, date]]:
    return schedules.away_days(session, min(days), max(days)) if days else frozenset()
