"""Persons who answer for a town or an area, and whom a step of the ladder reaches. Entrypoints only."""

from contracts.letters import Letter
from network.service import Service, handles
from network.uow import UnitOfWork
from services.supervision.duties import work


class DutiesRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @handles("duties_published")
    def on_duties_published(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_duties(uow, letter)
