"""What a review or a final review said of an opinion of this office (XF22 arts 35, 36). Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.words import ReviewOutcome, Status
from services.assignment import guards
from services.assignment.opinions.rules import OpinionState
from services.assignment.outcome import reopening
from services.assignment.state import CaseState


def on_review_decided(
    state: CaseState, opinion: OpinionState | None, data: Mapping[str, Any], here: Here
) -> tuple[Decision[CaseState], OpinionState | None]:
    """What a review said stands on the opinion; 责令重办 opens the case again with a K5 of its own."""
    told = {name: data[name] for name in ("level", "outcome", "opinion_no")}
    if state.recalled or state.holder != here.office or state.status != Status.CONCLUDED:
        return guards.unheard(state, "review_decided"), opinion
    reviewed = _reviewed(opinion, data) if opinion else None
    if data["outcome"] != ReviewOutcome.REDO:
        return Decision(state, (), "reviewed", "", told), reviewed
    again, tells = reopening.again(state, data["at"], here)
    return Decision(again, tells, "reopened", "", told), reviewed


def _reviewed(opinion: OpinionState, data: Mapping[str, Any]) -> OpinionState:
    said = {name: data[name] for name in ("level", "outcome", "opinion_no")} | {"at": data["at"].isoformat()}
    return replace(opinion, outcome=f"{data['level']}:{data['outcome']}", reviews=(*opinion.reviews, said))
