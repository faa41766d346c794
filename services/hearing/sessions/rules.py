"""A hearing in one of three forms (S101), with its four on-the-spots as gates (S102) and its agreement. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import clock
from contracts.words import ClockAct, Form, Gate
from services.hearing.cases.rules import HearingCase, told
from services.hearing.reviews.standing import FINAL, Review
from services.hearing.sessions import seats


@dataclass(frozen=True)
class Hearing:
    """One hearing. ``further`` are other cases that it treats as well; ``adjourned`` is {from, reason, at, by} each time."""

    id: str
    case_id: str
    ordinal: int
    notice_no: str
    form: str
    for_level: str
    place: str
    notice_at: datetime
    planned_at: datetime
    investigation_report: str
    public_notice: str
    panel: tuple[Any, ...]
    absences: str
    gates: Mapping[str, Any] = field(default_factory=dict)
    minutes: str = ""
    terms: tuple[Any, ...] = ()
    held_at: datetime | None = None
    state: str = "open"
    replaced: tuple[Any, ...] = ()
    further: tuple[str, ...] = ()
    adjourned: tuple[Any, ...] = ()
    cancelled_why: str = ""


def open_hearing(
    case: HearingCase,
    earlier: Sequence[Hearing],
    final: Review | None,
    cmd: Mapping[str, Any],
    ids: tuple[str, str],
    here: Here,
) -> Decision[tuple[Hearing, Review | None]]:
    """Call a hearing; within a final review K10 stands still from here. ``ids`` are the session's id and notice number.

    Refused: another hearing is open, a public one without notice, seats missing without reason or held by the recused, no
    final review to hear.
    """
    if any(each.state == "open" for each in earlier):
        raise Refused("hearing_open", "该事项已有未结束的听证", {"case": ["听证未结束"]})
    if cmd["form"] == Form.PUBLIC and not cmd["public_notice"].strip():
        raise Refused("notice_needed", "公开听证须先发布公告", {"public_notice": ["须填写公告"]})
    if cmd["planned_at"] < here.now:
        raise Refused("planned_past", "听证时间不能早于现在", {"planned_at": ["早于现在"]})
    seats.check(case, cmd["panel"], cmd["absences"])
    within_final = cmd["for_level"] == FINAL
    if within_final and (final is None or final.state != "requested"):
        raise Refused("no_final_review", "没有正在办理的复核", {"for_level": ["没有复核"]})
    copied = ("form", "for_level", "place", "planned_at", "investigation_report", "public_notice", "absences")
    _further(case, cmd)
    hearing = Hearing(
        id=ids[0],
        case_id=case.case,
        ordinal=len(earlier) + 1,
        notice_no=ids[1],
        notice_at=here.now,
        panel=tuple(dict(seat) for seat in cmd["panel"]),
        further=tuple(cmd["further"]),
        **{name: cmd[name] for name in copied},
    )
    paused = replace(final, paused_at=here.now) if within_final and final else None
    clocks = [clock("K10", ClockAct.PAUSE, here.now)] if paused else []
    said = {"session": hearing.id, "form": hearing.form}
    return Decision((hearing, paused), told(case, "hearing_opened", here, clocks), "open_hearing", "", said)


def _further(case: HearingCase, cmd: Mapping[str, Any]) -> None:
    if case.case in cmd["further"] or len(set(cmd["further"])) < len(cmd["further"]):
        raise Refused("case_twice", "同一事项写了两次", {"further": ["事项重复"]})


def replace_seat(case: HearingCase, hearing: Hearing, cmd: Mapping[str, Any], here: Here) -> Decision[Hearing]:
    """Somebody else takes a seat; who sat there, and why he left it, stays on the record. Refused after completion."""
    still_open(hearing)
    if cmd["name"] not in {seat["name"] for seat in hearing.panel}:
        raise Refused("no_seat", "听证人员中没有此人", {"name": ["没有此人"]})
    panel = [dict(cmd["by"]) if seat["name"] == cmd["name"] else seat for seat in hearing.panel]
    seats.check(case, panel, hearing.absences)
    word = {"name": cmd["name"], "by": cmd["by"]["name"], "reason": cmd["reason"], "at": here.now.isoformat()}
    replaced = replace(hearing, panel=tuple(panel), replaced=(*hearing.replaced, word))
    return Decision(replaced, (), "replace_seat", "", {"session": hearing.id, "role": cmd["by"]["role"]})


def record_gate(hearing: Hearing, cmd: Mapping[str, Any], here: Here) -> Decision[Hearing]:
    """Record one of the four on-the-spots: its content, or why it was not done. Refused after completion."""
    still_open(hearing)
    said = {"content": cmd["content"], "reason": cmd["reason"], "at": here.now.isoformat(), "by": here.actor.id}
    recorded = replace(hearing, gates={**hearing.gates, cmd["gate"]: said})
    return Decision(recorded, (), "record_gate", "", {"session": hearing.id, "gate": cmd["gate"]})


def complete(
    case: HearingCase, hearing: Hearing, final: Review | None, cmd: Mapping[str, Any], here: Here
) -> Decision[tuple[Hearing, Review | None]]:
    """Close the record: K10 runs again, and each agreed term gets its clock K26.

    Refused by name while an on-the-spot has neither content nor reason, for an agreement that was not made there, and
    while somebody sits who was recused meanwhile.
    """
    still_open(hearing)
    seats.not_recused(case, hearing.panel)
    missing = missing_gates(hearing)
    if missing:
        fields = {gate.value: [f"{here.policy.on_the_spots[gate]}:没有内容,也没有说明原因"] for gate in missing}
        raise Refused("gates_missing", "四个当场尚未全部完成", fields)
    terms = cmd["agreement"]["terms"] if cmd["agreement"] else []
    _check_terms(hearing, terms, here)
    done = replace(hearing, state="completed", held_at=here.now, minutes=cmd["minutes"], terms=_kept(terms))
    clocks = [_term_clock(hearing, number, term, here) for number, term in enumerate(terms, 1)]
    again = resumed(final, here) if hearing.for_level == FINAL and final else None
    ends = Due(again.due, again.provisional, again.how) if again and again.due else None
    _check_resolved(hearing, cmd["resolved"])
    if ends is not None:
        clocks.append(clock("K10", ClockAct.RESUME, here.now, ends))
    said = {"session": hearing.id, "terms": len(terms)}
    return Decision((done, again), told(case, "hearing_completed", here, clocks, ends), "complete_hearing", "", said)


def missing_gates(hearing: Hearing) -> list[Gate]:
    """The on-the-spots that have neither content nor a stated reason."""
    said = {gate: hearing.gates.get(gate.value) or {} for gate in Gate}
    return [gate for gate, words in said.items() if not (words.get("content", "") or words.get("reason", "")).strip()]


def still_open(hearing: Hearing) -> None:
    """Raises Refused once the record is complete."""
    if hearing.state != "open":
        raise Refused("completed", "听证记录已经完成,不能再改", {"session": ["已完成"]})


def _check_terms(hearing: Hearing, terms: Sequence[Mapping[str, Any]], here: Here) -> None:
    if terms and not hearing.gates[Gate.AGREEMENT.value]["content"].strip():
        raise Refused("not_agreed_there", "协议须当场形成", {"agreement": ["当场形成听证协议没有内容"]})
    past = [str(number) for number, term in enumerate(terms, 1) if term["due"] <= here.now]
    if past:
        raise Refused("due_past", "协议事项的期限须晚于现在", {"agreement": [f"第{each}项已过期限" for each in past]})


def _check_resolved(hearing: Hearing, resolved: Sequence[str]) -> None:
    if not set(resolved) <= {hearing.case_id, *hearing.further}:
        raise Refused("not_heard", "只能填写本次听证的事项", {"resolved": ["不是本次听证的事项"]})
    if resolved and not hearing.gates[Gate.AGREEMENT.value]["content"].strip():
        raise Refused(
            "not_agreed_there", "没有当场形成协议,不能作为当场化解", {"resolved": ["当场形成听证协议没有内容"]}
        )


def _kept(terms: Sequence[Mapping[str, Any]]) -> tuple[dict[str, str], ...]:
    return tuple({"what": term["what"], "due": term["due"].isoformat()} for term in terms)


def _term_clock(hearing: Hearing, number: int, term: Mapping[str, Any], here: Here) -> dict[str, Any]:
    agreed = Due(term["due"], False, (f"听证协议第{number}项约定",))
    return {**clock("K26", ClockAct.START, here.now, agreed), "ref": f"{hearing.ordinal}.{number}"}


def resumed(final: Review, here: Here) -> Review | None:
    """The final review with the hearing's days not counted (art. 36)."""
    if final.paused_at is None or final.state != "requested":
        return None
    pauses = (*final.pauses, [final.paused_at.isoformat(), here.now.isoformat()])
    moments = tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pauses)
    ends = here.policy.due("K10", final.requested_at, moments)
    return replace(final, paused_at=None, pauses=pauses, due=ends.at, provisional=ends.provisional, how=ends.how)
