"""What must hold between the offices of one district, beyond each single cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

Row = Mapping[str, Any]
Placed = tuple[str, Row]

# The id tells the tier: a region code without its padding (6, 9 or 12 digits), a department its parent's code + dNN.
ID_SHAPE = {
    "district": r"\d{6}",
    "town": r"\d{9}",
    "village": r"\d{12}",
    "department": r"(\d{6}|\d{9})d\d\d",
    "portal": "portal",
}
MANAGED_BY = {
    "district": (),
    "town": ("district",),
    "village": ("town",),
    "department": ("district", "town"),
    "portal": ("district",),
}
MAY_BE_OUTSIDE = ("town", "village")


def check_tree(district: str, bodies: Sequence[str], rows: Sequence[Placed], csv_name: str) -> list[str]:
    """One sentence with place and field for each fault; an empty list for a sound tree."""
    known = {row["id"]: row for _, row in reversed(rows)}
    per_row = (_row_faults(place, row, district, known, bodies) for place, row in rows)
    twice = chain(_repeated([(place, row["id"]) for place, row in rows]), _body_clashes(bodies, known, csv_name))
    return [*twice, *chain.from_iterable(per_row), *_missing(district, known, csv_name)]


def _row_faults(place: str, row: Row, district: str, known: Mapping[str, Row], bodies: Sequence[str]) -> Iterator[str]:
    tier, office = row["tier"], row["id"]
    if not re.fullmatch(ID_SHAPE[tier], office):
        yield f"{place}, field id: {office} is no id of a {tier} (wanted {ID_SHAPE[tier]})"
    if tier == "district" and office != district:
        yield f"{place}, field tier: only {district} is the district, {office} is another"
    yield from _manager_faults(place, row, known, bodies)
    yield from _code_faults(place, row, known)
    if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        yield f"{place}, field valid_to: before valid_from"
    if row["successor"] and (row["successor"] not in known or row["successor"] == office):
        yield f"{place}, field successor: no other office {row['successor']}"


def _manager_faults(place: str, row: Row, known: Mapping[str, Row], bodies: Sequence[str]) -> Iterator[str]:
    tier, above, field = row["tier"], row["managed_by"], f"{place}, field managed_by:"
    if above is None:
        if tier != "district":
            yield f"{field} missing"
    elif tier == "district":
        yield f"{field} the district is the top of its network, leave it empty"
    elif above in bodies:
        if tier not in MAY_BE_OUTSIDE:
            yield f"{field} a {tier} cannot be managed by the outside body {above}"
    else:
        yield from _office_above_faults(field, row, known)


def _office_above_faults(field: str, row: Row, known: Mapping[str, Row]) -> Iterator[str]:
    tier, above = row["tier"], row["managed_by"]
    if above not in known:
        yield f"{field} no office or body {above}"
    elif _circles(row["id"], known):
        yield f"{field} goes round in a circle"
    elif known[above]["tier"] not in MANAGED_BY[tier]:
        yield f"{field} a {tier} cannot be managed by the {known[above]['tier']} {above}"


def _code_faults(place: str, row: Row, known: Mapping[str, Row]) -> Iterator[str]:
    parent = row["code_parent"]
    if row["tier"] in ("town", "village", "department"):
        if parent not in known:
            yield f"{place}, field code_parent: no office {parent}"
        elif not row["id"].startswith(parent) or row["id"] == parent:
            yield f"{place}, field code_parent: {row['id']} does not lie under the code {parent}"


def _circles(office: str, known: Mapping[str, Row]) -> bool:
    seen, here = set(), office
    while here in known and known[here]["managed_by"] is not None:
        if here in seen:
            return True
        seen.add(here)
        here = known[here]["managed_by"]
    return False


def _repeated(ids: Sequence[tuple[str, str]]) -> Iterator[str]:
    first: dict[str, str] = {}
    for place, office in ids:
        if office in first:
            yield f"{place}, field id: {office} stands already at {first[office]}"
        first.setdefault(office, place)


def _body_clashes(bodies: Sequence[str], known: Mapping[str, Row], csv_name: str) -> Iterator[str]:
    for body in sorted({body for body in bodies if body in known or bodies.count(body) > 1}):
        yield f"{csv_name}: field bodies.id: {body} is used twice among bodies and offices"


def _missing(district: str, known: Mapping[str, Row], csv_name: str) -> Iterator[str]:
    for office in (district, "portal"):
        if office not in known:
            yield f"{csv_name}: no line for {office}"
