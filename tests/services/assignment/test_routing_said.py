"""Why an office is suggested, in the words a clerk reads, and where the way there leads."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.assignment.routing.rules import Suggestion, of_register, step_towards, suggest
from tests.services.assignment.cases import DEPARTMENT, DISTRICT, PLUMS, TOWN, VILLAGE, here, policy
from tests.services.assignment.helped import LANE, NEIGHBOUR, STREET
from tests.services.assignment.officials import REGISTER

HOUSING = "610402d01"
BUREAU = "610402d08"
BY_PLACE = "属地管理:事项发生在该辖区"
TO_TOWN = "按被反映人的管理权限,由镇(街道)纪(工)委受理"
TO_DISTRICT = "按被反映人的管理权限,由区纪委监委受理"
GONE = "有关机关应当回避"


def by_category(category: str) -> str:
    return f"谁主管、谁负责:{policy().category(category).zh}"


@pytest.mark.parametrize(
    ("category", "place", "at", "given", "wanted"),
    [
        ("C03", VILLAGE, DISTRICT, {}, [(VILLAGE, TOWN, BY_PLACE), (HOUSING, HOUSING, by_category("C03"))]),
        ("C03", "610402007", DISTRICT, {}, [
            ("xixian", "", "该地由区外机关管理,请以公函转送"),
            (HOUSING, HOUSING, by_category("C03")),
        ]),
        ("C15", VILLAGE, DISTRICT, {"accused_offices": [PLUMS], "rank": "village_cadre"}, [
            (TOWN, TOWN, TO_TOWN),
        ]),
        ("C15", "", VILLAGE, {"accused_offices": [TOWN], "rank": "town_leader"}, [(DISTRICT, DISTRICT, TO_DISTRICT)]),
        ("C15", "", DISTRICT, {"accused_offices": [DEPARTMENT], "rank": "village_cadre"}, [
            (DISTRICT, DISTRICT, TO_DISTRICT),
        ]),
        ("C15", "", DISTRICT, {"rank": None}, [(DISTRICT, DISTRICT, TO_DISTRICT)]),
        ("C15", "", DISTRICT, {"accused_offices": [DEPARTMENT, VILLAGE], "rank": "village_cadre"}, [(TOWN, TOWN, TO_TOWN)]),
        ("C99", VILLAGE, DISTRICT, {"excluded": [VILLAGE]}, [(TOWN, TOWN, f"{BY_PLACE};{GONE},由上级办理")]),
        ("C99", TOWN, TOWN, {"accused_offices": [TOWN]}, [
            (NEIGHBOUR, DISTRICT, f"{BY_PLACE};{GONE},由同一片区的机关交叉办理"),
            (DISTRICT, DISTRICT, f"{BY_PLACE};{GONE},由上级办理"),
            (BUREAU, DISTRICT, f"{BY_PLACE};{GONE},由指定的机关办理"),
        ]),
        ("C99", DISTRICT, DISTRICT, {"excluded": [DISTRICT]}, [(DISTRICT, DISTRICT, f"{BY_PLACE};{GONE},由上级办理")]),
    ],
)  # fmt: skip
def test_what_is_suggested_and_why(
    category: str, place: str, at: str, given: dict[str, Any], wanted: list[tuple[str, str, str]]
) -> None:
    found = suggest(category, place, here(at), **given)
    assert list(found[: len(wanted)]) == [Suggestion(*each) for each in wanted]


def test_an_owner_that_is_no_office_of_the_network_is_not_suggested() -> None:
    ours = replace(policy().category("C03"), owners=("610402d99", "610402007", HOUSING))
    changed = replace(policy(), categories={"C03": ours})
    found = suggest("C03", "老槐树下", replace(here(DISTRICT), policy=changed))
    assert [each.office for each in found] == [HOUSING]


def test_where_the_rank_cannot_be_told_the_policy_says_so_too() -> None:
    """Without a rank it goes by the row of the unknown; a rank that the policy does not name goes to the district."""
    to_town = replace(here(DISTRICT), policy=replace(policy(), accused_routing={"unknown": "town"}))
    assert [each.office for each in suggest("C15", "", to_town, accused_offices=[VILLAGE])] == [TOWN]
    named = suggest("C15", "", to_town, accused_offices=[VILLAGE], rank="village_cadre")
    assert [each.office for each in named] == [DISTRICT]


@pytest.mark.parametrize(("accused", "wanted"), [
    ([], ((), None)),
    (["gb-000"], ((), None)),
    (["gb-001"], ((VILLAGE,), "village_cadre")),
    (["gb-006"], ((PLUMS,), "village_cadre")),  # where one worked before is not asked here
    (["gb-003", "gb-001"], ((VILLAGE, STREET), "town_leader")),
    (["gb-001", "gb-007", "gb-008"], ((VILLAGE, DISTRICT, DEPARTMENT), "district_leader")),
])  # fmt: skip
def test_the_register_says_where_the_accused_work_and_the_rank_that_goes_highest(
    accused: list[str], wanted: tuple[tuple[str, ...], str | None]
) -> None:
    assert of_register(accused, REGISTER, here(DISTRICT)) == wanted


def test_of_the_people_of_two_towns_neither_town_decides() -> None:
    found = suggest("C15", "", here(DISTRICT), accused_offices=[VILLAGE, STREET], rank="village_cadre")
    assert [each.office for each in found] == [DISTRICT]


@pytest.mark.parametrize(
    ("office", "at", "shunned", "next_"),
    [
        (TOWN, TOWN, [TOWN], TOWN),
        (VILLAGE, DISTRICT, [], TOWN),
        (VILLAGE, DISTRICT, [TOWN], VILLAGE),
        (DISTRICT, VILLAGE, [], TOWN),
        (DISTRICT, VILLAGE, [TOWN], DISTRICT),
        (LANE, VILLAGE, [TOWN, DISTRICT], VILLAGE),
        (STREET, DISTRICT, [], STREET),
        (PLUMS, VILLAGE, [], TOWN),
    ],
)
def test_the_next_step_on_the_way(office: str, at: str, shunned: Sequence[str], next_: str) -> None:
    assert step_towards(office, here(at), set(shunned)) == next_
