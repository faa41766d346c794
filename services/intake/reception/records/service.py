"""Receptions. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import receptions as asked
from contracts.context import Actor
from contracts.figures import Wanted
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.reception.records import acts, store

Cmd = dict[str, Any]


class RecordsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.RecordReception)
    def record_reception(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.record(uow, cmd)

    @command(asked.LinkReception)
    def link_reception(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.link(uow, cmd)

    @command(asked.RateReception)
    def rate_reception(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.rate(uow, cmd)

    @command(asked.VoidReception)
    def void_reception(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.void(uow, cmd)

    @handles("case_outcome")
    def on_case_outcome(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.outcome(uow, letter)

    @query(asked.Receptions)
    def receptions(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if actor.desk != "petition":
            return {"receptions": []}
        days = Wanted(data["since"], data["until"])
        found = store.between(session, days.begins, days.ends, data["leader"])
        return {"receptions": [dict(vars(each)) for each in found]}
