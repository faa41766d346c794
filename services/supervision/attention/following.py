"""Discipline reports that were sent down, as the two rooms that follow them see them (S67)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.authority import FOLLOWERS, LEADER, room_of
from contracts.context import Here
from contracts.errors import NotFound
from contracts.words import Desk
from services.supervision import views
from services.supervision.ledger import store as ledger
from services.supervision.orders import store as orders


def followed(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the reports held below, each with its clocks and with when each room last pressed. NotFound for others."""
    if here.actor.desk != Desk.DISCIPLINE or not (room_of(here) or LEADER in here.actor.roles):
        raise NotFound("该清单")
    page = views.ledger_page(session, here, {**data, "desk": Desk.DISCIPLINE.value, "below": True, "overdue": False})
    below = {office.id for office in here.tree.descendants(here.office)}
    shown = [{**line, "pressed": _pressed(session, line["case"])} for line in page["lines"] if line["holder"] in below]
    all_ = [line.case_id for line in ledger.all_lines(session, Desk.DISCIPLINE.value) if line.holder in below]
    rooms = {room: sum(room in _pressed(session, case) for case in all_) for room in FOLLOWERS}
    return {"cases": shown, "followed": len(all_), "pressed": rooms, "next": page["next"]}


def _pressed(session: Session, case: str) -> dict[str, Any]:
    """Who of which room pressed last, when and how."""
    found: dict[str, Any] = {}
    for row in orders.presses_of(session, case):
        if row.room:
            found.setdefault(row.room, {"at": row.at, "by": row.by, "way": row.way})
    return found
