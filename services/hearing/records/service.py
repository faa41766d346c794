"""Papers of hearings and the terms agreed there. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from contracts.commands import hearing as asked
from network.service import Service, command
from network.uow import UnitOfWork
from services.hearing.records import acts


class RecordsRoom(Service):
    """The entrypoints of this room; ``HearingService`` has them all."""

    @command(asked.AskRecusal)
    def ask_recusal(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.ask_recusal(uow, cmd)

    @command(asked.SignMinutes)
    def sign_minutes(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.sign(uow, cmd)

    @command(asked.ConfirmTerm)
    def confirm_term(self, uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
        return acts.confirm(uow, cmd)
