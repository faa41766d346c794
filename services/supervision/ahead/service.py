"""A look ahead. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision.ahead import NextDays
from contracts.context import Actor
from network.service import Service, query
from services.supervision.ahead import views


class AheadRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @query(NextDays)
    def next_days(self, session: Session, actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
        return views.next_days(session, self.office.here(actor, self.office.now()), data["days"])
