"""Load, decide, save, say: custody lines."""

from collections.abc import Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.errors import NotFound
from network.ids import drawn
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.intake import store
from services.intake.custody import rules
from services.intake.custody.rules import Custody
from services.intake.models import IntakeCustody


def keep(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Send a sealed report on to the desk above, or keep only that a letter is here that belongs outside."""
    line = rules.keeps_custody(_number(uow), cmd, uow.here, uow.office.tree.bodies)
    uow.session.add(IntakeCustody(**vars(line.state)))
    uow.apply(line, cmd["case"])
    kept = {"custody": True}
    return {**kept, "number": line.state.number} if line.state.number else kept


def _number(uow: UnitOfWork) -> str:
    stem = rules.custody_stem(uow.office.id, local_day(uow.now).year)
    return drawn(stem, lambda number: store.custody_number_known(uow.session, number))


def send_up(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The letter went to the body above."""
    rules.may_see(uow.actor)
    row = uow.session.get(IntakeCustody, cmd["case"], with_for_update=True)
    if row is None:
        raise NotFound("该件")
    decision = rules.send_up(as_state(Custody, row), cmd, uow.here)
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    return {"number": row.number, "sent_at": row.sent_at}
