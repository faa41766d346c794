"""R07 to R10: three collective visits to the city in a week over one matter propose, and a person decides."""

from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from services.supervision.models import AlertRow, CityVisitRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, Stub, accept, tell

R08 = "8" * 32
DAYS = {number: datetime(2026, 3, day, 10, tzinfo=SHANGHAI) for number, day in ((1, 12), (2, 14), (3, 17))}


def go(
    house: House, at: datetime, heads: int, case: str = CASE, form: str = "collective", **actor: Any
) -> dict[str, Any]:
    house.set_time(at + timedelta(hours=6))
    data = {"case": case, "at": at.isoformat(), "form": form, "head_count": heads, "why_not_here": "过渡费一直未发"}
    return house.command(DISTRICT, "supervision", "record_city_visit", data, **actor)


def alerts(house: House, state: str = "open") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask(DISTRICT, "supervision", "alerts", {"state": state})["result"]["alerts"]
    return found


def test_the_third_visit_in_a_week_proposes_and_a_leader_decides(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    assert go(house, DAYS[1], 17)["result"]["alert"] == ""
    assert go(house, DAYS[2], 21)["result"]["alert"] == ""
    raised = go(house, DAYS[3], 19)["result"]["alert"]
    (alert,) = alerts(house)
    assert (alert["id"], alert["unit"], len(alert["visits"]), alert["state"]) == (raised, TOWN, 3, "open")
    assert go(house, DAYS[3], 19)["result"]["alert"] == "", "the fourth alone makes no second alert"
    said = {"alert": raised, "decision": "suspend", "reason": "报区委研究"}
    assert house.command(DISTRICT, "supervision", "decide_alert", said)["error"]["code"] == "leader_needed"
    decided = house.command(DISTRICT, "supervision", "decide_alert", said, roles=["leader"])
    assert (decided["result"]["state"], decided["result"]["decision"]) == ("decided", "suspend")
    assert alerts(house) == []
    assert [each["reason"] for each in alerts(house, "decided")] == ["报区委研究"]
    house.post()
    assert [letter.type for letter in house.unread] == [], "nothing happens by itself: nobody is told"


def test_visits_over_repeats_count_for_the_case_they_repeat_even_if_linked_later(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    tell(house, Stub(holder=DISTRICT, case=R08, number="R08"), "registered")
    house.post()
    assert go(house, DAYS[1], 17)["result"]["alert"] == ""
    go(house, DAYS[2], 21, case=R08)
    assert go(house, DAYS[3], 19, case=R08)["result"]["alert"] == ""
    tell(house, Stub(holder=DISTRICT, case=R08, number="R08", repeat_of=f"{VILLAGE}-2026-00001"), "repeat_linked")
    house.post()
    assert [(alert["case_id"], len(alert["visits"])) for alert in alerts(house)] == [(CASE, 3)]
    visits = house.ask(DISTRICT, "supervision", "city_visits", {})["result"]["visits"]
    assert {visit["matter"] for visit in visits} == {CASE}
    assert [visit["head_count"] for visit in visits] == [19, 21, 17]
    house.post()
    assert len(alerts(house)) == 1


def test_visits_are_the_districts_and_the_petition_desks(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    wrong = {"desk": "discipline"}
    assert go(house, DAYS[1], 17, **wrong)["error"]["code"] == "wrong_desk"
    for query in ("city_visits", "alerts"):
        assert house.ask(DISTRICT, "supervision", query, {}, **wrong)["error"]["code"] == "wrong_desk"
    missing = {"alert": "0" * 32, "decision": "suspend", "reason": "x"}
    assert house.command(DISTRICT, "supervision", "decide_alert", missing)["error"]["code"] == "not_found"
    assert house.command(DISTRICT, "supervision", "decide_alert", missing, **wrong)["error"]["code"] == "wrong_desk"
    assert go(house, DAYS[1], 17, case="0" * 32)["error"]["code"] == "not_found"
    assert house.rows(DISTRICT, CityVisitRow) == []


def test_a_recall_deletes_the_visits_of_a_case(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    for day, heads in zip(DAYS.values(), (17, 21, 19), strict=True):
        go(house, day, heads)
    house.say(
        DISTRICT, "assignment", Tell(DISTRICT, "supervision", "case_recalled", CASE, {"term": {"override": 0, "n": 0}})
    )
    house.post()
    assert house.rows(DISTRICT, CityVisitRow) == []
    assert house.rows(DISTRICT, AlertRow) == []
