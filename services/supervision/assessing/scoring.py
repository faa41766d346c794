"""Scores of the annual assessment (S30, S31) from frozen figures. Pure; exact fractions, no rounding.

In: indicators with their weights (together 100) and the figures (value, base) of one unit. Out: a sheet with, for each
indicator, numerator, denominator and weight, so that each line opens what stands behind it (S32).
An indicator whose base is 0, or that was not counted, is left out and the others are scaled to 100: the line stays and says so.

Only rates are scored. A figure without a base (volume, refusals, repeats as a count) is no rate and is refused as an indicator.
Not met here: a unit whose bad indicator loses its whole base scores by the rest; and a base must hold refused and late cases too,
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contracts.errors import Refused

WHOLE = 100
Key = tuple[str, str]
"""(service, name) of a figure."""


@dataclass(frozen=True)
class Indicator:
    """What is scored: the rate of a figure, with its weight in points."""

    zh: str
    weight: int
    figure: Key


@dataclass(frozen=True)
class Line:
    """``points`` is None where the indicator is left out. Numbers are as frozen, None if not counted."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    points: Fraction | None


@dataclass(frozen=True)
class Sheet:
    """``score`` is of 100, None where no indicator had a base. ``counted_weight`` is the weight of what was not left out."""

    lines: tuple[Line, ...]
    counted_weight: int
    score: Fraction | None


def sheet(indicators: Sequence[Indicator], figures: Mapping[Key, tuple[int, int | None]]) -> Sheet:
    """The sheet of a unit. Raises Refused where weights do not add to 100 or an indicator is no rate from 0 to 1."""
    if any(each.weight <= 0 for each in indicators) or sum(each.weight for each in indicators) != WHOLE:
        raise Refused("wrong_weights", "各项指标权重之和须为100", {"weight": ["合计须为100"]})
    rates = {each: _rate(each, figures.get(each.figure)) for each in indicators}
    counted = sum(each.weight for each, rate in rates.items() if rate is not None)
    lines = tuple(_line(each, figures.get(each.figure), rates[each], counted) for each in indicators)
    points = [line.points for line in lines if line.points is not None]
    return Sheet(lines, counted, sum(points, Fraction(0)) if points else None)


def _rate(indicator: Indicator, number: tuple[int, int | None] | None) -> Fraction | None:
    if number is None:
        return None
    value, base = number
    if base is None or not 0 <= value <= base:
        raise Refused("not_a_rate", f"{indicator.zh}不是比率,不能计分", {"figure": ["不是比率"]})
    return Fraction(value, base) if base else None


def _line(indicator: Indicator, number: tuple[int, int | None] | None, rate: Fraction | None, counted: int) -> Line:
    value, base = number or (None, None)
    return Line(indicator, value, base, None if rate is None else rate * indicator.weight * WHOLE / counted)
