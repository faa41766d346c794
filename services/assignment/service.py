"""assignment: who holds a case, and what the holder does with it (design.md section 9). Entrypoints only."""

from typing import Any, cast

from sqlalchemy.orm import Session

from contracts.accused import RANKS, Rank
from contracts.commands.assignment import casework as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.reporting import ReportingRoom
from network.service import command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment import acts, opening, store, views, waiting
from services.assignment.discipline.figures import figures as discipline_figures
from services.assignment.discipline.service import DisciplineRoom
from services.assignment.facts.service import FactsRoom
from services.assignment.handling import acts as handling_acts
from services.assignment.handling import asking, flagging, linking, settling
from services.assignment.handling import rules as handling
from services.assignment.helping import following
from services.assignment.helping.service import HelpingRoom
from services.assignment.holding import offers
from services.assignment.holding import rules as holding
from services.assignment.moving import succession
from services.assignment.moving.figures import figures as moving_figures
from services.assignment.moving.service import MovingRoom
from services.assignment.officials import store as register
from services.assignment.officials.service import OfficialsRoom
from services.assignment.opinions import acts as opinions
from services.assignment.outcome.figures import figures as outcome_figures
from services.assignment.outcome.service import OutcomeRoom
from services.assignment.persons.service import PersonsRoom
from services.assignment.recusal import rules as recusal
from services.assignment.responsibility.figures import figures as responsibility_figures
from services.assignment.responsibility.ledgers import LEDGERS as RESPONSIBILITY_LEDGERS
from services.assignment.responsibility.service import ResponsibilityRoom
from services.assignment.routing import rules as routing
from services.assignment.state import CaseState

Cmd = dict[str, Any]


