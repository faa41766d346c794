"""Work done among people, told upward; the figures and ledgers of intake. Entrypoints only."""

from contracts.letters import Letter
from network.reporting import ReportingRoom
from network.service import handles
from network.uow import UnitOfWork
from services.intake.activities import acts


class ActivitiesRoom(ReportingRoom):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @handles("activity_told")
    def on_activity_told(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.told(uow, letter)
