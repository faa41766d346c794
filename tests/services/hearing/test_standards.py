"""The district's own rules are texts that people enter; once there, each step waits for its answers (S99, S100)."""

from datetime import timedelta
from typing import Any

from contracts.letters import Tell
from services.hearing.models import CheckRow, RuleRow
from tests.services.hearing.known import CASE_ID, HEAR, SERVED, STANDARD
from tests.services.hearing.test_held_flow import called, close, do, house, refused
from tests.services.house import DISTRICT, TOWN, House

__all__ = ["house"]
DOCUMENT = "信访听证终结制度的实施办法"
END = {"case": CASE_ID, "opinion": "终结", "standard_met": STANDARD}


def enter(house: House, slot: str, text: str = "以文件为准") -> Any:
    return do(house, "enter_hearing_rule", {"slot": slot, "document": DOCUMENT, "text": text})


def check(house: House, slot: str, met: bool = True) -> Any:
    return do(house, "answer_check", {"case": CASE_ID, "slot": slot, "met": met, "note": "见卷"})


def opening() -> dict[str, Any]:
    return {**HEAR, "planned_at": (SERVED + timedelta(days=7)).isoformat()}


def test_s99_a_text_is_empty_until_a_leader_enters_it_and_every_version_stays(house: House) -> None:
    before = house.ask(TOWN, "hearing", "hearing_rules", {})["result"]["slots"]
    assert [(each["zh"], each["versions"]) for each in before] == [
        (zh, []) for zh in ("实施主体", "适用范围", "实施程序", "召开形式", "终结标准")
    ]
    said = {"slot": "scope", "document": DOCUMENT, "text": "甲"}
    assert house.command(TOWN, "hearing", "enter_hearing_rule", said)["error"]["code"] == "not_leader"
    assert [enter(house, "scope", text)["version"] for text in ("甲", "乙")] == [1, 2]
    assert [(row.version, row.text, row.document) for row in house.rows(TOWN, RuleRow)] == [
        (1, "甲", DOCUMENT),
        (2, "乙", DOCUMENT),
    ]
    hidden = house.ask(TOWN, "hearing", "hearing_rules", {}, desk="discipline")["result"]["slots"]
    assert not any(each["versions"] for each in hidden), "each desk has its own"


def test_s100_an_open_item_stops_the_next_step_and_the_answer_is_cited_on_the_record(house: House) -> None:
    for slot in ("scope", "procedure", "finality"):
        enter(house, slot)
    assert refused(house, "open_hearing", opening()) == "checklist"
    check(house, "scope", met=False)
    assert refused(house, "open_hearing", opening()) == "checklist", "not met is no answer to go on by"
    check(house, "scope")
    session = called(house)
    close_refused = {"session": session, "minutes": "笔录", "agreement": None}
    assert refused(house, "complete_hearing", close_refused) == "checklist"
    check(house, "procedure")
    close(house, session, [])
    assert refused(house, "terminate", END) == "checklist"
    check(house, "finality")
    do(house, "terminate", END)
    cited = house.ask(TOWN, "hearing", "get_session", {"session": session})["result"]["checks"]
    assert {(each["slot"], each["document"], each["version"], each["met"]) for each in cited} == {
        ("scope", DOCUMENT, 1, True),
        ("procedure", DOCUMENT, 1, True),
        ("finality", DOCUMENT, 1, True),
    }
    assert all(each["by"] and each["note"] == "见卷" for each in cited)


def test_s100_a_new_version_is_answered_anew_and_what_no_text_asks_is_not_answered(house: House) -> None:
    nothing = {"case": CASE_ID, "slot": "host", "met": True}
    assert refused(house, "answer_check", nothing) == "no_rule"
    enter(house, "host")
    check(house, "host")
    enter(house, "host", "改后")
    assert refused(house, "open_hearing", opening()) == "checklist"
    check(house, "host")
    called(house)
    assert refused(house, "answer_check", nothing) == "not_now", "the step is done"
    assert [row.version for row in house.rows(TOWN, CheckRow)] == [1, 2]


def test_answers_go_with_a_case_that_is_recalled(house: House) -> None:
    enter(house, "host")
    check(house, "host")
    recall = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "hearing", "case_recalled", CASE_ID, recall))
    house.post()
    assert house.rows(TOWN, CheckRow) == []
    assert len(house.rows(TOWN, RuleRow)) == 1
