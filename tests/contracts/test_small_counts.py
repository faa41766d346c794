"""Small counts are hidden, and none can be computed from what is shown."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from contracts.figures import Figure, Wanted
from contracts.small_counts import guarded, hidden
from tests.contracts.test_policy import at
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

LIMIT = 5
WHOLE = ("all", "one", "two", "three")
CELLS = st.fixed_dictionaries({name: st.integers(0, 12) for name in WHOLE[1:]})
TABLES = st.dictionaries(st.sampled_from("ABCDEF"), CELLS, min_size=2)


def summed(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {unit: {"all": sum(row.values()), **row} for unit, row in table.items()}


@given(TABLES, st.sets(st.sampled_from(WHOLE)))
def test_no_small_cell_is_shown_and_no_line_has_a_single_hidden_one(
    parts: dict[str, dict[str, int]], closed: set[str]
) -> None:
    table = summed(parts)
    gone = hidden(table, [WHOLE], closed, LIMIT)
    cells = [(unit, name) for unit in table for name in WHOLE]
    assert all(cell in gone for cell in cells if table[cell[0]][cell[1]] < LIMIT or cell[1] in closed)
    lines = [[(unit, name) for unit in table] for name in WHOLE]
    lines += [[(unit, name) for name in WHOLE] for unit in table]
    assert [line for line in lines if sum(cell in gone for cell in line) == 1] == []
    if all(count >= LIMIT for row in table.values() for count in row.values()) and not closed:
        assert gone == frozenset(), "nothing is hidden without need"


def test_a_second_part_is_hidden_where_the_total_would_tell_the_first() -> None:
    table = {"A": {"x": 9}, "B": {"x": 2}, "C": {"x": 6}}
    assert hidden(table, [], (), LIMIT) == {("B", "x"), ("C", "x")}
    assert hidden({"A": {"x": 2}}, [], (), LIMIT) == {("A", "x")}
    row = {"all": 14, "one": 8, "two": 1, "three": 5}
    assert hidden({"A": row}, [WHOLE], (), LIMIT) == {("A", "two"), ("A", "three")}


def shown(office: str, wanted: str, known: Mapping[str, int]) -> int | None:
    """One figure as the discipline desk of ``office`` sees it of ``wanted``; ``known`` is counted at each office."""
    here = here_at(office, at(3, 2), demo_tree(), demo_policy(), desk="discipline")

    def count(each: Wanted) -> list[Figure]:
        return [Figure("x", "件", sum(known.get(unit, 0) for unit in each.offices(here)), 99)]

    (found,) = guarded(count, here, Wanted(at(1, 1).date(), at(12, 31).date(), "", wanted))
    assert (found.value is None) == (found.base is None), "a base tells as much"
    return found.value


def test_the_district_is_shown_and_a_smaller_unit_only_where_nothing_follows() -> None:
    assert shown(DISTRICT, "", {TOWN: 1}) == 1
    assert shown(DISTRICT, DISTRICT, {TOWN: 1}) == 1
    assert shown(DISTRICT, TOWN, {TOWN: 4}) is None
    assert shown(DISTRICT, TOWN, {TOWN: 7}) == 7, "many units are hidden beside it"
    assert shown(TOWN, "", {TOWN: 4}) is None
    assert shown(TOWN, "", {TOWN: 5}) == 5
    assert shown(DISTRICT, VILLAGE, {VILLAGE: 6, TOWN: 6}) == 6
    assert shown(DISTRICT, VILLAGE, {VILLAGE: 2, TOWN: 6}) is None
    units = [each.id for each in demo_tree().descendants(DISTRICT) if each.managed_by == DISTRICT]
    rest = {DISTRICT: 20} | {unit: 9 for unit in units if unit != DEPARTMENT}
    assert shown(DISTRICT, DEPARTMENT, {**rest, DEPARTMENT: 1}) is None
    smallest = min(unit for unit in rest if unit != DISTRICT)
    assert shown(DISTRICT, smallest, {**rest, DEPARTMENT: 1}) is None, "else the total would tell"
    below = next(each.id for each in demo_tree().descendants(DISTRICT) if each.managed_by == TOWN)
    hidden_town = {**rest, TOWN: 0, below: 8, DEPARTMENT: 1}
    assert shown(DISTRICT, TOWN, hidden_town) is None
    assert shown(DISTRICT, below, hidden_town) is None, "what lies below a hidden unit is hidden"
