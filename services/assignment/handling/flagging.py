"""Marks on a matter: hot, hard, part of a campaign (S4, S8, S11). Pure decisions of the holder."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import milestone
from contracts.words import Desk
from services.assignment import guards
from services.assignment.state import CaseState


def flag(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Mark a petition; supervision of this office and of those above counts it so. Raises Refused for one marked so already.

    A sealed report bears no such mark: leaders and bulletins count none of its class by place.
    """
    guards.held(state, here)
    if state.desk != Desk.PETITION:
        raise Refused("petition_only", "只有信访事项可以标注", {"case": ["不是信访事项"]})
    if cmd["flag"] in state.flags:
        raise Refused("flagged_already", "已有该标注", {"flag": ["已有该标注"]})
    marked = replace(state, flags=(*state.flags, cmd["flag"]))
    return Decision(marked, milestone(marked, "flagged", here), "flagged", cmd["reason"], {"flag": cmd["flag"]})
