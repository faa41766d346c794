"""A report that belongs to a body above the district (JK art. 15): found at triage, sent up, and forgotten here. Pure.

Until it is sent up nothing else may be done with it; afterwards there is no content of it anywhere in the network.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Status
from services.assignment import clocks, guards
from services.assignment.discipline.rules import of_discipline
from services.assignment.recusal.rules import is_below, next_override, recall
from services.assignment.state import CaseState


def belongs_above(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The head of the district's desk finds it: K19 runs from its receipt, every other clock ends."""
    of_discipline(state)
    guards.held(state, here)
    guards.leader(here)
    guards.status(state, Status.REGISTERED)
    if here.office != here.tree.root.id:
        raise Refused("offer_up", "请将该举报转送区纪检监察机关,由其报送上级")
    guards.outside_network(cmd["body"], here)
    above = replace(state, outside_body=cmd["body"], handler=here.actor.id, todo="belongs_above")
    above, stopped = clocks.stop(above, here)
    above, started = clocks.start(above, here, "K19", state.came_at)
    return Decision(above, milestone(above, "belongs_above", here, stopped + started), "belongs_above")


def sent_up(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A second leader says it went: K19 ends, the content goes here and from every office below. The number stays."""
    of_discipline(state)
    guards.not_recalled(state)
    if not guards.waits_for_above(state):
        raise Refused("not_belonging", "尚未认定该举报属上级受理")
    guards.leader(here)
    if state.handler == here.actor.id:
        raise Refused("same_person", "认定属上级受理的人不能同时办理报送,须由另一人确认已经送达")
    at = cmd["at"] or here.now
    guards.not_future(at, here, "at")
    if at < state.came_at:
        raise Refused("too_early", "报送时间不能早于收到举报的时间", {"at": ["早于收到时间"]})
    had_it = [office for office in state.seen if is_below(office, here) and office not in state.excluded]
    gone, acts = clocks.stop(_emptied(state, here), here)
    told = {"recipient": state.outside_body, "at": at}
    document = {"way": cmd["way"], "document_no": cmd["document_no"]}
    tells = (
        *recall(had_it, gone, gone.term, here),
        *milestone(gone, "sent_up", here, acts),
        progress(state, "outside", here),
        Tell(here.office, "intake", "case_sent_up", state.case, {**told, **document}),
    )
    data = {**document, "at": at.isoformat()}
    return Decision(replace(gone, receipt_hash=""), tells, "sent_up", data=data)


def _emptied(state: CaseState, here: Here) -> CaseState:
    """The case without what it says, under a term that takes it from everyone below; its number and days stay."""
    without = replace(state, text=None, sealed=None, reporter=None, supplements=(), marks=(), recused=(), flags=())
    return replace(
        without,
        override=next_override(state.override, here),
        n=0,
        allotted=0,
        status=Status.OUTSIDE.value,
        place="",
        repeat_of="",
        matched="",
        external_no="",
        handler="",
        team="",
        todo="",
    )
