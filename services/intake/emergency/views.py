"""What a desk is shown of calls for help: JSON-able dicts."""

from collections.abc import Iterable
from typing import Any

from services.intake.emergency.models import IntakeCall
from services.intake.emergency.rules import EmergencyState

SHOWN = ("emergency", "case", "number", "office", "at", "due", "what", "phone", "state", "ended_at", "outcome")
CALL = ("turn", "at", "who", "answered", "note", "clerk")


def shown(state: EmergencyState, calls: Iterable[IntakeCall]) -> dict[str, Any]:
    """A call for help with the calls made and who is next."""
    made = [{name: getattr(row, name) for name in CALL} for row in calls]
    return {**{name: getattr(state, name) for name in SHOWN}, "calls": made, "next": state.next}
