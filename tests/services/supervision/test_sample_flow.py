"""The district's sample of call-backs: drawn by number and month, never by a person, and made by who did not handle it."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.words import ClockAct
from services.supervision.callbacks.rules import is_sampled
from services.supervision.models import CallBackRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.test_order_figures import counted, order
from tests.services.supervision.told import CASE, DUE, Stub, accept, clock, later, tell


@pytest.fixture
def sampling(house: House) -> House:
    """Every concluded petition is drawn."""
    policy = replace(house.policy, sample_share=100)
    for office in house.offices.values():
        office._first_policy = policy
        office.forget_policies()
    return house


def concluded(house: House, **stub: Any) -> None:
    tell(house, Stub(status="concluded", **stub), "concluded", clock(ClockAct.STOP, house.offices[VILLAGE].now()))
    house.post()


def drawn(house: House, office: str = DISTRICT) -> list[Any]:
    return [row for row in house.rows(office, CallBackRow) if row.purpose == "sample"]


def test_a_concluded_petition_is_drawn_once_at_the_district_alone_and_another_than_the_holder_calls(
    sampling: House,
) -> None:
    accept(sampling)
    assert drawn(sampling) == []
    for _ in range(2):
        concluded(sampling)
    (call,) = drawn(sampling)
    assert (call.case_id, call.asked_by, call.reporter, drawn(sampling, TOWN)) == (CASE, "", None, [])
    assert (counted(sampling)["sample_due"], counted(sampling)["sample_made"]) == ((1, None), (0, 1))
    data = {"call_back": call.id, "result": "confirmed", "note": "属实"}
    assert sampling.command(VILLAGE, "supervision", "make_call_back", data)["error"]["code"] == "not_found"
    assert sampling.command(DISTRICT, "supervision", "make_call_back", data)["ok"]
    assert counted(sampling)["sample_made"] == (1, 1)
    assert counted(sampling, since="2026-03-03")["sample_due"] == (0, None)


def test_what_the_district_handled_itself_and_sealed_reports_are_never_drawn(sampling: House) -> None:
    for stub in (Stub(holder=DISTRICT), Stub(case="d" * 32, number="D", desk="discipline", holder=TOWN)):
        tell(sampling, stub.but(status="concluded"), "concluded")
    sampling.post()
    assert drawn(sampling) == []


def test_a_petition_opened_again_is_not_drawn_twice(sampling: House) -> None:
    accept(sampling)
    concluded(sampling)
    sampling.pass_time(1)
    tell(sampling, Stub(status="accepted"), "reopened")
    sampling.post()
    sampling.pass_time(1)
    concluded(sampling)
    assert len(drawn(sampling)) == 1


def test_without_a_share_nobody_is_drawn(house: House) -> None:
    accept(house)
    concluded(house)
    assert drawn(house) == []


def test_the_draw_is_a_pure_function_of_number_and_month() -> None:
    numbers = [f"610402901-2026-{serial:05d}" for serial in range(1, 2001)]
    march = {number for number in numbers if is_sampled(number, "2026-03", 10)}
    assert march == {number for number in reversed(numbers) if is_sampled(number, "2026-03", 10)}
    assert 140 < len(march) < 260, "about a tenth"
    assert march != {number for number in numbers if is_sampled(number, "2026-04", 10)}, "another month, another draw"
    assert march <= {number for number in numbers if is_sampled(number, "2026-03", 20)}
    assert not any(is_sampled(number, "2026-03", 0) for number in numbers)
    assert all(is_sampled(number, "2026-03", 100) for number in numbers)


def test_what_was_not_performed_is_put_before_the_office_above_and_ordered_though_closed(house: House) -> None:
    accept(house)
    concluded(house)
    house.pass_time(1)
    tell(house, Stub(status="concluded", flags=("not_performed",)), "not_performed")
    house.post()
    assert counted(house, TOWN)["not_performed"] == (1, None)
    assert counted(house, TOWN)["not_performed_supervised"] == (0, 1)
    steps = house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]
    assert [(step["step"], step["why"]) for step in steps] == [("not_performed", "反映承诺未落实")]
    order(house, "dedicated", office=TOWN)
    assert counted(house, TOWN)["not_performed_supervised"] == (1, 1)


def test_an_agreement_that_is_not_performed_in_time_is_ordered_from_above(house: House) -> None:
    accept(house, Stub(holder=TOWN, status="accepted"))
    agreed = clock(ClockAct.START, house.offices[TOWN].now(), DUE, "K26", "1.1")
    tell(house, Stub(holder=TOWN, status="accepted"), "hearing_completed", agreed, service="hearing")
    house.post()
    house.set_time(later(1.1))
    house.poll()
    orders = house.ask(TOWN, "supervision", "orders", {})["result"]["orders"]
    assert ("K26", DISTRICT) in [(each["kind"], each["giver"]) for each in orders]
