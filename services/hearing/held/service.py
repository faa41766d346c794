"""Hearings that were held below. Entrypoints only."""

from contracts.letters import Letter
from network.service import Service, handles
from network.uow import UnitOfWork
from services.hearing.held import acts


class HeldRoom(Service):
    """The entrypoints of this room; ``HearingService`` has them all."""

    @handles("hearing_held")
    def on_hearing_held(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.told(uow, letter)
