"""Load, decide, save, say: the promise book."""

from collections.abc import Mapping
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.calendar import local_day
from contracts.context import Decision
from contracts.errors import NotFound
from contracts.words import Desk
from network import veils
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.activities import acts as activities
from services.intake.activities import store as activity_store
from services.intake.campaigns import acts as campaigns
from services.intake.promises import rules, store
from services.intake.promises.rules import Promise


def make(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Promise:
    """Enter a promise; it is counted here and above."""
    campaigns.check(uow, cmd["campaign"])
    _may_name(uow, cmd["case"])
    year = local_day(uow.now).year
    number = f"{uow.office.id}-N{year}-{register.next_serial(uow.session, 'promise', year):05d}"
    known = veils.kept(uow.session, cmd["case"]) if cmd["case"] else ()
    decision = rules.make({"promise": new_id(), "number": number}, cmd, known, uow.here)
    state = _saved(uow, decision)
    activities.log(uow, _activity(uow, state))
    return state


def _may_name(uow: UnitOfWork, case: str) -> None:
    """A case may be named unless it is hidden from who acts, or sealed: the book is the petition desk's. Raises NotFound."""
    row = register.report_seen(uow.session, case) if case else None
    sealed = row is not None and row.desk != Desk.PETITION
    if sealed or (case and veils.is_hidden(uow.session, case, uow.actor)):
        raise NotFound("该事项")


def perform(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Promise:
    return _saved(uow, rules.perform(_known(uow, cmd), cmd["words"], uow.here))


def confirm(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Promise:
    """What the person said; counted anew here and above."""
    state = _saved(uow, rules.confirm(_known(uow, cmd), cmd, uow.here))
    known = activity_store.activity(uow.session, state.promise) or _activity(uow, state)
    activities.log(uow, known.changed(result=state.state))
    return state


def _known(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Promise:
    known = store.promise(uow.session, cmd["promise"])
    if known is None:
        raise NotFound("该承诺")
    return known


def _saved(uow: UnitOfWork, decision: Decision[Promise]) -> Promise:
    store.write(uow.session, decision.state)
    uow.apply(decision, decision.state.case)
    return decision.state


def _activity(uow: UnitOfWork, state: Promise) -> Activity:
    return Activity(
        activity=state.promise,
        kind=ActivityKind.PROMISE.value,
        office=uow.office.id,
        at=state.made_at,
        by=state.by,
        detail=state.source,
        campaign=state.campaign,
        case=state.case,
    )
