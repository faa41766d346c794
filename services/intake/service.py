"""intake: reports, their register numbers, supplements, ratings and notices (design.md section 9). Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import casework as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.service import command, handles, query
from network.uow import UnitOfWork
from services.intake import acts, rules, store, views
from services.intake.custody.service import CustodyRoom
from services.intake.emergency.service import EmergencyRoom
from services.intake.sayings.service import SayingsRoom

Cmd = dict[str, Any]


class IntakeService(SayingsRoom, EmergencyRoom, CustodyRoom):
    """One office's intake."""

    name = "intake"

    @command(asked.Register)
    def register(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register(uow, cmd)

    @command(asked.RegisterSealed)
    def register_sealed(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register_sealed(uow, cmd)

    @handles("report_filed")
    def on_report_filed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.filed(uow, letter)

    @command(asked.Supplement)
    def supplement(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.supplement(uow, cmd)

    @handles("supplement_filed")
    def on_supplement_filed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.supplement_filed(uow, letter)

    @command(asked.Rate)
    def rate(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.rate(uow, cmd)

    @handles("rating_given")
    def on_rating_given(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.rating_given(uow, letter)

    @handles("review_requested")
    def on_review_requested(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.review_requested(uow, letter)

    @handles("notice_wanted")
    def on_notice_wanted(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.notice_wanted(uow, letter)

    @handles("case_recalled")
    def on_case_recalled(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.recalled(uow, letter)

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
        }

    @query(asked.ByReceipt)
    def by_receipt(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.line(acts.visible(store.by_receipt(session, data["receipt_hash"]), actor))

    @query(Nothing)
    def custody(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        rules.may_see_custody(actor.desk)
        return {"lines": [views.custody(row) for row in store.custody_lines(session)]}

    @query(Nothing)
    def counts(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return store.counts(session, actor.desk)
