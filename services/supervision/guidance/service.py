"""Guiding supervision. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import guidance as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.supervision.guidance import store, work
from services.supervision.ledger import store as ledger
from services.supervision.orders.rules import visible

Cmd = dict[str, Any]


class GuidanceRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.ChooseGuidance)
    def choose_guidance(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.choose(uow, cmd)

    @command(asked.AdviseGuidance)
    def advise_guidance(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.advise(uow, cmd)

    @command(asked.SetJointStep)
    def set_joint_step(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.step(uow, cmd)

    @command(asked.FinishJointStep)
    def finish_joint_step(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return work.finish(uow, cmd)

    @handles("guidance_told")
    def on_guidance_told(self, uow: UnitOfWork, letter: Letter) -> None:
        work.told(uow, letter)

    @handles("joint_step_done")
    def on_joint_step_done(self, uow: UnitOfWork, letter: Letter) -> None:
        work.finished(uow, letter)

    @query(asked.Guidance)
    def guidance(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        visible(ledger.line(session, data["case"]), actor)
        return {"entries": [work.shown(each) for each in store.of_case(session, data["case"])]}
