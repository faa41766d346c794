"""Disposal of a discipline report, its repeats, and the word to who reported (JK arts 14, 17, 27). Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Desk, Disposal, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState


@dataclass(frozen=True)
class Feedback:
    """One telling of the result, as it is kept (结果反馈记录)."""

    id: str
    case: str
    round: int
    at: datetime
    way: str
    told_by: str
    response: str
    objection: str
    explanation: str
    new_evidence: str
    by: str


def of_discipline(state: CaseState) -> None:
    """Only discipline reports know these acts."""
    if state.desk != Desk.DISCIPLINE:
        raise Refused("not_discipline", "此操作只用于检举控告")


def dispose(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A head decides how an accepted report is disposed of; one that is to be returned need not be accepted first."""
    of_discipline(state)
    guards.held(state, here)
    guards.leader(here)
    if cmd["disposal"] == Disposal.RETURN:
        guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    else:
        guards.status(state, Status.ACCEPTED)
    disposed = replace(state, disposal=cmd["disposal"])
    said = {"disposal": disposed.disposal, "at": here.now}
    tells = (
        *milestone(disposed, "disposed", here),
        Tell(here.office, "supervision", "case_disposed", state.case, said),
    )
    return Decision(disposed, tells, "disposed", data={"disposal": cmd["disposal"]})


def first_again(state: CaseState, here: Here) -> Decision[CaseState]:
    """A repeat with new facts is a first report again: its own reporter is to be told within K17, from its receipt."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    if not state.repeat_of:
        raise Refused("not_a_repeat", "该事项不是重件")
    first = replace(state, repeat_of="")
    stopped: clocks.Acts = []
    if clocks.opening(first, here) == "K17":
        first, stopped = clocks.stop(first, here, ["K20"])
    first, begun = clocks.begin(first, here)
    tells = milestone(first, "first_again", here, stopped + begun)
    return Decision(first, tells, "first_again", data={"repeat_of": state.repeat_of})


def feed_back(state: CaseState, issued_at: datetime | None, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The result was told to who reported: K18 ends. New evidence opens the case again, with a K5 of its own.

    ``issued_at`` is when the conclusion of the present round was issued.
    """
    of_discipline(state)
    guards.held(state, here)
    guards.status(state, Status.CONCLUDED)
    _may_be_told(state, issued_at, cmd, here)
    told, stopped = clocks.stop(state, here, ["K18"])
    tells = milestone(told, "fed_back", here, stopped)
    data = {"way": cmd["way"], "objection": bool(cmd["objection"]), "new_evidence": bool(cmd["new_evidence"])}
    if not cmd["new_evidence"]:
        return Decision(told, (*tells, progress(told, "fed_back", here)), "fed_back", data=data)
    again = replace(
        told,
        status=Status.ACCEPTED.value,
        accepted_at=here.now,
        extended=False,
        reopened=state.reopened + 1,
        todo="new_evidence",
    )
    again, started = clocks.start(again, here, "K5", here.now)
    opened = milestone(again, "reopened", here, stopped + started)
    return Decision(again, (*opened, clocks.public(again, "reopened", here)), "fed_back", data=data)


def _may_be_told(state: CaseState, issued_at: datetime | None, cmd: Mapping[str, Any], here: Here) -> None:
    if not state.real_name:
        raise Refused("anonymous", "匿名举报不作反馈,也不得查找举报人")
    at = cmd["at"] or here.now
    guards.not_future(at, here, "at")
    if issued_at is not None and at < issued_at:
        raise Refused("too_early", "反馈时间不能早于作出结论的时间", {"at": ["早于作出结论的时间"]})
    if cmd["objection"] and not cmd["explanation"]:
        raise Refused("no_explanation", "对举报人的异议须作说明", {"explanation": ["请记录所作的说明"]})


def record(state: CaseState, id_: str, cmd: Mapping[str, Any], here: Here) -> Feedback:
    """The record of a telling in the round that was told of."""
    words = ("way", "told_by", "response", "objection", "explanation", "new_evidence")
    at = cmd["at"] or here.now
    given = {name: cmd[name] for name in words}
    return Feedback(id=id_, case=state.case, round=state.reopened, at=at, by=here.actor.id, **given)
