"""Suggestions by place, category, accused and recusal (S36; XF22 arts 22, 24; domain 3.2). Pure; the clerk decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from contracts.accused import Rank
from contracts.calendar import local_day
from contracts.context import Here, OfficeTree
from contracts.officials import Official, in_term
from contracts.telling import DISCIPLINE_CATEGORY, line
from services.assignment.routing import crossing

# The discipline desks that the policy sends an accused to, the highest last.
_LEVELS = ("town", "district", "city")


@dataclass(frozen=True)
class Suggestion:
    """An office that could handle the case, where to send it next on the way, and why, in Chinese."""

    office: str
    next: str
    why: str


def suggest(
    category: str,
    place: str,
    here: Here,
    *,
    accused_offices: Sequence[str] = (),
    rank: Rank | None = None,
    excluded: Sequence[str] = (),
) -> tuple[Suggestion, ...]:
    """Offices in order of preference: by who is accused for C15, else by place, then by category.

    ``place`` is an office id or free text. An office that an accused works for, or that is excluded, is never suggested:
    in its place a sibling of its area is (交叉办理), the next one up, and who is designated. ``next`` is the neighbour to
    offer to, this office itself when it should keep the case.
    """
    shunned = {*accused_offices, *excluded}
    if category.startswith(DISCIPLINE_CATEGORY):
        wanted = [_by_accused(here, accused_offices, rank)]
    else:
        wanted = [*_by_place(place, here), *_by_category(category, here)]
    found: dict[str, Suggestion] = {}
    for office, why in wanted:
        for free, reason in _who_may(office, why, shunned, here):
            found.setdefault(free, Suggestion(free, step_towards(free, here, shunned), reason))
    return (*_outside(category, place, here.tree), *found.values())


def of_register(
    officials: Sequence[str], register: Iterable[Official], here: Here
) -> tuple[tuple[str, ...], Rank | None]:
    """Where these officials work today, and the rank among theirs that the policy sends highest; None of nobody."""
    meant = [official for official in register if official.id in officials]
    on = local_day(here.now)
    offices = dict.fromkeys(post.office for official in meant for post in official.posts if in_term(post, on))
    ranks = sorted(
        (official.rank for official in meant), key=lambda rank: _LEVELS.index(here.policy.accused_routing[rank])
    )
    return tuple(offices), ranks[-1] if ranks else None


def _outside(category: str, place: str, tree: OfficeTree) -> tuple[Suggestion, ...]:
    """The body outside that manages a place of the district (R27); a case goes there by document, so ``next`` is ""."""
    if category.startswith(DISCIPLINE_CATEGORY):
        return ()
    try:
        topmost = (tree.office(place), *tree.ancestors(place))[-1]
    except KeyError:
        return ()
    if topmost.managed_by is None:
        return ()
    return (Suggestion(topmost.managed_by, "", "该地由区外机关管理,请以公函转送"),)


def _who_may(office: str, why: str, shunned: set[str], here: Here) -> list[tuple[str, str]]:
    """The office, or where it must withdraw: a sibling of its area, then the tier above, then who is designated (3.2)."""
    if office not in shunned:
        return [(office, why)]
    gone = list(takewhile(shunned.__contains__, line(here.tree, office)))
    siblings = [each for lost in gone for each in crossing.siblings(lost, here) if each not in shunned]
    designated = [each for lost in gone for each in crossing.designated(lost, here) if each not in shunned]
    above = _free(office, shunned, here.tree)
    return [
        *((each, f"{why};有关机关应当回避,由同一片区的机关交叉办理") for each in siblings[:1]),
        (above, f"{why};有关机关应当回避,由上级办理"),
        *((each, f"{why};有关机关应当回避,由指定的机关办理") for each in designated),
    ]


def _by_accused(here: Here, accused_offices: Sequence[str], rank: Rank | None) -> tuple[str, str]:
    """The discipline desk of the tier that the policy names for the rank; the district when that cannot be told."""
    root = here.tree.root.id
    if here.policy.accused_routing.get(rank or "unknown") == "town":
        towns = {
            above
            for each in accused_offices
            for above in line(here.tree, each)
            if here.tree.office(above).tier == "town"
        }
        if len(towns) == 1:  # of several towns none has the people of another
            return towns.pop(), "按被反映人的管理权限,由镇(街道)纪(工)委受理"
    return root, "按被反映人的管理权限,由区纪委监委受理"


def _by_place(place: str, here: Here) -> list[tuple[str, str]]:
    try:
        inside = here.tree.in_network(place)
    except KeyError:
        return []
    return [(place, "属地管理:事项发生在该辖区")] if inside else []


def _by_category(category: str, here: Here) -> list[tuple[str, str]]:
    """The departments that answer for the category; a street reaches them through the district."""
    try:
        found = here.policy.category(category)
    except KeyError:
        return []
    return [(owner, f"谁主管、谁负责:{found.zh}") for owner in found.owners if _known(owner, here.tree)]


def _known(office: str, tree: OfficeTree) -> bool:
    try:
        return tree.in_network(office)
    except KeyError:
        return False


def _free(office: str, shunned: set[str], tree: OfficeTree) -> str:
    """The office, or the first one above it that need not withdraw."""
    return next((each for each in line(tree, office) if each not in shunned), tree.root.id)


def step_towards(office: str, here: Here, shunned: set[str]) -> str:
    """The neighbour that a case goes to next on its way to ``office``, recused ones left out."""
    if office == here.office:
        return office
    to_there = line(here.tree, office)
    if here.office in to_there:
        downwards = list(reversed(to_there[: to_there.index(here.office)]))
        return next(each for each in downwards if each not in shunned)
    return next((each for each in line(here.tree, here.office)[1:] if each not in shunned), here.office)
