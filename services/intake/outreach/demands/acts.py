"""Load, decide, save, say: demands."""

from datetime import datetime

from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.outreach.demands import rules, store
from services.intake.outreach.demands.rules import Demand, Origin


def collected(uow: UnitOfWork, origin: Origin, case: str, at: datetime) -> Demand:
    """A report was collected at ``origin``; it counts at ``at``. ``case`` is "" where the report is another office's."""
    known = store.of_case(uow.session, case) if case else ()
    state, activity = rules.collect(new_id(), origin, case, known, at, uow.here)
    store.write(uow.session, state)
    activities.log(uow, activity)
    return state
