"""Repeated collective visits to the city over one matter propose something to a person; nothing happens by itself.

S39: three collective visits to the city over one matter within a week. S40: the district's rule then has the principal
of the responsible unit suspended to solve it. Here that is a proposal (domain 2.3): a leader decides, with a reason.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.policy_parts import VisitTrigger
from services.supervision.duties.rules import PRINCIPAL, OfficialDuty
from services.supervision.ledger.rules import Line
from services.supervision.orders.rules import LEADER, visible

COLLECTIVE = "collective"


@dataclass(frozen=True)
class Visit:
    """A visit to the city over a case."""

    id: str
    case_id: str
    at: datetime
    form: str
    head_count: int
    why_not_here: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Alert:
    """A proposal about the ``unit`` responsible for a matter and its ``principals`` (officials' ids, if registered)."""

    id: str
    case_id: str
    unit: str
    principals: tuple[str, ...]
    visits: tuple[str, ...]
    raised_at: datetime
    state: str = "open"
    decision: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


def head_of(case: str, repeats: Mapping[str, str]) -> str:
    """The case that a matter began with: ``repeats`` gives the case that a case repeats. A ring has its least id."""
    seen: list[str] = []
    while case in repeats and case not in seen:
        seen.append(case)
        case = repeats[case]
    return min(seen[seen.index(case) :]) if case in seen else case


def record(line: Line | None, visit_id: str, cmd: Mapping[str, Any], here: Here) -> Decision[Visit]:
    """A visit told by the city (R08). At the district only, for a petition it knows. Raises NotFound, Refused."""
    line = visible(line, here.actor)
    if here.office != here.tree.root.id:
        raise Refused("district_only", "到市走访由区级登记")
    if cmd["at"] > here.now:
        raise Refused("in_future", "走访时间不能晚于现在", {"at": ["晚于现在"]})
    least = here.policy.collective_visit_from
    if (cmd["head_count"] >= least) != (cmd["form"] == COLLECTIVE):
        raise Refused(
            "form_and_count", f"{least}人以上为集体访", {"form": ["与人数不符"], "head_count": ["与形式不符"]}
        )
    copied = {name: cmd[name] for name in ("at", "form", "head_count", "why_not_here")}
    visit = Visit(visit_id, line.case_id, **copied, recorded_by=here.actor.id, recorded_at=here.now)
    told = {"visit": visit.id, "form": visit.form, "head_count": visit.head_count}
    return Decision(visit, (), "city_visit", "", told)


def triggering(visits: Iterable[Visit], counted: Collection[str], trigger: VisitTrigger) -> tuple[str, ...]:
    """The visits over one matter that propose an alert, () if they do not.

    The window slides, in days of China: the day of its first visit is not counted (民法典 art. 201), so a visit of the
    ``days``-th day after it still is in the window, to midnight. What an earlier alert counted is not counted again.
    """
    fresh = [each for each in visits if each.form == COLLECTIVE and each.id not in counted]
    fresh.sort(key=lambda each: (each.at, each.id))
    for number in range(len(fresh) - trigger.count + 1):
        last = local_day(fresh[number].at) + timedelta(days=trigger.days)
        window = [each.id for each in fresh[number:] if local_day(each.at) <= last]
        if len(window) >= trigger.count:
            return tuple(window)
    return ()


def principals_of(unit: str, duties: Iterable[OfficialDuty], day: date) -> tuple[str, ...]:
    """The registered principals of a town, by id."""
    return tuple(
        sorted({each.person for each in duties if each.duty == PRINCIPAL and each.scope == unit and each.holds_on(day)})
    )


def propose(
    alert_id: str, line: Line, visits: tuple[str, ...], duties: Iterable[OfficialDuty], here: Here
) -> Decision[Alert]:
    """Put before a leader what S39 and S40 say of the unit that holds the matter now. It decides nothing."""
    alert = Alert(
        id=alert_id,
        case_id=line.case_id,
        unit=line.holder,
        principals=principals_of(line.holder, duties, local_day(here.now)),
        visits=visits,
        raised_at=here.now,
    )
    return Decision(alert, (), "city_alert", "", {"alert": alert.id, "unit": alert.unit, "visits": len(visits)})


def decide(alert: Alert, cmd: Mapping[str, Any], here: Here) -> Decision[Alert]:
    """A leader decides, who is of another unit than the one the alert is about. Raises Refused."""
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "须由领导决定")
    if alert.unit == here.office or here.actor.person in alert.principals:
        raise Refused("own_unit", "责任单位的人员不能决定对本单位的建议")
    if alert.state != "open":
        raise Refused("not_open", "这一建议已经决定", {"alert": ["已经决定"]})
    said = {"decision": cmd["decision"], "reason": cmd["reason"]}
    decided = replace(alert, state="decided", **said, decided_by=here.actor.id, decided_at=here.now)
    return Decision(decided, (), "city_alert_decided", cmd["reason"], {"alert": alert.id, "decision": cmd["decision"]})
