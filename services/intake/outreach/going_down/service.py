"""Going down with cases. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import going_down as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.outreach.going_down import acts, views

Cmd = dict[str, Any]


class GoingDownRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.PlanGoDown)
    def plan_go_down(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.plan(uow, cmd)

    @command(asked.TakeAlong)
    def take_along(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.take_along(uow, cmd)

    @handles("lines_found")
    def on_lines_found(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.lines_found(uow, letter)

    @command(asked.CancelGoDown)
    def cancel_go_down(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.cancel(uow, cmd)

    @command(asked.HoldGoDown)
    def hold_go_down(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.hold(uow, cmd)

    @command(asked.GoDownResult)
    def go_down_result(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.result(uow, cmd)

    @query(asked.GoDowns)
    def go_downs(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        here = self.office.here(actor, self.office.now())
        return views.listed(session, here, data["limit"], data["after"], only_open=data["open"])

    @query(asked.GoDown)
    def go_down(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.get(session, self.office.here(actor, self.office.now()), data["go_down"])
