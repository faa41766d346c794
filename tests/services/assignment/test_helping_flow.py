"""Helpers over real databases: asked, reported, released, along with the case, and gone with a recusal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.veils import veil
from network.db import Base
from network.ids import new_id
from network.tables import OutboxRow
from services.assignment.helping.models import AssignmentHelp, AssignmentHelper
from tests.services.assignment.cases import DEPARTMENT, DISTRICT, PLUMS, TOWN, VILLAGE
from tests.services.assignment.helped import (
    LANE,
    STREET,
    asked,
    clocks,
    do,
    entered,
    handed,
    open_house,
    refused,
    sealed,
)
from tests.services.house import SYSTEM, House

SECRET = {"desk": "discipline"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def help_wanted(case: str, to: str, what: str = "核对过渡费名册", due: str = "2026-03-12") -> dict[str, Any]:
    return {"case": case, "to": to, "what": what, "due": due}


def test_r07_a_department_is_helped_by_a_street_that_it_cannot_write_to(house: House) -> None:
    case = entered(house, DISTRICT, head_count=23, representatives=5, text="过渡费停发八个月")
    handed(house, case, DISTRICT, DEPARTMENT)
    do(house, DEPARTMENT, "accept", {"case": case})
    answer = do(house, DEPARTMENT, "ask_help", help_wanted(case, STREET))
    assert (answer["holder"], answer["ordinal"]) == (DEPARTMENT, 1)

    (wanted,) = asked(house, STREET, "helping")["of_us"]
    assert (wanted["asked_by"], wanted["what"], wanted["text"]) == (DEPARTMENT, "核对过渡费名册", "过渡费停发八个月")
    assert wanted["due"] == "2026-03-12T15:59:59+00:00"
    assert asked(house, STREET, "todo")["helping"]["of_us"] == [wanted]
    assert asked(house, STREET, "list_cases")["cases"] == [], "it does not hold by it"
    (waiting,) = asked(house, DEPARTMENT, "todo")["helping"]["by_us"]
    assert (waiting["office"], waiting["number"], waiting["state"]) == (STREET, wanted["number"], "asked")
    assert asked(house, DISTRICT, "helping") == {"of_us": [], "by_us": []}, "who passes it on has nothing to do"
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "running"

    assert do(house, STREET, "report_help", {"case": case, "text": "名册共41户"})["state"] == "reported"
    (helper,) = asked(house, DEPARTMENT, "get_case", {"case": case})["helpers"]
    assert (helper["state"], helper["report"]) == ("reported", "名册共41户")
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "stopped"
    assert asked(house, STREET, "helping")["of_us"] == asked(house, DEPARTMENT, "helping")["by_us"] == []
    assert refused(house, STREET, "report_help", {"case": case, "text": "再报一次"}) == "not_asked"
    assert refused(house, VILLAGE, "report_help", {"case": case, "text": "我们"}) == "not_found"


def test_a_late_helper_is_the_holders_to_answer_for(house: House) -> None:
    case = entered(house, DISTRICT)
    handed(house, case, DISTRICT, DEPARTMENT)
    do(house, DEPARTMENT, "accept", {"case": case})
    do(house, DEPARTMENT, "ask_help", help_wanted(case, STREET))
    house.pass_time(12)
    house.poll()
    steps = house.ask(DISTRICT, "supervision", "steps", {"desk": "petition"})["result"]["steps"]
    ordered = [(each["kind"], each["ref"], each["answerable"]) for each in steps if each["step"] == "order"]
    assert ordered == [("K11", "h1", DEPARTMENT)]


def test_helpers_go_with_the_case_and_answer_to_who_holds_it_now(house: House) -> None:
    case = entered(house, TOWN)
    do(house, TOWN, "ask_help", help_wanted(case, VILLAGE))
    do(house, TOWN, "ask_help", help_wanted(case, PLUMS, "看看水渠"))
    do(house, PLUMS, "report_help", {"case": case, "text": "渠已清"})
    handed(house, case, TOWN, DISTRICT, DEPARTMENT)
    states = {each["office"]: each["state"] for each in asked(house, DEPARTMENT, "get_case", {"case": case})["helpers"]}
    assert states == {VILLAGE: "asked", PLUMS: "reported"}
    assert clocks(house, DEPARTMENT, case)["K11", "h1"] == "running"
    assert asked(house, TOWN, "helping")["by_us"] == [], "what it does not hold is not its to wait for"

    do(house, VILLAGE, "report_help", {"case": case, "text": "两户属实"})
    reports = {
        each["office"]: each["report"] for each in asked(house, DEPARTMENT, "get_case", {"case": case})["helpers"]
    }
    assert reports == {VILLAGE: "两户属实", PLUMS: "渠已清"}
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "stopped"


def test_a_report_that_comes_while_the_case_is_offered_reaches_the_new_holder(house: House) -> None:
    case = entered(house, TOWN)
    do(house, TOWN, "ask_help", help_wanted(case, VILLAGE))
    do(house, TOWN, "offer", {"case": case, "to": DISTRICT})
    do(house, VILLAGE, "report_help", {"case": case, "text": "两户属实"})
    assert house.command(DISTRICT, "assignment", "sign_for", {"case": case})["ok"]
    house.pass_time(1 / 1440)
    house.post()
    (helper,) = asked(house, DISTRICT, "get_case", {"case": case})["helpers"]
    assert (helper["state"], helper["report"]) == ("reported", "两户属实")
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "stopped"


def test_who_helped_and_then_holds_helps_no_more(house: House) -> None:
    case = entered(house, DISTRICT)
    do(house, DISTRICT, "ask_help", help_wanted(case, TOWN))
    handed(house, case, DISTRICT, TOWN)
    (helper,) = asked(house, TOWN, "get_case", {"case": case})["helpers"]
    assert (helper["state"], helper["why"]) == ("released", "本机关已承办该事项")
    assert asked(house, TOWN, "helping") == {"of_us": [], "by_us": []}
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "stopped"


def test_release_says_why_and_another_may_be_asked_again(house: House) -> None:
    case = entered(house, DISTRICT)
    do(house, DISTRICT, "ask_help", help_wanted(case, STREET))
    assert refused(house, DISTRICT, "ask_help", help_wanted(case, STREET)) == "already_helping"
    assert refused(house, DISTRICT, "release_help", {"case": case, "office": TOWN, "reason": "不需要"}) == "not_asked"
    do(house, DISTRICT, "release_help", {"case": case, "office": STREET, "reason": "材料已齐"})
    (row,) = house.rows(STREET, AssignmentHelp)
    assert (row.state, row.why, row.text) == ("released", "材料已齐", None)
    assert asked(house, STREET, "helping")["of_us"] == []
    assert do(house, DISTRICT, "ask_help", help_wanted(case, STREET))["ordinal"] == 2
    assert clocks(house, DISTRICT, case) == {("K1", ""): "running", ("K11", "h1"): "stopped", ("K11", "h2"): "running"}


def test_a_closed_case_needs_no_help(house: House) -> None:
    case = entered(house, DISTRICT)
    do(house, DISTRICT, "ask_help", help_wanted(case, STREET))
    do(house, DISTRICT, "decline", {"case": case, "ground": "not_ours", "guidance": "请向法院起诉"})
    assert [row.state for row in house.rows(STREET, AssignmentHelp)] == ["released"]
    assert [row.why for row in house.rows(DISTRICT, AssignmentHelper)] == ["事项已办结或者关闭"]


def test_a_recused_helper_keeps_nothing(house: House) -> None:
    case = entered(house, DISTRICT)
    handed(house, case, DISTRICT, DEPARTMENT)
    do(house, DEPARTMENT, "ask_help", help_wanted(case, STREET))
    do(house, DISTRICT, "exclude", {"case": case, "office": STREET, "reason": "被反映人在该街道工作"})
    assert house.rows(STREET, AssignmentHelp) == []
    assert house.rows(DEPARTMENT, AssignmentHelper) == []
    assert clocks(house, DISTRICT, case)["K11", "h1"] == "stopped"
    assert refused(house, DEPARTMENT, "ask_help", help_wanted(case, STREET)) == "excluded"
    assert asked(house, STREET, "helping") == {"of_us": [], "by_us": []}


@pytest.mark.parametrize("holder", [DEPARTMENT, VILLAGE, DISTRICT])
def test_helpers_keep_no_word_of_a_petition_that_crossed_to_the_discipline_desk(house: House, holder: str) -> None:
    case, as_case = entered(house, holder, text="主任侄子领了三份补偿"), new_id()
    do(house, holder, "ask_help", help_wanted(case, LANE, "核对三份补偿"))
    do(house, holder, "ask_help", help_wanted(case, PLUMS, "查看三份补偿"))
    do(house, PLUMS, "report_help", {"case": case, "text": "三份补偿属实"})
    acknowledged(house)
    crossing = {"case": case, "as_case": as_case, "sealed": sealed(as_case, DISTRICT)}
    do(house, holder, "to_discipline", crossing)
    assert [house.rows(office, AssignmentHelp) for office in (LANE, PLUMS)] == [[], []]
    assert [office for office in house.offices if "三份补偿" in dump(house, office)] == []


def test_a_helper_that_was_released_with_a_reason_keeps_its_letters(house: House) -> None:
    case = entered(house, DISTRICT, text="排水渠被填")
    do(house, DISTRICT, "ask_help", help_wanted(case, LANE))
    do(house, DISTRICT, "release_help", {"case": case, "office": LANE, "reason": "材料已齐"})
    assert all("排水渠被填" in dump(house, office) for office in (STREET, LANE))


def acknowledged(house: House) -> None:
    """What the relay does when the offices hear of each other: what was sent is acknowledged."""
    for office in house.offices.values():
        with office.uow("assignment", SYSTEM) as uow:
            for row in uow.session.query(OutboxRow).filter(OutboxRow.state == "sent"):
                row.state = "acked"


def dump(house: House, office: str) -> str:
    """Everything in an office's database."""
    with house.offices[office].reading() as session:
        return str([session.execute(select(table)).all() for table in Base.metadata.sorted_tables])


