"""How commands print: tables for people, JSON for programs, one clear sentence for an error."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

CHINA = ZoneInfo("Asia/Shanghai")
MAX_WIDTH = 2000
console = Console()


def say_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


def say_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table for people. What is wider than the terminal is not cut: an id has to be whole to be of use."""
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    width = Measurement.get(console, console.options.update(width=MAX_WIDTH), table).maximum
    Console(width=max(width, console.width)).print(table, highlight=False)


def _cell(value: Any) -> Text:
    """Plain text: nothing in it is taken for markup."""
    return Text(moment(value) if isinstance(value, datetime) else "" if value is None else str(value))


def moment(at: datetime) -> str:
    """A moment on the clock of the district."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


def age(seconds: int | None) -> str:
    """How long, in the two largest units that say something."""
    if seconds is None:
        return ""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [
        f"{number}{unit}" for number, unit in ((days, "天"), (hours, "小时"), (minutes, "分"), (rest, "秒")) if number
    ]
    return "".join(parts[:2]) or "0秒"


def says(mapping: Mapping[str, Any]) -> None:
    """One thing, a line for each of its fields."""
    say_table(("", ""), mapping.items())
