"""A leader's board: drawn up, published, changed, taken down; and who is missing from a unit's boards. Pure decisions.

Nothing of a recusal is ever on a board: it has the six published fields, the level, and when the leader receives (S91).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.activities import Level
from contracts.authority import leader as by_leader
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.reception import Listed, profile_id
from contracts.telling import PORTAL
from contracts.words import Desk

SIX = ("name", "photo", "post", "duties", "place", "contact")
GIVEN = (*SIX, "level")
TOLD = ("profile", *GIVEN, "days", "since", "until", "rev")
OWES_BOARD = ("district", "town", "department")
"""The tiers whose every unit must have a board (S90); communities may (S93)."""


@dataclass(frozen=True)
class Board:
    """The board of an ``official`` of ``office`` ("" of one told from below); published from ``since``, None while a draft."""

    profile: str
    office: str
    official: str
    name: str
    photo: str = ""
    post: str = ""
    duties: str = ""
    place: str = ""
    contact: str = ""
    level: str = Level.LEADER.value
    days: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    rev: int = 0

    def live(self, on: date) -> bool:
        """Whether the public sees it on that day."""
        return self.since is not None and self.since <= on and (self.until is None or on <= self.until)

    def plain(self) -> dict[str, Any]:
        """As it is shown, and kept in the log of changes."""
        dates = {name: str(getattr(self, name)) if getattr(self, name) else None for name in ("since", "until")}
        return {**vars(self), "days": list(self.days), **dates}


def of_petition_desk(here: Here) -> None:
    """Boards, schedules and receptions are the petition desk's. Raises Refused."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "点名接访由信访窗口办理")


def draw_up(known: Board | None, cmd: Mapping[str, Any], here: Here) -> Decision[Board]:
    """A clerk draws up or changes a draft, a leader also what is published; then it is told anew."""
    of_petition_desk(here)
    _level_fits(cmd["level"], here)
    official = cmd["official"]
    given = {name: cmd[name] for name in GIVEN}
    if known is None:
        return _changed(Board(profile_id(here.office, official), here.office, official, **given), here, "drawn_up")
    if known.since is not None:
        by_leader(here)
        _complete(replace(known, **given))
    return _changed(replace(known, **given), here, "changed")


def _level_fits(level: str, here: Here) -> None:
    if level == Level.DISTRICT_LEADER and here.tier != "district":
        raise Refused("not_district", "区级领导由区级挂牌", {"level": ["只用于区级"]})


def _complete(board: Board) -> None:
    lacking = [name for name in SIX if not getattr(board, name).strip()]
    if lacking:
        raise Refused("incomplete", "公开的六项内容须填全", {name: ["尚未填写"] for name in lacking})


def publish(board: Board, cmd: Mapping[str, Any], here: Here) -> Decision[Board]:
    """A leader publishes it; what is told then stands in every office above and on the portal."""
    of_petition_desk(here)
    by_leader(here)
    _complete(board)
    since = cmd["since"] or local_day(here.now)
    if cmd["until"] is not None and cmd["until"] < since:
        raise Refused("until_before", "止于不能早于起于", {"until": ["早于公开之日"]})
    return _changed(replace(board, since=since, until=cmd["until"]), here, "published")


def expire(board: Board, cmd: Mapping[str, Any], here: Here) -> Decision[Board]:
    """A leader takes it down after ``on``."""
    of_petition_desk(here)
    by_leader(here)
    if board.since is None:
        raise Refused("not_published", "尚未公开", {"official": ["尚未公开"]})
    return _changed(replace(board, until=cmd["on"]), here, "expired", cmd["why"])


def with_days(board: Board, days: Sequence[str], here: Here) -> Decision[Board]:
    """When he receives has changed."""
    return _changed(replace(board, days=tuple(days)), here, "days")


def _changed(board: Board, here: Here, action: str, why: str = "") -> Decision[Board]:
    state = replace(board, rev=board.rev + 1)
    return Decision(state, tells(state, here), f"board_{action}", why, {"official": state.official, "rev": state.rev})


def tells(board: Board, here: Here) -> tuple[Tell, ...]:
    """A published board, to intake of every office above and to the portal; nobody is told of a draft."""
    if board.since is None:
        return ()
    data = {name: getattr(board, name) for name in TOLD} | {"days": list(board.days)}
    above = [Tell(office.id, "intake", "board_published", "", data) for office in here.tree.ancestors(here.office)]
    return (*above, Tell(PORTAL, PORTAL, "board_published", "", data))


def take(known: Board | None, data: Mapping[str, Any], sender: str, here: Here) -> Board | None:
    """A board told from below as it stands now; None where nothing changes. Believed only from the leader's own office."""
    if sender not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"挂牌只能由下级单位自己公开,{sender} 不是")
    if known is not None and known.office != sender:
        raise Refused("not_yours", "该挂牌属于另一单位")
    if data["level"] == Level.DISTRICT_LEADER and here.tree.office(sender).tier != "district":
        raise Refused("not_district", "区级领导由区级挂牌")
    if known is not None and known.rev >= data["rev"]:
        return None
    return Board(office=sender, official="", **{**data, "days": tuple(data["days"])})


def may_list(here: Here) -> None:
    """Who is to be listed is for a leader to say (S94)."""
    of_petition_desk(here)
    by_leader(here)


def check(
    listed: str, members: Iterable[Mapping[str, str]], boards: Iterable[Board], on: date
) -> dict[str, list[dict[str, str]]]:
    """Who of the unit should be on a live board and is not (missing), and who is and need not be (beyond)."""
    standings = {standing.value for standing in Listed(listed).standings}
    due = {each["official"]: each["name"] for each in members if each["standing"] in standings}
    live = {board.official: board.name for board in boards if board.live(on)}
    return {"missing": _named(due, live), "beyond": _named(live, due)}


def _named(some: Mapping[str, str], others: Collection[str]) -> list[dict[str, str]]:
    return [{"official": each, "name": name} for each, name in sorted(some.items()) if each not in others]


def units(here: Here, offices: Collection[str], tiers: Collection[str], on: date) -> list[str]:
    """The offices of these tiers in the network on that day, by id: from the tree, so that their number is data (S90)."""
    every = (here.tree.office(here.office), *here.tree.descendants(here.office))
    return sorted(each.id for each in every if each.id in offices and each.tier in tiers and _exists(each, on))


def _exists(office: Any, on: date) -> bool:
    began, ended = getattr(office, "valid_from", None), getattr(office, "valid_to", None)
    return (began is None or began <= on) and (ended is None or on <= ended)
