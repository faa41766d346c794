"""Reads the register of officials from an Excel file, and tells every fault by sheet, row and column."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from contracts.faults import faults
from gateway.language import translated
from network.journal import canonical
from shangda.officials_form import PEOPLE, SEATS, SHEETS, WORDS

MAX_ROWS = 60_000


class OfficialsFileError(Exception):
    """A file that cannot be imported; the text has a line for each fault."""


@dataclass(frozen=True)
class OfficialsFile:
    """What a file says: plain officials (``contracts.officials``), and in which row each part of them stands."""

    officials: Sequence[Mapping[str, Any]]
    rows: Mapping[tuple[int, str, int], int] = field(default_factory=dict)

    def explain(self, fields: Mapping[Any, Any]) -> list[str]:
        """Faults that a command found, by sheet, row and column."""
        return [self._placed(path.split("."), sentence) for path, sentence in faults(_listed(fields))]

    def _placed(self, path: Sequence[str], sentence: str) -> str:
        place, rest = int(path[1]) if len(path) > 1 else -1, path[2:]
        sheet = next((name for name, (part, _) in SHEETS.items() if rest and part == rest[0]), PEOPLE)
        position = int(rest[1]) if sheet != PEOPLE and len(rest) > 1 else 0
        row = self.rows.get((place, sheet, position))
        column = next((title for title, name in SHEETS[sheet][1].items() if rest and name == rest[-1]), "")
        where = f"{sheet} 第{row}行 {column}".rstrip() if row else ".".join(path)
        return f"{where}:{translated(sentence)}"


def read_officials(path: Path) -> OfficialsFile:
    """The officials of an Excel file. Raises OfficialsFileError with every fault of sheets, headers and cells."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise OfficialsFileError(f"{path}:不是可读的 Excel 文件(.xlsx):{error}") from None
    try:
        reader = _Reader()
        for sheet in SHEETS:
            if sheet not in book.sheetnames:
                reader.wrong.append(f"缺少工作表“{sheet}”")
            else:
                reader.read(sheet, book[sheet].iter_rows(values_only=True, max_row=MAX_ROWS))
    finally:
        book.close()
    if reader.wrong:
        raise OfficialsFileError("\n".join(reader.wrong))
    return OfficialsFile(list(reader.people.values()), reader.rows)


class _Reader:
    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.rows: dict[tuple[int, str, int], int] = {}
        self.wrong: list[str] = []
        self._places: dict[str, int] = {}

    def read(self, sheet: str, rows: Iterator[Sequence[Any]]) -> None:
        """One sheet; the people's comes first, as the others hang on it."""
        columns = SHEETS[sheet][1]
        header = [str(cell or "").strip() for cell in next(rows, ())]
        if missing := [title for title in columns if title not in header and title not in SEATS]:
            self.wrong.append(f"{sheet} 第1行:缺少列 {'、'.join(missing)}")
            return
        places = {title: header.index(title) for title in columns if title in header}
        for number, row in enumerate(rows, start=2):
            cells = {title: row[place] if place < len(row) else None for title, place in places.items()}
            if any(cell is not None and str(cell).strip() for cell in cells.values()):
                values = {columns[title]: self._value(sheet, number, title, cell) for title, cell in cells.items()}
                self._keep(sheet, number, values)

    def _value(self, sheet: str, number: int, title: str, cell: Any) -> Any:
        name = SHEETS[sheet][1][title]
        try:
            return _CELLS.get(name, _text)(cell, name)
        except ValueError as error:
            self.wrong.append(f"{sheet} 第{number}行 {title}:{error}")
            return ""

    def _keep(self, sheet: str, number: int, values: dict[str, Any]) -> None:
        id_ = values["id"]
        if sheet == PEOPLE:
            if id_ in self.people:
                self.wrong.append(f"{sheet} 第{number}行 编号:编号重复")
                return
            self._places[id_] = len(self.people)
            self.people[id_] = {**values, "posts": [], "duties": [], "relations": []}
            self.rows[self._places[id_], sheet, 0] = number
        elif id_ not in self.people:
            self.wrong.append(f"{sheet} 第{number}行 编号:“{PEOPLE}”表中没有此编号")
        else:
            held = self.people[id_][SHEETS[sheet][0]]
            self.rows[self._places[id_], sheet, len(held)] = number
            given = {name: value for name, value in values.items() if value or name not in SEATS.values()}
            held.append({name: value for name, value in given.items() if name != "id"})


def _text(cell: Any, _name: str) -> str:
    """The words of a cell; a number as it is written without a fraction."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole else cell).strip()


def _day(cell: Any, name: str) -> str | None:
    """A day, from a date cell or from words like 2026-03-02; None for an empty cell of ``until``."""
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    words = _text(cell, name)
    if not words and name == "until":
        return None
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise ValueError("应为日期,如 2026-03-02") from None


def _word(cell: Any, name: str) -> str:
    words = WORDS[name]
    if (said := _text(cell, name)) not in words:
        raise ValueError(f"只能是:{'、'.join(words)}")
    return words[said]


def _codes(cell: Any, name: str) -> list[str]:
    """The codes of a cell, divided by 、 or a comma or a blank."""
    return re.split(r"[、,,\s]+", words) if (words := _text(cell, name)) else []


_CELLS: Mapping[str, Callable[[Any, str], Any]] = {
    "rank": _word, "managed_by": _word, "duty": _word, "since": _day, "until": _day, "classes": _codes,
}  # fmt: skip


def _listed(fields: Mapping[Any, Any]) -> dict[Any, Any]:
    """The same with every sentence in a list: rules may give them bare."""
    return {
        key: _listed(value) if isinstance(value, Mapping) else [value] if isinstance(value, str) else value
        for key, value in fields.items()
    }


def version_of(officials: Sequence[Mapping[str, Any]]) -> str:
    """A version named by its content."""
    return hashlib.blake2b(canonical(officials), digest_size=6).hexdigest()
