"""Repeated petitions and those carried to the city are proposed for a hearing; a leader decides (S103)."""

from datetime import timedelta
from typing import Any

from contracts.letters import Tell
from services.supervision.models import ToHearRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, MON, Stub, tell

SECOND, THIRD, OTHER = "7" * 32, "8" * 32, "9" * 32
FIRST_NO = f"{VILLAGE}-2026-00001"


def proposed(house: House) -> list[tuple[str, int, list[str]]]:
    found = house.ask(DISTRICT, "supervision", "hearing_proposals", {})["result"]["candidates"]
    return [(each["case"], each["repeats"], each["reasons"]) for each in found]


def again(house: House, case: str, number: str, repeat_of: str) -> None:
    tell(house, Stub(holder=TOWN, status="accepted", case=case, number=number, repeat_of=repeat_of), "repeat_linked")
    house.post()


def decide(house: House, case: str, **actor: Any) -> dict[str, Any]:
    return house.command(
        DISTRICT, "supervision", "decide_hearing_proposal", {"case": case, "hear": True, "reason": "反复信访"}, **actor
    )


def test_s103_a_matter_that_came_twice_again_or_to_the_city_is_proposed_and_a_leader_decides(house: House) -> None:
    again(house, CASE, FIRST_NO, "")
    again(house, SECOND, "R2", FIRST_NO)
    again(house, OTHER, "R9", "")
    assert proposed(house) == [], "once again is not enough"
    again(house, THIRD, "R3", "R2")
    ((case, repeats, reasons),) = proposed(house)
    assert (case, repeats, reasons) == (CASE, 2, ["repeated"]), "all came on one day: one of them stands for the matter"
    visit = {"case": OTHER, "at": MON.isoformat(), "form": "single", "head_count": 1, "why_not_here": "不信任"}
    house.set_time(MON + timedelta(days=1))
    assert house.command(DISTRICT, "supervision", "record_city_visit", visit)["ok"]
    assert (OTHER, 0, ["level_skipped"]) in proposed(house)
    assert decide(house, case)["error"]["code"] == "not_leader"
    assert decide(house, case, roles=["leader"])["result"]["hear"] is True
    assert decide(house, case, roles=["leader"])["error"]["code"] == "decided"
    assert [each[0] for each in proposed(house)] == [OTHER]
    (row,) = house.rows(DISTRICT, ToHearRow)
    assert (row.case_id, row.reasons, row.hear, row.why) == (case, ["repeated"], True, "反复信访")
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    counted = {
        each["name"]: (each["value"], each["base"])
        for each in house.ask(DISTRICT, "supervision", "figures", days)["result"]["figures"]
    }
    assert (counted["hearing_proposals"], counted["hearing_proposals_to_hear"]) == ((1, None), (1, 1))


def test_nothing_is_proposed_of_reports_and_a_decision_goes_with_its_case(house: House) -> None:
    for case, number, first in ((CASE, FIRST_NO, ""), (SECOND, "R2", FIRST_NO), (THIRD, "R3", FIRST_NO)):
        again(house, case, number, first)
    assert (
        house.ask(DISTRICT, "supervision", "hearing_proposals", {}, desk="discipline")["error"]["code"] == "not_found"
    )
    ((case, _, _),) = proposed(house)
    assert decide(house, case, roles=["leader"])["ok"]
    recall = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "case_recalled", case, recall))
    house.post()
    assert house.rows(DISTRICT, ToHearRow) == []
