"""Towns whose cases grew three whole months running: a list to look at, nobody is scored or proposed by it (S41 [D])."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from contracts.calendar import local_day
from contracts.context import OfficeTree
from services.supervision.ledger.rules import Line
from services.supervision.ledger.trend import GROWING, month_before, town_of


def last_whole_month(today: date) -> str:
    """2026-03-17 → 2026-02."""
    return month_before(f"{today:%Y-%m}")


def watched(lines: Iterable[Line], until: str, tree: OfficeTree) -> list[dict[str, Any]]:
    """The towns in which more petitions were entered in each of the three months up to ``until`` than in the one before."""
    months = _months(until)
    by_town: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        by_town[town_of(line, tree)][f"{local_day(line.entered_at):%Y-%m}"].append(line)
    return [_shown(town, found, months, tree) for town, found in sorted(by_town.items()) if _grew(found, months)]


def _months(until: str) -> list[str]:
    """The months looked at, the first of which only is compared with."""
    months = [until]
    for _ in range(GROWING):
        months.insert(0, month_before(months[0]))
    return months


def _grew(found: Mapping[str, list[Line]], months: list[str]) -> bool:
    counts = [len(found.get(month, ())) for month in months]
    return all(later > earlier for earlier, later in pairwise(counts))


def _shown(town: str, found: Mapping[str, list[Line]], months: list[str], tree: OfficeTree) -> dict[str, Any]:
    evidence = [line for month in months[1:] for line in found[month]]
    return {
        "unit": town,
        "name": tree.name_of(town),
        "counts": [{"month": month, "cases": len(found.get(month, ()))} for month in months],
        "evidence": [{"case": line.case_id, "number": line.number} for line in evidence],
    }
