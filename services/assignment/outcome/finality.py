"""A case is final: the same facts and reasons are accepted no more (XF22 art. 36). Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.telling import line
from services.assignment import guards
from services.assignment.state import CaseState


def on_final(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """A hearing, the own one or one above, says that the case is final, or that it is not after all.

    The holder's case must be closed; an office that passed it on keeps what later letters are answered with.
    """
    reopened = state.holder == here.office and state.is_open
    if state.recalled or reopened or sender not in line(here.tree, here.office):
        return guards.unheard(state, f"case_final by {sender}")
    final = replace(state, final_opinions=tuple(data["opinions"]))
    return Decision(final, (), "case_final", "", {"how": data["how"], "opinions": list(data["opinions"])})
