"""Petition supervision of cadres at the discipline desk (S80–S87). Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import measures as asked
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from contracts.words import Desk
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.supervision.measures import work

Cmd = Mapping[str, Any]
Answer = dict[str, Any]


class MeasuresRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.ProposeMeasure)
    def propose_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.propose(uow, cmd)

    @command(asked.ApproveMeasure)
    def approve_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.approve(uow, cmd)

    @command(asked.CarryOutMeasure)
    def carry_out_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.carry_out(uow, cmd)

    @command(asked.RecordResult)
    def record_result(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.result(uow, cmd)

    @command(asked.FeedBackMeasure)
    def feed_back_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.feed_back(uow, cmd)

    @command(asked.RecheckMeasure)
    def recheck_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.recheck(uow, cmd)

    @command(asked.FileMeasure)
    def file_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.file(uow, cmd)

    @command(asked.OpenMeasure)
    def open_measure(self, uow: UnitOfWork, cmd: Cmd) -> Answer:
        return work.opened(uow, cmd)

    @handles("case_disposed")
    def on_case_disposed(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_disposal(uow, letter)

    @handles("measure_told")
    def on_measure_told(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_told(uow, letter)

    @handles("file_disposed")
    def on_file_disposed(self, uow: UnitOfWork, letter: Letter) -> None:
        work.disposed(uow, letter)

    @query(asked.Measures)
    def measures(self, session: Session, actor: Actor, data: Cmd) -> Answer:
        if actor.desk != Desk.DISCIPLINE:
            raise NotFound("该清单")
        return {"measures": work.listed(session, data)}
