"""What supervision asks of an office or person, and the answer: suggestions, instructions, notices, talks. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.supervision import demands as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.ids import new_id
from network.inbox import system
from network.service import Service, command, handles, poll, query
from network.uow import UnitOfWork
from services.supervision.demands import promising, store, work
from services.supervision.orders.rules import same_desk

BATCH = 50


class DemandsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.Demand)
    def demand(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return work.make(uow, new_id(), cmd)

    @command(asked.AnswerDemand)
    def answer_demand(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return work.answer(uow, cmd)

    @command(asked.AcceptAnswer)
    def accept_answer(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return work.accept(uow, cmd)

    @command(asked.WithdrawDemand)
    def withdraw_demand(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return work.withdraw(uow, cmd)

    @handles("demand_made")
    def on_demand_made(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_made(uow, letter)

    @handles("demand_answered")
    def on_demand_answered(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_answered(uow, letter)

    @handles("demand_withdrawn")
    def on_demand_withdrawn(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_withdrawn(uow, letter)

    @handles("promise_made")
    def on_promise_made(self, uow: UnitOfWork, letter: Letter) -> None:
        promising.made(uow, letter)

    @handles("promise_kept")
    def on_promise_kept(self, uow: UnitOfWork, letter: Letter) -> None:
        promising.kept(uow, letter)

    @poll
    def press_late_demands(self) -> None:
        """Take the steps of demands that are due, one commit a demand."""
        with self.office.reading() as session:
            late = store.due_ids(session, self.office.now(), BATCH)
        for demand in late:
            with self.office.uow("supervision", system(self.office)) as uow:
                work.climb(uow, demand)

    @query(asked.Demands)
    def demands(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(actor, data["desk"])
        here = self.office.here(actor, self.office.now())
        late_at = here.now if data["late"] else None
        found = store.listed(session, data["desk"], data["state"], late_at, data["limit"])
        return {"demands": [work.shown(session, each, here) for each in found]}
