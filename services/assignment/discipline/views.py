"""What the discipline desk is shown beside a case: JSON-able dicts."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound
from contracts.words import Desk
from network.db import Base
from services.assignment import store as cases
from services.assignment.acts import visible
from services.assignment.discipline import store


def beside(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """Feedback, clearings, disposals and what was found of the report's good faith; NotFound for another desk's."""
    row = visible(cases.case_seen(session, case), actor)
    if row.recalled or row.desk != Desk.DISCIPLINE:
        raise NotFound("该事项")
    found = store.accusation(session, case)
    return {
        "feedback": [_values(each) for each in store.feedback(session, case)],
        "clearings": [_values(each) for each in store.clearings(session, case)],
        "disposals": [_values(each) for each in store.disposals(session, case)],
        "accusation": _values(found) if found else None,
    }


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
