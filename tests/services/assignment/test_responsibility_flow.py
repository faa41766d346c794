"""Who answers for what, through the real services: groups, hand-overs, the class matrix, areas, awards and sanctions."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.veils import veil
from network import veils
from services.assignment import store
from services.assignment.models import AssignmentCase
from services.assignment.responsibility.models import AssignmentHandOver, AssignmentHandOverMatter, AssignmentMerit
from tests.services.assignment.helped import entered, handed
from tests.services.assignment.seats import (
    CW,
    GOV,
    GROUP,
    HEAD,
    LEADER,
    OTHER_TOWN,
    PARTY,
    RD,
    asked,
    do,
    figures,
    imports,
    leader,
    ledger,
    open_house,
    refused,
    seat,
    split,
    with_duties,
)
from tests.services.house import DEPARTMENT, DISTRICT, SYSTEM, TOWN, VILLAGE, House

CHANGED = "2026-03-02"  # the first day of who comes
GONE = with_duties(CW, seat("committee", until=date(2026, 3, 1)), *CW.duties[1:])
NEXT = leader("L9", "区委常委、宣传部部长", seat("committee", since=date(2026, 3, 2)))
HANDED = (with_duties(GONE, GONE.duties[0]), NEXT, GOV, RD, PARTY, HEAD)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path, DEPARTMENT) as opened:
        assert imports(opened, "2026.1", *GROUP)["ok"]
        yield opened


def recuse(house: House, office: str, case: str, person: str) -> None:
    with house.offices[office].uow("assignment", SYSTEM) as uow:
        row = uow.session.get(AssignmentCase, case)
        assert row is not None
        row.recused = [*row.recused, veil(case, person)]


def town_group(house: House, town: str = TOWN, **data: Any) -> dict[str, Any]:
    found = asked(house, DISTRICT, "groups", data)["groups"]
    (group,) = [each for each in found if each["town"] == town]
    return dict(group)


def test_s27_s28_the_group_of_a_town_is_five_seats_and_empty_towns_are_told(house: House) -> None:
    group = town_group(house)
    assert [each["slot"] for each in group["seats"]] == ["committee", "government", "assembly", "party", "head"]
    assert (group["complete"], group["findings"], group["unsigned"]) == (True, [], [])
    other = town_group(house, OTHER_TOWN)
    assert (other["seats"], other["complete"], len(other["findings"])) == ([], False, 5)
    assert other["findings"][0] == "云泉街道:“区委常委”席位自2026-03-02起空缺"
    towns = len(asked(house, DISTRICT, "groups", {})["groups"])
    assert figures(house)["groups_complete"] == (1, towns)
    assert figures(house, office=TOWN)["groups_complete"] == (1, 1)
    assert town_group(house, day="2023-12-31")["seats"] == []
    assert asked(house, TOWN, "groups", {})["complete"] == 1, "every office has a copy"


def test_an_import_with_two_in_a_seat_is_refused_by_field_and_nothing_of_it_is_kept(house: House) -> None:
    error = imports(house, "2026.2", *GROUP, leader("L9", "区委常委", seat("committee")))["error"]
    assert error["fields"] == {"officials": {7: {"duties": {0: {"slot": ["与L1某的任期重叠,一个席位同时只能有一人"]}}}}}
    assert town_group(house)["seats"][0]["person"] == "L1"


def test_s27_a_seat_is_handed_over_by_both_with_the_open_matters_by_number(house: House) -> None:
    one, two, done = (entered(house, DISTRICT, number=f"秦信〔2026〕{n}号") for n in range(1, 4))
    for case in (one, two, done):
        handed(house, case, DISTRICT, TOWN)
    entered(house, DISTRICT, number="秦信〔2026〕9号")
    recuse(house, DISTRICT, two, "L9")
    assert imports(house, "2026.2", *HANDED)["ok"]
    assert town_group(house)["unsigned"] == ["“区委常委”席位2026-03-02更换,交接未签"]
    cmd = {"town": TOWN, "slot": "committee", "day": CHANGED, "note": "移交两件在办事项"}
    opened = do(house, DISTRICT, "open_hand_over", cmd)
    assert (opened["outgoing"], opened["incoming"], opened["zh"]) == ("L1", "L9", "区委常委")
    assert opened["matters"] == ["秦信〔2026〕1号", "秦信〔2026〕3号"], "not what one of the two may know nothing of"
    assert opened["signed"] is False
    assert figures(house)["hand_overs_signed"] == (0, 1)
    id_ = opened["hand_over"]
    signed = do(house, DISTRICT, "sign_hand_over", {"hand_over": id_, "person": "L1"}, roles=["clerk"], person="L1")
    assert (signed["signed"], signed["outgoing_paper"], signed["incoming_at"]) == (False, "", None)
    again = {"hand_over": id_, "person": "L1", "paper": "签字单2号"}
    assert refused(house, DISTRICT, "sign_hand_over", again)["code"] == "signed", (
        "each signs once, and it stays his word"
    )
    assert town_group(house)["unsigned"] != []
    by_leader = {"hand_over": id_, "person": "L9", "paper": "签字单3号"}
    assert do(house, DISTRICT, "sign_hand_over", by_leader)["signed"] is True
    assert town_group(house)["unsigned"] == []
    assert figures(house)["hand_overs_signed"] == (1, 1)
    (row,) = house.rows(DISTRICT, AssignmentHandOver)
    assert (row.incoming_paper, row.note) == ("签字单3号", "移交两件在办事项")
    (listed,) = asked(house, DISTRICT, "hand_overs", {"town": TOWN})["hand_overs"]
    assert listed["day"] == CHANGED
    recuse(house, DISTRICT, one, "Z1")
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        veils.keep(uow.session, one, [veil(one, "Z1")])
    (shown,) = asked(house, DISTRICT, "hand_overs", {"town": TOWN}, person="Z1")["hand_overs"]
    assert shown["matters"] == ["秦信〔2026〕3号"], "who is recused from a case reads its number nowhere"


def test_a_hand_over_is_refused_by_role_desk_office_and_field(house: House) -> None:
    assert imports(house, "2026.2", *HANDED)["ok"]
    cmd = {"town": TOWN, "slot": "committee", "day": CHANGED}
    assert refused(house, DISTRICT, "open_hand_over", cmd, roles=["clerk"])["code"] == "not_leader"
    assert refused(house, DISTRICT, "open_hand_over", cmd, desk="discipline")["code"] == "not_found"
    assert refused(house, TOWN, "open_hand_over", cmd)["code"] == "district_only"
    error = refused(house, DISTRICT, "open_hand_over", {**cmd, "day": "2026-03-03"})
    assert (error["code"], error["fields"]) == ("no_change", {"day": ["名册中的更换日:2026-03-02"]})
    assert refused(house, DISTRICT, "open_hand_over", {**cmd, "slot": "throne"})["code"] == "no_slot"
    assert refused(house, DISTRICT, "open_hand_over", {**cmd, "town": VILLAGE})["code"] == "not_a_town"
    id_ = do(house, DISTRICT, "open_hand_over", cmd)["hand_over"]
    assert refused(house, DISTRICT, "open_hand_over", cmd)["code"] == "opened"
    sign = {"hand_over": id_, "person": "L1"}
    assert refused(house, DISTRICT, "sign_hand_over", {**sign, "person": "L2"})["code"] == "not_of_it"
    assert refused(house, DISTRICT, "sign_hand_over", sign, roles=["clerk"])["code"] == "not_leader"
    assert refused(house, DISTRICT, "sign_hand_over", sign)["fields"] == {"paper": ["必填"]}
    do(house, DISTRICT, "sign_hand_over", sign, person="L1")
    assert refused(house, DISTRICT, "sign_hand_over", sign, person="L1")["code"] == "signed"
    assert len(house.rows(DISTRICT, AssignmentHandOver)) == 1


def test_a_recalled_case_leaves_the_hand_overs_list(house: House) -> None:
    case = entered(house, DISTRICT, number="秦信〔2026〕1号")
    handed(house, case, DISTRICT, TOWN)
    assert imports(house, "2026.2", *HANDED)["ok"]
    do(house, DISTRICT, "open_hand_over", {"town": TOWN, "slot": "committee", "day": CHANGED})
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        store.forget(uow.session, case)
    assert house.rows(DISTRICT, AssignmentHandOverMatter) == []


def test_s28_s36_s37_a_petition_shows_who_answers_for_it_and_why_but_nobody_recused(house: House) -> None:
    case = entered(house, VILLAGE, category="C0302")
    handed(house, case, VILLAGE, TOWN, DISTRICT)
    shown = asked(house, DISTRICT, "responsible", {"case": case})
    assert shown["town"] == TOWN, "it arose there, wherever it is held"
    assert [each["person"] for each in shown["group"]] == ["L1", "L2", "L3", "T1", "T2"]
    assert shown["class_leader"] == {"person": "L2", "name": "L2某", "why": "“城乡建设”类问题在槐川镇由其包抓"}
    assert [each["office"] for each in shown["in_charge"]] == ["610402d01", "610402d03"]
    assert shown["in_charge"][0]["why"] == "“城乡建设”类问题由其主管(谁主管、谁负责)"
    assert shown["decides"]["office"] == DISTRICT
    recuse(house, DISTRICT, case, "L2")
    again = asked(house, DISTRICT, "responsible", {"case": case})
    assert [each["person"] for each in again["group"]] == ["L1", "L3", "T1", "T2"]
    assert again["class_leader"] == {"person": "L1", "name": "L1某", "why": "“城乡建设”类问题在全区由其包抓"}
    assert "L2" not in str(again)


def test_the_common_superior_decides_between_holder_and_office_in_charge(house: House) -> None:
    case = entered(house, VILLAGE, category="C01")
    assert asked(house, VILLAGE, "responsible", {"case": case})["decides"]["office"] == VILLAGE
    held = entered(house, TOWN, category="C04")
    assert asked(house, TOWN, "responsible", {"case": held})["decides"]["office"] == DISTRICT


def test_a_sealed_report_has_no_group_and_no_class_leader_and_is_in_no_figure(house: House) -> None:
    before = figures(house)
    case = entered(house, DISTRICT, category="C15", desk="discipline", nature="accuse", place=TOWN, text=None)
    data = {"case": case}
    seen: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage"]}
    shown = asked(house, DISTRICT, "responsible", data, **seen)
    assert set(shown) == {"case", "town", "persons"}
    assert [(each["person"], each["role"]) for each in shown["persons"]] == [("A1", "区纪委副书记")]
    assert house.ask(DISTRICT, "assignment", "responsible", data, **LEADER)["error"]["code"] == "not_found"
    assert figures(house) == before
    assert not [name for name in before if "C15" in name]


def test_s37_figures_by_class_and_by_leader(house: House) -> None:
    _, _, resolved = (entered(house, DISTRICT, category=code) for code in ("C03", "C04", "C0301"))
    recused = entered(house, DISTRICT, category="C03")
    handed(house, resolved, DISTRICT, TOWN)
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        row = uow.session.get(AssignmentCase, resolved)
        assert row is not None
        row.status, row.performance = "concluded", "resolved"
    recuse(house, DISTRICT, recused, "L2")
    found = figures(house)
    words = ("received", "open", "overdue", "resolved")
    assert [found[f"class_C03_{word}"] for word in words] == [(3, None), (2, 3), (0, 3), (1, 3)]
    assert [found[f"class_C04_{word}"] for word in words] == [(1, None), (1, 1), (0, 1), (0, 1)]
    assert [found[f"leader_L2_{word}"] for word in words] == [(2, None), (1, 2), (0, 2), (1, 2)]
    assert [found[f"leader_L1_{word}"] for word in words] == [(2, None), (2, 2), (0, 2), (0, 2)]
    assert "leader_none_received" not in found
    house.pass_time(20)
    assert figures(house)["class_C03_overdue"] == (2, 3)
    assert figures(house)["class_C04_overdue"] == (1, 1)
    assert figures(house)["class_C03_open"] == (2, 3)
    assert figures(house, until="2026-03-10")["class_C04_overdue"] == (0, 1), "it ran out after these days"
    assert figures(house, office=TOWN)["class_C03_received"] == (1, None)
    assert figures(house, since="2026-04-01", until="2026-04-30")["class_C03_received"] == (0, None)


def test_s37_a_class_without_a_leader_is_told_and_counted(house: House) -> None:
    assert figures(house)["classes_with_leader"] == (16, 16)
    assert asked(house, DISTRICT, "matrix", {})["findings"] == []
    half = (with_duties(CW, seat("committee"), split("C03")), GOV.__class__(**{**vars(GOV), "duties": GOV.duties[:1]}))
    assert imports(house, "2026.2", *half)["ok"]
    entered(house, DISTRICT, category="C04")
    shown = asked(house, DISTRICT, "matrix", {})
    assert [(each["code"], each["scope"], each["person"]) for each in shown["leaders"]] == [("C03", "", "L1")]
    assert len(shown["findings"]) == 15
    assert figures(house)["classes_with_leader"] == (1, 16)
    assert figures(house)["leader_none_received"] == (1, None)


def test_s64_s65_areas_have_holders_with_role_and_history(house: House) -> None:
    east, west = asked(house, DISTRICT, "areas", {})["areas"]
    assert (east["area"], TOWN in east["towns"]) == ("east", True)
    assert [(each["person"], each["role"], each["since"]) for each in east["holders"]] == [
        ("A1", "区纪委副书记", "2024-01-01")
    ]
    assert [(each["person"], each["role"], each["until"]) for each in east["history"]] == [
        ("A0", "区纪委常委", "2023-12-31")
    ]
    assert (west["holders"], west["findings"]) == ([], ["西片区自2026-03-02起没有包抓人"])
    (then, _) = asked(house, DISTRICT, "areas", {"day": "2023-06-01"})["areas"]
    assert [each["person"] for each in then["holders"]] == ["A0"]


MERIT = {
    "town": TOWN,
    "kind": "award",
    "what": "年度信访工作先进",
    "document_no": "秦委〔2026〕8号",
    "day": "2026-03-01",
}


def test_s29_what_a_town_gets_its_five_persons_get_at_once(house: House) -> None:
    made = do(house, DISTRICT, "record_merit", MERIT)
    assert [(each["person"], each["slot"]) for each in made["merits"]] == [
        ("L1", "committee"), ("L2", "government"), ("L3", "assembly"), ("T1", "party"), ("T2", "head"),
    ]  # fmt: skip
    do(house, DISTRICT, "record_merit", {**MERIT, "kind": "score", "points": 9650, "day": "2026-03-02"})
    rows = house.rows(DISTRICT, AssignmentMerit)
    assert len(rows) == 10
    assert {row.document_no for row in rows} == {"秦委〔2026〕8号"}
    of_person = asked(house, DISTRICT, "merits", {"person": "T1"})["merits"]
    assert [(each["kind"], each["points"], each["town_name"]) for each in of_person] == [
        ("award", 0, "槐川镇"), ("score", 9650, "槐川镇"),
    ]  # fmt: skip
    assert len(asked(house, DISTRICT, "merits", {"town": TOWN})["merits"]) == 10
    found = figures(house)
    assert [found["merits_award"], found["merits_sanction"], found["merits_score"]] == [(1, None), (0, None), (1, None)]
    own = house.ask(DISTRICT, "assignment", "merits", {"person": "L1"}, person="L1")["result"]["merits"]
    assert len(own) == 2
    assert len(ledger(house, "merits")) == 10


def test_s29_the_group_of_the_documents_day_gets_it_and_an_incomplete_one_nothing(house: House) -> None:
    assert imports(house, "2026.2", *HANDED)["ok"]
    before = do(house, DISTRICT, "record_merit", MERIT)["merits"]
    after = do(house, DISTRICT, "record_merit", {**MERIT, "kind": "sanction", "day": CHANGED})["merits"]
    assert (before[0]["person"], after[0]["person"]) == ("L1", "L9")
    error = refused(house, DISTRICT, "record_merit", {**MERIT, "town": OTHER_TOWN})
    assert (error["code"], list(error["fields"])) == ("incomplete", ["day"])
    assert "区委常委" in error["message"]
    assert len(house.rows(DISTRICT, AssignmentMerit)) == 10
    for change, code in (
        ({"day": "2026-03-03"}, "in_future"), ({"town": DEPARTMENT}, "not_a_town"), ({"points": 5}, "invalid"),
        ({"kind": "score"}, "invalid"), ({"document_no": " "}, "invalid"),
    ):  # fmt: skip
        assert refused(house, DISTRICT, "record_merit", {**MERIT, **change})["code"] == code
    assert refused(house, TOWN, "record_merit", MERIT)["code"] == "district_only"
    assert refused(house, DISTRICT, "record_merit", MERIT, roles=["clerk"])["code"] == "not_leader"
    query = house.ask(DISTRICT, "assignment", "merits", {"person": "L1"}, person="L2")
    assert query["error"]["code"] == "not_leader"


def test_the_ledger_of_responsibility_has_five_rows_a_town_and_the_classes(house: House) -> None:
    rows = ledger(house, "responsibility", office=TOWN)
    assert [(row["zh"], row["person"], row["since"]) for row in rows] == [
        ("区委常委", "L1", "2024-01-01"), ("区政府领导", "L2", "2024-01-01"), ("人大或者政协领导", "L3", "2024-01-01"),
        ("镇街党(工)委书记", "T1", "2024-01-01"), ("镇长、办事处主任", "T2", "2024-01-01"),
    ]  # fmt: skip
    assert rows[0]["classes"] == "C01、C02、C03、C04、C05、C06、C07、C08"
    assert rows[1]["classes"].startswith("C03、C09")
    assert [row["person"] for row in ledger(house, "responsibility", DISTRICT, office=OTHER_TOWN)] == [""] * 5
