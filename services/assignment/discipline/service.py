"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import discipline as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.words import Desk
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.assignment.discipline import acts, store, views

Cmd = dict[str, Any]


class DisciplineRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.Dispose)
    def dispose(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.dispose(uow, cmd)

    @command(asked.TagReport)
    def tag_report(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.tag(uow, cmd)

    @command(asked.FirstAgain)
    def first_again(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.first_again(uow, cmd)

    @command(asked.FeedBack)
    def feed_back(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.feed_back(uow, cmd)

    @command(asked.SuggestFalseAccusation)
    def suggest_false_accusation(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.suggest_false_accusation(uow, cmd)

    @command(asked.RegisterCityDecision)
    def register_city_decision(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.register_city_decision(uow, cmd)

    @command(asked.FindMistaken)
    def find_mistaken(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.find_mistaken(uow, cmd)

    @command(asked.ProposeClearing)
    def propose_clearing(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.propose_clearing(uow, cmd)

    @command(asked.ApproveClearing)
    def approve_clearing(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.approve_clearing(uow, cmd)

    @command(asked.RecordClearing)
    def record_clearing(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.record_clearing(uow, cmd)

    @command(asked.BelongsAbove)
    def belongs_above(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.belongs_above(uow, cmd)

    @command(asked.SentUp)
    def sent_up(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.sent_up(uow, cmd)

    @query(asked.DisciplineFile)
    def discipline_file(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.beside(session, actor, data["case"])

    @query(asked.EarlyWarnings)
    def early_warnings(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if actor.desk != Desk.DISCIPLINE:
            raise NotFound("该清单")
        here = self.office.here(actor, self.office.now())
        return {"warnings": views.warnings(session, here, data["groups"])}

    @query(OfDesk)
    def discipline_counts(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        if not data["desk"] == actor.desk == Desk.DISCIPLINE:
            raise NotFound("该清单")
        return store.counts(session, self.office.id)
