"""Duties of every period: sweeps, quarterly feedback, annual report, assessment. Entrypoints only."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from contracts.commands.supervision import periods as asked
from contracts.context import Actor
from contracts.letters import Letter
from network.inbox import system
from network.office import OfficeRuntime
from network.service import Service, command, handles, poll, query
from network.uow import UnitOfWork
from services.supervision.orders.rules import same_desk
from services.supervision.periods import rules, store, work
from services.supervision.sweeps import work as sweeps

BATCH = 50
LOOK_AGAIN = timedelta(minutes=10)
"""How long the calendar of every office below is not gone through again: periods end at midnight."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_looked: WeakKeyDictionary[OfficeRuntime, datetime] = WeakKeyDictionary()


class PeriodsRoom(Service):
    """The entrypoints of this room; ``SupervisionService`` has them all."""

    @command(asked.ReturnPeriod)
    def return_period(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        sweeps.nothing_unsaid(uow, cmd)
        return work.give_back(uow, cmd)

    @handles("period_returned")
    def on_period_returned(self, uow: UnitOfWork, letter: Letter) -> None:
        work.take_return(uow, letter)
        sweeps.heard_sweep(uow, letter)

    @poll
    def open_periods(self) -> None:
        """Open what is owed by now, here and below; then take the steps that are due, one commit a period."""
        now = self.office.now()
        if abs(now - _looked.get(self.office, _LONG_AGO)) >= LOOK_AGAIN:
            self._open(now)
            _looked[self.office] = now
        with self.office.reading() as session:
            late = store.due_ids(session, now, BATCH)
        for period in late:
            with self.office.uow("supervision", system(self.office)) as uow:
                work.climb(uow, period)

    def _open(self, now: datetime) -> None:
        with self.office.reading() as session:
            here = self.office.here(system(self.office), now)
            some = next(rules.to_open(store.known(session), here), None)
        if some is not None:
            with self.office.uow("supervision", system(self.office)) as uow:
                work.open_all(uow)

    @query(asked.Periods)
    def periods(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        same_desk(actor, data["desk"])
        return work.page(session, self.office.here(actor, self.office.now()), data)
