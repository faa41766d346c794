"""How a district file is read: a TOML file for the district and the bodies beside it, a CSV for its offices.

Gives plain, field-checked rows with their places ("file line N"), for `network.offices` to make a tree of. Every
fault of a file is told at once in one DistrictError, each with file, line (or key) and field.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from contracts.faults import faults

TIERS = ("district", "town", "village", "department", "portal")
OFFICE_ID = r"[0-9a-z]{6,16}"
BODY_ID = r"[0-9a-z][0-9a-z-]{1,39}"


class DistrictError(ValueError):
    """A district file that cannot be used; `faults` has one sentence for each thing wrong."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class OfficeRowSchema(Schema):
    """One line of the offices CSV; an empty cell of an optional column counts as absent."""

    id = fields.String(required=True, validate=validate.Regexp(rf"^{OFFICE_ID}\Z"))
    name = fields.String(required=True, validate=validate.Length(1, 60))
    short_name = fields.String(load_default="")
    tier = fields.String(required=True, validate=validate.OneOf(TIERS))
    managed_by = fields.String(load_default=None, validate=validate.Regexp(rf"^{BODY_ID}\Z"))
    code_parent = fields.String(load_default=None, validate=validate.Regexp(rf"^{OFFICE_ID}\Z"))
    urban_rural = fields.String(load_default="", validate=validate.Regexp(r"^\d{3}\Z"))
    phone = fields.String(load_default="")
    hours = fields.String(load_default="")
    address = fields.String(load_default="")
    discipline_name = fields.String(load_default="")
    petition_name = fields.String(load_default="")
    valid_from = fields.Date(load_default=None)
    valid_to = fields.Date(load_default=None)
    successor = fields.String(load_default=None, validate=validate.Regexp(rf"^{OFFICE_ID}\Z"))


class BodySchema(Schema):
    """A body outside the network: an id, where to write to, and its public key (base64) when it has given one."""

    id = fields.String(required=True, validate=validate.Regexp(rf"^{BODY_ID}\Z"))
    name = fields.String(required=True, validate=validate.Length(1, 60))
    address = fields.String(load_default="")
    phone = fields.String(load_default="")
    public_key = fields.String(load_default="", validate=validate.Regexp(r"^(|[A-Za-z0-9+/]{43}=)\Z"))


class DistrictFileSchema(Schema):
    """The TOML file: the district's id and name, its offices CSV (beside it), the bodies outside."""

    id = fields.String(required=True, validate=validate.Regexp(rf"^{OFFICE_ID}\Z"))
    name = fields.String(required=True, validate=validate.Length(1, 60))
    offices = fields.String(load_default="offices.csv", validate=validate.Regexp(r"^[^/\\]+\.csv\Z"))
    bodies = fields.List(fields.Nested(BodySchema), load_default=list)


OFFICE_COLUMNS = tuple(OfficeRowSchema().fields)


def read_district_file(path: Path) -> dict[str, Any]:
    """The checked content of the TOML file; DistrictError names the key of each fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DistrictError([f"{path}: cannot be read: {error}"]) from error
    try:
        loaded: dict[str, Any] = DistrictFileSchema().load(raw)
    except ValidationError as error:
        raise DistrictError(f"{path}: field {key}: {fault}" for key, fault in faults(error.messages_dict)) from error
    return loaded


def read_offices_csv(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """(place, row) of each line, place being "file line N"; DistrictError tells all faulty lines together."""
    try:
        lines = list(_lines(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DistrictError([f"{path}: cannot be read: {error}"]) from error
    rows, wrong = [], []
    for place, cells in lines:
        try:
            rows.append((place, OfficeRowSchema().load(cells)))
        except ValidationError as error:
            wrong += [f"{place}, field {key}: {fault}" for key, fault in faults(error.messages_dict)]
    if wrong:
        raise DistrictError(wrong)
    return rows


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        unknown = [column for column in header if column not in OFFICE_COLUMNS]
        if unknown or len(set(header)) < len(header):
            raise csv.Error(f"line 1: columns must be some of {', '.join(OFFICE_COLUMNS)}, each once; got {header}")
        for cells in reader:
            if len(cells) > len(header):
                raise csv.Error(f"line {reader.line_num}: more cells than columns")
            if any(cells):
                filled = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
                yield f"{path} line {reader.line_num}", {key: cell for key, cell in filled.items() if cell}
