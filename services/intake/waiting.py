"""What is due and waiting at a desk, as far as intake knows: the desk puts it beside what the other services know."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Actor, Here
from contracts.errors import NotFound
from contracts.words import Desk
from network.office import OfficeRuntime
from network.state import as_state
from services.intake.custody import acts as custody
from services.intake.desklogs import store as desklogs
from services.intake.desklogs import views as desklog_views
from services.intake.emergency import store as emergencies
from services.intake.emergency import views as emergency
from services.intake.emergency.rules import EmergencyState
from services.intake.outreach.going_down import store as go_downs
from services.intake.outreach.going_down import views as going_down
from services.intake.promises import store as promises
from services.intake.reception.bookings import acts as bookings
from services.intake.reception.bookings import store as kept_bookings
from services.intake.reception.bookings import views as booking_views

MOST = 100  # goings down, and openings of boxes, in the list
TODAY = "today"


def lists(session: Session, actor: Actor, office: OfficeRuntime) -> dict[str, Any]:
    """Calls for help that are not over, papers to send up (for who may know of them); at the petition desk also promises
    not yet kept, goings down that are still to come or with cases of which nobody said what they came back with, bookings
    of today or that somebody has to deal with, box letters that nobody accounted for.
    """
    standing = emergencies.not_over(session, actor.desk)
    return {
        **_at_the_counter(session, office.here(actor, office.now())),
        "emergencies": [
            emergency.shown(as_state(EmergencyState, row), emergencies.calls(session, row.emergency))
            for row in standing
        ],
        "custody": _to_send_up(session, actor, office),
    }


def _at_the_counter(session: Session, here: Here) -> dict[str, Any]:
    """The lists of the petition desk, empty at the other."""
    ours = here.actor.desk == Desk.PETITION
    return {
        "promises": [vars(each) for each in promises.unkept(session)] if ours else [],
        "go_downs": _open_go_downs(session) if ours else [],
        "bookings": _bookings(session, here) if ours else [],
        "box_letters": [desklog_views.opening(each) for each in desklogs.unaccounted(session, MOST)] if ours else [],
    }


def _bookings(session: Session, here: Here) -> list[dict[str, Any]]:
    """Bookings by time, each with why it ``waits``: as in ``bookings_waiting``, or it is of today."""
    why = {each.booking: (each, word) for each, word in bookings.waiting(session, here)}
    today = [each for each in kept_bookings.standing(session) if each.day == local_day(here.now)]
    found = {each.booking: (each, TODAY) for each in today} | why
    ordered = sorted(found.values(), key=lambda pair: (pair[0].day, pair[0].starts, pair[0].booking))
    return [{**booking_views.shown(each), "waits": word} for each, word in ordered]


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
