"""What a desk is shown of helpers, disputes and teams: JSON-able dicts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from services.assignment.helping import store
from services.assignment.helping.models import AssignmentTeamChange
from services.assignment.helping.states import DisputeState, TeamState

_HELPER = ("ordinal", "office", "what", "asked_at", "due", "provisional", "how", "state")
_ANSWERED = ("report", "reported_at", "why")
_ASKED = ("case", "ordinal", "number", "asked_by", "category", "place", "text", "what", "asked_at", "due", "state")


def lists(session: Session, desk: str, office: str) -> dict[str, Any]:
    """``{of_us, by_us}``: what this office has to report on, and what others have to report on to it; by due date."""
    by_us = [
        {"case": row.case, "number": number, **_of(row, _HELPER)}
        for row, number in store.asked_by_us(session, desk, office)
    ]
    return {"of_us": [_of(row, _ASKED) for row in store.asked_of_us(session, desk)], "by_us": by_us}


def of_case(session: Session, case: str) -> list[dict[str, Any]]:
    """The helpers of one case, with what they reported."""
    return [_of(row, (*_HELPER, *_ANSWERED)) for row in store.helper_rows(session, case)]


def dispute(state: DisputeState) -> dict[str, Any]:
    """A dispute in the list of the office that decides it."""
    shown = {name: value for name, value in vars(state).items() if name != "recused"}
    return {**shown, "held_on": state.held_on.isoformat() if state.held_on else None}


def team(state: TeamState) -> dict[str, Any]:
    return dict(vars(state))


def _of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def team_change(row: AssignmentTeamChange) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("at", "members", "area", "by", "why")}
