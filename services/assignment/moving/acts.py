"""Load, decide, save, say: who leaves, and the keys he knew."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import Refused
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import acts
from services.assignment.helping import competence, teams
from services.assignment.helping.states import TeamState
from services.assignment.moving import leaving, store
from services.assignment.moving.leaving import Leaver
from services.assignment.officials.store import in_force

HANDED_OVER = "handed_over"


def hand_over_person(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Cases, teams and keys in this commit; the other services learn it by one letter each.

    Said again it moves what was left behind since, under a new leaving; the keys are asked for once.
    """
    decision = leaving.leave(new_id(), cmd, in_force(uow.session).officials, uow.here)
    left = decision.state
    known = [each for each in store.leavers(uow.session, left.desk) if each.names & left.names]
    store.keep_leaver(uow.session, left)
    uow.apply(decision)
    moved, kept = _cases(uow, left)
    replaced = _teams(uow, left)
    return {
        "leaving": left.leaving,
        "moved": moved,
        "left": kept,
        "teams": replaced,
        "key_task": "" if known else _key_task(uow, left),
    }


def _cases(uow: UnitOfWork, left: Leaver) -> tuple[list[str], list[dict[str, Any]]]:
    """→ the cases that went to the successor, and those that must get another, with why."""
    moved, kept = [], []
    for row in store.handled(uow.session, left.desk, uow.office.id, left.names):
        before = row.handler
        try:
            acts.decide(uow, row, lambda state, here: teams.assign_handler(state, left.successor, here))
        except Refused as error:
            kept.append({"case": row.case, "number": row.number, "code": error.code, "message": error.message})
        else:
            acts.add_note(uow, row.case, HANDED_OVER, f"承办人由{before}变更为{left.successor}:{left.reason}"[:2000])
            moved.append(row.case)
    return moved, kept


def _teams(uow: UnitOfWork, left: Leaver) -> list[dict[str, Any]]:
    """The teams with the successor in his place; a case from which the successor is recused leaves the team, by name."""
    changed = []
    for row in store.teams(uow.session, left.desk):
        before = as_state(TeamState, row)
        after = leaving.in_team(before, left)
        if after is not before:
            write_state(row, after)
            competence.keep_change(uow, after, left.reason)
            changed.append({"team": after.team, "let_go": competence.let_go(uow, after)})
    return changed


def _key_task(uow: UnitOfWork, left: Leaver) -> str:
    task = leaving.key_task(new_id(), left)
    store.keep_key_task(uow.session, task)
    return task.task


def key_rotated(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A key task is done."""
    decision = leaving.rotated(store.key_task(uow.session, cmd["task"]), cmd, uow.here)
    store.keep_key_task(uow.session, decision.state)
    uow.apply(decision)
    return dict(vars(decision.state))
