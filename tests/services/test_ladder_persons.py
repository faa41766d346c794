"""Register, recusals, ladders and call-backs together, over all services of three offices (R23, R26, S27, S65)."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from network.tables import InboxRow
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import RECEIPT, envelope
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE = "a" * 32
ALL = {"roles": ["clerk", "leader", "triage", "head"]}
DISCIPLINE = {"desk": "discipline", **ALL}
DUTIES = (
    ("gb-001", "covering_leader", TOWN),
    ("gb-002", "covering_leader", TOWN),
    ("gb-009", "area_holder", "east"),
    ("gb-008", "discipline_secretary", ""),
    ("gb-014", "discipline_secretary", TOWN),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {
        "intake": IntakeService,
        "assignment": AssignmentService,
        "supervision": SupervisionService,
        "hearing": HearingService,
    }
    opened = House(tmp_path, services).open((DISTRICT, TOWN, VILLAGE), MON)
    register = {"version": "1", "officials": [official(*each) for each in DUTIES]}
    do(opened, DISTRICT, "import_officials", register, **DISCIPLINE)
    yield opened
    assert [
        row.reason for office in opened.offices for row in opened.rows(office, InboxRow) if row.state != "applied"
    ] == []
    for office in opened.offices.values():
        office.engine.dispose()


def official(person: str, duty: str, scope: str) -> dict[str, Any]:
    return {
        "id": person,
        "name": "某某",
        "rank": "covering_leader",
        "managed_by": "district",
        "posts": [{"office": DISTRICT, "post": "领导", "since": "2024-01-01"}],
        "duties": [{"duty": duty, "scope": scope, "since": "2024-01-01"}],
    }


def do(house: House, office: str, method: str, data: dict[str, Any], service: str = "assignment", **actor: Any) -> Any:
    answer = house.command(office, service, method, data, **actor)
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def late(house: House, days: int) -> None:
    """So many days pass, with a poll each day and one more at the end."""
    for _ in range(days):
        house.pass_time(1)
        house.poll()


def steps(house: House, desk: str) -> dict[str, tuple[str, list[str]]]:
    found = house.ask(DISTRICT, "supervision", "clocks", {"case": CASE}, desk=desk, **ALL)["result"]["steps"]
    return {step["step"]: (step["rung"], step["persons"]) for step in found}


def petition(house: House, office: str = VILLAGE) -> None:
    plain = {"receipt_hash": RECEIPT, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": False, "contactable": False}
    do(house, office, "register", {"case": CASE, **plain, **told}, "intake")
    do(house, office, "take", {"case": CASE})
    do(house, office, "accept", {"case": CASE})


def test_a_late_petition_is_put_before_the_covering_leaders_but_the_recused_one(house: House) -> None:
    petition(house, DISTRICT)
    do(house, DISTRICT, "offer", {"case": CASE, "to": TOWN})
    do(house, TOWN, "sign_for", {"case": CASE})
    recuse = {"case": CASE, "person": "gb-001", "ground": "interest", "reason": "本人亲属"}
    assert house.command(TOWN, "assignment", "recuse_person", recuse, **ALL)["error"]["code"] == "not_superior"
    do(house, DISTRICT, "recuse_person", recuse, **ALL)
    late(house, 78)
    found = steps(house, "petition")
    assert found["leaders"] == ("leaders", ["gb-002"])
    seen = house.ask(DISTRICT, "supervision", "steps", {}, person="gb-001", **ALL)["result"]["steps"]
    assert [step for step in seen if step["case"] == CASE] == []


def test_a_report_on_the_area_holder_goes_to_the_secretary_and_never_to_the_petition_desk(house: House) -> None:
    plain = {"receipt_hash": RECEIPT, "channel": "web", "nature": "accuse", "real_name": True, "contactable": True}
    whom = {"recipient_office": DISTRICT, "recipient_desk": "discipline"}
    sealed = envelope(f"{DISTRICT}/discipline") | {"case": CASE}
    do(house, DISTRICT, "register_sealed", {"case": CASE, **plain, **whom, "sealed": sealed}, "intake", **DISCIPLINE)
    recuse = {"case": CASE, "person": "gb-008", "ground": "accused", "reason": "被反映人"}
    do(house, DISTRICT, "recuse_person", recuse, **DISCIPLINE)
    late(house, 45)
    found = steps(house, "discipline")
    assert {rung for rung, _ in found.values()} >= {"district_discipline", "city"}
    assert found["secretary"] == ("city", []), "the town's secretary stands on no rung of the district's"
    assert "gb-014" not in {person for _, persons in found.values() for person in persons}
    listed = house.ask(DISTRICT, "supervision", "steps", {}, **ALL)["result"]["steps"]
    assert [step for step in listed if step["case"] == CASE] == []


def test_a_reluctant_withdrawal_is_asked_about_by_the_town_and_comes_onto_its_list(house: House) -> None:
    petition(house)
    told = {"case": CASE, "how": "phone", "words": "来电人称撤回,语气勉强"}
    do(house, VILLAGE, "request_withdrawal", told)
    (call,) = house.ask(TOWN, "supervision", "call_backs", {})["result"]["call_backs"]
    assert (call["purpose"], call["words"], call["asked_by"]) == ("withdrawal", "来电人称撤回,语气勉强", VILLAGE)
    heard = {"call_back": call["id"], "result": "pressed", "note": "村上要求撤回"}
    do(house, TOWN, "make_call_back", heard, "supervision")
    case = house.ask(VILLAGE, "assignment", "get_case", {"case": CASE})["result"]["case"]
    assert (case["status"], case["flags"]) == ("accepted", ["pressed"])
    listed = house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]
    assert [step["step"] for step in listed if step["case"] == CASE] == ["pressed"]
    (found,) = house.ask(DISTRICT, "supervision", "candidates", {})["result"]["candidates"]
    assert (found["case"], found["reasons"]) == (CASE, ["pressed"])


def test_a_case_returned_too_often_is_before_the_common_superior(house: House) -> None:
    petition_at_town = {
        "receipt_hash": RECEIPT,
        "channel": "visit",
        "nature": "seek",
        "category": "C03",
        "place": VILLAGE,
    }
    told = {"text": "排水渠被填", "real_name": False, "contactable": False}
    do(house, TOWN, "register", {"case": CASE, **petition_at_town, **told}, "intake")
    for _ in range(house.policy.bounce_limit + 1):
        offer = {"case": CASE, "to": VILLAGE, "kind": "transfer", "note": "请办理"}
        do(house, TOWN, "offer", offer)
        do(house, VILLAGE, "return_offer", {"case": CASE, "reason": "不属于本村"})
    listed = house.ask(DISTRICT, "supervision", "steps", {})["result"]["steps"]
    assert [(step["step"], step["answerable"]) for step in listed] == [("bounced", TOWN)]
    own = house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]
    assert own == []
