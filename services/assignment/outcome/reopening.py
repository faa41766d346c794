"""A concluded case is opened again: by a leader of the holder, by an office above, or by a review. Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone
from contracts.words import Performance, Status
from services.assignment import clocks, guards
from services.assignment.recusal.rules import above, is_below
from services.assignment.state import CaseState

OVER = (Status.CONCLUDED, Status.WITHDRAWN)


def again(state: CaseState, at: datetime, here: Here) -> tuple[CaseState, tuple[Tell, ...]]:
    """A further round of the case, with a handling time of its own from ``at``; what was promised or final is no more."""
    opened, stopped = clocks.stop(state, here)
    opened = replace(
        opened,
        status=Status.ACCEPTED.value,
        accepted_at=at,
        concluded_at=None,
        extended=False,
        procedure="",
        performance=Performance.NONE.value,
        perform_by=None,
        proof="",
        final_opinions=(),
        reopened=state.reopened + 1,
        todo="redo",
    )
    given = clocks.settle_term(here, at) if here.tier == "village" else None
    opened, started = clocks.start(opened, here, "K5", at, given=given)
    tells = (
        *milestone(opened, "reopened", here, stopped + started),
        clocks.public(opened, "reopened", here),
    )
    return opened, tells


def reopen(state: CaseState, here: Here) -> Decision[CaseState]:
    """A leader opens it again: here if this office holds it, else by an order to the holder below (R20).

    The reason is kept as a note here and goes nowhere.
    """
    guards.not_recalled(state)
    guards.leader(here)
    if state.holder == here.office:
        guards.held(state, here)
        guards.status(state, *OVER)
        opened, tells = again(state, here.now, here)
        return Decision(opened, tells, "reopened")
    if not is_below(state.holder, here):
        raise Refused("not_superior", "只有承办单位或者其上级机关可以决定重新办理")
    data = {"term": {"override": state.override, "n": state.n}, "at": here.now}
    order = Tell(state.holder, "assignment", "reopen_ordered", state.case, data)
    return Decision(replace(state, final_opinions=()), (order,), "reopen_ordered")


def on_ordered(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """An office above ordered it opened again. Of no force from another, under a past term, or where it is open."""
    term = data["term"]["override"], data["term"]["n"]
    over = not state.recalled and state.holder == here.office and state.status in OVER
    if not over or term != state.term or sender not in above(here.office, here):
        return guards.unheard(state, f"reopen_ordered by {sender}")
    opened, tells = again(state, data["at"], here)
    return Decision(opened, tells, "reopened", "", {"by": sender})
