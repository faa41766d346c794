"""The books at the counter. Entrypoints only."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.intake import desklogs as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.state import as_state
from network.uow import UnitOfWork
from services.intake.desklogs import acts, rules, store, views
from services.intake.desklogs.models import IntakeBoxOpening, IntakePhoneCall, IntakeRoomVisit
from services.intake.desklogs.state import Call, Opening, RoomVisit

Cmd = dict[str, Any]


class DesklogsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetRoster)
    def set_roster(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_roster(uow, cmd)

    @command(asked.LogRoomVisit)
    def log_room_visit(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.log_visit(uow, cmd)

    @command(asked.LinkRoomVisit)
    def link_room_visit(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.link_visit(uow, cmd)

    @command(asked.OpenBox)
    def open_box(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.open_box(uow, cmd)

    @command(asked.SetLettersAside)
    def set_letters_aside(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_aside(uow, cmd)

    @command(asked.LogCall)
    def log_call(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.log_call(uow, cmd)

    @command(asked.LinkCall)
    def link_call(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.link_call(uow, cmd)

    @query(asked.RoomRoster)
    def room_roster(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rules.at_counter(actor)
        days = store.roster(session, data["channel"], data["since"], data["until"])
        return {"days": [views.line(each) for each in days]}

    @query(asked.LogPage)
    def room_visits(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rules.at_counter(actor)
        rows = store.page(session, IntakeRoomVisit, IntakeRoomVisit.visit, data["limit"], data["after"])
        return _page("visits", [as_state(RoomVisit, row) for row in rows], "visit", views.line, data)

    @query(asked.LogPage)
    def box_openings(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rules.at_counter(actor)
        rows = store.page(session, IntakeBoxOpening, IntakeBoxOpening.opening, data["limit"], data["after"])
        return _page("openings", [as_state(Opening, row) for row in rows], "opening", views.opening, data)

    @query(asked.LogPage)
    def phone_calls(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rules.at_counter(actor)
        rows = store.page(session, IntakePhoneCall, IntakePhoneCall.call, data["limit"], data["after"])
        return _page("calls", [as_state(Call, row) for row in rows], "call", views.line, data)


def _page(name: str, lines: list[Any], key: str, view: Callable[[Any], Cmd], data: Cmd) -> Cmd:
    full = len(lines) == data["limit"]
    return {name: [view(each) for each in lines], "next": getattr(lines[-1], key) if full else ""}
