"""A unit objects to one of its frozen figures; a leader of the district decides (S33). The figure itself stays. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from services.supervision.reports.rules import Report, leader_of_petitions, served_here, units


@dataclass(frozen=True)
class Objection:
    """``state``: open → upheld or rejected. ``value`` and ``base`` are how the figure should be, where it is upheld."""

    objection: str
    report: str
    office: str
    service: str
    name: str
    grounds: str
    at: datetime
    by: str
    state: str = "open"
    decided_at: datetime | None = None
    decided_by: str = ""
    why: str = ""
    value: int | None = None
    base: int | None = None


def object_to(report: Report, known: bool, objection: str, cmd: Mapping[str, Any], here: Here) -> Decision[Objection]:
    """A unit says that one of its figures is wrong, within the policy's days. Raises Refused."""
    served_here(report, here)
    leader_of_petitions(here)
    if not known:
        raise Refused("no_such_figure", "本单位没有这一项数据", {"name": ["没有这一项"]})
    _in_time(report, here.now, here)
    state = Objection(
        objection, report.report, here.office, cmd["service"], cmd["name"], cmd["grounds"], here.now, here.actor.id
    )
    told = {name: getattr(state, name) for name in ("objection", "report", "service", "name", "grounds", "at", "by")}
    return Decision(
        state,
        (Tell(report.origin, "supervision", "report_objected", "", told),),
        "figure_objected",
        data={"report": report.report, "figure": cmd["name"]},
    )


def _in_time(report: Report, at: datetime, here: Here) -> None:
    kind = here.policy.reports.get(report.kind)
    last = local_day(report.published_at or at) + timedelta(days=kind.object_days if kind else 0)
    if local_day(at) > last:
        raise Refused("too_late", f"异议期至{last.isoformat()}", {"report": ["已过异议期"]})


def take_objection(report: Report | None, sender: str, data: Mapping[str, Any], here: Here) -> Objection:
    """An objection of a unit arrives; it counts when it was made in time. Raises Refused."""
    if report is None or report.state != "published" or sender not in units(here)[1:]:
        raise Refused("not_served", f"未向{sender}通报过该期")
    _in_time(report, min(data["at"], here.now), here)
    given = {name: data[name] for name in ("objection", "report", "service", "name", "grounds", "at", "by")}
    return Objection(office=sender, **given)


def decide(objection: Objection, cmd: Mapping[str, Any], here: Here) -> Decision[Objection]:
    """A leader of the district decides, once. The figure stays frozen; upheld, the next report corrects it. Raises Refused."""
    leader_of_petitions(here)
    if here.office != here.tree.root.id:
        raise Refused("not_yours", "由作出通报的机关决定", {"objection": ["不由本单位决定"]})
    if objection.state != "open":
        raise Refused("decided", "该异议已经决定", {"objection": ["已经决定"]})
    said = {"why": cmd["why"], "decided_at": here.now, "decided_by": here.actor.id}
    state = replace(objection, state="upheld" if cmd["upheld"] else "rejected", **said)
    if cmd["upheld"]:
        state = replace(state, value=cmd["value"], base=cmd["base"])
    told = {"objection": objection.objection, "upheld": cmd["upheld"], "why": cmd["why"]}
    tell = Tell(
        objection.office,
        "supervision",
        "objection_decided",
        "",
        {**told, "at": here.now, "by": here.actor.id},
    )
    return Decision(state, (tell,), "objection_decided", cmd["why"], {"objection": objection.objection})
