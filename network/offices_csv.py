"""`offices import`: from the national list of division codes to a district's offices CSV.

What people set by hand stays: `managed_by`, phones, addresses, names of desks, departments, the portal. What left the
list is not deleted: it gets `valid_to`, and somebody has to name its successor.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from network.offices import PORTAL, District
from network.offices_check import check_tree
from network.offices_file import OFFICE_COLUMNS, DistrictError
from network.offices_list import Unit, read_units
from network.whole_files import write_whole

LISTED_TIERS = ("district", "town", "village")
SELF_GOVERNED = ("居民委员会", "村民委员会", "居委会", "村委会")
STREET_ENDINGS = ("街道办事处", "街道")


@dataclass(frozen=True)
class Imported:
    """What an import did, as office ids; `needs_successor`: left the list, and nobody has named who follows."""

    added: tuple[str, ...]
    kept: tuple[str, ...]
    vanished: tuple[str, ...]
    needs_successor: tuple[str, ...]


def import_offices(csv_path: Path, district: District | None, out_path: Path, *, today: date) -> Imported:
    """Writes the offices CSV at `out_path` (and a district.toml beside it where there is none) from the list.

    `district` is what stands now, None at the first import. Raises DistrictError with every fault; then nothing is
    written.
    """
    units = read_units(csv_path)
    root = next(unit for unit in units if unit.tier == "district")
    if district is not None and district.id != root.id:
        raise DistrictError([f"{root.place}, field code: the list is of {root.id}, this is district {district.id}"])
    before = {} if district is None else {office.id: asdict(office) for office in district.offices.values()}
    rows = [(unit.place, _row(unit, before.get(unit.id), today if before else None)) for unit in units]
    listed = {unit.id for unit in units}
    left = [row for row in before.values() if row["id"] not in listed]
    rows += [(f"kept office {row['id']}", _left(row, today)) for row in left]
    if PORTAL not in before:
        rows.append(("new portal", _portal(root)))
    bodies = [] if district is None else list(district.bodies)
    if faults := check_tree(root.id, bodies, rows, str(csv_path)):
        raise DistrictError(faults)
    write_whole(out_path, _csv_text([row for _, row in rows]).encode())
    _write_district_file(out_path, root)
    return _report(before, [row for _, row in rows])


def _row(unit: Unit, before: Mapping[str, Any] | None, valid_from: date | None) -> dict[str, Any]:
    listed = {"name": unit.name, "tier": unit.tier, "code_parent": unit.parent, "urban_rural": unit.urban_rural}
    if before is not None:
        return {**before, **listed, "valid_to": None, "successor": None}
    new = dict.fromkeys(OFFICE_COLUMNS) | {"id": unit.id, "short_name": _short(unit.name), "managed_by": unit.parent}
    return new | listed | {"valid_from": valid_from}


def _short(name: str) -> str:
    """人民路街道 → 人民路办; 富安路社区居委会 → 富安路社区; 望塬村村委会 → 望塬村."""
    for ending in STREET_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending) + "办"
    return next((name.removesuffix(ending) for ending in SELF_GOVERNED if name.endswith(ending)), name)


def _left(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A department or the portal stands in no national list; any other unit that is not in it has ended."""
    if row["tier"] not in LISTED_TIERS:
        return row
    return row | {"valid_to": row["valid_to"] or today}


def _portal(root: Unit) -> dict[str, Any]:
    name = f"{root.name}信访举报网上平台"
    return dict.fromkeys(OFFICE_COLUMNS) | {"id": PORTAL, "name": name, "tier": PORTAL, "managed_by": root.id}


def _csv_text(rows: list[dict[str, Any]]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, OFFICE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def _write_district_file(out_path: Path, root: Unit) -> None:
    path = out_path.with_name("district.toml")
    if not path.exists():
        values = {"id": root.id, "name": root.name, "offices": out_path.name}
        lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in values.items()]
        write_whole(path, "".join(lines).encode())


def _report(before: Mapping[str, Any], rows: list[dict[str, Any]]) -> Imported:
    ended = [row for row in rows if row["valid_to"] is not None]
    return Imported(
        added=tuple(row["id"] for row in rows if row["id"] not in before),
        kept=tuple(row["id"] for row in rows if row["id"] in before and row["valid_to"] is None),
        vanished=tuple(row["id"] for row in ended),
        needs_successor=tuple(row["id"] for row in ended if not row["successor"]),
    )
