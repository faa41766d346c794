"""Load, decide, save: the papers of hearings and the terms agreed there."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.errors import NotFound
from network.uow import UnitOfWork
from services.hearing.cases.rules import HearingCase
from services.hearing.records import performing, rules, store
from services.hearing.sessions import store as sessions
from services.hearing.sessions.rules import Hearing
from services.hearing.work import known_case


def _hearing(uow: UnitOfWork, session_id: str) -> tuple[HearingCase, Hearing]:
    hearing = sessions.hearing(uow.session, session_id, lock=True)
    if hearing is None:
        raise NotFound("听证")
    return known_case(uow, hearing.case_id), hearing


def opened(uow: UnitOfWork, hearing: Hearing, cmd: Mapping[str, Any]) -> None:
    store.keep(uow.session, rules.opened(hearing, cmd))


def ask_recusal(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    case, hearing = _hearing(uow, cmd["session"])
    record = rules.asked(hearing, store.record(uow.session, hearing, lock=True), cmd, uow.here)
    store.keep(uow.session, record)
    uow.note("recusal_asked", case.case_id, data={"session": hearing.id, "answers": len(cmd["answers"])})
    return shown(record)


def completed(uow: UnitOfWork, hearing: Hearing) -> None:
    """The minutes are frozen, and each agreed term is kept. Raises Refused."""
    store.keep(uow.session, rules.completed(hearing, store.record(uow.session, hearing, lock=True)))
    for term in performing.terms(hearing, uow.here):
        store.keep_term(uow.session, term)


def sign(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    case, hearing = _hearing(uow, cmd["session"])
    record = rules.signed(hearing, store.record(uow.session, hearing, lock=True), cmd, uow.here)
    store.keep(uow.session, record)
    uow.note("minutes_signed", case.case_id, data={"session": hearing.id, "digest": record.digest})
    return shown(record)


def confirm(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    case, hearing = _hearing(uow, cmd["session"])
    term = store.term(uow.session, hearing.id, cmd["term"])
    if term is None:
        raise NotFound("协议事项")
    decision = performing.confirm(case, term, cmd, uow.here)
    store.keep_term(uow.session, decision.state)
    uow.apply(decision, case.case_id)
    return _plain(decision.state)


def of_hearing(session: Session, hearing: Hearing) -> dict[str, Any]:
    """The papers of a hearing, and its terms with what came of them."""
    terms = [_plain(each) for each in store.terms(session, hearing.id)]
    return {"record": shown(store.record(session, hearing)), "performance": terms}


def waiting(session: Session, desk: str) -> dict[str, Any]:
    """Minutes that are frozen and not signed, and terms that are not performed, of a desk."""
    unsigned = [shown(each) for each in store.unsigned(session, desk)]
    return {"unsigned": unsigned, "terms": [_plain(each) for each in store.unperformed(session, desk)]}


def shown(record: rules.Record) -> dict[str, Any]:
    return _plain(record)


def _plain(state: Any) -> dict[str, Any]:
    values = dict(vars(state))
    return {"case": values.pop("case_id"), "session": values.pop("session_id"), **values}
