"""Helpers follow their case: what ``acts`` calls around a decision on it. Imports no ``acts``."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Here
from contracts.telling import line
from network.uow import UnitOfWork
from services.assignment.helping import disputes, store, travelling
from services.assignment.helping.states import ASKED, HelperState
from services.assignment.state import CaseState


def follow(uow: UnitOfWork, before: CaseState, after: CaseState, here: Here) -> None:
    """After a decision on a case: release, withdraw or inform its helpers. Nothing when it has none here."""
    if after.recalled or before.holder != here.office:
        return
    helpers = store.helpers(uow.session, after.case)
    if not helpers:
        return
    if after.holder != here.office:
        uow.tell_all(travelling.heard_meanwhile(after, helpers, before.offered_at, here))
        return
    kept, tells = travelling.follow(before, after, helpers, here)
    store.keep_helpers(uow.session, after.case, kept)
    uow.tell_all(tells)


def signed(uow: UnitOfWork, case: str, told: Any) -> None:
    """The case came here with its helpers; what this office was asked for itself is no longer help."""
    helpers = travelling.taken_over(travelling.from_plain(case, told), uow.office.id)
    store.keep_helpers(uow.session, case, helpers)
    for row in store.helps(uow.session, case):
        uow.session.delete(row)


def given_up(uow: UnitOfWork, state: CaseState, sender: str, data: Mapping[str, Any]) -> None:
    """A recalled office tells whom it had asked: they go on helping, and answer to this office."""
    here = uow.here
    believed = here.office in line(here.tree, sender)[1:] and sender in (*state.seen, *state.excluded)
    if state.recalled or state.holder != here.office or not believed:
        return
    known = {each.ordinal: each for each in store.helpers(uow.session, state.case)}
    told = [each for each in travelling.from_plain(state.case, data["helpers"]) if _is_news(known.get(each.ordinal))]
    adopted, tells = travelling.adopted(state, told, here)
    store.keep_helpers(uow.session, state.case, ({**known, **{each.ordinal: each for each in adopted}}).values())
    uow.tell_all(tells)


def _is_news(known: HelperState | None) -> bool:
    """What this office already heard of a helper counts more than what the loser knew."""
    return known is None or known.state == ASKED


def counted(uow: UnitOfWork, state: CaseState, to: str) -> CaseState:
    """The case about to be offered; disputed if ``to`` is the office that objected to it."""
    return disputes.counted(state, store.last_objector(uow.session, state.case), to)


def carried(uow: UnitOfWork, case: str) -> list[dict[str, Any]]:
    """The helpers of a case as a letter takes them along."""
    return travelling.plain(store.helpers(uow.session, case))
