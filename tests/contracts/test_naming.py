"""Who is meant by the words of a reporter."""

from datetime import date

import pytest

from contracts.accused import Accused
from contracts.naming import candidates, named_in, surname
from contracts.officials import Official, Post

ON = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)
VILLAGE, TOWN, STREET = "610402901901", "610402901", "610402902"
HEAD = Official("1", "石某", "village_cadre", "town", (Post(VILLAGE, "村主任", LONG_AGO),))
STONE = Official("2", "石头", "town_staff", "town", (Post(TOWN, "干事", LONG_AGO),))
DEPUTY = Official("3", "骆一鸣", "town_leader", "district", (Post(STREET, "办事处副主任", LONG_AGO),))
MOVED = Official(
    "4", "欧阳明", "town_staff", "town",
    (Post(VILLAGE, "会计", LONG_AGO, date(2025, 6, 30)), Post(TOWN, "文书", date(2025, 7, 1))),
)  # fmt: skip
ALL = (MOVED, DEPUTY, STONE, HEAD)
NAMES = {VILLAGE: ("望塬村",), TOWN: ("槐川镇",), STREET: ("云泉街道", "云泉办")}


def found(name: str = "", office: str = "", post: str = "") -> list[tuple[str, int]]:
    return [(each.official.id, each.score) for each in candidates(Accused(name, office, post), ALL, ON)]


@pytest.mark.parametrize(
    ("name", "office", "post", "expected"),
    [
        ("骆一鸣", "", "", [("3", 100)]),
        ("骆一鸣", STREET, "副主任", [("3", 150)]),
        ("石某", "", "", [("1", 100), ("2", 40)]),
        ("石某某", "", "", [("1", 40), ("2", 40)]),
        ("石××", VILLAGE, "", [("1", 60), ("2", 40)]),
        ("石主任", "", "", [("1", 70), ("2", 40)]),
        ("石主任", VILLAGE, "村主任", [("1", 90), ("2", 40)]),
        ("骆副主任", "", "", [("3", 70)]),
        ("骆一名", STREET, "副主任", [("3", 50)]),
        ("骆一名", STREET, "", []),
        ("骆一名", "", "副主任", []),
        ("欧阳某", VILLAGE, "会计", [("4", 85)]),
        ("欧某", "", "", []),
        ("欧阳明", TOWN, "文书", [("4", 150)]),
        ("", "", "副主任", [("3", 30)]),
        ("", STREET, "副主任", [("3", 50)]),
        ("", TOWN, "副主任", []),
        ("", VILLAGE, "会计", [("4", 45)]),
        ("  ", "", "出纳", []),
        ("主任", "", "", []),
    ],
)
def test_candidates_by_name_post_and_office(name: str, office: str, post: str, expected: list[tuple[str, int]]) -> None:
    assert found(name, office, post) == expected


def test_every_candidate_is_explained() -> None:
    (best, *_) = candidates(Accused("石主任", VILLAGE), ALL, ON)
    assert best.why == ("姓氏相同:石", "职务相符:村主任", "现在该单位任职")
    (moved,) = candidates(Accused("欧阳明", VILLAGE, "会计"), ALL, ON)
    assert moved.why == (
        "姓名相同", "职务相符:会计(2020-01-01至2025-06-30)", "曾在该单位任职(2020-01-01至2025-06-30)",
    )  # fmt: skip


def test_a_post_counts_from_its_first_day() -> None:
    coming = Official("5", "苗青", "town_staff", "town", (Post(TOWN, "站长", ON),))
    assert candidates(Accused("", TOWN, "站长"), [coming], ON)[0].score == 50
    assert candidates(Accused("", TOWN, "站长"), [coming], date(2026, 3, 1)) == ()


def test_the_present_post_explains_before_one_that_was_left() -> None:
    back = Official(
        "6", "苗青", "town_staff", "town",
        (Post(TOWN, "会计", LONG_AGO, date(2021, 1, 1)), Post(TOWN, "总会计", date(2024, 1, 1)),
         Post(TOWN, "会计", LONG_AGO, date(2022, 1, 1))),
    )  # fmt: skip
    assert candidates(Accused("", TOWN, "会计"), [back], ON)[0].why == ("职务相符:总会计", "现在该单位任职")
    assert candidates(Accused("", TOWN, "会计"), [back], date(2023, 1, 1))[0].why == (
        "职务相符:会计(2020-01-01至2022-01-01)", "曾在该单位任职(2020-01-01至2022-01-01)",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("骆一鸣上班打麻将", [("3", "骆一鸣", "name")]),
        ("找过骆副主任,没用", [("3", "骆副主任", "title")]),
        ("找过骆主任,没用", [("3", "骆主任", "title")]),
        ("望塬村村主任不公布账目", [("1", "望塬村村主任", "post")]),
        ("望塬村的村主任不公布账目", [("1", "望塬村的村主任", "post")]),
        ("望塬村主任不公布账目", [("1", "望塬村主任", "post")]),
        ("云泉办办事处副主任", [("3", "云泉办办事处副主任", "post")]),
        ("石主任和欧阳会计", [("4", "欧阳会计", "title"), ("1", "石主任", "title")]),
        ("望塬村会计", [("4", "望塬村会计", "post")]),
        ("村主任不公布账目", []),
        ("骆书记说过", []),
        ("路灯坏了", []),
    ],
)
def test_what_a_text_names(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(each.official.id, each.what, each.how) for each in named_in(text, ALL, NAMES, ON)] == expected


def test_a_name_of_one_character_names_nobody() -> None:
    one = Official("7", "王", "villager", "town")
    assert named_in("王家门口的路", [one], NAMES, ON) == ()
    two = Official("8", "王二", "villager", "town")
    assert [each.what for each in named_in("王二家门口的路", [two], NAMES, ON)] == ["王二"]


def test_surnames() -> None:
    assert [surname(name) for name in ("欧阳明", "石某", "欧明", "司马")] == ["欧阳", "石", "欧", "司马"]
