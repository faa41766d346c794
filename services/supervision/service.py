"""Supervision: the ledger of every case here and below, all clocks, the two ladders, orders, policy, audits."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.parts import OfDesk
from contracts.commands.supervision import casework as asked
from contracts.commands.supervision.trend import Trend
from contracts.context import Actor
from contracts.letters import Letter
from network.ids import new_id
from network.inbox import system
from network.reporting import ReportingRoom, wanted_by
from network.service import command, handles, poll, query
from network.uow import UnitOfWork
from services.supervision import firing, keeping, views, waiting
from services.supervision.accountability import figures as accountability_figures
from services.supervision.accountability.service import AccountabilityRoom
from services.supervision.ahead.service import AheadRoom
from services.supervision.attention.service import AttentionRoom
from services.supervision.callbacks import figures as call_back_figures
from services.supervision.callbacks.service import CallbacksRoom
from services.supervision.city import work as city
from services.supervision.city.service import CityRoom
from services.supervision.clocks import store as clocks
from services.supervision.demands import figures as demand_figures
from services.supervision.demands import work as demand_work
from services.supervision.demands.service import DemandsRoom
from services.supervision.duties.service import DutiesRoom
from services.supervision.guidance import figures as guidance_figures
from services.supervision.guidance.service import GuidanceRoom
from services.supervision.incidents import figures as incident_figures
from services.supervision.incidents.service import IncidentsRoom
from services.supervision.leaving.service import LeavingRoom
from services.supervision.ledger import figures as ledger_figures
from services.supervision.ledger import sent
from services.supervision.ledger import trend as trends
from services.supervision.lines_wanted.service import LinesWantedRoom
from services.supervision.measures.figures import figures as measure_figures
from services.supervision.measures.service import MeasuresRoom
from services.supervision.orders import figures as order_figures
from services.supervision.orders import rules as order_rules
from services.supervision.orders import store as orders
from services.supervision.orders import work as order_work
from services.supervision.periods.service import PeriodsRoom
from services.supervision.reports.service import ReportsRoom
from services.supervision.sweeps.figures import figures as sweep_figures
from services.supervision.sweeps.ledgers import LEDGERS as SWEEP_LEDGERS
from services.supervision.sweeps.service import SweepsRoom
from services.supervision.to_hear import acts as to_hear
from services.supervision.to_hear.service import ToHearRoom

BATCH = 50


class SupervisionService(
    LeavingRoom,
    DemandsRoom,
    PeriodsRoom,
    DutiesRoom,
    CallbacksRoom,
    CityRoom,
    AccountabilityRoom,
    AttentionRoom,
    AheadRoom,
    GuidanceRoom,
    IncidentsRoom,
    SweepsRoom,
    LinesWantedRoom,
    ReportsRoom,
    MeasuresRoom,
    ToHearRoom,
    ReportingRoom,
):
    """Entrypoints only; the rooms clocks, ledger and orders decide."""

    name = "supervision"
    FIGURES = (
        ledger_figures.figures,
        sent.figures,
        order_figures.figures,
        guidance_figures.figures,
        demand_figures.figures,
        accountability_figures.figures,
        incident_figures.figures,
        call_back_figures.figures,
        sweep_figures,
        to_hear.figures,
    )
    DISCIPLINE_FIGURES = (measure_figures, order_figures.figures, guidance_figures.figures)
    LEDGERS = SWEEP_LEDGERS

    @handles("case_milestone")
    def on_case_milestone(self, uow: UnitOfWork, letter: Letter) -> None:
        keeping.take_milestone(uow, letter)
        demand_work.withdraw_from_recused(uow, letter.case)
        city.look_again(uow, letter.case)

    @handles("case_recalled")
    def on_case_recalled(self, uow: UnitOfWork, letter: Letter) -> None:
        order_rules.from_above(letter.office, uow.here)
        keeping.take_recall(uow, letter)

    @handles("case_resealed")
    def on_case_resealed(self, uow: UnitOfWork, letter: Letter) -> None:
        keeping.take_resealed(uow, letter)

    @handles("case_escalated")
    def on_case_escalated(self, uow: UnitOfWork, letter: Letter) -> None:
        firing.take_escalated(uow, letter)

    @handles("supervision_order")
    def on_supervision_order(self, uow: UnitOfWork, letter: Letter) -> None:
        order_work.take_order(uow, letter)

    @handles("order_withdrawn")
    def on_order_withdrawn(self, uow: UnitOfWork, letter: Letter) -> None:
        order_work.take_withdrawal(uow, letter)

    @handles("policy_published")
    def on_policy_published(self, uow: UnitOfWork, letter: Letter) -> None:
        order_rules.from_district(letter.office, uow.here)
        order_work.keep_policy(uow, letter.data)
        uow.note("policy_kept", data={"version": letter.data["version"]})

    @handles("audit_requested")
    def on_audit_requested(self, uow: UnitOfWork, letter: Letter) -> None:
        order_work.answer_audit(uow, letter)

    @handles("audit_answered")
    def on_audit_answered(self, uow: UnitOfWork, letter: Letter) -> None:
        order_work.take_audit(uow, letter)

    @poll
    def fire_due_steps(self) -> None:
        """Take the steps that are due, one commit a clock; then confirm what silence had left open."""
        now = self.office.now()
        with self.office.reading() as session:
            keys = clocks.due_keys(session, now, BATCH)
            silent = clocks.heard_since_due(session)
        for key in keys:
            with self.office.uow(self.name, system(self.office)) as uow:
                firing.fire(uow, key)
        for office in silent:
            with self.office.uow(self.name, system(self.office)) as uow:
                firing.confirm_overdue(uow, office, BATCH)

    @command(asked.Acknowledge)
    def acknowledge(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.step(firing.acknowledge(uow, cmd["step_id"], cmd["what"]), self.office.id)

    @command(asked.Order)
    def order(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.order(order_work.give_order(uow, cmd))

    @command(asked.PublishPolicy)
    def publish_policy(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        decision = order_rules.publish(cmd, uow.here)
        order_work.keep_policy(uow, cmd)
        uow.apply(decision)
        return {"version": cmd["version"], "told": len(decision.tells)}

    @command(asked.RequestAudit)
    def request_audit(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return order_work.request_audit(uow, new_id(), cmd["office"])

    @query(asked.Ledger)
    def ledger(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.ledger_page(session, self.office.here(actor, self.office.now()), data)

    @query(asked.Steps)
    def steps(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        order_rules.same_desk(actor, data["desk"])
        found = clocks.listed_steps(session, data["desk"], data["state"], data["person"])
        return {"steps": [views.step(row, self.office.id) for row in found]}

    @query(asked.Clocks)
    def clocks(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.case_clocks(session, self.office.here(actor, self.office.now()), data["case"])

    @query(asked.Orders)
    def orders(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        order_rules.same_desk(actor, data["desk"])
        return {"orders": [views.order(row) for row in orders.listed_orders(session, data["desk"])]}

    @query(asked.Counts)
    def counts(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.counts(session, self.office.here(actor, self.office.now()), data["desk"])

    @query(OfDesk)
    def todo(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        order_rules.same_desk(actor, data["desk"])
        return waiting.lists(session, self.office.here(actor, self.office.now()))

    @query(Trend)
    def trend(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        here, wanted = wanted_by(self, actor, data)
        rows = trends.trend(ledger_figures.counted(session, here, wanted), wanted, here.tree)
        return {"rows": rows, "growing": trends.growing(rows)}

    @query(asked.Audits)
    def audits(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        here = self.office.here(actor, self.office.now())
        return {"audits": [views.audit(row, here) for row in orders.audits(session)]}
