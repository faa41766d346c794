"""Accepting, refusing, extending, settling, and what is noted beside. Pure decisions of the holder."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.calendar import CalendarDays, due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Desk, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState

# What ends when the reporter was told that the case is accepted: the sorting, and K17 (JK art. 26).
TOLD = (*clocks.SORTING, "K17")
# The ground of a later letter about what is final (不再受理).
FINAL = "final"


def accept(state: CaseState, here: Here, *, procedure: str = "", new_facts: str = "") -> Decision[CaseState]:
    """Accept the case (受理). K5 runs from the day of the notice, at the latest from the day the notice was due.

    ``procedure`` "simple" puts K16 in its place (简易办理). A repeat that brings ``new_facts`` is a first report.
    """
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    _may_be_simple(state, procedure, here)
    at = _accepted_from(state, here)
    accepted = replace(state, status=Status.ACCEPTED.value, accepted_at=at, taken=True, todo="")
    accepted = replace(accepted, procedure=procedure, repeat_of="" if new_facts.strip() else state.repeat_of)
    accepted, stopped = clocks.stop(accepted, here, TOLD)
    accepted, started = _start_handling(accepted, here, at)
    ends = clocks.handling(accepted)
    milestones = milestone(accepted, "accepted", here, stopped + started)
    tells = (
        *milestones,
        *_hearing_knows(accepted, milestones, here),
        *_notice(accepted, "accepted", here, {"accepted_at": at.isoformat(), "due": ends.at.isoformat()}),
        clocks.public(accepted, "accepted", here),
    )
    return Decision(accepted, tells, "accepted", data={"procedure": procedure})


def _may_be_simple(state: CaseState, procedure: str, here: Here) -> None:
    """The simple procedure is for an organ's petitions, accepted within the policy's days of receipt (K16)."""
    if not procedure:
        return
    guards.organ(here)
    if state.desk != Desk.PETITION:
        raise Refused("petition_only", "简易办理只用于信访事项", {"procedure": ["不适用"]})
    until = due(state.came_at, here.policy.simple_accept_days, rolls=here.policy.rolls_to_working_day).at
    if here.now > until:
        raise Refused("too_late_for_simple", "已超过简易办理的受理期限", {"procedure": [f"期限至{until:%Y-%m-%d}"]})


def _hearing_knows(state: CaseState, milestones: tuple[Tell, ...], here: Here) -> tuple[Tell, ...]:
    """The own hearing hears of a petition that is handled here: it may be heard before there is an opinion (S103)."""
    own = [tell for tell in milestones if tell.to == here.office and state.desk == Desk.PETITION]
    return tuple(replace(tell, service="hearing") for tell in own)


def _accepted_from(state: CaseState, here: Here) -> datetime:
    """受理之日: today, at the latest the day by which the notice was due (domain 2.2)."""
    latest = [clocks.due_of(state.running[kind]).at for kind in ("K2", "K3") if kind in state.running]
    return min([here.now, *latest])


def _start_handling(state: CaseState, here: Here, at: datetime) -> tuple[CaseState, clocks.Acts]:
    """K5, or K16 of the simple procedure; in a village, which settles or passes up, the policy's days since it came."""
    if here.tier == "village":
        return clocks.start(state, here, "K5", state.came_at, given=clocks.settle_term(here, state.came_at))
    return clocks.start(state, here, "K16" if state.procedure else "K5", at)


def _notice(state: CaseState, kind: str, here: Here, facts: Mapping[str, Any]) -> tuple[Tell, ...]:
    """A numbered notice from the own intake. An anonymous or repeated discipline report gets none (JK art. 26)."""
    if state.desk == Desk.DISCIPLINE and (not state.real_name or state.repeat_of):
        return ()
    told = {"kind": kind, "at": here.now, "receipt_hash": state.receipt_hash, "desk": state.desk}
    facts = {"number": state.number, **facts}
    return (Tell(here.office, "intake", "notice_wanted", state.case, {**told, "facts": facts}),)


def decline(
    state: CaseState, cmd: Mapping[str, Any], here: Here, final_opinions: Sequence[str] = ()
) -> Decision[CaseState]:
    """Refuse the case with a ground of the policy's list and guidance (不予受理, XF22 arts 19, 28, 31, 36).

    ``final_opinions`` are the numbers of the opinions that made the case final which this one repeats; none otherwise.
    """
    guards.held(state, here)
    guards.may_refuse(state.desk, here)
    guards.status(state, Status.REGISTERED)
    ground = here.policy.decline_reasons.get(cmd["ground"])
    if ground is None:
        known = "、".join(here.policy.decline_reasons)
        raise Refused("unknown_ground", "不予受理的理由不在目录中", {"ground": [f"可选:{known}"]})
    kind = "declined"
    facts: dict[str, Any] = {"ground": cmd["ground"], "ground_text": ground, "guidance": cmd["guidance"]}
    if cmd["ground"] == FINAL:
        _is_final(cmd, final_opinions)
        kind, facts = "not_again", {**facts, "repeat_of": state.repeat_of, "opinions": list(final_opinions)}
    declined, stopped = clocks.stop(replace(state, status=Status.DECLINED.value, todo=""), here)
    tells = (
        *milestone(declined, "declined", here, stopped),
        *_notice(declined, kind, here, facts),
        progress(declined, "declined", here),
    )
    return Decision(declined, tells, "declined", data={"ground": cmd["ground"]})


