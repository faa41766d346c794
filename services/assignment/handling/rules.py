"""Accepting, refusing, extending, settling, and what is noted beside. Pure decisions of the holder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from contracts.calendar import CalendarDays
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import milestone, progress
from contracts.words import Desk, Status
from services.assignment import clocks, guards
from services.assignment.state import CaseState

# What ends when the reporter was told that the case is accepted: the sorting, and K17 (JK art. 26).
TOLD = (*clocks.SORTING, "K17")


def accept(state: CaseState, here: Here) -> Decision[CaseState]:
    """Accept the case (受理). K5 runs from the day of the notice, at the latest from the day the notice was due."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    at = _accepted_from(state, here)
    accepted = replace(state, status=Status.ACCEPTED.value, accepted_at=at, taken=True, todo="")
    accepted, stopped = clocks.stop(accepted, here, TOLD)
    accepted, started = _start_handling(accepted, here, at)
    ends = clocks.due_of(accepted.running["K5"])
    tells = (
        *milestone(accepted, "accepted", here, stopped + started),
        *_notice(accepted, "accepted", here, {"accepted_at": at.isoformat(), "due": ends.at.isoformat()}),
        progress(accepted, "accepted", here, ends.at, ends.how),
    )
    return Decision(accepted, tells, "accepted")


def _accepted_from(state: CaseState, here: Here) -> datetime:
    """受理之日: today, at the latest the day by which the notice was due (domain 2.2)."""
    latest = [clocks.due_of(state.running[kind]).at for kind in ("K2", "K3") if kind in state.running]
    return min([here.now, *latest])


def _start_handling(state: CaseState, here: Here, at: datetime) -> tuple[CaseState, clocks.Acts]:
    """K5; in a village, which settles or passes up, its days are those of the policy since the case came."""
    if here.tier == "village":
        return clocks.start(state, here, "K5", state.came_at, given=clocks.settle_term(here, state.came_at))
    return clocks.start(state, here, "K5", at)


def _notice(state: CaseState, kind: str, here: Here, facts: Mapping[str, Any]) -> tuple[Tell, ...]:
    """A numbered notice from the own intake. An anonymous or repeated discipline report gets none (JK art. 26)."""
    if state.desk == Desk.DISCIPLINE and (not state.real_name or state.repeat_of):
        return ()
    told = {"kind": kind, "at": here.now, "receipt_hash": state.receipt_hash, "desk": state.desk}
    facts = {"number": state.number, **facts}
    return (Tell(here.office, "intake", "notice_wanted", state.case, {**told, "facts": facts}),)


def decline(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Refuse the case with a ground of the policy's list and guidance (不予受理, XF22 arts 19, 28, 31, 36)."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED)
    ground = here.policy.decline_reasons.get(cmd["ground"])
    if ground is None:
        known = "、".join(here.policy.decline_reasons)
        raise Refused("unknown_ground", "不予受理的理由不在目录中", {"ground": [f"可选:{known}"]})
    declined, stopped = clocks.stop(replace(state, status=Status.DECLINED.value, todo=""), here)
    facts = {"ground": cmd["ground"], "ground_text": ground, "guidance": cmd["guidance"]}
    tells = (
        *milestone(declined, "declined", here, stopped),
        *_notice(declined, "declined", here, facts),
        progress(declined, "declined", here),
    )
    return Decision(declined, tells, "declined", data={"ground": cmd["ground"]})


def extend(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A leader extends the handling time, once, before it runs out (延期, K6, XF22 art. 34)."""
    guards.held(state, here)
    guards.leader(here)
    guards.organ(here)
    guards.status(state, Status.ACCEPTED, Status.OPINION)
    before = clocks.due_of(state.running["K5"])
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
        progress(extended, "extended", here, after.at, after.how),
    )
    return Decision(extended, tells, "extended", cmd["reason"], {"days": cmd["days"]})


def settle(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """A village settled it on the spot (XF22 arts 15, 33); it stays open until the person confirms."""
    guards.held(state, here)
    guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    if here.tier != "village":
        raise Refused("not_a_village", "当场解决只用于村(社区);机关请出具处理意见")
    settled = replace(state, status=Status.SETTLED.value, settled=cmd["what"], taken=True, todo="")
    settled, stopped = clocks.stop(settled, here, clocks.SORTING)
    settled, started = clocks.start(settled, here, "K5", here.now, given=clocks.settle_term(here, here.now))
    tells = (*milestone(settled, "settled", here, stopped + started), progress(settled, "settled", here))
    return Decision(settled, tells, "settled")


def confirm_settlement(state: CaseState, here: Here) -> Decision[CaseState]:
    """The person confirmed: the case is concluded (办结)."""
    guards.held(state, here)
    guards.status(state, Status.SETTLED)
    concluded, stopped = clocks.stop(replace(state, status=Status.CONCLUDED.value, todo=""), here)
    tells = (*milestone(concluded, "concluded", here, stopped), progress(concluded, "concluded", here))
    return Decision(concluded, tells, "settlement_confirmed")


def link_repeat(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Link it as a repeat (重件); each keeps its receipt and thread. A repeat is not told again (K17, JK art. 26)."""
    guards.held(state, here)
    guards.open_case(state)
    if cmd["repeat_of"] == state.number:
        raise Refused("itself", "不能与自身关联", {"repeat_of": ["与本件编号相同"]})
    linked = replace(state, repeat_of=cmd["repeat_of"])
    linked, stopped = clocks.stop(linked, here, ["K17"])
    linked, begun = clocks.begin(linked, here)
    tells = milestone(linked, "repeat_linked", here, stopped + begun)
    return Decision(linked, tells, "repeat_linked", "", {"repeat_of": cmd["repeat_of"]})


def note(state: CaseState) -> Decision[CaseState]:
    """An inner note; the office need not hold the case, it must have it."""
    guards.not_recalled(state)
    return Decision(state, (), "noted")


def remind(state: CaseState, data: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The handler is reminded (催办); a reminder that comes after the case moved on is only noted."""
    if state.recalled or state.holder != here.office or not state.is_open:
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
