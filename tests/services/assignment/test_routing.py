"""Suggestions by place, category, accused and recusal."""

from dataclasses import replace

import pytest

from contracts.accused import Rank
from contracts.policy_parts import Area
from services.assignment.routing import crossing
from services.assignment.routing.rules import suggest
from tests.services.assignment.cases import DISTRICT, PLUMS, TOWN, VILLAGE, here, policy

HOUSING = "610402d01"
BUREAU = "610402d08"  # designated for both areas of the demo policy
NEIGHBOUR, THIRD = "610402001", "610402003"  # in the area of 槐川镇
STREET = "610402902"  # in the other area


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
        ("villager", VILLAGE, TOWN),
        ("village_cadre", VILLAGE, TOWN),
        ("town_staff", VILLAGE, TOWN),
        ("town_leader", TOWN, DISTRICT),
        ("town_discipline", TOWN, DISTRICT),
        ("department_head", HOUSING, DISTRICT),
        ("department_staff", HOUSING, DISTRICT),
        ("covering_leader", TOWN, DISTRICT),
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


def test_where_a_town_must_withdraw_a_sibling_of_its_area_comes_first() -> None:
    found = suggest("C15", "", here(DISTRICT), accused_offices=[TOWN], rank="town_staff")
    assert offices(found) == [(NEIGHBOUR, NEIGHBOUR), (DISTRICT, DISTRICT), (BUREAU, BUREAU)]
    assert [each.why.split(";")[1] for each in found] == [
        "有关机关应当回避,由同一片区的机关交叉办理",
        "有关机关应当回避,由上级办理",
        "有关机关应当回避,由指定的机关办理",
    ]


def test_a_sibling_that_is_recused_itself_is_passed_over() -> None:
    gone = [VILLAGE, TOWN, NEIGHBOUR, BUREAU]
    found = suggest("C99", VILLAGE, here(DISTRICT), excluded=gone)
    assert offices(found) == [(THIRD, THIRD), (DISTRICT, DISTRICT)]


def test_a_sibling_is_reached_through_the_common_superior() -> None:
    found = suggest("C99", TOWN, here(PLUMS), excluded=[TOWN])
    assert offices(found) == [(NEIGHBOUR, DISTRICT), (DISTRICT, DISTRICT), (BUREAU, DISTRICT)]


@pytest.mark.parametrize(
    ("office", "excluded", "cross"),
    [
        (NEIGHBOUR, [TOWN], True),
        (BUREAU, [TOWN], True),
        (STREET, [TOWN], False),
        (DISTRICT, [TOWN], False),
        (NEIGHBOUR, [VILLAGE], False),
        (NEIGHBOUR, [], False),
        (TOWN, [TOWN], False),
        (NEIGHBOUR, [VILLAGE, TOWN], True),
    ],
)
def test_an_office_handles_across_for_a_recused_sibling_of_its_area(
    office: str, excluded: list[str], cross: bool
) -> None:
    assert crossing.is_cross(office, excluded, here(DISTRICT)) is cross


def test_the_flag_of_cross_handling_comes_and_goes_with_the_holder() -> None:
    assert crossing.flagged(("bounced",), NEIGHBOUR, [TOWN], here(NEIGHBOUR)) == ("bounced", "cross_handled")
    assert crossing.flagged(("cross_handled", "bounced"), NEIGHBOUR, [TOWN], here(NEIGHBOUR)) == (
        "bounced",
        "cross_handled",
    )
    assert crossing.flagged(("cross_handled", "bounced"), DISTRICT, [TOWN], here(DISTRICT)) == ("bounced",)


def test_siblings_outside_the_network_and_unknown_ones_are_none() -> None:
    area = Area("试", (TOWN, "610402007", "610402999", NEIGHBOUR), ("610402007", TOWN, BUREAU))
    at = replace(here(DISTRICT), policy=replace(policy(), areas={"east": area}))
    assert crossing.siblings(TOWN, at) == (NEIGHBOUR,)
    assert crossing.designated(TOWN, at) == (BUREAU,)
    assert crossing.siblings(STREET, at) == crossing.designated(STREET, at) == ()


def test_free_text_places_and_unknown_categories_suggest_nothing() -> None:
    assert suggest("C99", "老槐树下", here(DISTRICT)) == ()


def test_r27_a_place_that_somebody_else_manages_goes_to_that_body_by_document() -> None:
    found = suggest("C03", "610402007", here(DISTRICT))
    assert (found[0].office, found[0].next) == ("xixian", "")
    assert "公函" in found[0].why
    assert "610402007" not in [each.office for each in found]


def test_no_body_outside_for_places_of_the_network_free_text_or_discipline() -> None:
    for category, place in (("C03", VILLAGE), ("C03", DISTRICT), ("C03", "老槐树下"), ("C15", "610402007")):
        assert "" not in [each.next for each in suggest(category, place, here(DISTRICT))]
