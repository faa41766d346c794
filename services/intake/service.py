"""intake: reports, their register numbers, supplements, ratings and notices (design.md section 9). Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import casework as asked
from contracts.commands.parts import Nothing, OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.service import command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.intake import acts, figures, ledgers, repeats, rules, store, views, waiting
from services.intake.activities.service import ActivitiesRoom
from services.intake.campaigns.service import CampaignsRoom
from services.intake.channels.figures import figures as channel_figures
from services.intake.channels.ledgers import LEDGERS as CHANNEL_LEDGERS
from services.intake.channels.service import ChannelsRoom
from services.intake.custody.service import CustodyRoom
from services.intake.desklogs.figures import figures as desklog_figures
from services.intake.desklogs.ledgers import LEDGERS as DESKLOG_LEDGERS
from services.intake.desklogs.service import DesklogsRoom
from services.intake.emergency.service import EmergencyRoom
from services.intake.findings.service import FindingsRoom
from services.intake.leaving.service import LeavingRoom
from services.intake.outreach.demands import store as demands
from services.intake.outreach.figures import figures as outreach_figures
from services.intake.outreach.ledgers import LEDGERS as OUTREACH_LEDGERS
from services.intake.outreach.service import OutreachRoom
from services.intake.promises.figures import figures as promise_figures
from services.intake.promises.ledgers import LEDGERS as PROMISE_LEDGERS
from services.intake.promises.service import PromisesRoom
from services.intake.reception.figures import figures as reception_figures
from services.intake.reception.ledgers import LEDGERS as RECEPTION_LEDGERS
from services.intake.reception.service import ReceptionRoom
from services.intake.rules import ReportState
from services.intake.sayings.service import SayingsRoom

Cmd = dict[str, Any]
COMPARED = 300  # petitions that a query compares at most, the latest


class IntakeService(
    LeavingRoom,
    ActivitiesRoom,
    CampaignsRoom,
    ChannelsRoom,
    DesklogsRoom,
    ReceptionRoom,
    FindingsRoom,
    OutreachRoom,
    PromisesRoom,
    SayingsRoom,
    EmergencyRoom,
    CustodyRoom,
):
    """One office's intake."""

    name = "intake"
    FIGURES = (
        figures.figures,
        reception_figures,
        promise_figures,
        outreach_figures,
        channel_figures,
        desklog_figures,
    )
    LEDGERS = (
        *ledgers.LEDGERS,
        *RECEPTION_LEDGERS,
        *PROMISE_LEDGERS,
        *OUTREACH_LEDGERS,
        *CHANNEL_LEDGERS,
        *DESKLOG_LEDGERS,
    )

    @command(asked.Register)
    def register(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register(uow, cmd)

    @command(asked.RegisterSealed)
    def register_sealed(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register_sealed(uow, cmd)

    @handles("report_filed")
    def on_report_filed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.filed(uow, letter)

    @command(asked.Split)
    def split(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.split(uow, cmd)

    @handles("notice_wanted")
    def on_notice_wanted(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.notice_wanted(uow, letter)

    @handles("case_recalled")
    def on_case_recalled(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.recalled(uow, letter)

    @handles("case_sent_up")
    def on_case_sent_up(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.sent_up(uow, letter)

    @handles("file_disposed")
    def on_file_disposed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.disposed(uow, letter)

    @query(asked.ListReports)
    def list_reports(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if data["desk"] != actor.desk:
            raise NotFound("该清单")
        rows = store.reports(session, actor.desk, data["limit"], data["after"])
        full = len(rows) == data["limit"]
        return {"reports": [views.line(row) for row in rows], "next": rows[-1].number if full else ""}

    @query(asked.GetReport)
    def get_report(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        row = acts.visible(store.report_seen(session, data["case"]), actor)
        return {
            "report": views.values(row),
            "supplements": [views.values(each) for each in store.supplements(session, row.case)],
            "ratings": [views.values(each) for each in store.ratings(session, row.case)],
            "notices": [views.values(each) for each in store.notices(session, row.case)],
            "sayings": [views.values(each) for each in store.sayings(session, row.case)],
            "collected": [views.collected(each) for each in demands.of_case(session, row.case)],
        }

    @query(asked.Matters)
    def matters(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rows = store.by_receipts(session, actor.desk, data["receipt_hashes"])
        return {"matters": [{"receipt_hash": row.receipt_hash, **views.line(row)} for row in rows]}

    @query(asked.Repeats)
    def repeats(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        row = acts.visible(store.report_seen(session, data["case"]), actor)
        rules.of_petitions(row.desk)
        others = [as_state(ReportState, each) for each in store.alike(session, row, COMPARED)]
        found = repeats.proposals(as_state(ReportState, row), others, self.office.policy())
        return {"repeats": [views.proposal(each) for each in found]}

    @query(OfDesk)
    def todo(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if data["desk"] != actor.desk:
            raise NotFound("该清单")
        return waiting.lists(session, actor, self.office)

    @query(Nothing)
    def counts(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return store.counts(session, actor.desk)
