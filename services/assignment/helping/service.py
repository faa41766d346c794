"""Helping offices (协办), and disputes on competence that the common superior decides. Entrypoints only."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import helping as asked
from contracts.commands.parts import OfDesk
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment.helping import acts, competence, store, views
from services.assignment.helping.states import DisputeState, TeamState

Cmd = dict[str, Any]


class HelpingRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.AskHelp)
    def ask_help(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.ask(uow, cmd)

    @command(asked.ReportHelp)
    def report_help(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.report(uow, cmd)

    @command(asked.ReleaseHelp)
    def release_help(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.release(uow, cmd)

    @handles("help_asked")
    def on_help_asked(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_asked(uow, letter)

    @handles("help_reported")
    def on_help_reported(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_reported(uow, letter)

    @handles("help_released")
    def on_help_released(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.on_released(uow, letter)

    @command(asked.Insist)
    def insist(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.insist(uow, cmd)

    @command(asked.ReferDispute)
    def refer_dispute(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.refer(uow, cmd)

    @handles("dispute_raised")
    def on_dispute_raised(self, uow: UnitOfWork, letter: Letter) -> None:
        competence.raised(uow, letter)

    @command(asked.DecideDispute)
    def decide_dispute(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.decide(uow, cmd)

    @handles("dispute_decided")
    def on_dispute_decided(self, uow: UnitOfWork, letter: Letter) -> None:
        competence.decided(uow, letter)

    @command(asked.AssignHandler)
    def assign_handler(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.assign_handler(uow, cmd)

    @command(asked.FormTeam)
    def form_team(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.form_team(uow, cmd)

    @command(asked.AssignTeam)
    def assign_team(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.assign_team(uow, cmd)

    @command(asked.AssignArea)
    def assign_area(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return competence.assign_area(uow, cmd)

    @query(asked.TeamHistory)
    def team_history(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rows = store.team_changes(session, actor.desk, data["team"])
        return {"changes": [views.team_change(row) for row in rows]}

    @query(OfDesk)
    def helping(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return views.lists(session, _desk(actor, data), self.office.id)

    @query(OfDesk)
    def disputes(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        return {
            "disputes": [
                views.dispute(as_state(DisputeState, row)) for row in store.disputes(session, _desk(actor, data))
            ]
        }

    @query(OfDesk)
    def teams(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rows = store.teams(session, _desk(actor, data))
        return {"teams": [views.team(as_state(TeamState, row)) for row in rows]}


def _desk(actor: Actor, data: Cmd) -> str:
    """The desk asked for, if it is the actor's; the other desk's lists do not exist for him."""
    if data["desk"] != actor.desk:
        raise NotFound("该清单")
    return actor.desk
