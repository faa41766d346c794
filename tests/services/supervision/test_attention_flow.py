"""A supervisor's work over real databases: candidates, items on the common superior's list, key orders to their end."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.words import ClockAct
from network import policies
from network.tables import JournalRow
from services.supervision.models import LineRow, OrderRow, PressRow, StepRow
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, DUE, MON, Stub, accept, clock, later, tell


def listed(house: House, office: str) -> list[tuple[str, str]]:
    return [
        (step["step"], step["answerable"]) for step in house.ask(office, "supervision", "steps", {})["result"]["steps"]
    ]


def candidates(house: House, office: str = DISTRICT, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = house.ask(office, "supervision", "candidates", data)["result"]
    return answer


def ordered(house: House, kind: str = "dedicated", **more: Any) -> dict[str, Any]:
    data = {"case": CASE, "kind": kind, "demand": "请限期办结", "due": later(5).isoformat(), **more}
    answer = house.command(DISTRICT, "supervision", "order", data, roles=["leader"])
    house.post()
    return answer


def test_a_bounced_case_is_at_once_on_the_common_superiors_list(house: House) -> None:
    tell(house, Stub(offered_to=TOWN), "offered")
    house.post()
    for _ in range(2):
        tell(house, Stub(flags=("bounced",)), "returned")
        house.post()
    assert listed(house, DISTRICT) == [("bounced", VILLAGE)]
    assert listed(house, TOWN) == []
    (step,) = house.ask(DISTRICT, "supervision", "steps", {})["result"]["steps"]
    done = house.command(DISTRICT, "supervision", "acknowledge", {"step_id": step["id"], "what": "指定镇上办理"})
    assert done["result"]["state"] == "acknowledged"
    house.pass_time(1)
    house.poll()
    assert listed(house, DISTRICT) == []
    assert [(each["case"], each["reasons"]) for each in candidates(house)["candidates"]] == [(CASE, ["bounced"])]


def test_candidates_are_cases_of_offices_below_with_their_reasons(house: House) -> None:
    accept(house)
    tell(house, Stub(case="d" * 32, number="D", holder=DISTRICT, flags=("pressed",)), "registered")
    house.post()
    assert candidates(house)["candidates"] == []
    house.set_time(later(1))
    (found,) = candidates(house)["candidates"]
    assert (found["case"], found["reasons"], found["supervised"]) == (CASE, ["overdue"], False)
    assert candidates(house, TOWN)["candidates"][0]["case"] == CASE
    assert candidates(house, VILLAGE)["candidates"] == []
    ordered(house)
    assert candidates(house)["candidates"][0]["supervised"]
    assert house.ask(DISTRICT, "supervision", "candidates", {}, desk="discipline")["error"]["code"] == "wrong_desk"


def test_candidates_come_in_pages_over_all_lines(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.supervision.attention.work.SCANNED", 2)
    cases = [f"{number:032x}" for number in range(7)]
    for case in cases:
        tell(house, Stub(case=case, number=case, flags=("pressed",) if case != cases[3] else ()), "registered")
    house.post()
    first = candidates(house, limit=4)
    second = candidates(house, limit=4, after=first["next"])
    found = [each["case"] for page in (first, second) for each in page["candidates"]]
    assert found == [case for case in cases if case != cases[3]]
    assert second["next"] == ""


def test_repeats_are_candidates_on_both_sides(house: House) -> None:
    tell(house, Stub(), "registered")
    tell(house, Stub(case="d" * 32, number="D", repeat_of=Stub().number), "repeat_linked")
    house.post()
    found = {each["case"]: each["reasons"] for each in candidates(house)["candidates"]}
    assert found == {CASE: ["repeated"], "d" * 32: ["repeated"]}


def test_a_key_order_is_pressed_on_the_spot_and_closed_and_the_village_knows(house: House) -> None:
    accept(house)
    order = ordered(house, "key")["result"]
    done = {"order": order["id"], "result": "已现场解决"}
    early = house.command(DISTRICT, "supervision", "close_order", done, roles=["leader"])
    assert early["error"]["code"] == "no_site_visit"
    act = {"case": CASE, "order": order["id"], "way": "on_site", "whom": "村主任", "said": "承诺三日内清渠"}
    kept = house.command(DISTRICT, "supervision", "press", act)["result"]
    assert (kept["case"], kept["way"], kept["by"]) == (CASE, "on_site", "张三")
    presses = house.ask(DISTRICT, "supervision", "presses", {"case": CASE})["result"]["presses"]
    assert [each["id"] for each in presses] == [kept["id"]]
    closed = house.command(DISTRICT, "supervision", "close_order", done, roles=["leader"])
    assert closed["result"]["state"] == "closed"
    house.post()
    assert [(row.state, row.why, row.ended_by) for row in house.rows(VILLAGE, OrderRow)] == [
        ("closed", "已现场解决", DISTRICT)
    ]
    again = house.command(DISTRICT, "supervision", "close_order", done, roles=["leader"])
    assert again["error"]["code"] == "not_open"


def test_a_supervisor_is_not_of_the_supervised_unit(house: House) -> None:
    duty = {"person": "p1", "duty": "town_principal", "scope": TOWN, "since": "2026-01-01"}
    data = {"version": "v1", "serial": 1, "duties": [duty]}
    house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "duties_published", "", data))
    house.post()
    accept(house, Stub(status="accepted", holder=TOWN))
    assert ordered(house, supervisor="p1")["error"]["code"] == "own_unit"
    assert ordered(house, supervisor="l1")["result"]["supervisor"] == "l1"


def test_a_promise_not_kept_is_supervised_after_the_end_of_the_case(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    tell(house, Stub(status="concluded", holder=TOWN), "concluded")
    house.post()
    assert ordered(house)["error"]["code"] == "closed"
    tell(house, Stub(status="concluded", holder=TOWN, flags=("not_performed",)), "not_performed")
    house.post()
    assert listed(house, DISTRICT) == [("not_performed", TOWN)]
    assert ordered(house)["result"]["receiver"] == TOWN


def test_a_recall_deletes_what_supervisors_did(house: House) -> None:
    accept(house)
    act = {"case": CASE, "way": "phone", "whom": "村主任", "said": "本周办结"}
    assert house.command(TOWN, "supervision", "press", act)["ok"]
    tell(house, Stub(status="accepted", flags=("pressed",)), "note")
    house.post()
    assert len(house.rows(TOWN, StepRow)) == 1
    term = {"override": 1, "n": 0}
    house.say(DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, {"term": term}))
    house.post()
    assert house.rows(TOWN, PressRow) == []
    assert house.rows(TOWN, StepRow) == []
    assert house.ask(TOWN, "supervision", "presses", {"case": CASE})["error"]["code"] == "not_found"


def test_a_holder_s_later_day_is_not_believed_and_comes_before_the_office_above(house: House) -> None:
    """The village says that it has until three weeks after the lawful day: the clock above and its ladder do not wait."""
    late = DUE + timedelta(days=21)
    tell(house, Stub(status="accepted"), "accepted", clock(ClockAct.START, MON, late))
    house.post()
    (told,) = house.ask(VILLAGE, "supervision", "clocks", {"case": CASE})["result"]["clocks"]
    (counted,) = house.ask(TOWN, "supervision", "clocks", {"case": CASE})["result"]["clocks"]
    assert (told["due"], counted["due"]) == (late.astimezone(UTC).isoformat(), DUE.astimezone(UTC).isoformat())
    assert counted["how"][-1] == "所报期限2026-04-10不合规定,按规定计算"
    assert listed(house, TOWN) == [("due_differs", VILLAGE)]
    assert listed(house, VILLAGE) == listed(house, DISTRICT) == [], "the nearest office above has it on its list"
    (asking,) = house.ask(DISTRICT, "supervision", "candidates", {})["result"]["candidates"]
    assert asking["reasons"] == ["due_differs"]
    (noted,) = [row for row in house.rows(TOWN, JournalRow) if row.action == "due_differs"]
    assert noted.data == {
        "clocks": [{"kind": "K5", "ref": "", "by": VILLAGE, "told": late.astimezone(UTC).isoformat()}]
    }
    house.set_time(DUE + timedelta(days=1, seconds=1))
    house.poll()
    assert [order.receiver for order in house.rows(VILLAGE, OrderRow)] == [VILLAGE]


def test_the_flag_goes_when_a_policy_version_that_gives_the_day_arrives_after_all(house: House) -> None:
    late = DUE + timedelta(days=21)
    tell(house, Stub(status="accepted"), "accepted", clock(ClockAct.START, MON, late))
    house.post()
    assert [row.flags for row in house.rows(TOWN, LineRow)] == [["due_differs"]]
    since, town = MON - timedelta(days=1), house.offices[TOWN]
    settle = {"days": 39, "day_type": "calendar"}
    body = {**house.policy.body, "version": "2026.2", "valid_from": since.isoformat(), "village_settle_days": settle}
    with town.uow("supervision", SYSTEM) as uow:
        policies.keep(uow.session, "2026.2", since, body)
    town.forget_policies()
    tell(house, Stub(status="accepted"), "note")
    house.post()
    assert [row.flags for row in house.rows(TOWN, LineRow)] == [[]]
    assert [row.action for row in house.rows(TOWN, JournalRow)].count("due_agrees") == 1
    (counted,) = house.ask(TOWN, "supervision", "clocks", {"case": CASE})["result"]["clocks"]
    assert counted["due"] == late.astimezone(UTC).isoformat()
