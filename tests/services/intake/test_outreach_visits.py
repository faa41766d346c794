"""Home visits: who went, what a campaign reached, what people asked for, how many take part (S24–S26, S52)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.letters import Tell
from services.intake.activities.models import IntakeActivity
from services.intake.models import IntakeReport
from services.intake.outreach.demands.models import IntakeDemand
from services.intake.outreach.visits import rules
from services.intake.outreach.visits.models import IntakeHomeVisit, IntakeVisited
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.intake.outreach import LEADER, NOW, ask, do, figures, ledger, opened, petition, refused
from tests.services.intake.reports import here

VISIT: dict[str, Any] = {
    "visitor": "gb-011",
    "companions": ["李支书"],
    "place": "梨湾村三组",
    "kind": "village_group",
    "households": 2,
    "household": ["3组1号", "3组2号"],
    "campaign": "big_visit",
    "learned": "机井坏了",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = opened(tmp_path)
    yield house
    for office in house.offices.values():
        office.engine.dispose()


def test_s25_a_visit_is_kept_with_a_hash_of_whom_it_reached_and_counted_above(house: House) -> None:
    visit = do(house, VILLAGE, "record_home_visit", VISIT)
    assert visit["counted"] == 2
    (row,) = house.rows(VILLAGE, IntakeHomeVisit)
    assert (row.visitor, row.place, row.kind, row.households, row.learned) == (
        "gb-011", "梨湾村三组", "village_group", 2, "机井坏了",
    )  # fmt: skip
    assert row.marks == sorted(rules.mark(each, "big_visit", VILLAGE) for each in VISIT["household"])
    assert "3组1号" not in str(vars(row))
    for office in (VILLAGE, TOWN, DISTRICT):
        found = figures(house, office, campaign="big_visit")
        assert found["home_visits"] == (1, None)
        assert found["households_visited"] == (2, {VILLAGE: 120}.get(office, 150))
        assert found["visitors_cadres"] == (1, None)
    assert figures(house, DISTRICT, office=TOWN)["home_visits"] == (1, None)
    (line,) = ledger(house, VILLAGE, "home_visits")
    assert (line["day"], line["visitor"], line["kind"], line["households"], line["counted"], line["companions"]) == (
        "2026-05-08", "gb-011", "村组", 2, 2, "李支书",
    )  # fmt: skip


def test_s25_a_second_visit_to_a_household_does_not_count_twice(house: House) -> None:
    do(house, VILLAGE, "record_home_visit", VISIT)
    again = {**VISIT, "visitor": "gb-012", "households": 3, "household": ["3 组１号", "3组3号"]}
    assert do(house, VILLAGE, "record_home_visit", again)["counted"] == 2, "one known, one new, one that is not named"
    found = ask(house, DISTRICT, "visit_coverage", {"campaign": "big_visit"})
    assert found["offices"] == [
        {"office": TOWN, "name": found["offices"][0]["name"], "due": 30, "done": 0, "visits": 0},
        {"office": VILLAGE, "name": found["offices"][1]["name"], "due": 120, "done": 4, "visits": 2},
    ]
    assert (found["done"], found["due"], found["visits"]) == (4, 150, 2)
    assert figures(house, DISTRICT, campaign="big_visit")["households_visited"] == (4, 150)
    assert do(house, VILLAGE, "record_home_visit", {**VISIT, "campaign": ""})["counted"] == 2, "another campaign"


def test_a_visit_entered_by_mistake_counts_no_more_and_its_households_where_they_were_visited_next(
    house: House,
) -> None:
    first = do(house, VILLAGE, "record_home_visit", VISIT)["visit"]
    second = do(house, VILLAGE, "record_home_visit", {**VISIT, "households": 1, "household": ["3组2号"]})["visit"]
    do(house, VILLAGE, "void_home_visit", {"visit": first, "reason": "重复录入"})
    counted = {row.visit: (row.counted, row.void) for row in house.rows(VILLAGE, IntakeHomeVisit)}
    assert counted == {first: (2, True), second: (1, False)}
    found = figures(house, DISTRICT, campaign="big_visit")
    assert (found["home_visits"], found["households_visited"]) == ((1, None), (1, 150))
    assert [row.visit for row in house.rows(VILLAGE, IntakeVisited)] == [second]
    assert refused(house, VILLAGE, "void_home_visit", {"visit": first, "reason": "x"}) == ("void_already", ["visit"])
    assert refused(house, VILLAGE, "void_home_visit", {"visit": "0" * 32, "reason": "x"})[0] == "not_found"
    walk = petition(channel="walk", visit=first)
    assert refused(house, VILLAGE, "register", walk) == ("unknown_visit", ["visit"])
    assert [(row["visit"] == first, row["void"]) for row in ledger(house, VILLAGE, "home_visits")].count(
        (True, "是")
    ) == 1


def test_s24_a_campaign_names_who_goes_and_another_says_why(house: House) -> None:
    stranger = {**VISIT, "visitor": "gb-099"}
    assert refused(house, VILLAGE, "record_home_visit", stranger) == ("not_assigned", ["visitor"])
    assert house.rows(VILLAGE, IntakeHomeVisit) == []
    do(house, VILLAGE, "record_home_visit", {**stranger, "why": "顶替生病的同志"})
    do(house, VILLAGE, "record_home_visit", {**stranger, "campaign": ""})
    assert [row["why"] for row in ledger(house, VILLAGE, "home_visits", campaign="big_visit")] == ["顶替生病的同志"]


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"at": (NOW + timedelta(hours=1)).isoformat()}, "in_future", "at"),
    ({"at": "2026-04-30T10:00:00+08:00"}, "outside_campaign", "at"),
    ({"campaign": "no_such"}, "unknown_campaign", "campaign"),
    ({"households": 1}, "more_than_visited", "household"),
    ({"kind": "home"}, "invalid", "kind"),
    ({"place": " "}, "invalid", "place"),
    ({"level": "boss"}, "invalid", "level"),
])  # fmt: skip
def test_a_wrong_visit_is_named(house: House, change: dict[str, Any], code: str, field: str) -> None:
    assert refused(house, VILLAGE, "record_home_visit", {**VISIT, **change}) == (code, [field])
    assert house.rows(VILLAGE, IntakeHomeVisit) == []
    assert house.rows(VILLAGE, IntakeVisited) == []


def test_the_discipline_desk_records_no_visits(house: House) -> None:
    assert refused(house, DISTRICT, "record_home_visit", VISIT, desk="discipline")[0] == "wrong_desk"
    for query in ("visit_coverage", "campaign_counts"):
        answer = house.ask(DISTRICT, "intake", query, {"campaign": "big_visit"}, desk="discipline")
        assert answer["error"]["code"] == "wrong_desk"
        assert house.ask(DISTRICT, "intake", query, {"campaign": "no_such"})["error"]["code"] == "not_found"


def test_s26_a_visit_yields_reports_and_both_know_of_one_another(house: House) -> None:
    visit = do(house, VILLAGE, "record_home_visit", VISIT)["visit"]
    case = do(house, VILLAGE, "register", petition(channel="walk", visit=visit))["case"]
    do(house, VILLAGE, "register", petition(channel="walk", visit=visit))
    known = do(house, VILLAGE, "register", petition())["case"]
    do(house, VILLAGE, "link_demand", {"case": known, "visit": visit})
    assert [row.flags for row in house.rows(VILLAGE, IntakeReport)].count(["campaign_big_visit"]) == 2
    (collected,) = ask(house, VILLAGE, "get_report", {"case": case})["collected"]
    assert (collected["source"], collected["of"]) == ("visit", visit)
    (shown,) = ask(house, VILLAGE, "home_visits", {"campaign": "big_visit"})["visits"]
    assert {each["case"] for each in shown["cases"]} >= {case, known}
    assert len(shown["cases"]) == 3
    assert "marks" not in shown
    for office in (VILLAGE, DISTRICT):
        found = figures(house, office, campaign="big_visit")
        assert (found["demands"], found["demands_visit"]) == ((3, None), (3, 3))
    assert [row["demands"] for row in ledger(house, VILLAGE, "home_visits")] == [3]
    assert [row["source"] for row in ledger(house, VILLAGE, "demands")] == ["走访"] * 3


def test_a_report_is_linked_once_to_one_source_that_is_there(house: House) -> None:
    visit = do(house, VILLAGE, "record_home_visit", VISIT)["visit"]
    case = do(house, VILLAGE, "register", petition())["case"]
    do(house, VILLAGE, "link_demand", {"case": case, "visit": visit})
    again = {"case": case, "visit": visit}
    assert refused(house, VILLAGE, "link_demand", again) == ("linked_already", ["visit"])
    assert refused(house, VILLAGE, "link_demand", {"case": case}) == ("invalid", ["visit"])
    assert refused(house, VILLAGE, "link_demand", {**again, "go_down": "a" * 32}) == ("invalid", ["go_down"])
    assert refused(house, VILLAGE, "link_demand", {"case": case, "visit": "a" * 32}) == ("unknown_visit", ["visit"])
    assert refused(house, VILLAGE, "link_demand", {**again, "case": "0" * 32})[0] == "not_found"
    assert len(house.rows(VILLAGE, IntakeDemand)) == 1


def test_of_a_recalled_case_the_visit_knows_no_more_but_counts(house: House) -> None:
    visit = do(house, VILLAGE, "record_home_visit", VISIT)["visit"]
    case = do(house, VILLAGE, "register", petition(channel="walk", visit=visit))["case"]
    house.say(TOWN, "intake", Tell(VILLAGE, "intake", "case_recalled", case, {"term": {"override": 1, "n": 2}}))
    house.post()
    (shown,) = ask(house, VILLAGE, "home_visits", {})["visits"]
    assert shown["cases"] == []
    assert [row.case for row in house.rows(VILLAGE, IntakeDemand)] == [""]
    assert figures(house, DISTRICT)["demands_visit"] == (1, 1)


def test_s52_a_person_counts_once_in_the_district_who_worked_in_two_offices(house: House) -> None:
    do(house, VILLAGE, "record_home_visit", VISIT)
    do(house, VILLAGE, "record_home_visit", {**VISIT, "household": ["3组8号"]})
    do(house, TOWN, "record_home_visit", {**VISIT, "kind": "enterprise", "place": "纺织厂"})
    do(house, TOWN, "record_home_visit", {**VISIT, "visitor": "gb-012"})
    account = {**VISIT, "visitor": "clerk", "by_account": True, "why": "网格员"}
    do(house, TOWN, "record_home_visit", account)
    do(house, VILLAGE, "record_home_visit", account)
    do(house, TOWN, "record_home_visit", {**VISIT, "visitor": "gb-001", "level": "leader", "why": "带队"})
    go_down = {
        "leader": "gb-001",
        "leader_name": "周远",
        "day": "2026-05-08",
        "place": "纺织厂",
        "campaign": "big_visit",
    }
    for office in (TOWN, DISTRICT):
        plan = do(house, office, "plan_go_down", {**go_down, "level": "district_leader"})["go_down"]
        do(house, office, "hold_go_down", {"go_down": plan})
    other = do(house, DISTRICT, "plan_go_down", {**go_down, "leader": "gb-002"})["go_down"]
    do(house, DISTRICT, "cancel_go_down", {"go_down": other, "reason": "暴雨"})
    counts = ask(house, DISTRICT, "campaign_counts", {"campaign": "big_visit"})
    assert counts["leaders"] == {"done": 1, "target": 1000}, "one leader at two offices; a cancelled one went nowhere"
    assert counts["cadres"] == {"done": 4, "target": 10000}, "two officials, and an account of each office"
    assert ask(house, VILLAGE, "campaign_counts", {"campaign": "big_visit"})["cadres"]["done"] == 2
    assert figures(house, DISTRICT, campaign="big_visit")["visitors_cadres"] == (4, None)
    names = {row.by for row in house.rows(DISTRICT, IntakeActivity) if row.kind == "home_visit"}
    assert {f"{TOWN}/clerk", f"{VILLAGE}/clerk"} <= names


def test_visits_come_page_by_page(house: House) -> None:
    made = [do(house, VILLAGE, "record_home_visit", {**VISIT, "household": [f"{n}"]})["visit"] for n in range(3)]
    first = ask(house, VILLAGE, "home_visits", {"limit": 2})
    second = ask(house, VILLAGE, "home_visits", {"limit": 2, "after": first["next"]})
    assert second["next"] == ""
    assert sorted(each["visit"] for each in first["visits"] + second["visits"]) == sorted(made)


def test_a_campaign_of_a_leader_reaches_the_visits_below_it(house: House) -> None:
    do(house, TOWN, "set_campaign", {
        "campaign": "own", "name": "三查三进三解", "since": "2026-05-01", "until": "2026-05-31", "visits_due": {VILLAGE: 5},
    }, **LEADER)  # fmt: skip
    do(house, VILLAGE, "record_home_visit", {**VISIT, "campaign": "own", "visitor": "anyone"})
    assert figures(house, TOWN, campaign="own")["households_visited"] == (2, 5)
    assert figures(house, DISTRICT, campaign="own")["households_visited"] == (2, None), (
        "the district knows no such task"
    )


NAMES = st.lists(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(visits=st.lists(NAMES, min_size=1, max_size=8), void=st.sets(st.integers(0, 7)))
def test_every_household_counts_once_at_one_visit_that_stands(visits: list[list[str]], void: set[int]) -> None:
    counts_at: dict[str, str] = {}
    kept: dict[str, rules.Visit] = {}
    for number, names in enumerate(visits):
        marked = rules.marks(names, "", VILLAGE)
        reached = {each for each in marked if each in counts_at}
        cmd = {**VISIT, "at": NOW, "by_account": False, "level": "cadre", "why": "", "campaign": ""}
        given_ = {**cmd, "households": len(marked)}
        visit = rules.record(str(number), marked, reached, None, given_, here(now=NOW)).state
        kept[visit.visit] = visit
        counts_at |= {each: visit.visit for each in marked if each not in counts_at}
    for number in sorted(void):
        gone = kept.get(str(number))
        if gone is None:
            continue
        kept[gone.visit] = rules.void(gone, "误", here(now=NOW)).state
        covered = [each for each, visit_id in counts_at.items() if visit_id == gone.visit]
        for mark, now_at in rules.passed_on(gone, covered, kept.values()).items():
            counts_at[mark] = now_at
            if not now_at:
                del counts_at[mark]
    standing = {mark for visit in kept.values() if not visit.void for mark in visit.marks}
    assert set(counts_at) == standing
    assert all(mark in kept[visit_id].marks and not kept[visit_id].void for mark, visit_id in counts_at.items())
