"""Load, decide, save, say: activities."""

from contracts.activities import Activity
from contracts.letters import Letter
from network.uow import UnitOfWork
from services.intake.activities import rules, store


def log(uow: UnitOfWork, activity: Activity) -> Activity:
    """Keep an activity of this office and tell it upward. For the other rooms: one call in the commit of the work itself."""
    decision = rules.log(activity, uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision, decision.state.case)
    return decision.state


def told(uow: UnitOfWork, letter: Letter) -> None:
    """An activity of an office below."""
    known = store.activity(uow.session, letter.data["activity"])
    state = rules.take(known, letter.data, letter.office, uow.here)
    if state is not None:
        store.write(uow.session, state)
    uow.note("activity_heard", data={"activity": letter.data["activity"], "rev": letter.data["rev"]})
