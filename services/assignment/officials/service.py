"""The register of officials (干部名册): versions, copies without relations, matching who is accused. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import officials as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.assignment.officials import acts

Cmd = dict[str, Any]


class OfficialsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.ImportOfficials)
    def import_officials(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.import_officials(uow, cmd)

    @handles("officials_published")
    def on_officials_published(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.take_copy(uow, letter)

    @command(asked.MatchAccused)
    def match_accused(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.match(uow, cmd)

    @query(asked.Officials)
    def officials(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return acts.officials(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Candidates)
    def candidates(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return acts.fitting(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Repeats)
    def repeats(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return acts.repeats(session, actor, data["case"])
