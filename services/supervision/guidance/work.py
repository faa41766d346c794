"""Load, decide, save, say: guidance at who gives it and who gets it."""

from collections.abc import Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision
from contracts.letters import Letter
from network.ids import new_id
from network.state import as_state
from network.uow import UnitOfWork
from services.supervision.duties import store as duties
from services.supervision.duties.rules import persons_of_unit
from services.supervision.guidance import rules, store
from services.supervision.guidance.rules import Entry
from services.supervision.ledger import store as ledger
from services.supervision.orders import store as orders
from services.supervision.orders.rules import Order


def choose(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    order = _order(uow, cmd["order"], given=True)
    line = ledger.line(uow.session, order.case_id) if order else None
    of_unit = persons_of_unit(order.receiver, duties.duties(uow.session), local_day(uow.now)) if order else ()
    return _kept(uow, rules.choose(order, line, new_id(), cmd, of_unit, uow.here))


def advise(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    order, chosen = _order(uow, cmd["order"], given=True), store.is_chosen(uow.session, cmd["order"])
    return _kept(uow, rules.advise(order, chosen, new_id(), cmd["opinion"], uow.here))


def step(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    order, chosen = _order(uow, cmd["order"], given=True), store.is_chosen(uow.session, cmd["order"])
    return _kept(uow, rules.step(order, chosen, new_id(), cmd, uow.here))


def finish(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    return _kept(uow, rules.finish(store.entry(uow.session, cmd["step"]), cmd["result"], uow.here))


def told(uow: UnitOfWork, letter: Letter) -> None:
    """An entry from who gave the order; once. Of an order that is gone with its case nothing is kept."""
    order = _order(uow, letter.data["order"], given=False)
    if order is None or store.entry(uow.session, letter.data["entry"]) is not None:
        uow.note("guidance_not_kept", data={"entry": letter.data["entry"]})
        return
    entry = rules.received(order, letter)
    store.keep(uow.session, entry)
    uow.note("guidance_told", entry.case_id, data={"entry": entry.id, "kind": entry.kind})


def finished(uow: UnitOfWork, letter: Letter) -> None:
    """A joint step is done, said by the other office."""
    known = store.entry(uow.session, letter.data["entry"])
    if known is None:
        uow.note("guidance_not_kept", data={"entry": letter.data["entry"]})
        return
    _kept(uow, rules.finished(known, letter, uow.here))


def _order(uow: UnitOfWork, order_id: str, given: bool) -> Order | None:
    row = orders.order(uow.session, order_id, given)
    return None if row is None else as_state(Order, row)


def _kept(uow: UnitOfWork, decision: Decision[Entry]) -> dict[str, Any]:
    store.keep(uow.session, decision.state)
    uow.apply(decision, decision.state.case_id)
    return shown(decision.state)


def shown(entry: Entry) -> dict[str, Any]:
    """An entry as its desk sees it."""
    plain = {key: value for key, value in vars(entry).items() if key not in ("id", "order_id", "case_id")}
    return {"entry": entry.id, "order": entry.order_id, "case": entry.case_id, **plain}
