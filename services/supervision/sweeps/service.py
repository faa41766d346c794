"""Sweeps, the dispute ledger, ordered rounds, quarterly study, and what is owed to us. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.parts import Nothing
from contracts.commands.supervision import sweeps as asked
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from contracts.words import Desk
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.supervision.sweeps import nudging, views, work

Cmd = dict[str, Any]


class SweepsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.ReturnSweep)
    def return_sweep(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.return_sweep(uow, cmd)

    @command(asked.OrderRound)
    def order_round(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.order_round(uow, cmd)

    @handles("round_ordered")
    def on_round_ordered(self, uow: UnitOfWork, letter: Letter) -> None:
        work.round_ordered(uow, letter)

    @command(asked.WorkDispute)
    def work_dispute(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return views.dispute(uow.session, work.work_dispute(uow, cmd), uow.here)

    @command(asked.RaiseDispute)
    def raise_dispute(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return views.dispute(uow.session, work.raise_dispute(uow, cmd), uow.here)

    @command(asked.ShareDispute)
    def share_dispute(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.share(uow, cmd)

    @handles("dispute_told")
    def on_dispute_told(self, uow: UnitOfWork, letter: Letter) -> None:
        work.told(uow, letter)

    @handles("dispute_registered")
    def on_dispute_registered(self, uow: UnitOfWork, letter: Letter) -> None:
        work.registered(uow, letter)

    @command(asked.HoldStudy)
    def hold_study(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.hold_study(uow, cmd)

    @command(asked.Nudge)
    def nudge(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return vars(nudging.nudge(uow, cmd))

    @handles("nudged")
    def on_nudged(self, uow: UnitOfWork, letter: Letter) -> None:
        nudging.nudged(uow, letter)

    @command(asked.AnswerNudge)
    def answer_nudge(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return vars(nudging.answer(uow, cmd))

    @handles("nudge_answered")
    def on_nudge_answered(self, uow: UnitOfWork, letter: Letter) -> None:
        nudging.answered(uow, letter)

    @query(asked.Disputes)
    def disputes(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.disputes(session, self.office.here(_petition(actor), self.office.now()), data)

    @query(asked.StudyItems)
    def study_items(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.study_items(session, self.office.here(_petition(actor), self.office.now()), data["quarter"])

    @query(Nothing)
    def owed_to_us(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.owed_to_us(session, self.office.here(_petition(actor), self.office.now()))

    @query(Nothing)
    def nudges(self, session: Session, actor: Actor, _data: Cmd) -> Cmd:
        return views.nudges(session, self.office.here(_petition(actor), self.office.now()))


def _petition(actor: Actor) -> Actor:
    if actor.desk != Desk.PETITION:
        raise NotFound("该清单")
    return actor
