"""Visits to the city and what three of them in a week propose. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import city as asked
from contracts.context import Actor
from contracts.words import Desk
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.supervision.accountability import work as accountability
from services.supervision.city import rules, store, work
from services.supervision.orders.rules import same_desk


class CityRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.RecordCityVisit)
    def record_city_visit(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(uow.actor, Desk.PETITION)
        return work.record(uow, cmd)

    @command(asked.DecideAlert)
    def decide_alert(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(uow.actor, Desk.PETITION)
        decided = work.decide(uow, cmd)
        accountability.propose(uow, decided)
        return vars(decided)

    @query(asked.CityVisits)
    def city_visits(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(actor, Desk.PETITION)
        repeats = store.repeats(session)
        return {
            "visits": [{**vars(each), "matter": rules.head_of(each.case_id, repeats)} for each in store.visits(session)]
        }

    @query(asked.Alerts)
    def alerts(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(actor, Desk.PETITION)
        return {"alerts": [vars(each) for each in store.alerts(session, [data["state"]])]}