def _is_final(cmd: Mapping[str, Any], final_opinions: Sequence[str]) -> None:
    """不再受理 is for the same facts and reasons after a final review, or after the right to it lapsed (XF22 art. 36)."""
    if cmd["new_facts"].strip():
        raise Refused("new_facts", "有新的事实和理由,应作为初次信访事项受理", {"new_facts": ["有新事实"]})
    if not final_opinions:
        raise Refused("not_final", "须先关联到本机关已知的复核终结事项", {"ground": ["没有关联的终结事项"]})


def extend(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A leader extends the handling time, once, before it runs out (延期, K6, XF22 art. 34). K16 is not extended."""
    guards.held(state, here)
    guards.leader(here)
    guards.organ(here)
    guards.status(state, Status.ACCEPTED)
    if state.procedure:
        raise Refused("not_extendable", "简易办理的期限不能延长")
    before = clocks.handling(state)
    if state.extended:
        raise Refused("extended", "只能延期一次")
    if here.now > before.at:
        raise Refused("too_late", "办理期限已过,不能再延期")
    try:
        extended, acts = clocks.extend(replace(state, extended=True), here, CalendarDays(cmd["days"]))
    except ValueError:
        raise Refused("too_long", "超过可以延长的期限", {"days": ["超过政策规定"]}) from None
    after = clocks.due_of(extended.running["K5"])
    facts = {
        "due_before": before.at.isoformat(),
        "due": after.at.isoformat(),
        "days": cmd["days"],
        "reason": cmd["reason"],
        "approved_by": here.actor.id,
    }
    tells = (
        *milestone(extended, "extended", here, acts),
        *_notice(extended, "extended", here, facts),
        clocks.public(extended, "extended", here),
    )
    return Decision(extended, tells, "extended", cmd["reason"], {"days": cmd["days"]})


def link_repeat(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Link it as a repeat (重件); each keeps its receipt and thread. A repeat is not told again (K17, JK art. 26)."""
    guards.held(state, here)
    guards.open_case(state)
    if cmd["repeat_of"] == state.number:
        raise Refused("itself", "不能与自身关联", {"repeat_of": ["与本件编号相同"]})
    return linked(state, cmd["repeat_of"], here)


def linked(state: CaseState, number: str, here: Here) -> Decision[CaseState]:
    """What a link makes of a case, whoever confirmed it."""
    repeat, stopped = clocks.stop(replace(state, repeat_of=number), here, ["K17"])
    repeat, begun = clocks.begin(repeat, here)
    tells = milestone(repeat, "repeat_linked", here, stopped + begun)
    return Decision(repeat, tells, "repeat_linked", "", {"repeat_of": number})


def note(state: CaseState) -> Decision[CaseState]:
    """An inner note; the office need not hold the case, it must have it."""
    guards.not_recalled(state)
    return Decision(state, (), "noted")


def remind(state: CaseState, data: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The handler is reminded (催办); a reminder that comes after the case moved on is only noted."""
    if state.recalled or state.holder != here.office or not (state.is_open or data["kind"] in state.running):
        return Decision(state, (), "reminder_past", "", {"kind": data["kind"]})
    return Decision(replace(state, todo=f"reminder {data['kind']}"), (), "reminded", "", {"kind": data["kind"]})


def add_supplement(state: CaseState, data: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """More material: kept here by the holder; passed on to the office below or above that signed for the case.

    A sealed supplement stays as well where it was sealed to: only a person of that desk can seal it for the holder.
    """
    known = any(each["supplement"] == data["supplement"] for each in state.supplements)
    if state.recalled or known:
        return guards.unheard(state, "supplement_filed")
    added = {name: data[name] for name in ("supplement", "text", "sealed")} | {"at": data["at"].isoformat()}
    with_it = replace(state, supplements=(*state.supplements, added), todo="supplemented")
    told = {"supplement": data["supplement"]}
    if state.holder == here.office:
        tells = (progress(state, "supplemented", here),)
        return Decision(with_it, tells, "supplemented", "", told)
    onward = Tell(state.passed_to, "assignment", "supplement_filed", state.case, dict(data))
    if data["sealed"] is not None:
        return Decision(with_it, (onward,), "supplement_passed_on", "", told)
    return Decision(state, (onward,), "supplement_passed_on", "", told)
