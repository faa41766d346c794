"""The promise book. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.commands.intake import promises as asked
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.words import Desk
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.intake.promises import acts, store

Cmd = dict[str, Any]


class PromisesRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.MakePromise)
    def make_promise(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return vars(acts.make(uow, cmd))

    @command(asked.PerformPromise)
    def perform_promise(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return vars(acts.perform(uow, cmd))

    @command(asked.ConfirmPromise)
    def confirm_promise(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return vars(acts.confirm(uow, cmd))

    @query(asked.Promises)
    def promises(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if actor.desk != Desk.PETITION:
            raise NotFound("该清单")
        found = store.listed(session, data, local_day(self.office.now()))
        full = len(found) == data["limit"]
        return {"promises": [vars(each) for each in found], "next": found[-1].promise if full else ""}
