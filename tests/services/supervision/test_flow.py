"""The whole of supervision on real databases: a missed clock climbs, lateness is undone, recusal holds."""

import sqlite3
from datetime import timedelta

import pytest

from contracts.letters import Tell
from contracts.words import ClockAct
from network.tables import InboxRow, OutboxRow
from services.supervision.models import ClockRow, LineRow, OrderRow, RecalledRow, StepRow
from tests.services.house import House
from tests.services.supervision.told import (
    CASE,
    DISTRICT,
    DUE,
    MON,
    TOWN,
    VILLAGE,
    Stub,
    accept,
    clock,
    later,
    steps,
    tell,
)

ALL = ("order", "town", "district", "leaders", "bulletin")


def run_to(house: House, last: float, first: float = -4) -> None:
    """Let days pass until ``last`` days after the due moment, with a poll a day and one more at the end."""
    at = first
    while at <= last:
        house.set_time(later(at) + timedelta(minutes=1))
        house.poll()
        at += 1
    house.poll()


def sent(house: House, office: str, type_: str) -> list[OutboxRow]:
    return [row for row in house.rows(office, OutboxRow) if row.type == type_]


def parked(house: House) -> list[str]:
    return [row.reason for office in house.offices for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_a_missed_clock_climbs_the_ladder_and_every_step_is_taken_once(house: House) -> None:
    accept(house)
    run_to(house, 20)
    assert set(steps(house, VILLAGE)) == {"reminder"}
    assert {name: step["by"] for name, step in steps(house, TOWN).items()} == {"order": TOWN, "town": TOWN}
    known = {name: step["by"] for name, step in steps(house, DISTRICT).items()}
    assert known == {"town": TOWN, "district": DISTRICT, "leaders": DISTRICT, "bulletin": DISTRICT}
    assert [row.body["data"]["kind"] for row in house.unread if row.type == "reminder"] == ["K5"]
    assert len(sent(house, TOWN, "supervision_order")) == 1
    received = house.ask(VILLAGE, "supervision", "orders", {})["result"]["orders"]
    assert [(order["given"], order["step"], order["giver"]) for order in received] == [(False, "order", TOWN)]
    assert not parked(house)


def test_the_discipline_ladder_does_not_touch_the_petition_desk(house: House) -> None:
    accept(house, Stub(status="accepted", desk="discipline", holder=TOWN))
    run_to(house, 20)
    assert steps(house, DISTRICT) == {}
    found = steps(house, DISTRICT, desk="discipline")
    assert set(found) == {"discipline_room", "area_holder", "secretary", "city"}
    assert house.ask(DISTRICT, "supervision", "steps", {"desk": "discipline"})["error"]["code"] == "wrong_desk"
    assert house.ask(DISTRICT, "supervision", "counts", {})["result"]["by_status"] == {}


def test_a_dead_village_is_escalated_from_above_as_unconfirmed_until_it_is_heard(house: House) -> None:
    accept(house)
    house.cut.add(VILLAGE)
    run_to(house, 6)
    order = steps(house, TOWN)["order"]
    assert order["unconfirmed"]
    page = house.ask(DISTRICT, "supervision", "ledger", {"overdue": True})["result"]
    assert [line["clocks"][0]["lateness"] for line in page["lines"]] == ["unconfirmed"]
    house.cut.clear()
    house.say(
        VILLAGE,
        "assignment",
        Tell(TOWN, "supervision", "case_milestone", CASE, Stub(status="accepted").told("note", later(6))),
    )
    house.post()
    house.poll()
    assert not steps(house, TOWN)["order"]["unconfirmed"]


def test_no_step_is_taken_while_an_extension_that_is_known_runs(house: House) -> None:
    accept(house)
    house.set_time(later(-1))
    tell(house, Stub(status="accepted"), "extended", clock(ClockAct.EXTEND, later(-1), later(30)))
    house.post()
    run_to(house, 20, first=0)
    assert set(steps(house, DISTRICT)) == set()
    assert house.ask(DISTRICT, "supervision", "ledger", {"overdue": True})["result"]["lines"] == []


def test_an_extension_that_arrives_late_withdraws_the_steps_visibly(house: House) -> None:
    accept(house)
    house.set_time(later(-1))
    house.cut.add(VILLAGE)
    tell(house, Stub(status="accepted"), "extended", clock(ClockAct.EXTEND, later(-1), later(30)))
    run_to(house, 6, first=0)
    assert steps(house, TOWN)["order"]["state"] == "open"
    house.cut.clear()
    house.post()
    for office in (TOWN, DISTRICT):
        assert {step["state"] for step in steps(house, office).values()} == {"withdrawn"}
    assert "晚到" in steps(house, TOWN)["order"]["why"]
    orders = house.ask(VILLAGE, "supervision", "orders", {})["result"]["orders"]
    assert [order["state"] for order in orders] == ["withdrawn"]
    run_to(house, 40, first=28)
    again = [step for step in house.rows(TOWN, StepRow) if step.step == "order"]
    assert sorted(step.state for step in again) == ["open", "withdrawn"]
    assert not parked(house)


def test_a_stop_after_the_term_leaves_the_order_standing(house: House) -> None:
    accept(house)
    run_to(house, 2, first=0)
    tell(house, Stub(status="concluded"), "opinion_issued", clock(ClockAct.STOP, later(2)))
    house.post()
    run_to(house, 20, first=2)
    assert {name: step["state"] for name, step in steps(house, TOWN).items()} == {"order": "open"}
    assert steps(house, DISTRICT) == {}


def test_a_recused_town_is_jumped_and_knows_nothing(house: House) -> None:
    accept(house, Stub(status="accepted", excluded=(TOWN,)))
    run_to(house, 6)
    assert {name: step["by"] for name, step in steps(house, DISTRICT).items()} == {
        "order": DISTRICT,
        "district": DISTRICT,
    }
    for model in (LineRow, ClockRow, StepRow, OrderRow):
        assert house.rows(TOWN, model) == []


def test_a_recall_wipes_the_case_and_late_milestones_of_that_term_do_not_bring_it_back(house: House) -> None:
    accept(house)
    run_to(house, 2)
    term = {"override": 1, "n": 0}
    house.say(DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, {"term": term}))
    house.post()
    tell(house, Stub(status="accepted"), "note")
    house.post()
    run_to(house, 6, first=2)
    for model in (LineRow, ClockRow, StepRow, OrderRow):
        assert house.rows(TOWN, model) == []
    assert len(house.rows(TOWN, RecalledRow)) == 1
    tell(house, Stub(status="registered", holder=TOWN, term=(1, 1)), "signed")
    house.post()
    assert [line.holder for line in house.rows(TOWN, LineRow)] == [TOWN]


