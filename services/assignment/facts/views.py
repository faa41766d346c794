"""What a desk is shown of corrections and of cases outside: JSON-able dicts."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound
from network.offices import District
from services.assignment import store as cases
from services.assignment.acts import visible
from services.assignment.facts import store
from services.assignment.facts.models import AssignmentFact, AssignmentOutside
from services.assignment.facts.outside import age_days
from services.assignment.models import AssignmentCase


def facts(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """The corrections of a case of the actor's desk; NotFound otherwise, and after a recall."""
    if visible(cases.case_seen(session, case), actor).recalled:
        raise NotFound("该事项")
    return {"facts": [_fact(row) for row in store.facts(session, case)]}


def _fact(row: AssignmentFact) -> dict[str, Any]:
    names = ("id", "what", "old", "new", "old_sealed", "sealed", "reason", "by", "at")
    return {name: getattr(row, name) for name in names}


def outside(session: Session, desk: str, now: datetime, tree: District) -> dict[str, Any]:
    """What is outside, with the days that an answer was or has been waited for; how many are unanswered."""
    lines = [_outside(row, case, now, tree) for row, case in store.sent_outside(session, desk)]
    return {"cases": lines, "unanswered": sum(each["answered_at"] is None for each in lines)}


def _outside(row: AssignmentOutside, case: AssignmentCase, now: datetime, tree: District) -> dict[str, Any]:
    names = ("case", "body", "document_no", "sent_at", "answer_no", "answered_at", "summary")
    shown = {"number": case.number, "category": case.category, "name": tree.name_of(row.body)}
    age = age_days(row.sent_at, row.answered_at or now)
    return {**{name: getattr(row, name) for name in names}, **shown, "age_days": age}
