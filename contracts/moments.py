"""Days that nobody can have meant: they stop at the boundary, named by field, before a calendar or a database chokes on them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

FIRST, LAST = 1900, 2199
WORDS = f"年份应在{FIRST}至{LAST}之间 (a year from {FIRST} to {LAST})"


def strange_years(data: Any) -> Mapping[Any, Any]:
    """In: what a schema loaded. Out: the fields with a day or moment outside these years, nested as marshmallow names faults."""
    found = {key: _fault(value) for key, value in _items(data)}
    return {key: fault for key, fault in found.items() if fault}


def _items(data: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(data, Mapping):
        return data.items()
    return enumerate(data) if isinstance(data, list | tuple) else ()


def _fault(value: Any) -> Any:
    if isinstance(value, date):  # a moment is a date too
        return [] if FIRST <= value.year <= LAST else [WORDS]
    return strange_years(value)
