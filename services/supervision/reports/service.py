"""Reports of every period. Entrypoints only."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from contracts.commands.supervision import reports as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.inbox import system
from network.office import OfficeRuntime
from network.service import Service, command, handles, poll, query
from network.uow import UnitOfWork
from services.supervision.reports import rules, store, views, work

LOOK_AGAIN = timedelta(minutes=10)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_looked: WeakKeyDictionary[OfficeRuntime, datetime] = WeakKeyDictionary()
Cmd = Mapping[str, Any]


class ReportsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @poll
    def open_reports(self) -> None:
        """Open the reports whose time has come. They are looked for every ten minutes."""
        now = self.office.now()
        if abs(now - _looked.get(self.office, _LONG_AGO)) < LOOK_AGAIN:
            return
        _looked[self.office] = now
        with self.office.reading() as session:
            here = self.office.here(system(self.office), now)
            some = next(rules.to_open(store.latest(session, here.office), store.begun(session), here), None)
        if some is not None:
            with self.office.uow("supervision", system(self.office)) as uow:
                work.open_all(uow)

    @handles("figures_counted")
    def on_figures_counted(self, uow: UnitOfWork, letter: Letter) -> None:
        work.counted(uow, letter)

    @handles("report_published")
    def on_report_published(self, uow: UnitOfWork, letter: Letter) -> None:
        work.published(uow, letter)

    @handles("report_acknowledged")
    def on_report_acknowledged(self, uow: UnitOfWork, letter: Letter) -> None:
        work.acknowledged(uow, letter)

    @handles("report_objected")
    def on_report_objected(self, uow: UnitOfWork, letter: Letter) -> None:
        work.objected(uow, letter)

    @handles("objection_decided")
    def on_objection_decided(self, uow: UnitOfWork, letter: Letter) -> None:
        work.decided(uow, letter)

    @command(asked.ApproveReport)
    def approve_report(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return work.approve(uow, cmd)

    @command(asked.PublishReport)
    def publish_report(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return work.publish(uow, cmd)

    @command(asked.AcknowledgeReport)
    def acknowledge_report(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return work.acknowledge(uow, cmd)

    @command(asked.ObjectToFigure)
    def object_to_figure(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return work.object_to(uow, cmd)

    @command(asked.DecideObjection)
    def decide_objection(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return work.decide(uow, cmd)

    @query(asked.Reports)
    def reports(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        return views.listed(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Report)
    def report(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        return views.whole(session, self.office.here(actor, self.office.now()), data["report"])

    @query(asked.FigureSources)
    def figure_sources(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        return views.sources(session, self.office.here(actor, self.office.now()), data)

    @query(asked.VerifyReport)
    def verify_report(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        return views.verified(session, self.office.here(actor, self.office.now()), data["report"])
