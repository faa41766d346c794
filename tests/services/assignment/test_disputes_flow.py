"""Objections to an offer within five working days, and who decides when the two do not agree (XF22 arts 23, 24)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from contracts.calendar import SHANGHAI
from services.assignment.helping.models import AssignmentDispute
from services.assignment.models import AssignmentCase
from services.supervision.ledger.models import LineRow
from tests.services.assignment.cases import DEPARTMENT, DISTRICT, MON, PLUMS, TOWN, VILLAGE
from tests.services.assignment.helped import (
    LEADS,
    NEIGHBOUR,
    STREET,
    asked,
    do,
    entered,
    handed,
    open_house,
    refused,
)
from tests.services.house import House

RETURN = {"reason": "不属于本机关职权范围", "proposed_office": STREET}
BEFORE_HOLIDAY = datetime(2026, 9, 28, 9, tzinfo=SHANGHAI)
BETWEEN = {"reason": "双方均认为不属于本机关", "offices": [DEPARTMENT, STREET]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def returned(house: House, by: str = DEPARTMENT) -> str:
    """A case of the district that an office objected to. → the case."""
    case = entered(house, DISTRICT)
    do(house, DISTRICT, "offer", {"case": case, "to": by})
    do(house, by, "return_offer", {"case": case, **RETURN})
    return case


@pytest.mark.parametrize("signs", [False, True])
@pytest.mark.parametrize(
    ("came", "last"),
    [
        (MON, datetime(2026, 3, 9, 23, 59, 59, tzinfo=SHANGHAI)),
        (BEFORE_HOLIDAY, datetime(2026, 10, 10, 23, 59, 59, tzinfo=SHANGHAI)),  # 1–7 October free, 10 October worked
    ],
)
def test_k4_day_five_is_in_time_and_day_six_is_not(tmp_path: Path, came: datetime, last: datetime, signs: bool) -> None:
    with open_house(tmp_path, came - timedelta(minutes=2)) as house:
        first, second = entered(house, DISTRICT), entered(house, DISTRICT)
        for case in (first, second):
            do(house, DISTRICT, "offer", {"case": case, "to": DEPARTMENT})
        if signs:
            for case in (first, second):
                do(house, DEPARTMENT, "sign_for", {"case": case})
        house.set_time(last - timedelta(minutes=1))
        do(house, DEPARTMENT, "return_offer", {"case": first, **RETURN})
        house.set_time(last + timedelta(seconds=1))
        assert refused(house, DEPARTMENT, "return_offer", {"case": second, **RETURN}) == "too_late"


def test_the_sender_insists_once_and_then_the_superior_decides(house: House) -> None:
    case = returned(house)
    answer = do(house, DISTRICT, "insist", {"case": case, "reason": "依三定方案属住建职责"})
    assert (answer["offered_to"], answer["holder"]) == (DEPARTMENT, DISTRICT)
    (offer,) = asked(house, DEPARTMENT, "offers")["offers"]
    assert offer["note"] == "依三定方案属住建职责"
    assert asked(house, DISTRICT, "list_cases")["cases"][0]["flags"] == ["disputed"]

    do(house, DEPARTMENT, "refer_dispute", {"case": case, **BETWEEN})
    assert asked(house, DEPARTMENT, "offers")["offers"] == []
    (dispute,) = asked(house, DISTRICT, "disputes")["disputes"]
    assert (dispute["holder"], dispute["raised_by"], dispute["offices"]) == (DISTRICT, DEPARTMENT, [DEPARTMENT, STREET])
    assert dispute["due"] == "2026-03-05T15:59:59+00:00", "three working days"
    assert "排水渠" not in str(dispute)
    assert refused(house, DISTRICT, "insist", {"case": case, "reason": "再次"}) == "insisted"

    decision = {"case": case, "office": DEPARTMENT, "reason": "属房屋征收补偿"}
    assert refused(house, DISTRICT, "decide_dispute", decision) == "not_leader"
    assert refused(house, DISTRICT, "decide_dispute", {**decision, "office": TOWN}, **LEADS) == "not_a_party"
    assert do(house, DISTRICT, "decide_dispute", decision, **LEADS)["decided"] == DEPARTMENT
    assert refused(house, DISTRICT, "decide_dispute", decision, **LEADS) == "decided"
    shown = asked(house, DISTRICT, "get_case", {"case": case})
    assert (shown["case"]["decided_by"], shown["case"]["decided_for"], shown["case"]["todo"]) == (
        DISTRICT,
        DEPARTMENT,
        "decided",
    )
    assert ("decided", "属房屋征收补偿") in [(note["about"], note["text"]) for note in shown["notes"]]

    assert refused(house, DISTRICT, "offer", {"case": case, "to": STREET}) == "decided"
    do(house, DISTRICT, "offer", {"case": case, "to": DEPARTMENT})
    assert refused(house, DEPARTMENT, "return_offer", {"case": case, **RETURN}) == "decided"
    do(house, DEPARTMENT, "sign_for", {"case": case})
    assert refused(house, DEPARTMENT, "return_offer", {"case": case, **RETURN}) == "decided"
    (row,) = house.rows(DEPARTMENT, AssignmentCase)
    assert (row.decided_by, row.decided_for) == (DISTRICT, "")


def test_two_villages_go_to_their_town_and_a_town_with_a_department_to_the_district(house: House) -> None:
    case = entered(house, VILLAGE)
    do(house, VILLAGE, "refer_dispute", {"case": case, "reason": "界线不清", "offices": [VILLAGE, PLUMS]})
    (dispute,) = asked(house, TOWN, "disputes")["disputes"]
    do(house, TOWN, "decide_dispute", {"case": case, "office": PLUMS, "reason": "渠在梨湾"}, **LEADS)
    assert dispute["holder"] == VILLAGE
    handed(house, case, VILLAGE, TOWN)
    assert refused(house, TOWN, "offer", {"case": case, "to": VILLAGE}) == "decided"
    handed(house, case, TOWN, PLUMS)
    assert refused(house, PLUMS, "return_offer", {"case": case, **RETURN}) == "decided"

    other = entered(house, TOWN)
    do(house, TOWN, "refer_dispute", {"case": other, "reason": "权属", "offices": [TOWN, DEPARTMENT]})
    assert [each["case"] for each in asked(house, DISTRICT, "disputes")["disputes"]] == [other]
    do(house, DISTRICT, "decide_dispute", {"case": other, "office": TOWN, "reason": "属地"}, **LEADS)
    (line,) = [each for each in asked(house, TOWN, "list_cases")["cases"] if each["case"] == other]
    assert (line["todo"], line["holder"]) == ("decided_here", TOWN)
    assert asked(house, DISTRICT, "disputes", {"desk": "discipline"}, desk="discipline") == {"disputes": []}


def test_the_joint_conference_decides_and_its_record_stands_with_the_dispute(house: House) -> None:
    """XF22 art. 24: the common superior puts it to the joint conference (联席会议)."""
    case = entered(house, TOWN)
    do(house, TOWN, "refer_dispute", {"case": case, "reason": "权属", "offices": [TOWN, DEPARTMENT]})
    record = {"participants": ["区委政法委", "区住建局"], "held_on": "2026-03-02", "document_no": "秦联纪〔2026〕1号"}
    given = {"case": case, "office": DEPARTMENT, "reason": "属征收", "way": "joint_conference"}
    for name in record:
        wanting = {key: value for key, value in record.items() if key != name}
        answer = house.command(DISTRICT, "assignment", "decide_dispute", {**given, **wanting}, **LEADS)
        assert list(answer["error"]["fields"]) == [name]
    answer = house.command(DISTRICT, "assignment", "decide_dispute", {**given, **record, "way": "superior"}, **LEADS)
    assert sorted(answer["error"]["fields"]) == sorted(record), "of a decision of its own there is no such record"
    assert refused(house, DISTRICT, "decide_dispute", {**given, **record}) == "not_leader"
    do(house, DISTRICT, "decide_dispute", {**given, **record}, **LEADS)
    (dispute,) = asked(house, DISTRICT, "disputes")["disputes"]
    assert {name: dispute[name] for name in record} == record
    assert (dispute["way"], dispute["decided"], dispute["state"]) == ("joint_conference", DEPARTMENT, "decided")
    (row,) = house.rows(DISTRICT, AssignmentDispute)
    assert (row.way, row.participants, row.held_on) == ("joint_conference", record["participants"], date(2026, 3, 2))
    notes = asked(house, TOWN, "get_case", {"case": case})["notes"]
    assert ("decided", "属征收(联席会议 秦联纪〔2026〕1号)") in [(note["about"], note["text"]) for note in notes]


def test_who_objects_for_the_first_time_cannot_refer(house: House) -> None:
    case = entered(house, DISTRICT)
    do(house, DISTRICT, "offer", {"case": case, "to": DEPARTMENT})
    assert refused(house, DEPARTMENT, "refer_dispute", {"case": case, **BETWEEN}) == "not_disputed"
    assert refused(house, DISTRICT, "refer_dispute", {"case": case, **BETWEEN}) == "offered"
    assert refused(house, DISTRICT, "insist", {"case": case, "reason": "尚未退回"}) == "not_returned"


def test_what_was_signed_and_offered_back_can_be_insisted_on(house: House) -> None:
    case = entered(house, DISTRICT)
    handed(house, case, DISTRICT, DEPARTMENT)
    do(house, DEPARTMENT, "return_offer", {"case": case, **RETURN})
    do(house, DISTRICT, "sign_for", {"case": case})
    assert do(house, DISTRICT, "insist", {"case": case, "reason": "属你单位"})["offered_to"] == DEPARTMENT


def test_s55_a_case_sent_back_more_often_than_the_limit_is_flagged_to_the_district(house: House) -> None:
    case = entered(house, TOWN)
    for _ in range(2):
        do(house, TOWN, "offer", {"case": case, "to": VILLAGE})
        do(house, VILLAGE, "return_offer", {"case": case, **RETURN})
    assert asked(house, TOWN, "list_cases")["cases"][0]["flags"] == ["disputed"]
    do(house, TOWN, "offer", {"case": case, "to": VILLAGE})
    do(house, VILLAGE, "return_offer", {"case": case, **RETURN})
    assert asked(house, TOWN, "list_cases")["cases"][0]["flags"] == ["disputed", "bounced"]
    (line,) = house.ask(DISTRICT, "supervision", "ledger", {"desk": "petition"})["result"]["lines"]
    assert line["what"] == "bounced"
    (kept,) = house.rows(DISTRICT, LineRow)
    assert kept.flags == ["disputed", "bounced"]


def test_a_sibling_of_the_area_handles_for_a_recused_town(house: House) -> None:
    case = entered(house, DISTRICT, place=TOWN)
    do(house, DISTRICT, "exclude", {"case": case, "office": TOWN, "reason": "被反映人在该镇工作"})
    first = asked(house, DISTRICT, "suggest", {"case": case})["offices"][0]
    assert (first["office"], first["next"]) == (NEIGHBOUR, NEIGHBOUR)
    handed(house, case, DISTRICT, NEIGHBOUR)
    assert [asked(house, office, "list_cases")["cases"][0]["flags"] for office in (NEIGHBOUR, DISTRICT)] == [
        ["cross_handled"],
        ["cross_handled"],
    ]


def test_the_same_report_entered_by_two_clerks_of_two_offices_is_two_cases_linked_above(house: House) -> None:
    first = entered(house, TOWN)
    house.pass_time(0.5 / 1440)
    second = entered(house, STREET)
    handed(house, first, TOWN, DISTRICT)
    handed(house, second, STREET, DISTRICT)
    cases = {each["case"]: each for each in asked(house, DISTRICT, "list_cases")["cases"]}
    numbers = [cases[first]["number"], cases[second]["number"]]
    assert numbers == [f"{TOWN}-2026-00001", f"{STREET}-2026-00001"]
    do(house, DISTRICT, "link_repeat", {"case": second, "repeat_of": numbers[0]})
    shown = {each["case"]: each["repeat_of"] for each in asked(house, DISTRICT, "list_cases")["cases"]}
    assert shown == {first: "", second: numbers[0]}
    ledger = house.ask(DISTRICT, "supervision", "ledger", {"desk": "petition"})["result"]["lines"]
    assert sorted(each["number"] for each in ledger) == sorted(numbers), "neither is lost"
