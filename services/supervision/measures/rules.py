"""Petition supervision (信访监督, S80–S87), step by step at the desk that holds the report. Pure decisions.

proposal → approval → measure → result → feedback → recheck → filed; a step out of its order is refused. The desk proposes
and a leader approves; nothing here decides of itself. Sources: S81, S85, S86; domain 3.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts import authority
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.policy_measures import MeasureKind
from contracts.veils import is_veiled
from contracts.words import Desk
from services.supervision.ledger.rules import Line
from services.supervision.measures import forms

STATES_ZH: Mapping[str, str] = {
    "proposed": "待批准",
    "refused": "未批准",
    "approved": "待实施",
    "carried": "已实施,待登记结果",
    "result": "已登记结果,待反馈",
    "fed_back": "已反馈,待复查",
    "rechecked": "已复查,待归档",
    "filed": "已归档",
}


@dataclass(frozen=True)
class Measure:
    """A measure. ``carried_on`` is the day it was carried out; ``demand`` what was demanded for it, "" for nothing yet."""

    id: str
    case_id: str
    kind: str
    to: str
    points: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    state: str = "proposed"
    approved_at: datetime | None = None
    carried_on: date | None = None
    record: Mapping[str, Any] | None = None
    sealed: Mapping[str, Any] | None = None
    demand: str = ""
    corrected: bool | None = None
    recheck_on: date | None = None
    result: Mapping[str, Any] | None = None
    lasting: bool | None = None


def at_hand(line: Line | None, here: Here) -> Line:
    """The report's line, for who may act on it here. Raises NotFound away from the discipline desk, Refused elsewhere."""
    if line is None or not line.desk == here.actor.desk == Desk.DISCIPLINE:
        raise NotFound("该事项")
    if line.holder != here.office or line.offered_to:
        raise Refused("not_holder", "本机关不是该事项的承办单位", {"case": ["不在本机关办理"]})
    if is_veiled(line.case_id, here.actor.person, line.recused):
        raise Refused("recused", "您对本事项回避")
    return line


def kind_of(name: str, here: Here) -> MeasureKind:
    """The kind of that name. Raises Refused for one that the policy does not have."""
    if name not in here.policy.measures:
        known = "、".join(here.policy.measures)
        raise Refused("unknown_kind", "没有这一种信访监督措施", {"kind": [f"可选: {known}"]})
    return here.policy.measures[name]


def propose(line: Line | None, disposal: str, measure_id: str, cmd: Mapping[str, Any], here: Here) -> Decision[Measure]:
    """Propose it, where the head's ``disposal`` of the report admits this kind (S80)."""
    line = at_hand(line, here)
    kind = kind_of(cmd["kind"], here)
    if disposal not in kind.disposals:
        raise Refused("not_eligible", f"该举报的处置方式不能采取{kind.zh}", {"kind": ["请先由负责人确定处置方式"]})
    if cmd["to"] not in {here.office, *(each.id for each in here.tree.descendants(here.office))}:
        raise Refused("not_below", "只能对本单位或者下级单位的干部采取措施", {"to": ["不是本单位或者下级单位"]})
    if cmd["to"] in line.excluded and cmd["to"] != here.office and kind.form in ("notice", "meeting"):
        raise Refused("recused", "该单位对本事项回避", {"to": ["已回避"]})
    forms.neutral(cmd["points"], kind, here)
    given = Measure(measure_id, cmd["case"], cmd["kind"], cmd["to"], tuple(cmd["points"]), here.actor.id, here.now)
    return Decision(given, (), "measure_proposed", data={"measure": measure_id, "kind": cmd["kind"]})


def approve(measure: Measure, line: Line | None, cmd: Mapping[str, Any], here: Here) -> Decision[Measure]:
    """A leader of the desk, not who proposed it, approves or refuses it."""
    _step(measure, line, "proposed", here)
    authority.leader(here)
    if measure.proposed_by == here.actor.id:
        raise Refused("same_person", "提出措施的人不能批准,须由另一负责人批准")
    state = "approved" if cmd["approved"] else "refused"
    return _said(replace(measure, state=state, approved_at=here.now if cmd["approved"] else None), state)


