"""Figures and ledgers that a service gives of a stretch of days, for its own office and what was told from below.

A rate is never given without its base (domain section 7): a figure bears its numerator, its denominator and the Chinese name
that a bulletin prints. Days are China's; both ends are counted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.context import Here


@dataclass(frozen=True)
class Wanted:
    """The days ``since`` to ``until``; of one ``campaign``, of one ``office`` with all below it, or "" for all.

    ``reader`` is the office that will read the figures: cases from which it is recused do not count in them. "" for the own.
    """

    since: date
    until: date
    campaign: str = ""
    office: str = ""
    reader: str = ""

    @property
    def begins(self) -> datetime:
        """The first moment that counts."""
        return datetime.combine(self.since, time(0), SHANGHAI)

    @property
    def ends(self) -> datetime:
        """The first moment that counts no more."""
        return datetime.combine(self.until + timedelta(days=1), time(0), SHANGHAI)

    def offices(self, here: Here) -> frozenset[str]:
        """The offices that are counted. KeyError for one that is not there."""
        of = self.office or here.office
        return frozenset((of, *(each.id for each in here.tree.descendants(of))))


@dataclass(frozen=True)
class Figure:
    """A count, or with ``base`` the part of a whole. ``zh`` is its printed name.

    ``sources`` are the ids of what was counted (cases, activities, returns), so that a figure opens what stands behind it (S32);
    ``counted_from`` are the words of the events it is counted from.
    ``value`` is None where it is too small to be shown (``contracts.small_counts``). ``part_of`` names the figure that this
    one and the others with the same word add up to, "" for none; answers do not bear it.
    """

    name: str
    zh: str
    value: int | None
    base: int | None = None
    sources: tuple[str, ...] = ()
    counted_from: tuple[str, ...] = ()
    part_of: str = ""

    def plain(self) -> dict[str, Any]:
        """As an answer shows it."""
        return {"name": self.name, "zh": self.zh, "value": self.value, "base": self.base}

    def whole(self) -> dict[str, Any]:
        """With what stands behind it, each source once."""
        return {**self.plain(), "sources": sorted(set(self.sources)), "counted_from": list(self.counted_from)}


@dataclass(frozen=True)
class Ledger:
    """A ledger (台账) as it is exported: its columns, each (key, Chinese heading) in the official order, and its rows.

    ``rows(session, here, wanted)`` gives mappings by key, in a fixed order.
    """

    name: str
    zh: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[Any, Here, Wanted], Iterable[Mapping[str, Any]]]


CountFigures = Callable[[Any, Here, Wanted], Iterable[Figure]]
"""(session, here, wanted) → the figures of a room."""
