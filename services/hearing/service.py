"""Hearing: review and final review, hearings with the four on-the-spots, agreements, terminating opinions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands import hearing as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.inbox import system
from network.reporting import ReportingRoom
from network.service import command, handles, poll, query
from network.uow import UnitOfWork
from services.hearing import sitting, views, waiting, work
from services.hearing.cases import rules
from services.hearing.cases import store as cases
from services.hearing.held.figures import figures as held_figures
from services.hearing.held.ledgers import LEDGERS as HELD_LEDGERS
from services.hearing.held.service import HeldRoom
from services.hearing.leaving.service import LeavingRoom
from services.hearing.publishing.service import PublishingRoom
from services.hearing.records.figures import figures as term_figures
from services.hearing.records.service import RecordsRoom
from services.hearing.standards.service import StandardsRoom

BATCH = 100


class HearingService(LeavingRoom, HeldRoom, PublishingRoom, RecordsRoom, StandardsRoom, ReportingRoom):
    """Entrypoints only; the rooms cases, reviews and sessions decide."""

    name = "hearing"
    FIGURES = (held_figures, term_figures)
    LEDGERS = HELD_LEDGERS

    @handles("opinion_served")
    def on_opinion_served(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_opinion(uow, letter)

    @handles("case_milestone")
    def on_case_milestone(self, uow: UnitOfWork, letter: Letter) -> None:
        rules.from_line(letter.office, uow.here, below=False)
        if work.take_stub(uow, letter):
            uow.note("case_known", letter.case)

    @handles("review_requested")
    def on_review_requested(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_request(uow, letter)

    @handles("reminder")
    def on_reminder(self, uow: UnitOfWork, letter: Letter) -> None:
        uow.note("reminded", letter.case, data={"kind": letter.data["kind"]})

    @handles("case_recalled")
    def on_case_recalled(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_recall(uow, letter)

    @poll
    def find_lapsed(self) -> None:
        """Find the cases whose time to ask for review or final review has run out (K7, K9), one commit a case."""
        with self.office.reading() as session:
            due = cases.to_look_at(session, self.office.now(), BATCH)
        for case in due:
            with self.office.uow(self.name, system(self.office)) as uow:
                work.look(uow, case)

    @command(asked.RequestReview)
    def request_review(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        review = work.request_review(uow, cmd)
        return views.review(review) if review else {"case": cmd["case"], "state": "passed_on"}

    @command(asked.DecideReview)
    def decide_review(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.review(work.decide_review(uow, cmd))

    @command(asked.RequestFinalReview)
    def request_final_review(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.review(work.request_final_review(uow, cmd))

    @command(asked.RegisterFinalOpinion)
    def register_final_opinion(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.review(work.register_opinion(uow, cmd))

    @command(asked.OpenHearing)
    def open_hearing(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.open_hearing(uow, cmd))

    @command(asked.ReplaceSeat)
    def replace_seat(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.replace_seat(uow, cmd))

    @command(asked.RecordGate)
    def record_gate(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.record_gate(uow, cmd))

    @command(asked.CompleteHearing)
    def complete_hearing(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.complete_hearing(uow, cmd))

    @command(asked.AdjournHearing)
    def adjourn_hearing(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.adjourn_hearing(uow, cmd))

    @command(asked.CancelHearing)
    def cancel_hearing(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.hearing(sitting.cancel_hearing(uow, cmd))

    @command(asked.Terminate)
    def terminate(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.termination(sitting.terminate(uow, cmd))

    @query(asked.Reviews)
    def reviews(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.review_list(session, self.office.here(actor, self.office.now()))

    @query(OfDesk)
    def todo(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        if data["desk"] != actor.desk:
            raise NotFound("该清单")
        return waiting.lists(session, actor)

    @query(asked.Sessions)
    def sessions(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.session_list(session, actor)

    @query(asked.GetSession)
    def get_session(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.one_session(session, actor, data["session"])

    @query(asked.Case)
    def case(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return views.whole_case(session, self.office.here(actor, self.office.now()), data["case"])
