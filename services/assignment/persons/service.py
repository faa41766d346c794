"""The recusal of persons, and what reporters object to them. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import persons as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.assignment.persons import acts, store


class PersonsRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.RecusePerson)
    def recuse_person(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.recuse(uow, cmd)

    @handles("person_recused")
    def on_person_recused(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.heard(uow, letter)

    @command(asked.Objection)
    def objection(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.object_to(uow, cmd)

    @command(asked.DecideObjection)
    def decide_objection(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.decide(uow, cmd)

    @query(asked.Objections)
    def objections(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return {"objections": acts.objections(session, actor, data["case"])}

    @query(OfDesk)
    def recusals(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        if data["desk"] != actor.desk:
            raise NotFound("该清单")
        return store.figures(session, actor.desk)
