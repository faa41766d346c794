"""What a reporter says by receipt: withdrawal, performance, retaliation, objection to a person. Entrypoints only."""

from typing import Any

from contracts.commands.intake import casework
from contracts.commands.intake import sayings as asked
from contracts.letters import Letter
from network.service import Service, command, handles
from network.uow import UnitOfWork
from services.intake.sayings import acts

Cmd = dict[str, Any]


class SayingsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(casework.Supplement)
    def supplement(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.supplement(uow, cmd)

    @handles("supplement_filed")
    def on_supplement_filed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.supplement_filed(uow, letter)

    @command(casework.Rate)
    def rate(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.rate(uow, cmd)

    @handles("rating_given")
    def on_rating_given(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.rating_given(uow, letter)

    @handles("review_requested")
    def on_review_requested(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.review_requested(uow, letter)

    @command(asked.Say)
    def say(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.say(uow, cmd)

    @handles("reporter_said")
    def on_reporter_said(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.reporter_said(uow, letter)
