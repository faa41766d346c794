"""Which cases the ledger has. Entrypoints only."""

from contracts.letters import Letter
from network.service import Service, handles
from network.uow import UnitOfWork
from services.supervision.lines_wanted import acts


class LinesWantedRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @handles("lines_wanted")
    def on_lines_wanted(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.wanted(uow, letter)
