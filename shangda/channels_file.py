"""The channels of a district's offices as a TOML file, read whole: every fault by row and field, nothing half-imported.

[[channels]]
office = "610402901"
kind = "phone"            # a word of contracts.channels.WAYS
label = "举报电话"
...                       # the fields of contracts.commands.intake.channels.ChannelRow
clerk = { id = "clerk", name = "经办人" }
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from marshmallow import RAISE, ValidationError, fields

from contracts.commands.intake.channels import ChannelRow
from contracts.context import Actor
from contracts.errors import Refused
from contracts.faults import faults
from contracts.letters import OFFICE_ID
from contracts.moments import strange_years
from network.ids import new_id
from network.office import OfficeRuntime
from services.intake.channels import acts
from services.intake.service import IntakeService

Rows = list[tuple[int, dict[str, Any]]]


class ChannelsFileError(ValueError):
    """A file that cannot be imported; the text names each row and field."""


class FileRow(ChannelRow):
    """One row of the file."""

    class Meta:
        unknown = RAISE

    office = fields.String(required=True, validate=OFFICE_ID)


class _CheckedError(Exception):
    """Raised to undo what was only tried."""


def read_channels(path: Path) -> dict[str, Rows]:
    """Office → its rows, each with its number in the file from 1, as the command takes them. Raises ChannelsFileError."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChannelsFileError(f"{path}: {error}") from error
    rows = content.get("channels")
    if not isinstance(rows, list) or not rows or set(content) != {"channels"}:
        raise ChannelsFileError(f"{path}: 应当只有 [[channels]] 各条")
    plain = [_plain(row) for row in rows]
    wrong = [*_faults(plain), *_twice(plain)]
    if wrong:
        raise ChannelsFileError("\n".join(wrong))
    found: dict[str, Rows] = {}
    for number, row in enumerate(plain, 1):
        found.setdefault(row.pop("office"), []).append((number, row))
    return found


def _plain(value: Any) -> Any:
    """TOML's days as ISO text, as the command takes them."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _faults(rows: list[Any]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        try:
            wrong = strange_years(FileRow().load(row))
        except ValidationError as error:
            wrong = error.messages_dict
        yield from (f"第{number}条 {field}: {fault}" for field, fault in faults(wrong))


def _twice(rows: list[Any]) -> Iterator[str]:
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            key = tuple(str(row.get(name)) for name in ("office", "kind", "label"))
            if key in seen:
                yield f"第{number}条 label: 与第{seen[key]}条重复"
            seen.setdefault(key, number)


def import_file(here: Mapping[str, OfficeRuntime], path: Path, by: str) -> dict[str, dict[str, int]]:
    """Import a file into the databases of this machine, all of it or nothing → office → ``{added, changed, same}``.

    The same file again changes nothing. Raises ChannelsFileError.
    """
    found = read_channels(path)
    elsewhere = [number for office in found.keys() - here for number, _ in found[office]]
    strangers = [f"第{number}条 office: 该机构的数据库不在本机" for number in elsewhere]
    refusals = [fault for office in found.keys() & here for fault in _tried(here[office], found[office], by)]
    if strangers or refusals:
        raise ChannelsFileError("\n".join(sorted([*strangers, *refusals])))
    return {office: _imported(here[office], rows, by) for office, rows in found.items()}


def _tried(office: OfficeRuntime, rows: Rows, by: str) -> Iterator[str]:
    """What the office would refuse, row by row; nothing of it stays."""
    for number, row in rows:
        try:
            _undone(office, row, by)
        except _CheckedError:
            continue
        except Refused as error:
            own = error.fields.get("channels", {}).get(0, {})
            yield from (f"第{number}条 {field}: {fault}" for field, fault in faults(own))


def _undone(office: OfficeRuntime, row: Mapping[str, Any], by: str) -> None:
    """Import one row and undo it. Raises Refused, or _CheckedError."""
    with office.uow("intake", Actor(by, office.id, roles=("operator",))) as uow:
        acts.imported(uow, {"channels": [ChannelRow().load(row)]})
        raise _CheckedError


def _imported(office: OfficeRuntime, rows: Rows, by: str) -> dict[str, int]:
    actor = {"id": by, "office": office.id, "roles": ["operator"]}
    call = {"actor": actor, "command_id": new_id(), "data": {"channels": [row for _, row in rows]}}
    answer = IntakeService.of(office).import_channels(call)  # type: ignore[attr-defined]
    if not answer["ok"]:
        raise ChannelsFileError(f"{office.id}: {answer['error']['message']}")
    done: dict[str, int] = answer["result"]
    return done
