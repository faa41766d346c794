"""Who leaves hands over: each case by the rule for naming a handler, and the keys of the desk as a task. Pure decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.officials import Official
from services.assignment import guards
from services.assignment.helping.states import TeamState

OTHERS = ("intake", "supervision", "hearing")


@dataclass(frozen=True)
class Leaver:
    """Who left, from which day on, and who has what he had; told by a leader of ``desk``."""

    leaving: str
    desk: str
    person: str
    account: str
    successor: str
    day: date
    reason: str
    at: datetime
    by: str

    @property
    def names(self) -> frozenset[str]:
        """What stands for him where a handler is named: his official's id, his account."""
        return frozenset({self.person, self.account} - {""})


@dataclass(frozen=True)
class KeyTask:
    """The keys of a desk are to be rotated; done with ``done_day``."""

    task: str
    leaving: str
    desk: str
    person: str
    account: str
    at: datetime
    done_day: date | None = None
    done_by: str = ""


def leave(id_: str, cmd: Mapping[str, Any], register: Collection[Official], here: Here) -> Decision[Leaver]:
    """He leaves; the other services of this office are told. Refused: not a leader, a successor whom the register lacks."""
    guards.leader(here)
    known = {official.id: official.name for official in register}
    if known and cmd["successor"] not in known:
        raise Refused("unknown_official", "名册中没有此人", {"successor": ["名册中没有此人"]})
    given = {name: cmd[name] for name in ("person", "account", "successor", "day", "reason")}
    left = Leaver(id_, here.actor.desk, **given, at=here.now, by=here.actor.id)
    told = {name: getattr(left, name) for name in ("leaving", "desk", "person", "account", "successor", "day")}
    told["successor_name"] = known.get(left.successor, left.successor)
    tells = tuple(Tell(here.office, service, "person_left", "", told) for service in OTHERS)
    return Decision(left, tells, "person_left", data={"leaving": id_, "person": left.person or left.account})


def key_task(id_: str, left: Leaver) -> KeyTask:
    """What he knew of the desk's keys has to be worth nothing."""
    return KeyTask(id_, left.leaving, left.desk, left.person, left.account, left.at)


def rotated(known: KeyTask | None, cmd: Mapping[str, Any], here: Here) -> Decision[KeyTask]:
    """The keys were rotated, once, not before he left and not in the future."""
    if known is None or known.desk != here.actor.desk:
        raise NotFound("该任务")
    guards.leader(here)
    if known.done_day is not None:
        raise Refused("done", "该任务已经完成", {"task": ["已经完成"]})
    if not local_day(known.at) <= cmd["day"] <= local_day(here.now):
        raise Refused("wrong_day", "日期不能早于交接,也不能晚于今天", {"day": ["早于交接或者晚于今天"]})
    done = replace(known, done_day=cmd["day"], done_by=here.actor.id)
    return Decision(done, (), "key_rotated", data={"task": known.task})


def in_team(team: TeamState, left: Leaver) -> TeamState:
    """The team with the successor in his place."""
    if not left.names & set(team.members):
        return team
    members = tuple(left.successor if each in left.names else each for each in team.members)
    return replace(team, members=tuple(dict.fromkeys(members)))
