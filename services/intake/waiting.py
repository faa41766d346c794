"""What is due and waiting at a desk, as far as intake knows: the desk puts it beside what the other services know."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound
from contracts.words import Desk
from network.office import OfficeRuntime
from network.state import as_state
from services.intake.custody import acts as custody
from services.intake.emergency import store as emergencies
from services.intake.emergency import views as emergency
from services.intake.emergency.rules import EmergencyState
from services.intake.outreach.going_down import store as go_downs
from services.intake.outreach.going_down import views as going_down
from services.intake.promises import store as promises

MOST = 100  # goings down in the list


def lists(session: Session, actor: Actor, office: OfficeRuntime) -> dict[str, Any]:
    """Calls for help that are not over, papers to send up (for who may know of them), promises not yet kept, goings down
    that are still to come or with cases of which nobody said what they came back with.
    """
    standing = emergencies.not_over(session, actor.desk)
    return {
        "emergencies": [
            emergency.shown(as_state(EmergencyState, row), emergencies.calls(session, row.emergency))
            for row in standing
        ],
        "custody": _to_send_up(session, actor, office),
        "promises": [vars(each) for each in promises.unkept(session)] if actor.desk == Desk.PETITION else [],
        "go_downs": _open_go_downs(session) if actor.desk == Desk.PETITION else [],
    }


def _open_go_downs(session: Session) -> list[dict[str, Any]]:
    found = go_downs.listed(session, MOST, "", only_open=True)
    return [going_down.going_down(session, each) for each in sorted(found, key=lambda each: each.day)]


def _to_send_up(session: Session, actor: Actor, office: OfficeRuntime) -> list[dict[str, Any]]:
    try:
        known: list[dict[str, Any]] = custody.lines(session, office, actor)["lines"]
    except NotFound:
        return []
    waiting = [line for line in known if line["due"] is not None and line["sent_at"] is None]
    return sorted(waiting, key=lambda line: (line["due"], line["number"]))
