"""Small counts of discipline reports are not shown of a unit smaller than the district, so that none gives a reporter away.

Nor may one be computed from what is shown: of the parts of a total, none is hidden alone. Pure. What two questions about
overlapping days tell together is not guarded (docs/architecture.md, "What is not promised").
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from contracts.context import Here, OfficeTree
from contracts.figures import Figure, Wanted

Cell = tuple[str, str]
Table = Mapping[str, Mapping[str, int]]
Count = Callable[[Wanted], Iterable[Figure]]


def hidden(table: Table, wholes: Iterable[Sequence[str]], closed: Collection[str], limit: int) -> frozenset[Cell]:
    """The cells, (unit, figure), of ``table`` (unit → figure → count) that are not shown.

    The units together make a total that is known, but for the figures ``closed``, of which no unit's is shown. ``wholes``
    are figures of which the first is the sum of the others. A cell below ``limit`` is hidden; then, as long as a line of
    cells that add up has a single hidden one, the smallest of the others too.
    """
    gone = {
        (unit, name) for unit, row in table.items() for name, count in row.items() if count < limit or name in closed
    }
    lines = list(_lines(table, wholes))
    while alone := [line for line in lines if _is_alone(line, gone)]:
        others = (cell for cell in alone[0] if cell not in gone)
        gone.add(min(others, key=lambda cell: (table[cell[0]][cell[1]], cell)))
    return frozenset(gone)


def _lines(table: Table, wholes: Iterable[Sequence[str]]) -> Iterator[list[Cell]]:
    names = dict.fromkeys(name for row in table.values() for name in row)
    yield from ([(unit, name) for unit in table] for name in names)
    yield from ([(unit, name) for name in whole] for unit in table for whole in wholes)


def _is_alone(line: Sequence[Cell], gone: Collection[Cell]) -> bool:
    return len(line) > 1 and sum(cell in gone for cell in line) == 1


def guarded(count: Count, here: Here, wanted: Wanted) -> list[Figure]:
    """The figures of what is wanted, ``value`` None where it is not shown; all of the district's are shown."""
    shown = list(count(wanted))
    unit = wanted.office or here.office
    if unit == here.tree.root.id:
        return shown
    limit, wholes = here.policy.small_cell_limit, _wholes(shown)
    closed: frozenset[str] = frozenset()
    for parent, child in _path(here, unit):
        table = _table(count, wanted, here.tree, parent) if parent else {child: _counts(count, wanted, child)}
        gone = hidden(table, wholes, closed, limit)
        closed = frozenset(name for at, name in gone if at == child)
    return [replace(each, value=None, base=None, sources=()) if each.name in closed else each for each in shown]


def _path(here: Here, unit: str) -> list[tuple[str, str]]:
    """(parent, child) from this office down to the unit; an office below the district begins with itself alone."""
    above = [office.id for office in reversed(here.tree.ancestors(unit))]
    line = [*above[above.index(here.office) :], unit] if here.office in above else [unit]
    first = [] if line[0] == here.tree.root.id else [("", line[0])]
    return [*first, *pairwise(line)]


def _table(count: Count, wanted: Wanted, tree: OfficeTree, parent: str) -> Table:
    """What each office right below ``parent`` counts with all below it, and what is left for the parent itself."""
    children = [office.id for office in tree.descendants(parent) if office.managed_by == parent]
    table = {child: _counts(count, wanted, child) for child in children}
    whole = _counts(count, wanted, parent)
    return {
        **table,
        parent: {name: max(0, all_ - sum(row[name] for row in table.values())) for name, all_ in whole.items()},
    }


def _counts(count: Count, wanted: Wanted, office: str) -> dict[str, int]:
    return {each.name: each.value or 0 for each in count(replace(wanted, office=office))}


def _wholes(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    wholes = dict.fromkeys(each.part_of for each in figures if each.part_of)
    return [(whole, *(each.name for each in figures if each.part_of == whole)) for whole in wholes]
