"""Emergencies (K14): the duty chain, called until one answers. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import emergency as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.intake.emergency import acts, store, views
from services.intake.emergency.rules import EmergencyState

Cmd = dict[str, Any]


class EmergencyRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetDutyChain)
    def set_duty_chain(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_chain(uow, cmd)

    @command(asked.RaiseEmergency)
    def raise_emergency(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.raise_emergency(uow, cmd)

    @command(asked.RecordCall)
    def record_call(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.record_call(uow, cmd)

    @command(asked.ClearEmergency)
    def clear_emergency(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.clear(uow, cmd)

    @handles("emergency_raised")
    def on_emergency_raised(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.raised(uow, letter)

    @handles("emergency_ended")
    def on_emergency_ended(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.ended(uow, letter)

    @query(asked.Emergencies)
    def emergencies(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        page = store.page(session, actor.desk, data["limit"], data["after"])
        shown = [views.shown(as_state(EmergencyState, row), store.calls(session, row.emergency)) for row in page]
        return {"emergencies": shown, "next": page[-1].emergency if len(page) == data["limit"] else ""}

    @query(Nothing)
    def duty_chain(self, session: Session, _actor: Actor, _data: Cmd) -> Cmd:
        return {"persons": [{"name": row.name, "phone": row.phone} for row in store.duty(session)]}
