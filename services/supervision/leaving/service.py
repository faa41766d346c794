"""Somebody left: what he had in this service, and what became of it. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.parts import HandedOver
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, handles, query
from network.uow import UnitOfWork
from services.supervision.leaving import acts, store


class LeavingRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @handles("person_left")
    def on_person_left(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.take(uow, letter)

    @query(HandedOver)
    def handed_over(self, session: Session, actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
        return {"handed": store.listed(session, actor.desk, data["outcome"])}
