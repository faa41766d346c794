"""The ledgers of an office as Excel files, one for each, in the official order of columns."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from network.inbox import system
from network.office import OfficeRuntime
from network.service import Service
from shangda.composition import CASEWORK

PAGE = 500
WIDTH = 18
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet would take for a formula at the beginning of a text."""


class LedgerRefusedError(Exception):
    """The office does not give the ledger; the text says why."""


def write_ledgers(office: OfficeRuntime, since: date, until: date, folder: Path) -> list[Path]:
    """Every ledger of an office for the days ``since`` to ``until``, both counted → the files written.

    A file is named service.ledger.xlsx and stands in a folder of the office's id below ``folder``.
    """
    place = folder / office.id
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for service in CASEWORK:
        for ledger in getattr(service, "LEDGERS", ()):
            path = place / f"{service.name}.{ledger.name}.xlsx"
            _write(path, list(_pages(service.of(office), office, ledger.name, since, until)))
            written.append(path)
    return written


def _pages(
    service: Service, office: OfficeRuntime, ledger: str, since: date, until: date
) -> Iterator[Mapping[str, Any]]:
    actor = {"id": system(office).id, "office": office.id, "roles": ["system"]}
    after: int | None = 0
    while after is not None:
        wanted = {
            "ledger": ledger,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "after": after,
            "limit": PAGE,
        }
        answer = service.export({"actor": actor, "data": wanted})  # type: ignore[attr-defined]  # every service of CASEWORK with ledgers
        if not answer["ok"]:
            raise LedgerRefusedError(str(answer["error"]["message"]))
        yield answer["result"]
        after = answer["result"]["next"]


def _write(path: Path, pages: list[Mapping[str, Any]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = pages[0]["zh"][:31]  # as long as Excel lets a sheet's name be
    sheet.append([heading for _, heading in pages[0]["columns"]])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(cell.column)].width = WIDTH
    sheet.freeze_panes = "A2"
    for page in pages:
        for row in page["rows"]:
            sheet.append([_plain(value) for value in row])
    book.save(path)


def _plain(value: Any) -> Any:
    """A cell: yes and no in words, lists joined, and no text that a spreadsheet would reckon."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
