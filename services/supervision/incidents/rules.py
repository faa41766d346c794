"""Mass incidents (S35; XF22 art. 25): told to every office above in the commit that reports them, and followed to the end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell

FIRST, FOLLOW_UP, STEP, FINAL = "first", "follow_up", "step", "final"
REPORTS = (FOLLOW_UP, FINAL)


@dataclass(frozen=True)
class Incident:
    """An incident, whichever office keeps it; ``office`` is where it happened. open → ended."""

    id: str
    office: str
    at: datetime
    place: str
    heads: int
    demand: str
    level: str
    commander: str
    state: str = "open"
    next_due: datetime | None = None
    reminded_for: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """A report or a step of an incident."""

    id: str
    incident: str
    kind: str
    said_at: datetime
    by: str
    words: str
    due: datetime | None = None


@dataclass(frozen=True)
class Said:
    """An incident with what was just said of it."""

    incident: Incident
    entry: Entry


def report(ids: tuple[str, str], cmd: Mapping[str, Any], here: Here) -> Decision[Said]:
    """The first report; ``ids`` are the incident's and the entry's. Raises Refused."""
    if cmd["at"] > here.now:
        raise Refused("in_future", "事件时间不能晚于现在", {"at": ["晚于现在"]})
    _known_level(cmd["level"], here)
    copied = {name: cmd[name] for name in ("at", "place", "heads", "demand", "level", "commander")}
    incident = Incident(ids[0], here.office, **copied, next_due=_next(here))
    return _said(incident, Entry(ids[1], ids[0], FIRST, here.now, here.actor.id, cmd["words"]), here)


def follow(known: Incident | None, entry: str, cmd: Mapping[str, Any], here: Here) -> Decision[Said]:
    """A follow-up. Raises NotFound, Refused."""
    known = _own(known, here)
    _known_level(cmd["level"], here)
    copied = {name: cmd[name] for name in ("heads", "level", "commander")}
    said = Entry(entry, known.id, FOLLOW_UP, here.now, here.actor.id, cmd["words"], known.next_due)
    return _said(replace(known, **copied, next_due=_next(here)), said, here)


def take_step(known: Incident | None, entry: str, cmd: Mapping[str, Any], here: Here) -> Decision[Said]:
    """A step taken; it is no report, the next one is due as before. Raises NotFound, Refused."""
    known = _own(known, here)
    return _said(known, Entry(entry, known.id, STEP, here.now, cmd["by"], cmd["words"]), here)


def end(known: Incident | None, entry: str, words: str, here: Here) -> Decision[Said]:
    """The final report. Raises NotFound, Refused."""
    known = _own(known, here)
    said = Entry(entry, known.id, FINAL, here.now, here.actor.id, words, known.next_due)
    return _said(replace(known, state="ended", next_due=None), said, here)


def _next(here: Here) -> datetime:
    return here.now + timedelta(hours=here.policy.incident_follow_up_hours)


def _known_level(level: str, here: Here) -> None:
    if level not in here.policy.incident_levels:
        names = "、".join(here.policy.incident_levels)
        raise Refused("unknown_level", "没有这一级别", {"level": [f"可选: {names}"]})


def _own(known: Incident | None, here: Here) -> Incident:
    if known is None or known.office != here.office:
        raise NotFound("群体性事件")
    if known.state != "open":
        raise Refused("not_open", "该事件已经终报", {"incident": ["已经终报"]})
    return known


def _said(incident: Incident, entry: Entry, here: Here) -> Decision[Said]:
    names = ("office", "at", "place", "heads", "demand", "level", "commander", "next_due")
    data = {"incident": incident.id, **{name: getattr(incident, name) for name in names}, "entry": entry.id}
    data |= {name: getattr(entry, name) for name in ("kind", "said_at", "by", "words", "due")}
    tells = tuple(
        Tell(office.id, "supervision", "incident_told", "", data) for office in here.tree.ancestors(here.office)
    )
    noted = {"incident": incident.id, "kind": entry.kind, "told": len(tells)}
    return Decision(Said(incident, entry), tells, f"incident_{entry.kind}", "", noted)


def told(letter: Letter, here: Here) -> Said:
    """An incident as an office above keeps it. Raises Refused unless it comes from where it happened, below."""
    data = letter.data
    if letter.office != data["office"] or letter.office not in {each.id for each in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"只接受事发的下级单位报告,{letter.office} 不是")
    names = ("office", "at", "place", "heads", "demand", "level", "commander", "next_due")
    state = "ended" if data["kind"] == FINAL else "open"
    incident = Incident(data["incident"], **{name: data[name] for name in names}, state=state)
    said = {name: data[name] for name in ("kind", "said_at", "by", "words", "due")}
    return Said(incident, Entry(data["entry"], data["incident"], **said))


def is_overdue(incident: Incident, now: datetime) -> bool:
    """Whether the next report is late."""
    return incident.next_due is not None and incident.next_due < now