def test_a_recused_holder_loses_its_helpers_to_who_takes_the_case(house: House) -> None:
    case = entered(house, DISTRICT)
    handed(house, case, DISTRICT, TOWN)
    do(house, TOWN, "ask_help", help_wanted(case, VILLAGE))
    do(house, DISTRICT, "override", {"case": case, "reason": "回避", "exclude_holder": True}, roles=["clerk", "leader"])
    assert house.rows(TOWN, AssignmentHelper) == []
    (helper,) = asked(house, DISTRICT, "helping")["by_us"]
    assert (helper["office"], helper["state"]) == (VILLAGE, "asked")
    assert [each["asked_by"] for each in asked(house, VILLAGE, "helping")["of_us"]] == [DISTRICT]
    do(house, VILLAGE, "report_help", {"case": case, "text": "两户属实"})
    (helper,) = asked(house, DISTRICT, "get_case", {"case": case})["helpers"]
    assert helper["report"] == "两户属实"
    assert house.rows(TOWN, AssignmentHelper) == []


def test_of_a_discipline_case_a_helper_sees_what_is_asked_and_no_more(house: House) -> None:
    secret: dict[str, Any] = {"desk": "discipline", "category": "C15", "place": "", "text": None, "nature": "accuse"}
    case = entered(house, DISTRICT, **secret, sealed=None, matched="matched")
    triage = {**SECRET, "roles": ["clerk", "triage"]}
    books = house.policy.neutral_requests[0]
    assert refused(house, DISTRICT, "ask_help", help_wanted(case, TOWN, "调取2025年账册"), **triage) == "not_neutral"
    do(house, DISTRICT, "ask_help", help_wanted(case, TOWN, books), **triage)
    (wanted,) = asked(house, TOWN, "helping", {"desk": "discipline"}, **triage)["of_us"]
    assert (wanted["category"], wanted["place"], wanted["text"], wanted["what"]) == ("C15", "", None, books)
    assert asked(house, TOWN, "helping") == {"of_us": [], "by_us": []}, "nothing at the other desk"
    assert refused(house, TOWN, "report_help", {"case": case, "text": "账册"}) == "not_found"
    assert refused(house, DISTRICT, "ask_help", help_wanted(case, VILLAGE, books), **triage) == "not_for_them"


