"""Load, decide, save, say: what is published of hearings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound, Refused
from network.state import as_state
from network.uow import UnitOfWork
from services.hearing.cases import rules as cases
from services.hearing.cases import store as kept
from services.hearing.publishing import rules
from services.hearing.publishing.masking import digest
from services.hearing.publishing.models import PublishedRow
from services.hearing.sessions import store as sessions
from services.hearing.sessions.rules import Hearing
from services.hearing.sessions.terminating import Termination
from services.hearing.work import known_case


def seen(session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
    """The text as the public would read it, and its digest. Raises NotFound."""
    hearing, termination = _ended(session, data["session"])
    cases.visible(kept.case(session, hearing.case_id), actor)
    text = rules.masked(hearing, termination, tuple(data["names"]))
    return {"text": text, "digest": digest(text)}


def _ended(session: Session, session_id: str) -> tuple[Hearing, Termination]:
    hearing, row = sessions.hearing(session, session_id), sessions.termination(session, session_id)
    if hearing is None or row is None:
        raise NotFound("终结性处理意见")
    return hearing, as_state(Termination, row)


def publish(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    hearing, termination = _ended(uow.session, cmd["session"])
    case = known_case(uow, hearing.case_id)
    if uow.session.get(PublishedRow, hearing.id) is not None:
        raise Refused("published", "已经公开", {"session": ["已经公开"]})
    text = rules.masked(hearing, termination, tuple(cmd["names"]))
    uow.tell_all(rules.publish(case, hearing, text, cmd["digest"], uow.here))
    row = PublishedRow(session_id=hearing.id, case_id=hearing.case_id, text=text, digest=digest(text), withdrawn_why="")
    row.at, row.by = uow.now, uow.actor.id
    uow.session.add(row)
    uow.note("termination_published", hearing.case_id, data={"session": hearing.id, "digest": row.digest})
    return {"session": hearing.id, "text": text, "at": uow.now}


def withdraw(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    hearing, _ = _ended(uow.session, cmd["session"])
    known_case(uow, hearing.case_id)
    row = uow.session.get(PublishedRow, hearing.id)
    if row is None or row.withdrawn_why:
        raise Refused("not_published", "没有公开,或者已经撤回", {"session": ["没有公开"]})
    uow.tell_all(rules.withdraw(hearing, uow.here))
    row.withdrawn_why = cmd["reason"]
    uow.note("publication_withdrawn", hearing.case_id, cmd["reason"], {"session": hearing.id})
    return {"session": hearing.id, "withdrawn": True}
