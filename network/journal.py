"""The journal: an append-only hash chain of what was done in an office.

Each line bears the hash of the line before and of every service row that the commit left behind, so that a replay shows
deleted, altered and smuggled-in rows; the heads kept by the offices above show a rewritten or shortened chain.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import inspect

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """The one JSON text of a value: sorted keys, no spaces, moments as UTC ISO 8601."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no place in a journal")


def digest(value: Any) -> str:
    """Hex BLAKE2b-256 of the canonical JSON of ``value``."""
    return hashlib.blake2b(canonical(value), digest_size=32).hexdigest()


def row_digest(values: Mapping[str, Any]) -> str:
    """The hash of a row. Empty values do not count, so that a column that a later version adds alters no older row."""
    return digest({name: value for name, value in values.items() if value})


def link(chain: str, letter_id: str) -> str:
    """The chain of a stream after one more letter: equal on both sides if, and only if, they know the same letters."""
    return hashlib.blake2b(f"{chain}/{letter_id}".encode(), digest_size=16).hexdigest()


def row_values(row: Any) -> dict[str, Any]:
    """The column values of a mapped object, as the database holds them."""
    mapper = inspect(type(row))
    return {column.key: getattr(row, column.key) for column in mapper.column_attrs}


def row_key(row: Any) -> list[Any]:
    """``[table, primary key values…]`` of a mapped object."""
    mapper = inspect(type(row))
    keys = [mapper.get_property_by_column(column).key for column in mapper.primary_key]
    return [mapper.local_table.name, *(getattr(row, key) for key in keys)]


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash of a journal line: of everything in it, the hash of the line before included."""
    names = ("seq", "epoch", "at", "service", "actor", "action", "why", "case_id", "data", "rows", "prev")
    return digest({name: line[name] for name in names})


def broken_links(lines: Sequence[Mapping[str, Any]]) -> list[int]:
    """Numbers of the lines that do not follow from the line before, or whose own hash is wrong."""
    broken, prev, seq = [], GENESIS, 0
    for line in lines:
        if line["seq"] != seq + 1 or line["prev"] != prev or line["hash"] != line_hash(line):
            broken.append(int(line["seq"]))
        prev, seq = line["hash"], line["seq"]
    return broken
