"""What runs out in the next days, and the common causes behind the cases of several villages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.context import Here, OfficeTree
from contracts.policy import Policy
from services.supervision.ledger.rules import Line
from services.supervision.ledger.trend import town_of

SEVERAL = 2
"""So many villages with open cases of one cause make it a common one."""
CLASS, SECOND, DEPARTMENT = "class", "second", "department"


@dataclass(frozen=True)
class Running:
    """Something that runs out: ``kind`` is the clock, ``what`` its name; ``case`` "" outside cases."""

    what: str
    kind: str
    case: str
    number: str
    category: str
    due: datetime
    answerable: str
    persons: tuple[str, ...] = ()


def by_office(running: Iterable[Running], tree: OfficeTree) -> list[dict[str, Any]]:
    """How many run out at each office, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for each in running:
        counts[each.answerable] += 1
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"office": office, "name": tree.name_of(office), "count": count} for office, count in ordered]


def village_of(line: Line, tree: OfficeTree) -> str:
    """The village that a case is about, "" where none is known: that of its place, else where it was entered or is held."""
    for office in (line.place, line.entry_office, line.holder):
        try:
            if tree.office(office).tier == "village":
                return office
        except KeyError:  # a place in words
            continue
    return ""


def causes(lines: Collection[Line], soon: Collection[str], here: Here) -> list[dict[str, Any]]:
    """Behind the open ``lines`` of several villages: one class, one second-level class, one department in charge (谁主管).

    Each with its villages, how many cases, how many of them (``soon``) run out in the days looked at, and the note of the
    policy on its law, if there is one; that with the most villages first.
    """
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.is_open and village_of(line, here.tree):
            for key in _keys(line.category, here.policy):
                groups[key].append(line)
    found = [_shown(key, group, soon, here) for key, group in groups.items()]
    several = [each for each in found if len(each["villages"]) >= SEVERAL]
    return sorted(several, key=lambda each: (-len(each["villages"]), -each["cases"], each["by"], each["key"]))


def _keys(code: str, policy: Policy) -> Iterator[tuple[str, str]]:
    try:
        category = policy.category(code)
    except KeyError:
        return
    yield CLASS, category.code
    if code != category.code:
        yield SECOND, code
    for owner in category.owners:
        yield DEPARTMENT, owner


def _shown(key: tuple[str, str], group: list[Line], soon: Collection[str], here: Here) -> dict[str, Any]:
    by, word = key
    code = group[0].category if by == DEPARTMENT else word
    return {
        "by": by,
        "key": word,
        "name": _name(by, word, here),
        "villages": sorted({village_of(line, here.tree) for line in group}),
        "towns": sorted({town_of(line, here.tree) for line in group}),
        "cases": len(group),
        "numbers": sorted(line.number for line in group),
        "soon": sum(line.case_id in soon for line in group),
        "law": "" if by == DEPARTMENT else _law(code, here.policy.law_notes, here.policy),
    }


def _name(by: str, word: str, here: Here) -> str:
    if by == DEPARTMENT:
        return here.tree.name_of(word)
    category = here.policy.category(word)
    return next((second.zh for second in category.second if second.code == word), category.zh)


def _law(code: str, notes: Mapping[str, str], policy: Policy) -> str:
    return notes.get(code) or notes.get(policy.category(code).code, "")
