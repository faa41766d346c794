"""Mass incidents. Entrypoints only; all are the petition desk's."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import incidents as asked
from contracts.context import Actor
from contracts.letters import Letter
from contracts.words import Desk
from network.inbox import system
from network.service import Service, command, handles, poll, query
from network.uow import UnitOfWork
from services.supervision.incidents import store, work
from services.supervision.orders.rules import same_desk

BATCH = 50
Cmd = dict[str, Any]


class IncidentsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.ReportIncident)
    def report_incident(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.report(uow, cmd)

    @command(asked.FollowIncident)
    def follow_incident(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.follow(uow, cmd)

    @command(asked.TakeIncidentStep)
    def take_incident_step(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.take_step(uow, cmd)

    @command(asked.EndIncident)
    def end_incident(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        same_desk(uow.actor, Desk.PETITION)
        return work.end(uow, cmd)

    @handles("incident_told")
    def on_incident_told(self, uow: UnitOfWork, letter: Letter) -> None:
        work.told(uow, letter)

    @poll
    def remind_of_incidents(self) -> None:
        """Note each late follow-up once, one commit an incident."""
        with self.office.reading() as session:
            late = store.to_remind(session, self.office.id, self.office.now(), BATCH)
        for key in late:
            with self.office.uow("supervision", system(self.office)) as uow:
                work.remind(uow, key)

    @query(asked.Incidents)
    def incidents(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        same_desk(actor, Desk.PETITION)
        here = self.office.here(actor, self.office.now())
        return {"incidents": work.listed(session, data["state"], here)}
