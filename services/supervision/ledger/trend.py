"""Hot and hard matters by class, place and month (S4): what is growing, for people to look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from contracts.calendar import local_day
from contracts.context import OfficeTree
from contracts.figures import Wanted
from services.supervision.ledger.rules import Line

GROWING = 3
"""So many months running more than the month before: a class is growing."""
CLASS = 3
"""A class is the first three characters of a category (C03)."""


def town_of(line: Line, tree: OfficeTree) -> str:
    """Which town a petition is about: that of its place, where that is an office, else of the office where it was entered."""
    office = line.place if _is_office(line.place, tree) else line.entry_office
    in_line = (tree.office(office), *tree.ancestors(office))
    return next((each.id for each in in_line if each.tier == "town"), office)


def _is_office(place: str, tree: OfficeTree) -> bool:
    try:
        return tree.in_network(place)
    except KeyError:
        return False


def trend(lines: Iterable[Line], wanted: Wanted, tree: OfficeTree) -> list[dict[str, Any]]:
    """A row for each class, town and month in which something was entered: received, hot, hard, open, and the change of
    ``received`` against the month before."""
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for line in lines:
        if wanted.begins <= line.entered_at < wanted.ends:
            month = f"{local_day(line.entered_at):%Y-%m}"
            counted = counts[line.category[:CLASS], town_of(line, tree), month]
            counted.update(["received", *(flag for flag in ("hot", "hard") if flag in line.flags)])
            counted["open"] += line.is_open
    return [
        {"class": code, "town": town, "month": month, **_shown(counted), "change": _change(counts, (code, town, month))}
        for (code, town, month), counted in sorted(counts.items())
    ]


def _shown(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in ("received", "hot", "hard", "open")}


def _change(counts: Mapping[tuple[str, str, str], Counter[str]], key: tuple[str, str, str]) -> int:
    code, town, month = key
    before = counts.get((code, town, month_before(month)), Counter())
    return counts[key]["received"] - before["received"]


def month_before(month: str) -> str:
    """2026-01 → 2025-12."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1}-12" if number == 1 else f"{year}-{number - 1:02d}"


def growing(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Classes of a town that grew in each of the last months running up to their latest (a watch list, nobody is scored)."""
    by_place: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        by_place[row["class"], row["town"]][row["month"]] = row["received"]
    found = []
    for (code, town), months in sorted(by_place.items()):
        month, run = max(months), 0
        while months.get(month, 0) > months.get(month_before(month), 0) and run < GROWING:
            month, run = month_before(month), run + 1
        if run == GROWING:
            found.append({"class": code, "town": town, "until": max(months)})
    return found
