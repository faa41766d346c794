"""Corrections as new facts beside the old, and cases that go to a body outside the network. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import facts as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.assignment.facts import acts, views

Cmd = dict[str, Any]


class FactsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.Correct)
    def correct(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.correct(uow, cmd)

    @command(asked.ToDiscipline)
    def to_discipline(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.to_discipline(uow, cmd)

    @command(asked.SendOutside)
    def send_outside(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.send_outside(uow, cmd)

    @command(asked.RegisterOutsideAnswer)
    def register_outside_answer(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register_answer(uow, cmd)

    @query(asked.FactsOf)
    def facts(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.facts(session, actor, data["case"])

    @query(OfDesk)
    def outside(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if data["desk"] != actor.desk:
            raise NotFound("该清单")
        return views.outside(session, actor.desk, self.office.now(), self.office.tree)