def carry_out(measure: Measure, line: Line | None, cmd: Mapping[str, Any], here: Here) -> Decision[Measure]:
    """It was carried out, after its approval and not in the future, with the record that its form wants."""
    _step(measure, line, "approved", here)
    if cmd["on"] > local_day(here.now):
        raise Refused("in_future", "实施日期不能晚于今天", {"on": ["晚于今天"]})
    if measure.approved_at is not None and cmd["on"] < local_day(measure.approved_at):
        raise Refused("too_early", "实施日期不能早于批准日期", {"on": ["早于批准日期"]})
    record = forms.record(kind_of(measure.kind, here).form, measure.case_id, cmd)
    carried = replace(measure, state="carried", carried_on=cmd["on"], record=record, sealed=cmd["sealed"])
    return _said(carried, "carried", told(carried, line, here))


def result(measure: Measure, line: Line | None, owed: str, cmd: Mapping[str, Any], here: Here) -> Decision[Measure]:
    """What came of it (S86). ``owed`` is the state of what was demanded for it: an answer that is due comes first."""
    _step(measure, line, "carried", here)
    if owed == "open":
        raise Refused("not_answered", "被要求的单位尚未书面答复,不能登记结果")
    if measure.carried_on is not None and cmd["recheck_on"] <= measure.carried_on:
        raise Refused("too_early", "复查日期须晚于实施日期", {"recheck_on": ["须晚于实施日期"]})
    forms.of_case(cmd["sealed"], measure.case_id)
    given = {name: cmd[name] for name in ("corrected", "recheck_on")}
    known = replace(measure, state="result", result=cmd["sealed"], **given)
    return _said(known, "result", told(known, line, here))


def feed_back(measure: Measure, line: Line | None, here: Here) -> Decision[Measure]:
    """The result was told to the unit that supervises the person."""
    _step(measure, line, "result", here)
    return _said(replace(measure, state="fed_back"), "fed_back")


def recheck(measure: Measure, line: Line | None, lasting: bool, here: Here) -> Decision[Measure]:
    """On its day or later somebody looked whether the correction lasts."""
    _step(measure, line, "fed_back", here)
    if measure.recheck_on is not None and local_day(here.now) < measure.recheck_on:
        raise Refused("too_early", f"复查日期为{measure.recheck_on}", {"measure": ["未到复查日期"]})
    return _said(replace(measure, state="rechecked", lasting=lasting), "rechecked")


def file(measure: Measure, line: Line | None, here: Here) -> Decision[Measure]:
    """Its papers go to the file."""
    _step(measure, line, "rechecked", here)
    return _said(replace(measure, state="filed"), "filed")


def _step(measure: Measure, line: Line | None, state: str, here: Here) -> None:
    at_hand(line, here)
    if measure.state != state:
        raise Refused("wrong_state", "该措施现在不能这样办理", {"measure": [STATES_ZH[measure.state]]})


def _said(measure: Measure, step: str, tells: tuple[Tell, ...] = ()) -> Decision[Measure]:
    return Decision(measure, tells, f"measure_{step}", data={"measure": measure.id, "kind": measure.kind})


def told(measure: Measure, line: Line | None, here: Here) -> tuple[Tell, ...]:
    """To the discipline desks above, that are not recused: that it was carried out, to be counted."""
    excluded = line.excluded if line is not None else ()
    names = ("kind", "carried_on", "corrected")
    data = {"measure": measure.id, **{name: getattr(measure, name) for name in names}}
    above = [office.id for office in here.tree.ancestors(here.office) if office.id not in excluded]
    return tuple(Tell(office, "supervision", "measure_told", measure.case_id, data) for office in above)


def believed(line: Line | None, known_from: str, sender: str, here: Here) -> bool:
    """Whether the sender may say so: it holds the report, below here and not recused, or told of this measure before."""
    if line is None or line.desk != Desk.DISCIPLINE or sender in line.excluded:
        return False
    below = sender in {office.id for office in here.tree.descendants(here.office)}
    return below and sender == (known_from or line.holder)
