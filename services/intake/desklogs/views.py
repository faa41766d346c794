"""What a desk is shown of the books at the counter: JSON-able dicts."""

from typing import Any

from services.intake.desklogs.state import Call, Opening, RoomVisit, RosterDay


def line(state: RoomVisit | Call | RosterDay) -> dict[str, Any]:
    """A line as it stands."""
    return dict(vars(state))


def opening(state: Opening) -> dict[str, Any]:
    """An opening with what is accounted for and what is left."""
    lists = {"openers": [dict(each) for each in state.openers], "aside": [dict(each) for each in state.aside]}
    return {**vars(state), **lists, "set_aside": state.set_aside, "left": state.left}
