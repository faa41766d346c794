"""What is due and waiting at a desk, as far as assignment knows: the desk puts it beside what the other services know."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from network.office import OfficeRuntime
from network.state import as_state
from services.assignment import store, views
from services.assignment.helping import store as helpers
from services.assignment.helping import views as helping
from services.assignment.helping.states import DisputeState
from services.assignment.persons import acts as persons


def lists(session: Session, actor: Actor, desk: str, office: OfficeRuntime) -> dict[str, Any]:
    """Cases in hand, offers to sign for, help owed to others and by them, disputes and objections to decide.

    Each list has the most pressing first.
    """
    disputes = [as_state(DisputeState, row) for row in helpers.disputes(session, desk)]
    return {
        "cases": views.by_due(store.held_waiting(session, desk, office.id)),
        "offers": [views.offer_line(row, office) for row in store.in_tray(session, desk)],
        "helping": helping.lists(session, desk, office.id),
        "disputes": [helping.dispute(each) for each in disputes if each.state == "open"],
        "objections": persons.undecided(session, actor, desk, office.id),
    }
