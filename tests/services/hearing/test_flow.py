"""Review and hearing on real databases: the whole chain to the city, requests by receipt, recall, both desks apart."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import end_of_day
from contracts.letters import Tell
from network.tables import InboxRow, OutboxRow
from services.hearing.models import CaseRow, OpinionRow, RequestRow, ReviewRow, SessionRow
from services.hearing.service import HearingService
from services.supervision.models import ClockRow
from services.supervision.service import SupervisionService
from tests.services.hearing.known import ASKED, CASE_ID, HEAR, RECEIPT, SERVED, SIGNED, STANDARD, UNTIL, served
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

GATES = ("findings", "opinion", "questions", "agreement")


@pytest.fixture
def house(tmp_path: Path) -> House:
    services = {"hearing": HearingService, "supervision": SupervisionService}
    return House(tmp_path, services).open((VILLAGE, TOWN, DISTRICT), SERVED)


def serve(house: House, **changes: Any) -> None:
    data = served(**changes)
    house.say(TOWN, "assignment", *(Tell(to, "hearing", "opinion_served", CASE_ID, data) for to in (TOWN, DISTRICT)))
    house.post()


def do(house: House, method: str, office: str = DISTRICT, **data: Any) -> dict[str, Any]:
    answer = house.command(office, "hearing", method, {"case": CASE_ID, **data}, roles=["clerk", "leader"])
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


def refused(house: House, method: str, office: str = DISTRICT, **data: Any) -> str:
    return str(
        house.command(office, "hearing", method, {"case": CASE_ID, **data}, roles=["clerk", "leader"])["error"]["code"]
    )


def standing(house: House, office: str = DISTRICT) -> str:
    return str(house.ask(office, "hearing", "case", {"case": CASE_ID})["result"]["standing"]["word"])


def clocks(house: House, office: str) -> dict[str, str]:
    return {row.kind + row.ref: row.state for row in house.rows(office, ClockRow)}


def parked(house: House) -> list[str]:
    return [row.reason for office in house.offices for row in house.rows(office, InboxRow) if row.state == "parked"]


WORDS = {"facts": "经复查", "opinion": "维持", "basis": "信访工作条例"}
OPEN = {key: value for key, value in HEAR.items() if key != "case"}


def test_the_chain_runs_from_the_towns_desk_to_the_city_and_ends_final(house: House) -> None:
    serve(house)
    assert do(house, "request_review", TOWN, points="面积有误")["state"] == "passed_on"
    house.post()
    assert standing(house) == "in_review"
    house.pass_time(10)
    review = do(house, "decide_review", outcome="uphold", **WORDS)
    assert review["review_no"] == "秦都区复查〔2026〕1号"
    house.post()
    assert clocks(house, TOWN) == {"K7": "stopped", "K8": "stopped", "K9": "running"}
    final = do(house, "request_final_review", points="不服")
    assert (final["package_no"], final["organ"]) == ("秦都区复核送〔2026〕1号", "city-petition")
    assert refused(house, "decide_review", outcome="uphold", **WORDS) == "outside"
    house.pass_time(20)
    assert standing(house) == "in_final_review"
    do(house, "register_final_opinion", outcome="uphold", opinion_no="咸信复核9号", issued_at=_at(house), public=True)
    house.post()
    assert standing(house) == "final"
    assert clocks(house, DISTRICT)["K10"] == "stopped"
    decided = [row.body["data"]["level"] for row in house.unread if row.type == "review_decided"]
    assert decided == ["review", "final_review"]
    assert not parked(house)


def _at(house: House) -> str:
    return house.offices[DISTRICT].moment.isoformat()


def test_a_request_by_receipt_that_comes_before_its_opinion_waits_for_it(house: House) -> None:
    asked = {"receipt_hash": RECEIPT, "entry_office": VILLAGE, "at": SERVED, "points": "不服"}
    house.say(DISTRICT, "intake", Tell(DISTRICT, "hearing", "review_requested", "", asked))
    house.post()
    assert len(house.rows(DISTRICT, RequestRow)) == 1
    assert len(house.ask(DISTRICT, "hearing", "reviews", {})["result"]["waiting"]) == 1
    serve(house)
    assert standing(house) == "in_review"
    assert house.rows(DISTRICT, RequestRow) == []
    house.say(DISTRICT, "intake", Tell(DISTRICT, "hearing", "review_requested", "", asked))
    house.post()
    assert len(house.rows(DISTRICT, ReviewRow)) == 1
    assert not parked(house)


def test_a_late_request_by_receipt_is_kept_for_the_review_organ_to_waive(house: House) -> None:
    serve(house)
    house.set_time(UNTIL + timedelta(days=1))
    asked = {"receipt_hash": RECEIPT, "entry_office": VILLAGE, "at": house.offices[DISTRICT].moment, "points": "不服"}
    house.say(DISTRICT, "intake", Tell(DISTRICT, "hearing", "review_requested", "", asked))
    house.post()
    assert standing(house) == "lapsed"
    assert [row.state for row in house.rows(DISTRICT, ReviewRow)] == ["late"]
    assert refused(house, "request_review", points="不服") == "late"
    do(house, "request_review", points="不服", waiver="当事人住院,有证明")
    assert [(row.state, row.waiver) for row in house.rows(DISTRICT, ReviewRow)] == [("requested", "当事人住院,有证明")]


def test_a_new_opinion_after_redo_may_be_reviewed_again(house: House) -> None:
    serve(house)
    do(house, "request_review", points="不服")
    do(house, "decide_review", outcome="redo", **WORDS)
    assert standing(house) == "reopened"
    assert refused(house, "request_final_review", points="不服") == "not_reviewable"
    house.pass_time(30)
    serve(house, opinion_no="槐川镇意〔2026〕2号", at=house.offices[TOWN].moment)
    assert standing(house) == "review_open"
    do(house, "request_review", points="仍不服")
    assert do(house, "decide_review", outcome="change", **WORDS)["review_no"] == "秦都区复查〔2026〕2号"


def test_a_late_request_against_the_second_opinion_is_kept_beside_the_review_of_the_first(house: House) -> None:
    serve(house)
    do(house, "request_review", points="不服")
    do(house, "decide_review", outcome="redo", **WORDS)
    house.pass_time(30)
    again, second = house.offices[TOWN].moment, "槐川镇意〔2026〕2号"
    serve(house, opinion_no=second, at=again, served_at=again, review_until=again + timedelta(days=30))
    house.pass_time(40)
    asked = {"receipt_hash": RECEIPT, "entry_office": VILLAGE, "at": house.offices[DISTRICT].moment, "points": "仍不服"}
    house.say(DISTRICT, "intake", Tell(DISTRICT, "hearing", "review_requested", "", asked))
    house.post()
    kept = {row.opinion_no: (row.state, row.points) for row in house.rows(DISTRICT, ReviewRow)}
    assert kept[second] == ("late", "仍不服")


def test_a_hearing_before_the_opinion_completes_by_its_gates_and_terminates_without_cutting_review(
    house: House,
) -> None:
    stub = {**_milestone(), "clocks": []}
    house.say(TOWN, "assignment", Tell(TOWN, "hearing", "case_milestone", CASE_ID, stub))
    house.post()
    planned = (SERVED + timedelta(days=7)).isoformat()
    session = do(house, "open_hearing", TOWN, **OPEN, planned_at=planned)
    assert session["notice_no"] == "槐川镇听证通知〔2026〕1号"
    key = session["session"]
    for gate in GATES[:3]:
        gate_data = {"session": key, "gate": gate, "content": "已公布"}
        assert house.command(TOWN, "hearing", "record_gate", gate_data)["ok"]
    done = {"session": key, "minutes": "笔录", "agreement": {"terms": [{"what": "付款", "due": planned}]}}
    house.command(TOWN, "hearing", "ask_recusal", {"session": key, "answers": ASKED})
    incomplete = house.command(TOWN, "hearing", "complete_hearing", done)
    assert list(incomplete["error"]["fields"]) == ["agreement"]
    house.command(TOWN, "hearing", "record_gate", {"session": key, "gate": "agreement", "content": "协议1份"})
    assert house.command(TOWN, "hearing", "complete_hearing", done)["result"]["state"] == "completed"
    assert refused(house, "terminate", TOWN, opinion="终结", standard_met=STANDARD) == "unsigned"
    frozen = house.ask(TOWN, "hearing", "get_session", {"session": key})["result"]["record"]["digest"]
    signed = {"session": key, "digest": frozen, "signatures": SIGNED}
    assert house.command(TOWN, "hearing", "sign_minutes", signed)["ok"]
    ended = do(house, "terminate", TOWN, opinion="终结", standard_met=STANDARD)
    assert "第三十五条" in ended["remedy"]
    assert refused(house, "terminate", TOWN, opinion="终结", standard_met=STANDARD) == "terminated"
    house.post()
    assert clocks(house, TOWN) == clocks(house, DISTRICT) == {"K261.1": "running"}
    assert {row.due for row in house.rows(TOWN, ClockRow)} == {end_of_day(SERVED.date() + timedelta(days=7))}
    serve(house)
    assert standing(house, TOWN) == "review_open"
    shown = house.ask(TOWN, "hearing", "get_session", {"session": key})["result"]
    assert shown["termination"]["number"] == "槐川镇听证终结〔2026〕1号"


def _milestone() -> dict[str, Any]:
    data = {**served(status="accepted", what="accepted", place="", offered_to="", excluded=[]), "at": SERVED}
    names = ("number", "what", "at", "desk", "status", "holder", "term", "entry_office", "entered_at", "category")
    return {name: data[name] for name in (*names, "place", "offered_to", "excluded")}


def test_a_refused_command_takes_no_number(house: House) -> None:
    serve(house)
    later = (SERVED + timedelta(days=7)).isoformat()
    assert refused(house, "open_hearing", **{**OPEN, "form": "public"}, planned_at=later) == "notice_needed"
    assert do(house, "open_hearing", **OPEN, planned_at=later)["notice_no"] == "秦都区听证通知〔2026〕1号"


def test_the_desks_do_not_see_each_other(house: House) -> None:
    serve(house)
    for method, data in [("case", {"case": CASE_ID}), ("get_session", {"session": "5" * 32})]:
        answer = house.ask(DISTRICT, "hearing", method, data, desk="discipline")
        assert answer["error"]["code"] == "not_found"
    assert house.ask(DISTRICT, "hearing", "reviews", {}, desk="discipline")["result"] == {"reviews": [], "waiting": []}
    assert house.ask(DISTRICT, "hearing", "sessions", {}, desk="discipline")["result"] == {"sessions": []}


def test_a_recall_wipes_the_case_and_a_late_opinion_does_not_bring_it_back(house: House) -> None:
    serve(house)
    later = (SERVED + timedelta(days=7)).isoformat()
    do(house, "open_hearing", TOWN, **OPEN, planned_at=later)
    recall = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "hearing", "case_recalled", CASE_ID, recall))
    house.post()
    house.say(TOWN, "assignment", Tell(TOWN, "hearing", "opinion_served", CASE_ID, served()))
    house.post()
    for model in (CaseRow, OpinionRow, ReviewRow, SessionRow):
        assert house.rows(TOWN, model) == []
    assert len(house.rows(DISTRICT, CaseRow)) == 1
    assert not parked(house)


def test_an_office_that_is_not_of_the_line_serves_no_opinion_here(house: House) -> None:
    house.say(DISTRICT, "assignment", Tell(TOWN, "hearing", "opinion_served", CASE_ID, served()))
    house.post()
    assert house.rows(TOWN, CaseRow) == []
    assert len(parked(house)) == 1


def test_a_milestone_of_hearing_never_moves_the_ledger_line(house: House) -> None:
    serve(house)
    do(house, "request_review", points="不服")
    house.post()
    assert house.ask(DISTRICT, "supervision", "ledger", {})["result"]["lines"] == []
    told = [row for row in house.rows(DISTRICT, OutboxRow) if row.type == "case_milestone"]
    assert {row.office for row in told} == {DISTRICT, TOWN}


def test_nobody_serves_an_opinion_in_a_case_that_another_holds(house: House) -> None:
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "hearing", "opinion_served", CASE_ID, served()))
    house.post()
    assert house.rows(DISTRICT, CaseRow) == []
