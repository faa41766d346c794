"""Field visits, performance, resolution, reopening, and the closed file. Entrypoints only."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.commands.assignment import outcome as asked
from contracts.context import Actor
from contracts.errors import NotFound
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.assignment import acts as case_acts
from services.assignment.outcome import acts, files, performing, reopening, sayings, store, views

Cmd = Mapping[str, Any]


class OutcomeRoom(Service):
    """The entrypoints of this room; ``AssignmentService`` has them all."""

    @command(asked.RecordVisit)
    def record_visit(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return acts.record_visit(uow, cmd)

    @command(asked.Perform)
    def perform(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return case_acts.command(uow, cmd, performing.perform, "performed", cmd["what"])

    @command(asked.Resolve)
    def resolve(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return acts.resolve(uow, cmd)

    @command(asked.RequestWithdrawal)
    def request_withdrawal(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return acts.request_withdrawal(uow, cmd)

    @handles("call_back_made")
    def on_call_back_made(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.called_back(uow, letter)

    @handles("reporter_said")
    def on_reporter_said(self, uow: UnitOfWork, letter: Letter) -> None:
        row = case_acts.by_letter(uow, letter)
        if sayings.is_believed(row.from_office, row.receipt_hash, letter, uow.office.id):
            acts.reporter_said(uow, row, letter.data)
        else:
            uow.note("refused", letter.case, f"reporter_said by {letter.office}")

    @command(asked.Reopen)
    def reopen(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return acts.reopen(uow, cmd)

    @handles("reopen_ordered")
    def on_reopen_ordered(self, uow: UnitOfWork, letter: Letter) -> None:
        ordered = reopening.on_ordered
        case_acts.on_letter(uow, letter, lambda state, here: ordered(state, letter.data, letter.office, here))

    @handles("outcome_told")
    def on_outcome_told(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.outcome_told(uow, letter)

    @handles("case_final")
    def on_case_final(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.case_final(uow, letter)

    @command(asked.CloseFile)
    def close_file(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return files.close(uow, cmd)

    @command(asked.DisposeFile)
    def dispose_file(self, uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
        return files.dispose(uow, cmd)

    @handles("copy_disposed")
    def on_copy_disposed(self, uow: UnitOfWork, letter: Letter) -> None:
        files.copy_disposed(uow, letter)

    @handles("notice_issued")
    def on_notice_issued(self, uow: UnitOfWork, letter: Letter) -> None:
        files.notice_issued(uow, letter)

    @query(asked.Outcomes)
    def outcomes(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        return views.outcomes(store.outcomes(session, _own_desk(actor, data), self.office.id))

    @query(asked.Files)
    def files(self, session: Session, actor: Actor, data: Cmd) -> dict[str, Any]:
        rows = store.closed_files(session, _own_desk(actor, data), data["limit"], data["after"])
        next_ = rows[-1].case if len(rows) == data["limit"] else ""
        return {"files": [views.file_line(row) for row in rows], "next": next_}


def _own_desk(actor: Actor, data: Cmd) -> str:
    """The desk asked for, if it is the actor's; the other desk's lists do not exist for him."""
    if data["desk"] != actor.desk:
        raise NotFound("该清单")
    return actor.desk