def test_a_recall_from_below_is_refused(house: House) -> None:
    accept(house)
    data = {"term": {"override": 9, "n": 0}}
    house.say(VILLAGE, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, data))
    house.post()
    assert len(house.rows(TOWN, LineRow)) == 1
    assert len(parked(house)) == 1


def test_a_lower_term_is_recorded_but_not_applied(house: House) -> None:
    accept(house)
    house.set_time(MON + timedelta(days=1))
    tell(house, Stub(holder=DISTRICT, term=(1, 0), status="accepted"), "override", by=DISTRICT)
    house.post()
    house.set_time(MON + timedelta(days=2))
    tell(house, Stub(status="concluded"), "opinion_issued", clock(ClockAct.STOP, MON + timedelta(days=2)))
    house.post()
    page = house.ask(DISTRICT, "supervision", "ledger", {})["result"]["lines"]
    assert [(line["holder"], line["status"], line["clocks"][0]["state"]) for line in page] == [
        (DISTRICT, "accepted", "running")
    ]
    assert page[0]["clocks"][0]["answerable"] == DISTRICT


def test_a_closed_case_leaves_no_clock_of_its_handling_running(house: House) -> None:
    accept(house)
    house.set_time(later(-2))
    k7 = clock(ClockAct.START, later(-2), later(28), kind="K7")
    tell(house, Stub(status="concluded"), "opinion_served", k7)
    house.post()
    run_to(house, 20, first=-1)
    found = house.ask(DISTRICT, "supervision", "clocks", {"case": CASE})["result"]
    assert {each["kind"]: each["state"] for each in found["clocks"]} == {"K5": "stopped", "K7": "running"}
    assert found["steps"] == []
    tell(house, Stub(status="accepted"), "reopened", clock(ClockAct.START, later(20), later(80)))
    house.post()
    found = house.ask(DISTRICT, "supervision", "clocks", {"case": CASE})["result"]
    assert {each["kind"]: each["state"] for each in found["clocks"]} == {"K5": "running", "K7": "running"}


