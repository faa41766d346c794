"""Home visits, demands, and how far a campaign is. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import visits as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.intake.outreach import origins
from services.intake.outreach.visits import acts, views

Cmd = dict[str, Any]


class VisitsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.RecordHomeVisit)
    def record_home_visit(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.record(uow, cmd)

    @command(asked.VoidHomeVisit)
    def void_home_visit(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.void(uow, cmd)

    @command(asked.LinkDemand)
    def link_demand(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return origins.link(uow, cmd)

    @query(asked.HomeVisits)
    def home_visits(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        here = self.office.here(actor, self.office.now())
        return views.listed(session, here, data["campaign"], data["limit"], data["after"])

    @query(asked.VisitCoverage)
    def visit_coverage(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.coverage(session, self.office.here(actor, self.office.now()), data["campaign"])

    @query(asked.CampaignCounts)
    def campaign_counts(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.counts(session, self.office.here(actor, self.office.now()), data["campaign"])
