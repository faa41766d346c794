"""Bookings. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import bookings as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.intake.reception.bookings import acts, store, views

Cmd = dict[str, Any]


class BookingsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.Book)
    def book(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.book(uow, cmd)

    @command(asked.MoveBooking)
    def move_booking(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.move(uow, cmd)

    @command(asked.CancelBooking)
    def cancel_booking(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.cancel(uow, cmd)

    @command(asked.NoShow)
    def no_show(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.no_show(uow, cmd)

    @command(asked.OpenBooking)
    def open_booking(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.open_reporter(uow, cmd)

    @query(asked.Bookings)
    def bookings(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if actor.desk != "petition":
            return {"bookings": []}
        found = store.between(session, data["since"], data["until"], data["leader"])
        return {"bookings": [views.shown(each) for each in found]}

    @query(Nothing)
    def bookings_waiting(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        if actor.desk != "petition":
            return {"bookings": []}
        here = self.office.here(actor, self.office.now())
        found = acts.waiting(session, here)
        return {"bookings": [{**views.shown(each), "waits": why} for each, why in found]}
