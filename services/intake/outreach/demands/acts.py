"""Load, decide, save, say: demands."""

from datetime import datetime

from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.outreach.demands import rules, store
from services.intake.outreach.demands.rules import Demand, Origin


def collected(uow: UnitOfWork, origin: Origin, case: str, at: datetime) -> Demand:
    """A report was collected at ``origin``; it counts at ``at``."""
    state, activity = rules.collect(new_id(), origin, case, store.of_case(uow.session, case), at, uow.here)
    store.write(uow.session, state)
    activities.log(uow, activity)
    return state
