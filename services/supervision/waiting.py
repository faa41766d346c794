"""What is due and waiting at a desk, as far as supervision knows: the desk puts it beside what the other services know."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.words import Desk
from network.state import as_state
from services.supervision import views
from services.supervision.accountability import store as accountability
from services.supervision.callbacks import store as callbacks
from services.supervision.callbacks.rules import CallBack
from services.supervision.city import store as city
from services.supervision.clocks import store as clocks
from services.supervision.demands import store as demands
from services.supervision.demands import work as demand_work
from services.supervision.guidance import store as guidance
from services.supervision.guidance import work as guidance_work
from services.supervision.incidents import work as incident_work
from services.supervision.measures import work as measures
from services.supervision.orders import store as orders
from services.supervision.periods import store as periods
from services.supervision.periods import work as period_work
from services.supervision.reports import store as reports
from services.supervision.sweeps import store as sweeps

OF_PETITIONS = ("alerts", "suspensions", "incidents", "nudges", "reports", "figure_objections")


def lists(session: Session, here: Here) -> dict[str, Any]:
    """Steps that this office took and nobody saw to yet, orders received, joint steps, demands to answer or to accept,
    returns owed, call-backs to make, alerts and suspensions to decide, incidents, nudges to answer, reports to approve,
    publish or acknowledge, objections to figures; at a discipline desk measures by their next step. Each list has the most
    pressing first.
    """
    desk = here.actor.desk
    of_petitions = _of_petitions(session, here) if desk == Desk.PETITION else {name: [] for name in OF_PETITIONS}
    return {
        "steps": [
            views.step(row, here.office) for row in clocks.listed_steps(session, desk, "open") if _mine(row, here)
        ],
        "orders": [views.order(row) for row in orders.received_open(session, desk)],
        "joint_steps": [guidance_work.shown(each) for each in guidance.open_steps(session, desk)],
        "demands": [demand_work.shown(session, each, here) for each in demands.waiting(session, desk, here.office)],
        "periods": [period_work.shown(session, each, here) for each in periods.owed_by(session, desk, here.office)],
        "call_backs": [views.call_back(as_state(CallBack, row)) for row in callbacks.listed(session, desk, "wanted")],
        "measures": measures.waiting(session, here) if desk == Desk.DISCIPLINE else [],
        **of_petitions,
    }


def _mine(row: Any, here: Here) -> bool:
    return bool(row.by == here.office)


def _of_petitions(session: Session, here: Here) -> dict[str, Any]:
    nudges = [each for each in sweeps.nudges(session) if each.to == here.office and each.answered_at is None]
    return {
        "suspensions": [vars(each) for each in reversed(accountability.suspensions(session, "proposed"))],
        "alerts": [vars(each) for each in reversed(city.alerts(session, ["open"]))],
        "incidents": incident_work.listed(session, "open", here),
        "nudges": [vars(each) for each in sorted(nudges, key=lambda each: (each.at, each.nudge))],
        "reports": [vars(each) for each in reports.waiting(session, here.office)],
        "figure_objections": [vars(each) for each in reports.objections(session, state="open")],
    }
