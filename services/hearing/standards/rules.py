"""Five slots of rule text, and what has to be answered before each step of a hearing (S100). Pure.

A slot is empty until somebody enters the district's text: nothing here invents one, and an empty slot asks nothing. Once a
slot has a text, a named person answers for each hearing whether it is met, by the version in force, before its step.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.authority import leader
from contracts.context import Here
from contracts.errors import Refused
from services.hearing.sessions.rules import Hearing

SLOTS = {"host": "实施主体", "scope": "适用范围", "procedure": "实施程序", "form": "召开形式", "finality": "终结标准"}
OPENING, COMPLETING, TERMINATING = ("host", "scope", "form"), ("procedure",), ("finality",)
"""What has to be met before a hearing is called, before its record is closed, before an opinion that terminates."""


@dataclass(frozen=True)
class Rule:
    desk: str
    slot: str
    version: int
    document: str
    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Check:
    """``ordinal`` is the hearing of the case that it is about, counted from 1."""

    case_id: str
    ordinal: int
    slot: str
    version: int
    document: str
    met: bool
    note: str
    at: datetime
    by: str


def enter(known: Iterable[Rule], cmd: Mapping[str, Any], here: Here) -> Rule:
    """A leader enters the next version of a text; those before it stay. Raises Refused."""
    leader(here)
    version = 1 + max((each.version for each in known if each.slot == cmd["slot"]), default=0)
    said = {name: cmd[name] for name in ("slot", "document", "text")}
    return Rule(desk=here.actor.desk, version=version, at=here.now, by=here.actor.id, **said)


def in_force(known: Iterable[Rule]) -> dict[str, Rule]:
    """The last version of each slot that has a text."""
    return {each.slot: each for each in sorted(known, key=lambda each: each.version)}


def ordinal_of(slot: str, hearings: Sequence[Hearing]) -> int:
    """Which hearing of the case an answer is about: the next one, the open one, or the last completed one. Raises Refused."""
    if slot in OPENING:
        found = [] if any(each.state == "open" for each in hearings) else [len(hearings) + 1]
    else:
        wanted = "open" if slot in COMPLETING else "completed"
        found = [each.ordinal for each in hearings if each.state == wanted]
    if not found:
        raise Refused("not_now", "现在没有须核对此项的听证", {"slot": [f"{SLOTS[slot]}现在不须核对"]})
    return max(found)


def answer(case_id: str, hearings: Sequence[Hearing], rule: Rule | None, cmd: Mapping[str, Any], here: Here) -> Check:
    """Somebody says whether the text in force is met. Raises Refused for a slot that has none."""
    if rule is None:
        raise Refused("no_rule", "尚未录入该项规定", {"slot": ["尚未录入规定"]})
    return Check(
        case_id=case_id,
        ordinal=ordinal_of(rule.slot, hearings),
        slot=rule.slot,
        version=rule.version,
        document=rule.document,
        met=cmd["met"],
        note=cmd["note"],
        at=here.now,
        by=here.actor.id,
    )


def may_go_on(step: Sequence[str], ordinal: int, rules: Mapping[str, Rule], checks: Iterable[Check]) -> None:
    """Raises Refused by name for an item of the step that is unanswered, or answered as not met, by the text in force."""
    said = {(each.slot, each.version): each.met for each in checks if each.ordinal == ordinal}
    answers = {slot: said.get((slot, rules[slot].version)) for slot in step if slot in rules}
    open_ = [f"{SLOTS[slot]}:{'不符合' if met is False else '未核对'}" for slot, met in answers.items() if not met]
    if open_:
        raise Refused("checklist", "核对单尚未完成,不能进入下一步", {"checklist": open_})
