"""The ladders reach persons: the register's duties at the district, recused officials jumped, totals that betray nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.veils import veils
from network.tables import InboxRow
from network.veils import keep
from services.supervision.models import DutyRow
from tests.services.house import SYSTEM, House
from tests.services.supervision.told import CASE, DISTRICT, DUE, TOWN, VILLAGE, Stub, accept, later, steps, tell

DUTIES = [
    ("l1", "covering_leader", TOWN),
    ("l2", "covering_leader", TOWN),
    ("l3", "covering_leader", "610402902"),
    ("p1", "town_principal", TOWN),
    ("s1", "discipline_secretary", ""),
]


def publish(house: House, serial: int = 1, duties: list[tuple[str, str, str]] = DUTIES, office: str = DISTRICT) -> None:
    told = [{"person": person, "duty": duty, "scope": scope, "since": "2026-01-01"} for person, duty, scope in duties]
    data = {"version": f"v{serial}", "serial": serial, "duties": told}
    house.say(office, "assignment", Tell(DISTRICT, "supervision", "duties_published", "", data))
    house.post()


def recuse(house: House, *persons: str) -> None:
    """The district itself recuses them; what those below say of it is not heard there."""
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        keep(uow.session, CASE, veils(CASE, persons))


def run_to(house: House, last: int) -> None:
    for day in range(-4, last + 1):
        house.set_time(later(day) + timedelta(minutes=1))
        house.poll()


def listed(house: House, person: str = "", desk: str = "petition") -> list[str]:
    found = house.ask(DISTRICT, "supervision", "steps", {"desk": desk, "person": person}, desk=desk)["result"]["steps"]
    return [step["step"] for step in found]


def test_the_leaders_list_is_put_before_the_covering_leaders_of_the_holders_town(house: House) -> None:
    publish(house)
    accept(house)
    run_to(house, 16)
    found = steps(house, DISTRICT)
    assert (found["leaders"]["rung"], found["leaders"]["persons"]) == ("leaders", ["l1", "l2"])
    assert (found["bulletin"]["rung"], found["bulletin"]["persons"]) == ("bulletin", [])
    assert listed(house, "l1") == ["leaders"]
    assert listed(house, "l3") == []
    assert set(listed(house)) == {"town", "district", "leaders", "bulletin"}


def test_a_recused_covering_leader_is_jumped_before_and_after_the_step(house: House) -> None:
    publish(house)
    recuse(house, "l1")
    accept(house, Stub(status="accepted", recused=veils(CASE, ["l2"])))
    run_to(house, 11)
    assert steps(house, DISTRICT)["leaders"]["persons"] == ["l2"]
    recuse(house, "l1", "l2")
    tell(house, Stub(status="accepted"), "person_recused")
    house.post()
    moved = steps(house, DISTRICT)["leaders"]
    assert (moved["rung"], moved["persons"]) == ("other_leaders", ["l3"])


def test_discipline_goes_to_the_city_by_document_where_the_secretary_is_recused(house: House) -> None:
    publish(house)
    secret = Stub(status="accepted", desk="discipline", holder=TOWN)
    recuse(house, "s1")
    accept(house, secret)
    run_to(house, 11)
    found = steps(house, DISTRICT, desk="discipline")
    assert {name: (step["rung"], step["by_document"]) for name, step in found.items()} == {
        "discipline_room": ("district_discipline", False),
        "area_holder": ("area_holder", False),
        "secretary": ("city", True),
    }
    assert listed(house) == []


def test_a_discipline_case_below_a_town_is_ordered_by_the_town_desk_first(house: House) -> None:
    accept(house, Stub(status="accepted", desk="discipline"))
    house.set_time(DUE + timedelta(seconds=1))
    house.poll()
    orders = house.ask(VILLAGE, "supervision", "orders", {"desk": "discipline"}, desk="discipline")["result"]["orders"]
    assert [(order["step"], order["giver"]) for order in orders] == [("town_desk", TOWN)]
    run_to(house, 2)
    orders = house.ask(VILLAGE, "supervision", "orders", {"desk": "discipline"}, desk="discipline")["result"]["orders"]
    assert len(orders) == 1, "the district's room has it on its list; it gives no second order"
    assert set(steps(house, DISTRICT, desk="discipline")) == {"town_desk", "discipline_room"}


def test_a_later_register_takes_the_place_of_the_one_before_and_an_older_one_does_not(house: House) -> None:
    publish(house, 2)
    publish(house, 1, [("x1", "covering_leader", TOWN)])
    publish(house, 2, [("x2", "covering_leader", TOWN)])
    assert {row.person for row in house.rows(DISTRICT, DutyRow)} == {"l1", "l2", "l3", "p1", "s1"}
    publish(house, 3, [("n1", "covering_leader", TOWN)])
    assert [(row.serial, row.person, row.duty, row.scope, row.until) for row in house.rows(DISTRICT, DutyRow)] == [
        (3, "n1", "covering_leader", TOWN, "")
    ]


def test_duties_are_believed_from_the_own_assignment_only(house: House) -> None:
    publish(house, office=TOWN)
    assert house.rows(DISTRICT, DutyRow) == []
    assert len([row for row in house.rows(DISTRICT, InboxRow) if row.state == "parked"]) == 1


@pytest.mark.parametrize(("cases", "total"), [(4, None), (5, 5), (6, 6)])
def test_the_petition_desk_of_the_district_knows_one_total_of_discipline_reports(
    house: House, cases: int, total: Any
) -> None:
    for number in range(cases):
        tell(house, replace(Stub(desk="discipline", holder=TOWN), case=f"{number:032x}"), "registered")
    house.post()
    counts = house.ask(DISTRICT, "supervision", "counts", {})["result"]
    assert counts["discipline_total"] == total
    assert counts["by_status"] == {}
    assert house.ask(TOWN, "supervision", "counts", {})["result"]["discipline_total"] is None
