"""What the public reads of hearings. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands import hearing as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.hearing.publishing import acts


class PublishingRoom(Service):
    """The entrypoints of this room; ``HearingService`` has them all."""

    @command(asked.PublishTermination)
    def publish_termination(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.publish(uow, cmd)

    @command(asked.WithdrawPublication)
    def withdraw_publication(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.withdraw(uow, cmd)

    @query(asked.MaskedTermination)
    def masked_termination(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return acts.seen(session, actor, data)