def test_a_recused_person_of_the_helping_office_sees_nothing_of_it(house: House) -> None:
    case = new_id()
    entered(house, DISTRICT, case=case, recused=[veil(case, "g001")])
    do(house, DISTRICT, "ask_help", help_wanted(case, STREET))
    assert asked(house, STREET, "helping", person="g001") == {"of_us": [], "by_us": []}
    assert refused(house, STREET, "report_help", {"case": case, "text": "41户"}, person="g001") == "not_found"
    assert len(asked(house, STREET, "helping", person="g002")["of_us"]) == 1


@pytest.mark.parametrize(
    ("to", "due", "code"),
    [
        (DISTRICT, "2026-03-12", "itself"),
        ("610402999", "2026-03-12", "unknown_office"),
        ("610402007", "2026-03-12", "unknown_office"),  # managed by the New Area
        ("portal", "2026-03-12", "not_for_them"),
        (TOWN, "2026-03-02", "due_past"),
        (TOWN, "2027-03-04", "due_past"),
        (TOWN, "12.3.", "invalid"),
    ],
)
def test_whom_and_until_when_help_cannot_be_asked(house: House, to: str, due: str, code: str) -> None:
    case = entered(house, DISTRICT)
    assert refused(house, DISTRICT, "ask_help", help_wanted(case, to, due=due)) == code
    assert refused(house, DISTRICT, "ask_help", {**help_wanted(case, TOWN), "what": " "}) == "invalid"


def test_a_village_asks_one_of_another_street_over_three_offices(house: House) -> None:
    case = entered(house, VILLAGE)
    do(house, VILLAGE, "ask_help", help_wanted(case, LANE))
    assert len(asked(house, LANE, "helping")["of_us"]) == 1
    do(house, LANE, "report_help", {"case": case, "text": "已问"})
    assert [each["report"] for each in asked(house, VILLAGE, "get_case", {"case": case})["helpers"]] == ["已问"]


def test_r13_two_help_in_different_things(house: House) -> None:
    case = entered(house, DISTRICT, category="C11")
    do(house, DISTRICT, "ask_help", help_wanted(case, LANE, "走访夜市"))
    do(house, DISTRICT, "ask_help", help_wanted(case, STREET, "核对经营许可"))
    assert [each["office"] for each in asked(house, DISTRICT, "helping")["by_us"]] == [LANE, STREET]
    assert refused(house, LANE, "report_help", {"case": case, "text": "无", "ordinal": 2}) == "not_found"
    do(house, LANE, "report_help", {"case": case, "text": "扰民属实", "ordinal": 1})
    assert [each["office"] for each in asked(house, DISTRICT, "helping")["by_us"]] == [STREET]
