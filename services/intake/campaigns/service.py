"""Campaigns: set up by a leader, published downward. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import campaigns as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.campaigns import acts, store

Cmd = dict[str, Any]


class CampaignsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetCampaign)
    def set_campaign(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_up(uow, cmd)

    @handles("campaign_published")
    def on_campaign_published(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.published(uow, letter)

    @query(Nothing)
    def campaigns(self, session: Session, _actor: Actor, _data: Cmd) -> Cmd:
        return {"campaigns": [each.plain() for each in store.listed(session)]}
