"""A leader goes down with cases, and each comes back with a result (S54, S92). Pure decisions.

Somebody recused from a case never takes it along: who plans is told, and a case of which he is recused later is left out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.outreach import MAX_CASES
from services.intake.outreach.cards.rules import petition_desk


class State(StrEnum):
    """Whether he went."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class GoingDown:
    """A leader's going down to a place. ``at`` is when he went, ``words`` what was said of it, or why it was cancelled.

    ``waiting`` are cases that the own supervision was asked for; ``unknown`` counts those that it does not have.
    """

    go_down: str
    leader: str
    leader_name: str
    level: str
    day: date
    place: str
    position: str
    campaign: str
    planned_at: datetime
    planned_by: str
    state: str = State.PLANNED.value
    at: datetime | None = None
    words: str = ""
    waiting: tuple[str, ...] = ()
    unknown: int = 0


@dataclass(frozen=True)
class CaseDown:
    """A case that goes along. ``result`` is "" until somebody says what it came back with."""

    taken: str
    go_down: str
    case: str
    number: str
    result: str = ""
    words: str = ""
    result_at: datetime | None = None
    result_by: str = ""


def plan(go_down: str, cmd: Mapping[str, Any], here: Here) -> Decision[GoingDown]:
    """He will go down, or went. Raises Refused."""
    petition_desk(here)
    names = ("leader", "leader_name", "level", "day", "place", "position", "campaign")
    own = {name: cmd[name] for name in names}
    state = GoingDown(go_down, **own, planned_at=here.now, planned_by=here.actor.id)
    return Decision(state, (), "go_down_planned", data={"go_down": go_down, "day": cmd["day"].isoformat()})


def may_change(known: GoingDown | None, here: Here, *, held: bool = False) -> GoingDown:
    """One that is planned, or with ``held`` one that took place. Raises NotFound or Refused."""
    petition_desk(here)
    if known is None:
        raise NotFound("该下访记录")
    wanted = State.HELD if held else State.PLANNED
    if known.state != wanted:
        words = {
            State.PLANNED: "尚未登记下访情况",
            State.HELD: "已经登记下访情况",
            State.CANCELLED: "该次下访已经取消",
        }
        said = words[State(known.state)]
        raise Refused("wrong_state", said, {"go_down": [said]})
    return known


def along(known: GoingDown, taken: Collection[str], more: Sequence[str]) -> tuple[str, ...]:
    """The cases that come to those already ``taken``, each once. Raises Refused where they are too many."""
    fresh = tuple(each for each in dict.fromkeys(more) if each not in taken and each not in known.waiting)
    if len(taken) + len(known.waiting) + len(fresh) > MAX_CASES:
        raise Refused("too_many_cases", f"一次最多带{MAX_CASES}件", {"cases": [f"最多{MAX_CASES}件"]})
    return fresh


def not_recused(recused: Collection[str], numbers: Mapping[str, str]) -> None:
    """Refused for a leader who keeps away from one of the cases."""
    if recused:
        named = "、".join(sorted(numbers[each] for each in recused))
        raise Refused("leader_recused", f"该负责人对{named}应当回避", {"cases": [f"该负责人应当回避: {named}"]})


def ask(known: GoingDown, unseen: Sequence[str], here: Here) -> Decision[GoingDown]:
    """Ask the own supervision for the cases that do not stand in the register: its ledger has those below too."""
    if not unseen:
        return Decision(known)
    persons = sorted({person for person in (known.leader, here.actor.person) if person})
    data = {"go_down": known.go_down, "cases": list(unseen), "persons": persons}
    told = Tell(here.office, "supervision", "lines_wanted", "", data)
    return Decision(replace(known, waiting=(*known.waiting, *unseen)), (told,), "go_down_asked")


def found(known: GoingDown, data: Mapping[str, Any]) -> tuple[GoingDown, dict[str, str]]:
    """What the ledger has of the cases asked for: the going down, and case → number of those that go along."""
    asked = [each for each in data["asked"] if each in known.waiting]
    lines = {line["case"]: line["number"] for line in data["lines"] if line["case"] in asked}
    waiting = tuple(each for each in known.waiting if each not in asked)
    return replace(known, waiting=waiting, unknown=known.unknown + len(asked) - len(lines)), lines


def cancel(known: GoingDown, reason: str) -> Decision[GoingDown]:
    """It does not take place."""
    state = replace(known, state=State.CANCELLED.value, words=reason)
    return Decision(state, (), "go_down_cancelled", reason, {"go_down": known.go_down})


def hold(known: GoingDown, cmd: Mapping[str, Any], here: Here) -> Decision[GoingDown]:
    """He went. Raises Refused for the future, and for another day than the planned one."""
    at = cmd["at"] or here.now
    if at > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"at": ["不能晚于现在"]})
    state = replace(known, state=State.HELD.value, at=at, day=local_day(at), words=cmd["words"])
    return Decision(state, (), "go_down_held", data={"go_down": known.go_down})


def activity(held: GoingDown, office: str) -> Activity:
    """The going down as it is counted."""
    kind, at = ActivityKind.GO_DOWN.value, held.at or held.planned_at
    return Activity(held.go_down, kind, office, at, held.leader, held.level, campaign=held.campaign)


def case_activity(held: GoingDown, one: CaseDown, office: str) -> Activity:
    """A case that went along, as it is counted."""
    return Activity(
        one.taken,
        ActivityKind.CASE_TAKEN.value,
        office,
        held.at or held.planned_at,
        held.leader,
        held.level,
        campaign=held.campaign,
        case=one.case,
        result=one.result,
    )


def result(one: CaseDown | None, cmd: Mapping[str, Any], here: Here) -> Decision[CaseDown]:
    """What a case came back with. Raises NotFound for one that did not go along."""
    if one is None:
        raise NotFound("该次下访所带的这一件")
    state = replace(one, result=cmd["result"], words=cmd["words"], result_at=here.now, result_by=here.actor.id)
    return Decision(state, (), "go_down_result", data={"go_down": one.go_down, "result": cmd["result"]})
