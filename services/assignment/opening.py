"""Opening what is sealed: the person is named and gives a reason, in the journal, before the desk program opens it."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment import acts, guards, store
from services.assignment.state import CaseState


def open_sealed(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Write down who opens a case of his desk and why; also one that waits in the in-tray. → ``{case, at}``.

    The envelopes themselves are read by ``get_case``: the answer of a command is kept, and must not keep a case that is
    recalled later. One that belongs to a body above is for the principal head alone (JK art. 15).
    """
    row = store.case_seen(uow.session, cmd["case"])
    known = row is not None and row.desk == uow.actor.desk and not row.recalled
    if not known and acts.waiting_offer(uow, cmd["case"]) is None:
        raise NotFound("该事项")
    if known and guards.waits_for_above(as_state(CaseState, row)):
        guards.leader(uow.here)
    acts.add_note(uow, cmd["case"], "opened", cmd["reason"])
    uow.note("opened", cmd["case"])
    return {"case": cmd["case"], "at": uow.now}
