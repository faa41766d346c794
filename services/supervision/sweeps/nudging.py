"""Load, decide, save, say: nudges upward."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.ledger import store as ledger
from services.supervision.sweeps import owed, store


def nudge(uow: UnitOfWork, cmd: Mapping[str, Any]) -> owed.Nudge:
    """Remind the office above of a case."""
    line = ledger.line(uow.session, cmd["case"])
    if line is None:
        raise NotFound("该事项")
    decision = owed.nudge(line, new_id(), cmd["words"], store.nudges(uow.session, cmd["case"]), uow.here)
    store.keep_nudge(uow.session, decision.state)
    uow.apply(decision, cmd["case"])
    return decision.state


def nudged(uow: UnitOfWork, letter: Letter) -> None:
    """A nudge of an office below; the same letter again changes nothing."""
    if store.nudge(uow.session, letter.data["nudge"]) is None:
        line = ledger.line(uow.session, letter.case)
        before = store.nudges(uow.session, letter.case)
        store.keep_nudge(uow.session, owed.nudged(line, letter.case, letter.data, letter.office, before, uow.here))
    uow.note("nudged", letter.case)


def answer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> owed.Nudge:
    """Say where its case stands."""
    decision = owed.answer(store.nudge(uow.session, cmd["nudge"]), cmd["answer"], uow.here)
    store.keep_nudge(uow.session, decision.state)
    uow.apply(decision, decision.state.case_id)
    return decision.state


def answered(uow: UnitOfWork, letter: Letter) -> None:
    """The office above answered."""
    state = owed.answered(store.nudge(uow.session, letter.data["nudge"]), letter.data, letter.office)
    if state is not None:
        store.keep_nudge(uow.session, state)
    uow.note("nudge_answered", letter.case)
