"""Petitions proposed for a hearing. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import to_hear as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.supervision.to_hear import acts


class ToHearRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.DecideHearingProposal)
    def decide_hearing_proposal(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.decide(uow, cmd)

    @query(asked.HearingProposals)
    def hearing_proposals(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return acts.listed(session, self.office.here(actor, self.office.now()))
