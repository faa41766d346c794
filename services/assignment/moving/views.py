"""What a desk is shown of people and offices that went: JSON-able dicts."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor, Here
from contracts.errors import NotFound
from contracts.words import Desk
from services.assignment.moving import store

FILE = ("case", "office", "number", "status", "entered_at", "came_at")


def leavers(session: Session, here: Here) -> dict[str, Any]:
    """Who left, and the open cases that still bear his name: they must get another handler."""
    desk = here.actor.desk
    found = []
    for each in store.leavers(session, desk):
        behind = [row.case for row in store.handled(session, desk, here.office, each.names)]
        found.append({**vars(each), "behind": behind})
    return {"leavers": found}


def key_tasks(session: Session, here: Here) -> dict[str, Any]:
    """The keys to rotate at the actor's desk, and those that were."""
    return {"tasks": [dict(vars(each)) for each in store.key_tasks(session, here.actor.desk)]}


def successions(session: Session) -> dict[str, Any]:
    """The offices that are no more, and who follows them."""
    return {"successions": [dict(vars(each)) for each in store.successions(session)]}


def old_files(session: Session, actor: Actor, data: dict[str, Any]) -> dict[str, Any]:
    """A page of what offices that are no more left behind."""
    _petition(actor)
    rows = store.old_files(session, data["office"], data["limit"], data["after"])
    following = rows[-1].case if len(rows) == data["limit"] else ""
    return {"files": [{name: getattr(row, name) for name in FILE} for row in rows], "next": following}


def old_file(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """One of them, whole. NotFound otherwise."""
    _petition(actor)
    row = store.old_file(session, case)
    if row is None:
        raise NotFound("该事项")
    return {name: getattr(row, name) for name in (*FILE, "file", "beside")}


def _petition(actor: Actor) -> None:
    if actor.desk != Desk.PETITION:
        raise NotFound("该清单")
