"""What the discipline desk is shown beside a case: JSON-able dicts."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor, Here
from contracts.errors import NotFound
from contracts.words import Desk
from network.db import Base
from network.state import as_state
from services.assignment import store as cases
from services.assignment import views as cases_views
from services.assignment.acts import visible
from services.assignment.discipline import store, tagging
from services.assignment.discipline.models import AssignmentTags
from services.assignment.models import AssignmentCase
from services.assignment.state import CaseState


def beside(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """Feedback, clearings, disposals and what was found of the report's good faith; NotFound for another desk's."""
    row = visible(cases.case_seen(session, case), actor)
    if row.recalled or row.desk != Desk.DISCIPLINE:
        raise NotFound("该事项")
    found, tags = store.accusation(session, case), store.tags(session, case)
    return {
        "feedback": [_values(each) for each in store.feedback(session, case)],
        "clearings": [_values(each) for each in store.clearings(session, case)],
        "disposals": [_values(each) for each in store.disposals(session, case)],
        "accusation": _values(found) if found else None,
        "tags": _values(tags) if tags else None,
    }


def warnings(session: Session, here: Here, groups: list[list[str]]) -> list[dict[str, Any]]:
    """The groups of marks that several slight reports bear, each with these; no mark is shown."""
    ends = here.now
    known = store.with_tags(session, ends - timedelta(days=here.policy.early_warning.days), ends + timedelta(seconds=1))
    rows = {row.case: row for row, _ in known}
    slight = [as_state(CaseState, row) for row, tags in known if row.marks and _is_slight(row, tags)]
    return [
        {"group": number, "count": len(found), "cases": [cases_views.line(rows[each.case]) for each in found]}
        for number, found in tagging.warnings(slight, groups, here)
    ]


def _is_slight(row: AssignmentCase, tags: AssignmentTags | None) -> bool:
    return tagging.is_slight(as_state(CaseState, row), tags.nature if tags is not None else "")


def _values(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