class AssignmentService(
    OfficialsRoom,
    PersonsRoom,
    HelpingRoom,
    FactsRoom,
    OutcomeRoom,
    DisciplineRoom,
    ResponsibilityRoom,
    MovingRoom,
    ReportingRoom,
):
    """One office's assignment."""

    name = "assignment"
    FIGURES = (outcome_figures, responsibility_figures, moving_figures)
    DISCIPLINE_FIGURES = (discipline_figures,)
    LEDGERS = RESPONSIBILITY_LEDGERS

    # --- holding ---

    @handles("case_registered")
    def on_case_registered(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.registered(uow, letter)

    @command(asked.Take)
    def take(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, holding.take)

    @command(asked.Offer)
    def offer(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.offer(uow, cmd)

    @handles("case_offered")
    def on_case_offered(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.offered(uow, letter)

    @command(asked.SignFor)
    def sign_for(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.sign_for(uow, cmd)

    @handles("case_signed")
    def on_case_signed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_letter(uow, letter, lambda state, here: holding.on_signed(state, letter.data, letter.office, here))

    @handles("case_passed_on")
    def on_case_passed_on(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_letter(uow, letter, lambda state, here: holding.on_passed_on(state, letter.data, letter.office, here))

    @command(asked.ReturnOffer)
    def return_offer(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.return_offer(uow, cmd)

    @handles("case_returned")
    def on_case_returned(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.returned(uow, letter)

    @command(asked.AskBackOffer)
    def ask_back(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: offers.ask_back(state, cmd, here), "ask_back", cmd["reason"])

    @handles("ask_back")
    def on_ask_back(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.asked_back(uow, letter)

    @handles("ask_back_answered")
    def on_ask_back_answered(self, uow: UnitOfWork, letter: Letter) -> None:
        answered = offers.on_ask_back_answered
        acts.on_letter(uow, letter, lambda state, here: answered(state, letter.data, letter.office, here))

    # --- recusal ---

    @command(asked.Override)
    def override(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: recusal.override(state, cmd, here))

    @command(asked.Exclude)
    def exclude(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: recusal.exclude(state, cmd, here))

    @handles("case_excluded")
    def on_case_excluded(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_letter(uow, letter, lambda state, here: recusal.on_excluded(state, letter.data, letter.office, here))

    @handles("case_recalled")
    def on_case_recalled(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.recalled(uow, letter)

    @handles("case_given_up")
    def on_case_given_up(self, uow: UnitOfWork, letter: Letter) -> None:
        state = acts.on_letter(
            uow, letter, lambda state, here: recusal.on_given_up(state, letter.data, letter.office, here)
        )
        following.given_up(uow, state, letter.office, letter.data)
        succession.accounted(uow, letter.case)

    # --- handling ---

    @command(asked.Accept)
    def accept(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return handling_acts.accept(uow, cmd)

    @command(asked.Decline)
    def decline(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return handling_acts.decline(uow, cmd)

    @command(asked.Extend)
    def extend(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: handling.extend(state, cmd, here))

    @command(asked.Settle)
    def settle(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: settling.settle(state, cmd, here))

    @command(asked.ConfirmSettlement)
    def confirm_settlement(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return handling_acts.confirm_settlement(uow, cmd)

    @command(asked.RefuseSettlement)
    def refuse_settlement(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, settling.refuse, "settlement", cmd["reason"])

    @command(asked.LinkRepeat)
    def link_repeat(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return handling_acts.link_repeat(uow, cmd)

    @handles("repeat_confirmed")
    def on_repeat_confirmed(self, uow: UnitOfWork, letter: Letter) -> None:
        confirmed = linking.on_confirmed
        acts.on_letter(uow, letter, lambda state, here: confirmed(state, letter.data, letter.office, here))

    @command(asked.FlagMatter)
    def flag_matter(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, here: flagging.flag(state, cmd, here), "flag", cmd["reason"])

    @command(asked.AskReporter)
    def ask_reporter(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        question = cmd["question"].strip()
        return acts.command(uow, cmd, lambda state, here: asking.ask(state, question, here), "question", question)

    @command(asked.Note)
    def note(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.command(uow, cmd, lambda state, _here: handling.note(state), "note", cmd["text"])

    @command(asked.OpenSealed)
    def open_sealed(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return opening.open_sealed(uow, cmd)

    @handles("supplement_filed")
    def on_supplement_filed(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.supplemented(uow, letter, lambda state, here: handling.add_supplement(state, letter.data, here))

    @handles("reminder")
    def on_reminder(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_letter(uow, letter, lambda state, here: handling.remind(state, letter.data, here))

    # --- opinions ---

    @command(asked.DraftOpinion)
    def draft_opinion(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return opinions.draft(uow, cmd)

    @command(asked.IssueOpinion)
    def issue_opinion(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return opinions.issue(uow, cmd)

    @command(asked.Serve)
    def serve(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return opinions.serve(uow, cmd)

    @handles("review_decided")
    def on_review_decided(self, uow: UnitOfWork, letter: Letter) -> None:
        opinions.review_decided(uow, letter)

    # --- queries ---

    @query(asked.ListCases)
    def list_cases(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        names = ("status", "mine", "handler", "limit", "after")
        wanted = {name: data[name] for name in names}
        rows = store.cases(session, _desk(actor, data), office=self.office.id, **wanted)
        return {"cases": [views.line(row) for row in rows], "next": rows[-1].case if len(rows) == data["limit"] else ""}

    @query(asked.GetCase)
    def get_case(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.get_case(session, actor, data["case"])

    @query(asked.Search)
    def search(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rows = store.search(session, _desk(actor, data), data["text"], data["limit"])
        return {"cases": [views.line(row) for row in rows]}

    @query(OfDesk)
    def counts(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return store.counts(session, _desk(actor, data), self.office.id)

    @query(OfDesk)
    def offers(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return {"offers": [views.offer_line(row, self.office) for row in store.in_tray(session, _desk(actor, data))]}

    @query(OfDesk)
    def todo(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return waiting.lists(session, actor, _desk(actor, data), self.office)

    @query(asked.Suggest)
    def suggest(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        row = acts.visible(store.case_seen(session, data["case"]), actor)
        state, here = as_state(CaseState, row), self.office.here(actor, self.office.now())
        accused, rank = data["accused_offices"], cast("Rank", data["rank"]) if data["rank"] in RANKS else None
        if data["officials"]:
            accused, rank = routing.of_register(data["officials"], register.in_force(session).officials, here)
        found = routing.suggest(
            state.category, state.place, here, accused_offices=accused, rank=rank, excluded=state.excluded
        )
        return {"offices": [{**vars(each), "name": self.office.tree.name_of(each.office)} for each in found]}


def _desk(actor: Actor, data: Cmd) -> str:
    """The desk asked for, if it is the actor's; the other desk's lists do not exist for him."""
    if data["desk"] != actor.desk:
        raise NotFound("该清单")
    return actor.desk
