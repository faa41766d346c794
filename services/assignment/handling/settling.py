"""A village or community settles on the spot; it stays open until the person confirms (XF22 arts 15, 33). Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import milestone, progress
from contracts.words import Performance, Proof, Status
from services.assignment import clocks, guards
from services.assignment.outcome import performing
from services.assignment.state import CaseState

CONFIRMED_ELSEWHERE = (Proof.RECEIPT, Proof.CALL_BACK)


def settle(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A village settled it. What is still to be done by ``perform_by`` gets its clock K26 with the settlement."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    if here.tier != "village":
        raise Refused("not_a_village", "当场解决只用于村(社区);机关请出具处理意见")
    if cmd["perform_by"] is not None and cmd["perform_by"] <= here.now:
        raise Refused("due_past", "履行期限须晚于现在", {"perform_by": ["早于现在"]})
    settled = replace(state, status=Status.SETTLED.value, settled=cmd["what"], taken=True, todo="")
    settled, acts = clocks.stop(settled, here, clocks.SORTING)
    settled, started = clocks.start(settled, here, "K5", here.now, given=clocks.settle_term(here, here.now))
    acts = acts + started
    if cmd["perform_by"] is not None:
        settled, promised = performing.promised(settled, cmd["perform_by"], here)
        acts = acts + promised
    tells = (*milestone(settled, "settled", here, acts), progress(settled, "settled", here))
    return Decision(settled, tells, "settled")


def confirm(state: CaseState, here: Here, proof: str) -> Decision[CaseState]:
    """The person confirmed: the case is concluded (办结).

    It is resolved too if nothing is left to be done and the village is not alone to say so: by receipt, or by the
    call-back of another office.
    """
    guards.held(state, here)
    guards.status(state, Status.SETTLED)
    after = replace(state, status=Status.CONCLUDED.value, concluded_at=here.now, todo="")
    if proof in CONFIRMED_ELSEWHERE and state.performance == Performance.NONE:
        after = replace(after, performance=Performance.RESOLVED.value, proof=proof)
    after, stopped = clocks.stop_handling(after, here)
    word = "resolved" if after.performance == Performance.RESOLVED else "concluded"
    tells = (*milestone(after, word, here, stopped), progress(after, "concluded", here))
    return Decision(after, tells, "settlement_confirmed", data={"proof": proof})


def refuse(state: CaseState, here: Here) -> Decision[CaseState]:
    """The person does not agree: handling goes on with the days it had, and the case may be offered up."""
    guards.held(state, here)
    guards.status(state, Status.SETTLED)
    open_ = replace(state, settled="", todo="settlement_refused", performance=Performance.NONE.value, perform_by=None)
    open_ = replace(open_, status=Status.ACCEPTED.value, accepted_at=state.accepted_at or here.now)
    open_, stopped = clocks.stop(open_, here, [clocks.PROMISED])
    tells = (*milestone(open_, "settlement_refused", here, stopped), clocks.public(open_, "settlement_refused", here))
    return Decision(open_, tells, "settlement_refused")
