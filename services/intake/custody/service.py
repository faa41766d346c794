"""Custody lines of reports that belong elsewhere, and that they were sent up in time (K19). Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import custody as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.intake.custody import acts

Cmd = dict[str, Any]


class CustodyRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SendUp)
    def send_up(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.send_up(uow, cmd)

    @query(Nothing)
    def custody(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return acts.lines(session, self.office, actor)
