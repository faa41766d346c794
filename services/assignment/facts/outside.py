"""A case leaves the network by document (XF22 art. 22; R27): its clocks end here, the body's answer is waited for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import milestone, progress
from contracts.words import Desk, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState


@dataclass(frozen=True)
class Outside:
    """That a case went to a body outside, and what it answered."""

    case: str
    body: str
    document_no: str
    sent_at: datetime
    sent_by: str
    answer_no: str = ""
    answered_at: datetime | None = None
    summary: str = ""


def send(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A leader sends it to a body that is none of the network's offices: every clock ends, the reporter is told."""
    guards.held(state, here)
    guards.leader(here)
    guards.organ(here)
    if state.desk == Desk.DISCIPLINE:
        raise Refused("not_for_discipline", "检举控告属上级受理的,请认定后报送上级(监督执纪规则第十五条)")
    guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    guards.outside_network(cmd["body"], here)
    outside, stopped = clocks.stop(replace(state, status=Status.OUTSIDE.value, outside_body=cmd["body"], todo=""), here)
    tells = (*milestone(outside, "sent_outside", here, stopped), progress(outside, "outside", here))
    data = {"body": cmd["body"], "document_no": cmd["document_no"]}
    return Decision(outside, tells, "sent_outside", data=data)


def sent(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Outside:
    """The line of what was sent."""
    return Outside(state.case, cmd["body"], cmd["document_no"], here.now, here.actor.id)


def answered(state: CaseState, known: Outside | None, cmd: Mapping[str, Any], here: Here) -> Decision[Outside]:
    """The body outside answered, once; the case stays outside."""
    guards.not_recalled(state)
    if known is None:
        raise Refused("not_outside", "该事项没有转往系统外机关")
    if known.answered_at is not None:
        raise Refused("answered", "系统外机关的答复已经登记")
    at = cmd["at"] or here.now
    guards.not_future(at, here, "at")
    if at < known.sent_at:
        raise Refused("too_early", "答复时间不能早于转送时间", {"at": ["早于转送时间"]})
    answer = replace(known, answer_no=cmd["document_no"], answered_at=at, summary=cmd["summary"])
    return Decision(answer, (), "outside_answered", data={"document_no": cmd["document_no"]})


def age_days(sent_at: datetime, until: datetime) -> int:
    """Whole days that an answer was waited for."""
    return (until - sent_at).days
