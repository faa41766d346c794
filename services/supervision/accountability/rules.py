"""What a person decides by the discipline rules, and what has to be written down with it (S40, S41; domain 2.3).

The system suspends and removes nobody: an organ outside it decides, a leader who is not of the unit writes that down.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.authority import LEADER
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from services.supervision.city.rules import Alert, Visit
from services.supervision.ledger.rules import Line
from services.supervision.ledger.trend import town_of

SUSPEND = "suspend"


@dataclass(frozen=True)
class Suspension:
    """A proposal to suspend the principal of a unit, and what became of it."""

    id: str
    case_id: str
    unit: str
    draft: str
    proposed_by: str
    proposed_at: datetime
    state: str = "proposed"
    person: str = ""
    organ: str = ""
    document: str = ""
    grounds: str = ""
    since: date | None = None
    decided_by: str = ""
    decided_at: datetime | None = None
    until: date | None = None
    result: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Removal:
    """A removal on the spot."""

    id: str
    unit: str
    person: str
    facts: str
    organ: str
    document: str
    decided_on: date
    recorded_by: str
    recorded_at: datetime


def propose(alert: Alert, visits: Sequence[Visit], number: str, here: Here) -> Suspension:
    """The draft that a leader's decision on an alert makes: facts from the visits counted, no name of who went."""
    days = "、".join(f"{local_day(each.at):%Y年%m月%d日}({each.head_count}人)" for each in visits)
    draft = (
        f"停职处理建议: {here.tree.name_of(alert.unit)}承办的信访事项{number},信访人因同一问题先后于{days}到市集访。"
        f"建议由有权机关研究是否停止该单位主要领导职务,由其处理该信访问题。理由: {alert.reason}"
    )
    return Suspension(alert.id, alert.case_id, alert.unit, draft, alert.decided_by, here.now)


def decide(
    known: Suspension | None, principals: Collection[str], cmd: Mapping[str, Any], here: Here
) -> Decision[Suspension]:
    """What the organ decided; ``principals`` are those that the alert names, if any is registered. Raises NotFound, Refused."""
    known = _mine(known, "proposed", here)
    if principals and cmd["person"] not in principals:
        raise Refused("not_the_principal", "不是责任单位登记的主要领导", {"person": ["不是该单位主要领导"]})
    if here.actor.person == cmd["person"]:
        raise Refused("own_person", "本人不能决定对本人的建议", {"person": ["是本人"]})
    if cmd["suspends"] != (cmd["since"] is not None):
        raise Refused("since", "停职的须写明起始日期,不停职的不写", {"since": ["与决定不符"]})
    said = {name: cmd[name] for name in ("person", "organ", "document", "grounds", "since")}
    state = "decided" if cmd["suspends"] else "refused"
    decided = replace(known, state=state, decided_by=here.actor.id, decided_at=here.now, **said)
    return Decision(decided, (), "suspension_decided", cmd["grounds"], {"suspension": known.id, "state": state})


def end(known: Suspension | None, cmd: Mapping[str, Any], here: Here) -> Decision[Suspension]:
    """It is over. Raises NotFound, Refused."""
    known = _mine(known, "decided", here)
    if known.since is None or not known.since <= cmd["until"] <= local_day(here.now):
        raise Refused("until", "终止日期须在起始日期之后、今天之前", {"until": ["不在其间"]})
    said = {"until": cmd["until"], "result": cmd["result"]}
    ended = replace(known, state="ended", ended_by=here.actor.id, ended_at=here.now, **said)
    return Decision(ended, (), "suspension_ended", cmd["result"], {"suspension": known.id})


def _mine(known: Suspension | None, state: str, here: Here) -> Suspension:
    if known is None:
        raise NotFound("停职处理建议")
    _leader_of_another_unit(known.unit, here)
    if known.state != state:
        raise Refused("wrong_state", "这一建议现在不能这样处理", {"suspension": ["已经办过,或者还不到这一步"]})
    return known


def _leader_of_another_unit(unit: str, here: Here) -> None:
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "须由领导决定")
    if unit not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", "只能对下级单位作出", {"unit": ["不是本单位的下级"]})


def remove(lines: Sequence[Line], removal_id: str, cmd: Mapping[str, Any], here: Here) -> Decision[Removal]:
    """A removal on the spot, with the ``lines`` of every case named. No number of cases makes it. Raises Refused."""
    _leader_of_another_unit(cmd["unit"], here)
    if here.actor.person == cmd["person"]:
        raise Refused("own_person", "本人不能登记对本人的处理", {"person": ["是本人"]})
    if cmd["decided_on"] > local_day(here.now):
        raise Refused("in_future", "决定日期不能晚于今天", {"decided_on": ["晚于今天"]})
    if foreign := [line.number for line in lines if not _is_of(line, cmd["unit"], here)]:
        raise Refused("not_of_the_unit", "有事项不在该单位辖区", {"cases": [f"不属于该单位: {'、'.join(foreign)}"]})
    said = {name: cmd[name] for name in ("unit", "person", "facts", "organ", "document", "decided_on")}
    removal = Removal(removal_id, **said, recorded_by=here.actor.id, recorded_at=here.now)
    noted = {"removal": removal.id, "unit": removal.unit, "cases": len(lines)}
    return Decision(removal, (), "removal_recorded", cmd["facts"], noted)


def _is_of(line: Line, unit: str, here: Here) -> bool:
    of_unit = {unit, *(office.id for office in here.tree.descendants(unit))}
    return bool({line.holder, line.entry_office, town_of(line, here.tree)} & of_unit)
