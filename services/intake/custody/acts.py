"""Load, decide, save, say: custody lines."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Actor
from contracts.errors import NotFound
from network.ids import drawn
from network.office import OfficeRuntime
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.intake import store, views
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
    rules.may_see(uow.actor, discipline_desk=bool(uow.office.office.discipline_name))
    row = uow.session.get(IntakeCustody, cmd["case"], with_for_update=True)
    if row is None:
        raise NotFound("该件")
    decision = rules.send_up(as_state(Custody, row), cmd, uow.here)
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    return {"number": row.number, "sent_at": row.sent_at}


def lines(session: Session, office: OfficeRuntime, actor: Actor) -> dict[str, Any]:
    """The custody lines that this actor may know of, with the day until which a paper has to be sent up."""
    desk = bool(office.office.discipline_name)
    rules.may_see(actor, discipline_desk=desk)
    kept = [as_state(Custody, row) for row in store.custody_lines(session)]
    listed = rules.to_be_sent(kept, discipline_desk=desk)
    return {"lines": [views.custody(line, rules.due(line, office.policy()), office.now()) for line in listed]}
