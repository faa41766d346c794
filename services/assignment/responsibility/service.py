"""Who answers for what (包抓): groups, class leaders, areas, hand-overs, awards and sanctions. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import responsibility as asked
from contracts.context import Actor, Here
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.assignment.responsibility import acts, views

Cmd = dict[str, Any]


class ResponsibilityRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.OpenHandOver)
    def open_hand_over(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.open_hand_over(uow, cmd)

    @command(asked.SignHandOver)
    def sign_hand_over(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.sign_hand_over(uow, cmd)

    @command(asked.RecordMerit)
    def record_merit(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.record_merit(uow, cmd)

    @query(asked.OfDay)
    def groups(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.groups(session, self._at(actor), data["day"])

    @query(asked.OfDay)
    def matrix(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.matrix(session, self._at(actor), data["day"])

    @query(asked.OfDay)
    def areas(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.areas(session, self._at(actor), data["day"])

    @query(asked.Responsible)
    def responsible(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.responsible(session, self._at(actor), data["case"])

    @query(asked.HandOvers)
    def hand_overs(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.hand_overs(session, self._at(actor), data["town"])

    @query(asked.Merits)
    def merits(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.merits(session, self._at(actor), data["town"], data["person"])

    def _at(self, actor: Actor) -> Here:
        return self.office.here(actor, self.office.now())
