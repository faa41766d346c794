"""Suggestions by place, category, accused and recusal."""

import pytest

from contracts.accused import Rank
from services.assignment.routing.rules import suggest
from tests.services.assignment.cases import DISTRICT, TOWN, VILLAGE, here

HOUSING = "610402d01"


def offices(found: object) -> list[tuple[str, str]]:
    return [(each.office, each.next) for each in found]  # type: ignore[attr-defined]


def test_by_place_then_by_category() -> None:
    found = suggest("C03", VILLAGE, here(DISTRICT))
    assert offices(found)[:2] == [(VILLAGE, TOWN), (HOUSING, HOUSING)]
    assert "属地" in found[0].why


def test_a_village_keeps_its_own_and_reaches_a_department_step_by_step() -> None:
    found = suggest("C03", VILLAGE, here(VILLAGE))
    assert offices(found)[:2] == [(VILLAGE, VILLAGE), (HOUSING, TOWN)]


@pytest.mark.parametrize(
    ("rank", "accused", "to"),
    [
        ("village_cadre", VILLAGE, TOWN),
        ("town_staff", TOWN, DISTRICT),
        ("town_discipline", TOWN, DISTRICT),
        ("department_head", HOUSING, DISTRICT),
        ("unknown", "", DISTRICT),
    ],
)
def test_a_discipline_report_goes_by_who_is_accused(rank: Rank, accused: str, to: str) -> None:
    found = suggest("C15", "", here(DISTRICT), accused_offices=[accused] if accused else [], rank=rank)
    assert [each.office for each in found] == [to]


def test_a_recused_office_is_never_suggested() -> None:
    found = suggest("C01", VILLAGE, here(DISTRICT), excluded=[VILLAGE])
    assert offices(found) == [(TOWN, TOWN)]
    assert "回避" in found[0].why


def test_free_text_places_and_unknown_categories_suggest_nothing() -> None:
    assert suggest("C99", "老槐树下", here(DISTRICT)) == ()
