"""What is printed of a year: each figure with its base, and no rate without one."""

from collections.abc import Iterator, Mapping
from typing import Any

INVENTED = "这是虚构的一年:只演示怎样计数,不反映任何地方的真实情况。"
"""What every simulated year says of itself."""


def lines(figures: Mapping[str, Mapping[str, Any]], names: Mapping[str, str] | None = None) -> Iterator[str]:
    """One line a figure, as the services name it; of a part of a whole both numbers, and the share."""
    chosen = [*figures] if names is None else [name for name in names if name in figures]
    for name in chosen:
        value, base = figures[name]["value"], figures[name]["base"]
        share = f" / {base}({value / base:.1%})" if base else "" if base is None else " / 0"
        yield f"{(names or {}).get(name) or figures[name]['zh']}:{value}{share}"


def plain(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """As JSON: name → {value, base}."""
    return {name: {"value": each["value"], "base": each["base"]} for name, each in sorted(figures.items())}
