"""Schedules, appointments and away days. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.commands.intake import schedules as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.intake.reception.boards import store as boards
from services.intake.reception.bookings import store as bookings
from services.intake.reception.bookings import views
from services.intake.reception.schedules import acts, rules, store

Cmd = dict[str, Any]


class SchedulesRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetSchedule)
    def set_schedule(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_up(uow, cmd)

    @command(asked.EndSchedule)
    def end_schedule(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.end(uow, cmd)

    @command(asked.Appoint)
    def appoint(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.appoint(uow, cmd)

    @command(asked.CloseDay)
    def close_day(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.close_day(uow, cmd)

    @command(asked.OpenDay)
    def open_day(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.open_day(uow, cmd)

    @query(asked.Slots)
    def slots(self, session: Session, _actor: Actor, data: Cmd) -> Cmd:
        found = store.slots_between(session, data["since"], data["until"], data["leader"])
        names = {each.official: each.name for each in boards.owned(session, self.office.id)}
        shown = [
            views.slot(each, places, names.get(each.leader, "")) for each, places in bookings.places_of(session, found)
        ]
        return {"slots": shown}

    @query(asked.Schedules)
    def schedules(self, session: Session, _actor: Actor, data: Cmd) -> Cmd:
        found = store.schedules(session, data["leader"], local_day(self.office.now()))
        listed = [each for each in found if each.kind in rules.LISTED]
        return {"schedules": [{**vars(each), "spoken": rules.spoken(each)} for each in listed]}
