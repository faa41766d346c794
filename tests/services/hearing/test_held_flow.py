"""Hearings that were held are counted here and above: sessions and matters apart (S108)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from network.tables import InboxRow
from services.hearing.models import HeldRow, SessionRow
from services.hearing.service import HearingService
from services.supervision.service import SupervisionService
from tests.services.hearing.known import ASKED, CASE_ID, HEAR, SERVED, SIGNED, served
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

SECOND_ID, GATES = "d" * 32, ("findings", "opinion", "questions", "agreement")
DAYS = {"since": SERVED.date().isoformat(), "until": (SERVED.date() + timedelta(days=60)).isoformat()}
AGREED = [{"what": "付款", "due": (SERVED + timedelta(days=90)).date().isoformat()}]


@pytest.fixture
def house(tmp_path: Path) -> House:
    services = {"hearing": HearingService, "supervision": SupervisionService}
    house = House(tmp_path, services).open((VILLAGE, TOWN, DISTRICT), SERVED)
    for case, number in ((CASE_ID, 1), (SECOND_ID, 2)):
        data = served(number=f"{VILLAGE}-2026-0000{number}", receipt_hash=f"{number}" * 64)
        house.say(TOWN, "assignment", *(Tell(to, "hearing", "opinion_served", case, data) for to in (TOWN, DISTRICT)))
    house.post()
    return house


def do(house: House, method: str, data: dict[str, Any], office: str = TOWN) -> Any:
    answer = house.command(office, "hearing", method, data, roles=["clerk", "leader"])
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def refused(house: House, method: str, data: dict[str, Any]) -> str:
    answer = house.command(TOWN, "hearing", method, data, roles=["clerk", "leader"])
    return str(answer["error"]["code"])


def figures(house: House, office: str = DISTRICT, **wanted: Any) -> dict[str, tuple[int, int | None]]:
    answer = house.ask(office, "hearing", "figures", {**DAYS, **wanted})
    assert answer["ok"], answer
    return {each["name"]: (each["value"], each["base"]) for each in answer["result"]["figures"]}


def called(house: House, case: str = CASE_ID, **changes: Any) -> str:
    planned = (house.offices[TOWN].moment + timedelta(days=7)).isoformat()
    return str(do(house, "open_hearing", {**HEAR, "case": case, "planned_at": planned, **changes})["session"])


def close(house: House, session: str, resolved: list[str]) -> None:
    for gate in GATES:
        do(house, "record_gate", {"session": session, "gate": gate, "content": "当场公布"})
    do(house, "ask_recusal", {"session": session, "answers": ASKED})
    done = {"session": session, "minutes": "笔录", "resolved": resolved, "agreement": {"terms": AGREED}}
    do(house, "complete_hearing", done)
    frozen = house.ask(TOWN, "hearing", "get_session", {"session": session})["result"]["record"]["digest"]
    do(house, "sign_minutes", {"session": session, "digest": frozen, "signatures": SIGNED})


def test_s108_a_session_of_two_matters_is_one_session_and_two_matters_above_as_well(house: House) -> None:
    close(house, called(house, further=[SECOND_ID]), [CASE_ID])
    for office in (TOWN, DISTRICT):
        found = figures(house, office)
        assert (found["hearings_held"], found["hearing_matters"]) == ((1, None), (2, None))
        assert (found["hearing_matters_resolved"], found["hearing_agreements"]) == ((1, 2), (1, 1))
        assert (found["hearings_face_to_face"], found["hearings_public"]) == ((1, 1), (0, 1))
    house.pass_time(3)
    close(house, called(house), [CASE_ID])
    found = figures(house)
    assert (found["hearings_held"], found["hearing_matters"]) == ((2, None), (2, None)), "the same matter heard again"
    assert found["hearing_matters_resolved"] == (1, 2)
    assert figures(house, office=VILLAGE)["hearings_held"] == (0, None)
    answer = house.ask(DISTRICT, "hearing", "export", {**DAYS, "ledger": "hearings_held"})["result"]
    assert [row[3] for row in answer["rows"]] == [2, 1]


def test_s108_an_adjourned_one_counts_when_it_was_held_and_a_cancelled_one_never(house: House) -> None:
    session = called(house)
    later = (SERVED + timedelta(days=14)).isoformat()
    adjourned = do(house, "adjourn_hearing", {"session": session, "planned_at": later, "reason": "当事人住院"})
    assert [word["reason"] for word in adjourned["adjourned"]] == ["当事人住院"]
    assert figures(house)["hearings_held"] == (0, None)
    early = {"session": session, "planned_at": (SERVED - timedelta(days=1)).isoformat(), "reason": "x"}
    assert refused(house, "adjourn_hearing", early) == "planned_past"
    close(house, session, [])
    assert figures(house)["hearings_held"] == (1, None)
    other = called(house, SECOND_ID)
    assert do(house, "cancel_hearing", {"session": other, "reason": "已和解"})["state"] == "cancelled"
    assert refused(house, "cancel_hearing", {"session": other, "reason": "x"}) == "completed"
    assert figures(house)["hearings_held"] == (1, None)
    assert called(house, SECOND_ID), "a cancelled one does not stand in the way"


def test_what_was_not_agreed_there_is_not_resolved_there(house: House) -> None:
    session = called(house)
    for gate in GATES[:3]:
        do(house, "record_gate", {"session": session, "gate": gate, "content": "已公布"})
    do(house, "record_gate", {"session": session, "gate": "agreement", "reason": "未达成一致"})
    done = {"session": session, "minutes": "笔录"}
    assert refused(house, "complete_hearing", {**done, "resolved": [CASE_ID]}) == "not_agreed_there"
    do(house, "record_gate", {"session": session, "gate": "agreement", "content": "协议1份"})
    assert refused(house, "complete_hearing", {**done, "resolved": [SECOND_ID]}) == "not_heard"
    do(house, "ask_recusal", {"session": session, "answers": ASKED})
    do(house, "complete_hearing", done)
    found = figures(house)
    assert (found["hearing_matters_resolved"], found["hearing_agreements"]) == ((0, 1), (0, 1))


def test_a_case_is_not_heard_twice_at_once_nor_named_twice(house: House) -> None:
    called(house, SECOND_ID)
    planned = (SERVED + timedelta(days=7)).isoformat()
    for further, code in (([SECOND_ID], "not_together"), ([CASE_ID], "case_twice"), (["e" * 32], "not_found")):
        assert refused(house, "open_hearing", {**HEAR, "planned_at": planned, "further": further}) == code


def test_no_office_tells_of_hearings_that_are_not_its_own(house: House) -> None:
    data = {"session": "f" * 32, "at": SERVED, "form": "public", "matters": ["0" * 16], "resolved": [], "agreed": False}
    house.say(DISTRICT, "hearing", Tell(TOWN, "hearing", "hearing_held", "", data))
    house.say(TOWN, "hearing", Tell(DISTRICT, "hearing", "hearing_held", "", {**data, "resolved": ["1" * 16]}))
    house.post()
    assert house.rows(TOWN, HeldRow) == house.rows(DISTRICT, HeldRow) == []
    for office in (TOWN, DISTRICT):
        assert len([row for row in house.rows(office, InboxRow) if row.state == "parked"]) == 1


def test_a_recalled_case_leaves_the_hearing_of_another(house: House) -> None:
    called(house, further=[SECOND_ID])
    recall = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "hearing", "case_recalled", SECOND_ID, recall))
    house.post()
    (row,) = house.rows(TOWN, SessionRow)
    assert row.further == []
