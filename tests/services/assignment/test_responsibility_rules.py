"""Groups and the class matrix read from the register's duties: faults of an import, and what holds for random terms."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.officials import Duty, Official, Post
from services.assignment.responsibility import groups, matrix
from services.assignment.responsibility.terms import unfit_from
from tests.services.assignment.cases import MON, here
from tests.services.assignment.seats import (
    BEGAN,
    CODES,
    CW,
    GOV,
    GROUP,
    HEAD,
    OTHER_TOWN,
    PARTY,
    RD,
    leader,
    seat,
    split,
    with_duties,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE

HERE = here(DISTRICT)
TODAY = MON.date()
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(40)]
NO_HEAD = "自2024-01-01起所任职务不符合“镇长、办事处主任”席位"
NOT_EVER = "自2024-01-01起不是包抓领导,不能分类包抓"
NO_MORE = "自2025-02-01起不是包抓领导,不能分类包抓"
NOT_A_TOWN = "分类包抓的范围为镇(街道),全区留空"


def slot_faults(*officials: Official) -> dict[tuple[int, int], str]:
    found = groups.faults(officials, HERE)
    return {place: wrong["slot"] for place, wrong in found.items()}


def test_five_fitting_persons_are_a_whole_group() -> None:
    assert slot_faults(*GROUP) == {}
    found = groups.group(TOWN, GROUP, HERE, TODAY)
    assert [(each.slot, each.person, each.post) for each in found] == [
        ("committee", "L1", "区委常委、统战部部长"),
        ("government", "L2", "副区长"),
        ("assembly", "L3", "区人大常委会副主任"),
        ("party", "T1", "镇党委书记"),
        ("head", "T2", "镇党委副书记、镇长"),
    ]
    assert groups.empty(TOWN, GROUP, HERE, TODAY) == ()
    assert list(groups.findings(TOWN, GROUP, HERE, TODAY)) == []
    assert groups.group(OTHER_TOWN, GROUP, HERE, TODAY) == ()


@pytest.mark.parametrize(
    ("official", "sentence"),
    [
        (leader("X", "副区长", seat("committee")), "自2024-01-01起所任职务不符合“区委常委”席位"),
        (leader("X", "区委常委", seat("assembly")), "自2024-01-01起所任职务不符合“人大或者政协领导”席位"),
        (leader("X", "区委常委", seat("committee"), rank="district_leader"), ""),
        (leader("X", "区委常委", seat("committee"), rank="department_head"), "类别不符合“区委常委”席位"),
        (leader("X", "副镇长", seat("head"), rank="town_leader", office=TOWN), NO_HEAD),
        (leader("X", "镇长", seat("head"), rank="town_leader", office=OTHER_TOWN), NO_HEAD),
        (leader("X", "区委常委", seat("throne")), "没有这个席位,可选:committee、government、assembly、party、head"),
        (leader("X", "区委常委", Duty("supervisor", TOWN, BEGAN, slot="committee")), "“区委常委”席位与该分工不符"),
        (leader("X", "区委常委", seat("committee", town=VILLAGE)), "席位只属于镇(街道)"),
    ],
)  # fmt: skip
def test_rank_post_duty_and_place_must_fit_the_seat(official: Official, sentence: str) -> None:
    assert slot_faults(official) == ({(0, 0): sentence} if sentence else {})


def test_a_post_that_ends_before_the_seat_does_is_a_fault_from_that_day_on() -> None:
    posts = (Post(DISTRICT, "副区长", BEGAN, date(2025, 6, 30)), Post(DISTRICT, "区长", date(2025, 7, 1)))
    assert slot_faults(replace(GOV, posts=posts)) == {}
    gone = (Post(DISTRICT, "副区长", BEGAN, date(2025, 6, 30)),)
    assert slot_faults(replace(GOV, posts=gone)) == {(0, 0): "自2025-07-01起所任职务不符合“区政府领导”席位"}


def test_a_seat_has_one_person_at_a_time_and_a_person_one_seat_in_a_town() -> None:
    other = leader("L9", "区委常委", seat("committee", since=date(2025, 1, 1)))
    assert slot_faults(CW, other) == {(1, 0): "与L1某的任期重叠,一个席位同时只能有一人"}
    ended = with_duties(CW, seat("committee", until=date(2024, 12, 31)))
    assert slot_faults(ended, other) == {}
    both = leader("L9", "区委常委、副区长", seat("committee"), seat("government"))
    assert slot_faults(both) == {(0, 1): "同一人在同一镇(街道)不能同时占两个席位"}
    assert slot_faults(leader("L9", "区委常委", seat("committee"), seat("committee", town=OTHER_TOWN))) == {}


def test_gaps_ends_and_leaders_without_a_seat_are_told_by_town_and_seat() -> None:
    first = with_duties(CW, seat("committee", until=date(2026, 3, 31)))
    second = leader("L9", "区委常委", seat("committee", since=date(2026, 5, 1)))
    assert list(groups.findings(TOWN, [first, second, GOV, RD, PARTY, HEAD], HERE, TODAY)) == [
        "槐川镇:“区委常委”席位2026-04-01至2026-04-30空缺",
    ]
    assert list(groups.findings(TOWN, [first, GOV, RD, PARTY, HEAD], HERE, TODAY)) == [
        "槐川镇:“区委常委”席位2026-03-31期满后无人接任",
    ]
    loose = leader("L8", "副区长", Duty("covering_leader", TOWN, BEGAN))
    assert list(groups.findings(TOWN, [loose, CW, RD, PARTY, HEAD], HERE, TODAY)) == [
        "槐川镇:“区政府领导”席位自2026-03-02起空缺",
        "槐川镇:L8某承担包抓,但未定席位",
    ]


def test_changes_are_from_one_person_to_another() -> None:
    first = with_duties(
        CW,
        seat("committee", until=date(2024, 12, 31)),
        seat("committee", since=date(2025, 1, 1), until=date(2025, 5, 31)),
    )
    second = leader("L9", "区委常委", seat("committee", since=date(2025, 6, 1)))
    assert list(groups.changes(TOWN, [second, first])) == [
        groups.Change(TOWN, "committee", "L1", "L9", date(2025, 6, 1)),
    ]


TERMS = st.lists(
    st.tuples(
        st.sampled_from(["p1", "p2", "p3"]), st.sampled_from(["committee", "government"]), st.sampled_from([TOWN, OTHER_TOWN]),
        st.integers(0, 30), st.one_of(st.none(), st.integers(0, 12)),
    ),
    max_size=8,
)  # fmt: skip


@given(TERMS)
def test_what_passes_has_on_any_day_one_person_a_seat_and_one_seat_a_person(
    terms: list[tuple[str, str, str, int, int | None]],
) -> None:
    """Random terms of three persons who fit both seats: an import without a fault can show nobody twice."""
    duties: dict[str, list[Duty]] = {"p1": [], "p2": [], "p3": []}
    for person, slot, town, start, length in terms:
        until = None if length is None else DAYS[start] + timedelta(days=length)
        duties[person].append(seat(slot, town, DAYS[start], until))
    officials = [leader(person, "区委常委、副区长", *held) for person, held in duties.items()]
    clean = not groups.faults(officials, HERE)
    twice = False
    for day in DAYS:
        for town in (TOWN, OTHER_TOWN):
            there = [
                (each.slot, who.id)
                for who in officials
                for each in who.duties
                if each.scope == town and each.since <= day and (each.until is None or day <= each.until)
            ]
            slots, people = Counter(slot for slot, _ in there), Counter(person for _, person in there)
            twice = twice or any(count > 1 for count in (*slots.values(), *people.values()))
            if clean:
                assert {(each.slot, each.person) for each in groups.group(town, officials, HERE, day)} == set(there)
    horizon = any(length is None or start + length >= len(DAYS) for *_, start, length in terms)
    assert clean != twice or horizon, "a fault is told if, and only if, somebody stands twice on some day"


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 9)), max_size=5), st.integers(0, 20), st.integers(0, 9))
def test_the_first_day_without_a_term_is_the_first_that_none_covers(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    terms = [Post(DISTRICT, "副区长", DAYS[at], DAYS[at + long]) for at, long in spans]
    duty = seat("government", since=DAYS[start], until=DAYS[start + length])
    bare = [
        day for day in DAYS[start : start + length + 1] if not any(t.since <= day <= t.until for t in terms if t.until)
    ]
    assert unfit_from(duty, terms) == (bare[0] if bare else None)


def test_a_matter_goes_to_the_leader_of_its_class_in_its_town_and_else_to_that_of_all_towns() -> None:
    known = matrix.leaders(GROUP, TODAY)

    def who(category: str, town: str, *recused: str) -> str:
        found = matrix.leader_of(category, town, known, HERE, recused)
        return found.person if found else ""

    assert [who("C03", TOWN), who("C0302", TOWN), who("C03", OTHER_TOWN), who("C16", TOWN)] == ["L2", "L2", "L1", "L2"]
    assert who("C03", TOWN, "L2") == "L1", "who is recused has it not: the next in order has"
    assert who("C03", TOWN, "L2", "L1") == ""
    assert who("C15", TOWN) == "", "discipline reports are outside the matrix"


def test_no_class_is_without_a_leader_or_it_is_said_where() -> None:
    assert list(matrix.findings(GROUP, HERE, TODAY)) == []
    some = with_duties(CW, seat("committee"), split(*CODES[1:]), split("C01", town=TOWN))
    (sentence,) = matrix.findings([some], HERE, TODAY)
    assert sentence.startswith("C01 农村农业:在")
    assert "槐川镇" not in sentence
    none = with_duties(CW, seat("committee"), split(*CODES[1:]))
    assert list(matrix.findings([none], HERE, TODAY)) == ["C01 农村农业:没有包抓领导"]
    assert "C15" not in "".join(matrix.findings([], HERE, TODAY))


@pytest.mark.parametrize(
    ("officials", "wrong"),
    [
        ((with_duties(CW, seat("committee"), split("C15")),), {(0, 1): {"classes": "没有可包抓的分类C15"}}),
        ((with_duties(CW, seat("committee"), split()),), {(0, 1): {"classes": "请填写分类"}}),
        ((with_duties(CW, replace(seat("committee"), classes=("C01",))),), {(0, 0): {"classes": "只有分类包抓填写分类"}}),
        ((with_duties(CW, seat("committee"), split("C01", town=VILLAGE)),), {(0, 1): {"scope": NOT_A_TOWN}}),
        ((with_duties(CW, seat("committee"), split("C01", town=OTHER_TOWN)),), {(0, 1): {"duty": NOT_EVER}}),
        ((with_duties(CW, seat("committee", until=date(2025, 1, 31)), split("C01")),), {(0, 1): {"duty": NO_MORE}}),
        ((CW, with_duties(GOV, seat("government"), split("C01"))), {(1, 1): {"classes": "C01与L1某的任期重叠"}}),
        ((CW, with_duties(GOV, seat("government"), split("C01", town=TOWN))), {}),
    ],
)  # fmt: skip
def test_class_leaders_of_an_import_are_covering_leaders_and_one_for_a_class(
    officials: tuple[Official, ...], wrong: dict[tuple[int, int], dict[str, str]]
) -> None:
    assert matrix.faults(officials, HERE) == wrong
