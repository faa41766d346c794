"""Call-backs made for an office below, and sample call-backs. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import callbacks as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.supervision import views
from services.supervision.callbacks import store, work
from services.supervision.callbacks.rules import CallBack
from services.supervision.orders.rules import same_desk


class CallbacksRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @handles("call_back_wanted")
    def on_call_back_wanted(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_wanted(uow, letter)

    @command(asked.MakeCallBack)
    def make_call_back(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return views.call_back(work.make(uow, cmd))

    @command(asked.OpenCallBack)
    def open_call_back(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return work.open_reporter(uow, cmd)

    @command(asked.SampleCallBacks)
    def sample_call_backs(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(uow.actor, cmd["desk"])
        return work.sample(uow, cmd["share"])

    @query(asked.CallBacks)
    def call_backs(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(actor, data["desk"])
        found = store.listed(session, data["desk"], data["state"])
        return {"call_backs": [views.call_back(as_state(CallBack, row)) for row in found]}
