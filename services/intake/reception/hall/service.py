"""The roster of the hall. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import hall as asked
from contracts.commands.intake.schedules import Slots
from contracts.context import Actor
from network.inbox import system
from network.service import Service, command, poll, query
from network.uow import UnitOfWork
from services.intake.reception.hall import acts, store

Cmd = dict[str, Any]
BATCH = 50


class HallRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetHallDuties)
    def set_hall_duties(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.plan(uow, cmd)

    @command(asked.DropHallDuty)
    def drop_hall_duty(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.drop(uow, cmd)

    @command(asked.ConfirmHallDuty)
    def confirm_hall_duty(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.confirm(uow, cmd)

    @poll
    def count_hall_duties(self) -> None:
        """Duties whose half day is over count as due, confirmed or not; one commit each."""
        with self.office.reading() as session:
            due = store.to_count(session, self.office.now(), BATCH)
        for duty in due:
            with self.office.uow("intake", system(self.office)) as uow:
                acts.over(uow, duty)

    @query(Slots)
    def hall_roster(self, session: Session, _actor: Actor, data: Cmd) -> Cmd:
        found = store.between(session, data["since"], data["until"], data["leader"])
        return {"duties": [dict(vars(each)) for each in found]}