def test_acknowledging_takes_a_step_off_the_list_once(house: House) -> None:
    accept(house)
    run_to(house, 2)
    listed = house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]
    data = {"step_id": listed[0]["id"], "what": "已电话催办,承诺本周内出具意见"}
    assert house.command(TOWN, "supervision", "acknowledge", data, desk="discipline")["error"]["code"] == "not_found"
    assert house.command(TOWN, "supervision", "acknowledge", data)["result"]["state"] == "acknowledged"
    assert house.command(TOWN, "supervision", "acknowledge", data)["error"]["code"] == "not_open"
    assert house.ask(TOWN, "supervision", "steps", {})["result"]["steps"] == []


def test_a_lapsed_right_expires_and_nobody_is_late(house: House) -> None:
    tell(house, Stub(status="concluded"), "served", clock(ClockAct.START, MON, DUE, kind="K7"))
    house.post()
    run_to(house, 20)
    found = house.ask(DISTRICT, "supervision", "clocks", {"case": CASE})["result"]
    assert [each["state"] for each in found["clocks"]] == ["expired"]
    assert found["steps"] == []


def test_an_unsigned_offer_is_ordered_from_above_the_receiver(house: House) -> None:
    offered = Stub(offered_to=TOWN)
    tell(house, offered, "offered", clock(ClockAct.START, MON, DUE, kind="K24"))
    house.post()
    run_to(house, 2)
    assert set(steps(house, VILLAGE)) == {"reminder"}
    assert {name: step["answerable"] for name, step in steps(house, DISTRICT).items()} == {"order": TOWN}
    assert [order.receiver for order in house.rows(TOWN, OrderRow)] == [TOWN]


@pytest.mark.parametrize("roles", [["clerk"], ["leader"]])
def test_a_key_order_needs_a_leader_and_reaches_the_holder(house: House, roles: list[str]) -> None:
    accept(house)
    data = {"case": CASE, "kind": "key", "demand": "带案下访", "due": later(5).isoformat()}
    answer = house.command(DISTRICT, "supervision", "order", data, roles=roles)
    assert answer["ok"] == (roles == ["leader"])
    named = [order.supervisor for order in house.rows(DISTRICT, OrderRow)]
    assert named == (["张三"] if answer["ok"] else []), "an order names its supervisor (S71)"
    house.post()
    assert [order.demand for order in house.rows(VILLAGE, OrderRow)] == (["带案下访"] if answer["ok"] else [])
    figures = house.ask(DISTRICT, "supervision", "counts", {})["result"]
    assert figures["supervised_cases"] == (1 if answer["ok"] else 0)
    assert figures["missing_lines"] == 0


