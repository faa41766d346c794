"""Reading the national list of division codes (统计用区划代码): code, name and urban-rural code of every unit.

12 digits, padded: a district ends in 000000, a town or street in 000. The file is UTF-8 or GBK, with or without a
header; without one the columns are code, name, urban-rural code.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from network.offices_file import DistrictError

HEADERS = {
    "code": "code",
    "统计用区划代码": "code",
    "区划代码": "code",
    "name": "name",
    "名称": "name",
    "urban_rural_code": "urban_rural",
    "城乡分类代码": "urban_rural",
}
COLUMNS = ("code", "name", "urban_rural")
URBAN_RURAL = ("", "111", "112", "121", "122", "123", "210", "220")
MAX_NAME = 60


@dataclass(frozen=True)
class Unit:
    """One line of the list; `id` is the code without its padding, `place` is "file line N"."""

    place: str
    id: str
    name: str
    urban_rural: str

    @property
    def tier(self) -> str:
        return {6: "district", 9: "town", 12: "village"}[len(self.id)]

    @property
    def parent(self) -> str | None:
        """The id of the unit that its code lies under; None for the district."""
        return None if self.tier == "district" else self.id[:-3]


def read_units(path: Path) -> list[Unit]:
    """The units of one district. Raises DistrictError with all faults of all lines, each with line and field."""
    units, wrong = [], []
    for place, cells in _lines(path):
        faults = list(_cell_faults(place, cells))
        wrong += faults
        if not faults:
            units.append(Unit(place, _unpadded(cells["code"]), cells["name"], cells.get("urban_rural", "")))
    wrong += _list_faults(path, units)
    if wrong:
        raise DistrictError(wrong)
    return units


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
        rows = [(f"{path} line {reader.line_num}", [cell.strip() for cell in row]) for row in reader if any(row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DistrictError([f"{path}: cannot be read: {error}"]) from error
    columns: Sequence[str] = COLUMNS
    if rows and not re.match(r"\d", rows[0][1][0]):
        place, header = rows.pop(0)
        columns = [HEADERS.get(cell, "") for cell in header]
        if sorted(filter(None, columns)) not in (["code", "name"], ["code", "name", "urban_rural"]):
            raise DistrictError([f"{place}: the header must name code and name, and may name urban_rural_code"])
    for place, row in rows:
        yield place, dict(zip(columns, row, strict=False))


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _cell_faults(place: str, cells: dict[str, str]) -> Iterator[str]:
    code = cells.get("code", "")
    if not re.fullmatch(r"[1-9]\d{11}", code, re.ASCII):
        yield f"{place}, field code: {code!r} is not 12 digits (a spreadsheet may have rounded it: store it as text)"
    if not 0 < len(cells.get("name", "")) <= MAX_NAME:
        yield f"{place}, field name: 1 to {MAX_NAME} characters are needed"
    if cells.get("urban_rural", "") not in URBAN_RURAL:
        yield f"{place}, field urban_rural_code: {cells['urban_rural']!r} is none of {', '.join(URBAN_RURAL[1:])}"


def _unpadded(code: str) -> str:
    if code.endswith("000000"):
        return code[:6]
    return code[:9] if code.endswith("000") else code


def _list_faults(path: Path, units: Sequence[Unit]) -> Iterator[str]:
    places: dict[str, str] = {}
    for unit in units:
        if unit.id in places:
            yield f"{unit.place}, field code: {unit.id} stands already at {places[unit.id]}"
        places.setdefault(unit.id, unit.place)
    districts = [unit for unit in units if unit.tier == "district"]
    if len(districts) != 1:
        yield f"{path}: one line of a district (code ending in 000000) is needed, there are {len(districts)}"
    for unit in units:
        if unit.parent is not None and unit.parent not in places:
            yield f"{unit.place}, field code: no line for {unit.parent}, under which {unit.id} lies"
