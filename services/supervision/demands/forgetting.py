"""What happens to the demands about a case that this office may no longer know of."""

from collections.abc import Iterator
from typing import Any

from network.state import as_state
from network.uow import UnitOfWork
from services.supervision.clocks import store as clocks
from services.supervision.demands import answers, store
from services.supervision.demands.rules import Demand
from services.supervision.orders import store as orders

RECALLED = "事项已收回"


def rows_of(uow: UnitOfWork, case: str) -> Iterator[Any]:
    """Every row kept of the case's demands, with their steps and orders. Those still open that were made here are withdrawn."""
    for row in store.of_case(uow.session, case):
        demand = as_state(Demand, row)
        if demand.state == "open" and demand.giver == uow.here.office:
            uow.tell_all(answers.withdrawn(demand, RECALLED, (), uow.here).tells)
        yield from (row, *clocks.steps_of(uow.session, demand.id), *orders.orders_of(uow.session, demand.id))