def test_nobody_orders_upward_or_a_case_of_the_other_desk(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    data = {"case": CASE, "kind": "guidance", "demand": "请指导", "due": later(5).isoformat()}
    assert house.command(TOWN, "supervision", "order", data)["error"]["code"] == "not_below"
    assert house.command(DISTRICT, "supervision", "order", data, desk="discipline")["error"]["code"] == "not_found"
    past = {**data, "due": later(-30).isoformat()}
    assert house.command(DISTRICT, "supervision", "order", past)["error"]["fields"] == {"due": ["已经过去"]}


def test_a_policy_of_the_district_reaches_every_office_and_holds_from_its_day(house: House) -> None:
    body = {**house.policy.body, "version": "2026.2", "valid_from": later(0).isoformat(), "summary_length": 200}
    data = {"version": "2026.2", "valid_from": later(0).isoformat(), "body": body}
    assert (
        house.command(TOWN, "supervision", "publish_policy", data, roles=["leader"])["error"]["code"] == "district_only"
    )
    assert house.command(DISTRICT, "supervision", "publish_policy", data)["error"]["code"] == "leader_needed"
    answer = house.command(DISTRICT, "supervision", "publish_policy", data, roles=["leader"])
    assert answer["result"]["told"] == len(house.tree.descendants(DISTRICT)) - 1  # the portal has no supervision
    house.post()
    for office in house.offices.values():
        assert office.policy().version == "2026.1"
    house.set_time(later(1))
    assert {office.policy().summary_length for office in house.offices.values()} == {200}


def test_a_policy_with_a_fault_is_refused_by_key_and_told_to_nobody(house: House) -> None:
    data = {"version": "x", "valid_from": MON.isoformat(), "body": {"version": "x"}}
    answer = house.command(DISTRICT, "supervision", "publish_policy", data, roles=["leader"])
    assert answer["error"]["code"] == "invalid"
    assert "clocks" in answer["error"]["fields"]["body"]
    assert sent(house, DISTRICT, "policy_published") == []


def test_an_audit_is_asked_answered_and_its_silence_seen(house: House) -> None:
    house.cut.add(VILLAGE)
    for office in (TOWN, VILLAGE):
        assert house.command(DISTRICT, "supervision", "request_audit", {"office": office})["ok"]
    assert house.command(TOWN, "supervision", "request_audit", {"office": DISTRICT})["error"]["code"] == "not_below"
    house.post()
    house.pass_time(3)
    audits = house.ask(DISTRICT, "supervision", "audits", {})["result"]["audits"]
    assert {audit["office"]: audit["state"] for audit in audits} == {TOWN: "clean", VILLAGE: "silent"}


def test_an_office_answers_against_the_heads_that_were_kept_of_it(house: House) -> None:
    accept(house)
    house.post()
    with sqlite3.connect(house.folder / f"{TOWN}.sqlite") as someone:
        someone.execute("UPDATE net_head SET hash = ? WHERE office = ?", ("0" * 64, VILLAGE))
    assert house.command(TOWN, "supervision", "request_audit", {"office": VILLAGE})["ok"]
    house.post()
    (audit,) = house.ask(TOWN, "supervision", "audits", {})["result"]["audits"]
    assert audit["state"] == "findings"
    assert {finding["what"] for finding in audit["findings"]} == {"rewritten"}


def test_a_town_publishes_no_policy(house: House) -> None:
    data = {"version": "forged", "valid_from": MON, "body": {}}
    house.say(TOWN, "supervision", Tell(VILLAGE, "supervision", "policy_published", "", data))
    house.post()
    assert [reason.split(":")[0] for reason in parked(house)] == ["district_only"]


def test_who_is_late_cannot_take_the_steps_of_those_above(house: House) -> None:
    accept(house)
    forged = {"number": "", "kind": "K5", "step": "order", "at": MON, "due": DUE, "holder": VILLAGE, "desk": "petition"}
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "case_escalated", CASE, forged))
    house.post()
    assert house.rows(TOWN, StepRow) == []
    run_to(house, 6)
    assert steps(house, TOWN)["order"]["by"] == TOWN
    assert any(order.given for order in house.rows(TOWN, OrderRow))
