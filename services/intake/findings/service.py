"""Petitions that come from sweeps. Entrypoints only."""

from contracts.letters import Letter
from network.service import Service, handles
from network.uow import UnitOfWork
from services.intake.findings import acts


class FindingsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @handles("finding_raised")
    def on_finding_raised(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.raised(uow, letter)
