"""A report of a period: opened when the period is over, frozen when everything is counted, then approved, served, objected to.

Source: S33 (month, quarter, year), S32 (from a figure to what stands behind it). A frozen figure is never changed; what is known
later is a correction in the next report of the kind. Pure.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from contracts.authority import leader
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.policy_reports import ReportKind
from contracts.words import Desk
from services.supervision.periods.stretches import Stretch, latest_open, open_since

SERVICES = ("intake", "assignment", "supervision", "hearing")
UNIT_TIERS = ("town", "department")
Number = tuple[int, int | None]
Key = tuple[str, str, str]
"""(office, service, name) of a figure."""


@dataclass(frozen=True)
class Report:
    """``state``: counting → draft → approved → published. ``origin`` is the office that made it."""

    report: str
    kind: str
    label: str
    since: date
    until: date
    state: str
    answers_wanted: int
    opened_at: datetime
    origin: str
    frozen_at: datetime | None = None
    digest: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""
    published_at: datetime | None = None
    published_by: str = ""
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


@dataclass(frozen=True)
class Correction:
    """A figure of an earlier report as it ``was`` said last, and as it is."""

    about: str
    office: str
    service: str
    name: str
    zh: str
    was: Number
    now: Number
    objection: str = ""


def report_id(office: str, kind: str, until: date) -> str:
    """The id of an office's report of a kind that ends on that day."""
    return hashlib.blake2b(f"{office} report {kind} {until}".encode(), digest_size=16).hexdigest()


def units(here: Here) -> tuple[str, ...]:
    """Whose figures a report has: this office with all below it, and each town and department with all below."""
    below = [each.id for each in here.tree.descendants(here.office) if each.tier in UNIT_TIERS]
    return (here.office, *(each for each in below if here.tree.in_network(each)))


def to_open(known: Mapping[str, date], begun: datetime | None, here: Here) -> Iterator[Report]:
    """The reports whose time has come. Only the district makes them, and none of a period that was over before it ``begun``."""
    if here.office != here.tree.root.id or begun is None:
        return
    for name, kind in here.policy.reports.items():
        for stretch in _ended(kind, known.get(name), begun, here):
            yield opened(name, kind, stretch, here)


def _ended(kind: ReportKind, last: date | None, begun: datetime, here: Here) -> tuple[Stretch, ...]:
    settled = here.now - timedelta(days=kind.freeze_days + 1)
    if last is not None:
        return open_since(kind.length, last, settled)
    stretch = latest_open(kind.length, settled)
    return (stretch,) if local_day(begun) <= stretch.last else ()


def opened(name: str, kind: ReportKind, stretch: Stretch, here: Here) -> Report:
    return Report(
        report=report_id(here.office, name, stretch.last),
        kind=name,
        label=f"{stretch.label}{kind.zh}",
        since=stretch.first,
        until=stretch.last,
        state="counting",
        answers_wanted=0,
        opened_at=here.now,
        origin=here.office,
    )


def ask(report: Report, earlier: Iterable[Report], here: Here) -> Decision[Report]:
    """Have everything counted: the period itself and, for corrections, the ``earlier`` ones of the kind once more."""
    tells = []
    for about in (report, *earlier):
        asked = {"report": report.report, "about": about.report, "offices": list(units(here))}
        days = {"since": about.since, "until": about.until}
        tells += [Tell(here.office, service, "figures_wanted", "", {**asked, **days}) for service in SERVICES]
    state = replace(report, answers_wanted=len(tells))
    return Decision(state, tuple(tells), "report_opened", data={"report": report.report, "kind": report.kind})


def digest_of(answers: Iterable[tuple[str, str, list[Any]]]) -> str:
    """What stands for every figure of a report to the digit: (office, service, figures), in any order."""
    plain = json.dumps(sorted(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def numbers_of(answers: Iterable[tuple[str, str, list[Any]]]) -> dict[Key, tuple[Number, str]]:
    """Every figure of a report with its Chinese name, by key."""
    return {
        (office, service, each["name"]): ((each["value"], each["base"]), each["zh"])
        for office, service, figures in answers
        for each in figures
    }


def corrections(
    about: str, said: Mapping[Key, tuple[Number, str]], again: Mapping[Key, tuple[Number, str]], settled: Iterable[Key]
) -> Iterator[Correction]:
    """What differs now from what was said last of an earlier report. A figure that a person settled by deciding an objection
    stays as decided.
    """
    for key in sorted(set(said) & set(again) - set(settled)):
        (was, zh), (now, _) = said[key], again[key]
        if was != now:
            yield Correction(about, *key, zh, was, now)


def freeze(report: Report, digest: str, here: Here) -> Decision[Report]:
    """Everything is counted: from now on no figure of it changes."""
    state = replace(report, state="draft", frozen_at=here.now, digest=digest)
    return Decision(state, (), "report_frozen", data={"report": report.report, "digest": digest})


def approve(report: Report, here: Here) -> Decision[Report]:
    """A leader of the district takes the draft. Raises Refused."""
    leader_of_petitions(here)
    _in_state(report, "draft", "须先汇总冻结,且只批准一次")
    state = replace(report, state="approved", approved_at=here.now, approved_by=here.actor.id)
    return Decision(state, (), "report_approved", data={"report": report.report})


def publish(report: Report, figures: Mapping[str, list[dict[str, Any]]], here: Here) -> Decision[Report]:
    """Serve it on every unit, each with its own ``figures`` (by office). Raises Refused."""
    leader_of_petitions(here)
    _in_state(report, "approved", "须先经领导批准,且只通报一次")
    state = replace(report, state="published", published_at=here.now, published_by=here.actor.id)
    named = {name: getattr(report, name) for name in ("report", "kind", "label", "since", "until", "digest")}
    tells = [
        Tell(unit, "supervision", "report_published", "", {**named, "at": here.now, "figures": figures[unit]})
        for unit in units(here)[1:]
    ]
    return Decision(state, tuple(tells), "report_published", data={"report": report.report, "units": len(tells)})


def acknowledge(report: Report, here: Here) -> Decision[Report]:
    """A unit has read it; once. Raises Refused."""
    served_here(report, here)
    if report.acknowledged_at is not None:
        raise Refused("acknowledged", "已经签收", {"report": ["已经签收"]})
    state = replace(report, acknowledged_at=here.now, acknowledged_by=here.actor.id)
    told = {"report": report.report, "at": here.now, "by": here.actor.id}
    tell = Tell(report.origin, "supervision", "report_acknowledged", "", told)
    return Decision(state, (tell,), "report_acknowledged", data={"report": report.report})


def leader_of_petitions(here: Here) -> None:
    """A leader of the petition desk acts. Raises Refused."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "由信访窗口办理")
    leader(here)


def _in_state(report: Report, state: str, why: str) -> None:
    if report.state != state:
        raise Refused("wrong_state", why, {"report": [why]})


def served_here(report: Report, here: Here) -> None:
    """A report that another office made and served on this one. Raises Refused."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "由信访窗口办理")
    if report.origin == here.office:
        raise Refused("own_report", "本机关作出的通报,由下级单位签收", {"report": ["本机关作出"]})
