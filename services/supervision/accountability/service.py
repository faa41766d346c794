"""The discipline rules and what people decide by them. Entrypoints only; all are the petition desk's."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.commands.supervision import accountability as asked
from contracts.context import Actor
from contracts.words import Desk
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.supervision.accountability import store, watch, work
from services.supervision.ledger import store as ledger
from services.supervision.orders.rules import same_desk

Cmd = dict[str, Any]


class AccountabilityRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.DecideSuspension)
    def decide_suspension(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.decide(uow, cmd)

    @command(asked.EndSuspension)
    def end_suspension(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.end(uow, cmd)

    @command(asked.RecordRemoval)
    def record_removal(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.remove(uow, cmd)

    @query(asked.DisciplineRules)
    def discipline_rules(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        policy = self.office.here(actor, self.office.now()).policy
        return {"version": policy.version, "rules": [vars(each) for each in policy.discipline_rules]}

    @query(asked.Suspensions)
    def suspensions(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        same_desk(actor, Desk.PETITION)
        return {"suspensions": [vars(each) for each in store.suspensions(session, data["state"])]}

    @query(asked.Removals)
    def removals(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        same_desk(actor, Desk.PETITION)
        return {"removals": [work.shown(session, each) for each in store.removals(session)]}

    @query(asked.WatchList)
    def watch_list(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        same_desk(actor, Desk.PETITION)
        here = self.office.here(actor, self.office.now())
        until = data["until"] or watch.last_whole_month(local_day(here.now))
        lines = ledger.all_lines(session, Desk.PETITION.value)
        return {"until": until, "units": watch.watched(lines, until, here.tree)}
