"""The rules of hearing as entered, and their checklist. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands import hearing as asked
from contracts.context import Actor
from network.service import Service, command, query
from network.uow import UnitOfWork
from services.hearing.standards import acts


class StandardsRoom(Service):
    """The entrypoints of this room; ``HearingService`` has them all."""

    @command(asked.EnterHearingRule)
    def enter_hearing_rule(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.enter(uow, cmd)

    @command(asked.AnswerCheck)
    def answer_check(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.answer(uow, cmd)

    @query(asked.HearingRules)
    def hearing_rules(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        return acts.listed(session, actor)
