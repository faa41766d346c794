"""People and offices that go: what they had in hand goes to who follows. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import moving as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.assignment.moving import acts, handing, succession, views

Cmd = dict[str, Any]


class MovingRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.HandOverPerson)
    def hand_over_person(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.hand_over_person(uow, cmd)

    @command(asked.KeyRotated)
    def key_rotated(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.key_rotated(uow, cmd)

    @command(asked.SucceedOffice)
    def succeed_office(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return succession.succeed(uow, cmd)

    @handles("office_succeeded")
    def on_office_succeeded(self, uow: UnitOfWork, letter: Letter) -> None:
        handing.hand_up(uow, letter)

    @handles("file_handed_up")
    def on_file_handed_up(self, uow: UnitOfWork, letter: Letter) -> None:
        succession.filed(uow, letter)

    @handles("succession_told")
    def on_succession_told(self, uow: UnitOfWork, letter: Letter) -> None:
        succession.told(uow, letter)

    @query(Nothing)
    def leavers(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.leavers(session, self.office.here(actor, self.office.now()))

    @query(Nothing)
    def key_tasks(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.key_tasks(session, self.office.here(actor, self.office.now()))

    @query(Nothing)
    def successions(self, session: Session, _actor: Actor, _data: Cmd) -> Cmd:
        return views.successions(session)

    @query(asked.OldFiles)
    def old_files(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.old_files(session, actor, data)

    @query(asked.OldFile)
    def old_file(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.old_file(session, actor, data["case"])
