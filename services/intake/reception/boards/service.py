"""Boards. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.commands.intake import boards as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.reception.boards import acts, store, views

Cmd = dict[str, Any]


class BoardsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetBoard)
    def set_board(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.draw_up(uow, cmd)

    @command(asked.PublishBoard)
    def publish_board(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.publish(uow, cmd)

    @command(asked.ExpireBoard)
    def expire_board(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.expire(uow, cmd)

    @command(asked.SetListing)
    def set_listing(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.list_members(uow, cmd)

    @handles("board_published")
    def on_board_published(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.told(uow, letter)

    @query(Nothing)
    def boards(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        here = self.office.here(actor, self.office.now())
        on = local_day(here.now)
        return {"boards": [{**each.plain(), "live": each.live(on)} for each in store.known(session, here)]}

    @query(asked.BoardLog)
    def board_log(self, session: Session, _actor: Actor, data: Cmd) -> Cmd:
        return {"changes": [views.change(row) for row in store.changes(session, data["official"])]}

    @query(Nothing)
    def board_check(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.check(session, self.office.here(actor, self.office.now()))

    @query(Nothing)
    def board_coverage(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.coverage(session, self.office.here(actor, self.office.now()))
