"""Contact cards. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import cards as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.outreach.cards import acts, views

Cmd = dict[str, Any]


class CardsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.PrintCards)
    def print_cards(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.print_cards(uow, cmd)

    @command(asked.IssueCards)
    def issue_cards(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.issue(uow, cmd)

    @command(asked.BindSlip)
    def bind_slip(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.bind(uow, cmd)

    @command(asked.VoidCards)
    def void_cards(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.void(uow, cmd)

    @handles("card_used")
    def on_card_used(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.used(uow, letter)

    @query(asked.Card)
    def card(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.card(session, self.office.here(actor, self.office.now()), data["serial"])

    @query(asked.CardBatches)
    def card_batches(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.batches(session, self.office.here(actor, self.office.now()), data["limit"], data["after"])
