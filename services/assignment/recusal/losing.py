"""What a recalled office does: it keeps nothing, recalls what it had passed down, and says how far it was. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.letters import Tell
from services.assignment import clocks, guards
from services.assignment.recusal.rules import EXCLUDED, above, is_below, recall
from services.assignment.state import CaseState, OfferState, Term


def on_recalled(
    state: CaseState, term: Term, sender: str, here: Here, helpers: Sequence[Mapping[str, Any]] = ()
) -> Decision[CaseState]:
    """A superior took the case, or recused this office: the content goes, and so does every trace in lists and counts.

    What was passed down from here is recalled there too. The superior is told how far it was; clocks go on (回避改派).
    """
    past = term != EXCLUDED and term <= state.term
    if state.recalled or past or not may_recall(sender, here):
        return guards.unheard(state, f"case_recalled by {sender}")
    tells = []
    if term == EXCLUDED or state.holder == here.office:
        tells.append(
            Tell(sender, "assignment", "case_given_up", state.case, {**_account(state), "helpers": list(helpers)})
        )
    if term != EXCLUDED:
        next_ = [office for office in (state.offered_to, state.passed_to, state.holder) if is_below(office, here)]
        tells += recall(next_, state, term, here)
        state = replace(state, override=term[0], n=term[1], holder=sender)
    return Decision(state.wiped(), tuple(tells), "recalled")


def may_recall(sender: str, here: Here) -> bool:
    """Only an office above takes a case away."""
    return sender in above(here.office, here)


def takes_offer(offer: OfferState, term: Term) -> bool:
    """Whether a recall of ``term`` also closes an offer that waits here."""
    return term == EXCLUDED or offer.term < term


def _account(state: CaseState) -> dict[str, Any]:
    return {
        "term": {"override": state.override, "n": state.n},
        "holder": state.holder,
        "status": state.status,
        "clocks": {kind: kept for kind, kept in state.running.items() if kind in clocks.TRAVELLING},
        "accepted_at": state.accepted_at,
        "extended": state.extended,
    }
