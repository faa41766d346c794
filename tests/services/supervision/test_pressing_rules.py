"""Orders of a supervisor's own, what is done about them, and how they are closed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.veils import veils
from services.supervision.duties.rules import OfficialDuty, persons_of_unit
from services.supervision.orders.pressing import Pressing, close, closed_above, press, reopen
from services.supervision.orders.rules import Order, command_order, journalled
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, demo_policy, demo_tree, here_at
from tests.services.supervision.test_city_rules import LINE, refused
from tests.services.supervision.told import CASE, DUE, MON

TREE, POLICY = demo_tree(), demo_policy()
ID = "e" * 32


def at(now: datetime = MON, office: str = DISTRICT, **actor: Any) -> Any:
    return here_at(office, now, TREE, POLICY, **actor)


ORDER = Order(ID, True, CASE, "n", "petition", "dedicated", "commanded", "请办理", DISTRICT, TOWN, "张三", MON, DUE)
CMD = {"case": CASE, "kind": "dedicated", "demand": "请办理", "due": DUE, "supervisor": ""}
PRESS = {"case": CASE, "order": ID, "way": "phone", "at": MON, "whom": "李某", "said": "本周办结", "next_at": DUE}


def test_an_order_names_its_supervisor() -> None:
    assert command_order(LINE, ID, CMD, (), at()).state == ORDER
    named = command_order(LINE, ID, {**CMD, "supervisor": "s1"}, ("p1",), at()).state
    assert named == replace(ORDER, supervisor="s1")


def test_the_supervisor_is_not_of_the_supervised_unit_nor_recused() -> None:
    error = refused("own_unit", command_order, LINE, ID, {**CMD, "supervisor": "p1"}, ("p1",), at())
    assert set(error.fields) == {"supervisor"}
    refused("own_unit", command_order, LINE, ID, CMD, ("p1",), at(person="p1"))
    recused = replace(LINE, recused=veils(CASE, ["s1"]))
    error = refused("recused", command_order, recused, ID, {**CMD, "supervisor": "s1"}, (), at())
    assert set(error.fields) == {"supervisor"}
    refused("recused", command_order, recused, ID, CMD, (), at(person="s1"))
    assert command_order(recused, ID, {**CMD, "supervisor": "s2"}, (), at(person="s1")).state.supervisor == "s2"


def test_a_closed_case_is_supervised_again_only_where_its_promise_was_not_kept() -> None:
    closed = replace(LINE, status="concluded")
    refused("closed", command_order, closed, ID, CMD, (), at())
    refused("closed", command_order, replace(closed, flags=("bounced",)), ID, CMD, (), at())
    assert command_order(replace(closed, flags=("not_performed",)), ID, CMD, (), at()).state == ORDER


def test_a_key_order_needs_a_leader_and_a_due_moment_to_come() -> None:
    refused("leader_needed", command_order, LINE, ID, {**CMD, "kind": "key"}, (), at())
    assert command_order(LINE, ID, {**CMD, "kind": "key"}, (), at(roles=("leader",))).state.kind == "key"
    refused("due_past", command_order, LINE, ID, {**CMD, "due": MON}, (), at())
    assert command_order(LINE, ID, {**CMD, "due": MON + timedelta(seconds=1)}, (), at()).state.due > MON


def test_the_journal_keeps_no_text_about_a_discipline_report() -> None:
    assert (journalled("petition", "x"), journalled("discipline", "x")) == ("x", "")
    assert command_order(LINE, ID, CMD, (), at()).why == "请办理"
    secret = replace(LINE, desk="discipline")
    assert command_order(secret, ID, CMD, (), at(desk="discipline")).why == ""


def test_who_is_known_to_be_of_a_unit() -> None:
    day = date(2026, 3, 2)
    duties = [
        OfficialDuty("p2", "town_principal", TOWN, day, None),
        OfficialDuty("p1", "reception_leader", TOWN, day, None),
        OfficialDuty("p1", "town_principal", TOWN, day, None),
        OfficialDuty("p3", "town_principal", TOWN, day + timedelta(days=1), None),
        OfficialDuty("p4", "town_principal", DEPARTMENT, day, None),
        OfficialDuty("p5", "discipline_secretary", TOWN, day, None),
        OfficialDuty("s1", "discipline_secretary", "", day, None),
        OfficialDuty("l1", "covering_leader", TOWN, day, None),
    ]
    assert persons_of_unit(TOWN, duties, day) == ("p1", "p2", "p5")


def test_an_act_of_supervision_is_kept_with_who_and_what() -> None:
    decision = press(LINE, ORDER, "f" * 32, PRESS, at())
    assert decision.state == Pressing("f" * 32, CASE, ID, "phone", MON, "张三", "李某", "本周办结", DUE)
    assert decision.tells == ()
    assert (decision.action, decision.why) == ("pressed", "本周办结")
    assert decision.data == {"press": "f" * 32, "way": "phone"}
    free = press(LINE, None, "f" * 32, {**PRESS, "order": "", "at": None, "next_at": None}, at())
    assert (free.state.order_id, free.state.at, free.state.next_at) == ("", MON, None)


def test_what_cannot_be_kept_as_an_act_of_supervision() -> None:
    with pytest.raises(NotFound):
        press(None, ORDER, "f", PRESS, at())
    with pytest.raises(NotFound):
        press(LINE, None, "f", PRESS, at())
    with pytest.raises(NotFound):
        press(LINE, replace(ORDER, case_id="d" * 32), "f", PRESS, at())
    refused("not_open", press, LINE, replace(ORDER, state="closed"), "f", PRESS, at())
    refused("not_below", press, LINE, ORDER, "f", PRESS, at(office=TOWN))
    late = refused("in_future", press, LINE, ORDER, "f", {**PRESS, "at": MON + timedelta(seconds=1)}, at())
    assert set(late.fields) == {"at"}
    again = refused("next_before", press, LINE, ORDER, "f", {**PRESS, "next_at": MON}, at())
    assert set(again.fields) == {"next_at"}
    assert press(LINE, ORDER, "f", {**PRESS, "next_at": MON + timedelta(seconds=1)}, at()).state.next_at is not None


DONE = {"order": ID, "result": "已办结"}


def test_an_order_is_closed_and_the_office_told() -> None:
    decision = close(ORDER, (), DONE, at())
    assert decision.state == replace(ORDER, state="closed", why="已办结", ended_by="张三", ended_at=MON)
    data = {"order": ID, "at": MON, "result": "已办结"}
    assert decision.tells == (Tell(TOWN, "supervision", "order_closed", CASE, data),)
    assert (decision.action, decision.why, decision.data) == ("order_closed", "已办结", {"order": ID})
    assert close(replace(ORDER, desk="discipline"), (), DONE, at(desk="discipline")).why == ""


def test_a_key_order_is_closed_by_a_leader_after_a_visit_on_the_spot() -> None:
    key = replace(ORDER, kind="key")
    there = press(LINE, key, "f", {**PRESS, "way": "on_site"}, at()).state
    assert close(key, [there], DONE, at(roles=("leader",))).state.state == "closed"
    refused("leader_needed", close, key, [there], DONE, at())
    refused("no_site_visit", close, key, [replace(there, way="phone")], DONE, at(roles=("leader",)))
    refused("no_site_visit", close, key, [replace(there, order_id="")], DONE, at(roles=("leader",)))


def test_which_order_can_be_closed() -> None:
    with pytest.raises(NotFound):
        close(None, (), DONE, at())
    with pytest.raises(NotFound):
        close(ORDER, (), DONE, at(desk="discipline"))
    refused("not_open", close, replace(ORDER, state="withdrawn"), (), DONE, at())


def test_the_receiver_hears_of_the_closing_once_and_from_the_giver_only() -> None:
    told = {"order": ID, "at": MON, "result": "已办结"}
    received = replace(ORDER, given=False)
    decision = closed_above(received, DISTRICT, told)
    assert decision.state == replace(received, state="closed", why="已办结", ended_by=DISTRICT, ended_at=MON)
    assert (decision.action, decision.why, decision.data) == ("order_closed", "已办结", {"order": ID})
    again = closed_above(decision.state, DISTRICT, {**told, "result": "x"})
    assert (again.state, again.action) == (decision.state, "order_close_again")
    with pytest.raises(Refused) as error:
        closed_above(received, TOWN, told)
    assert error.value.code == "not_yours"
    with pytest.raises(NotFound):
        closed_above(None, DISTRICT, told)


OVER = replace(LINE, status="concluded")
CHIEF: Any = {"roles": ("clerk", "leader")}


@pytest.mark.parametrize("status", ["concluded", "withdrawn"])
def test_a_leader_above_has_a_case_that_is_over_opened_again(status: str) -> None:
    decision = reopen(replace(OVER, status=status, override=100, n=2), ID, "未落实", at(**CHIEF))
    order = {"term": {"override": 100, "n": 2}, "at": MON}
    assert decision.tells == (Tell(OVER.holder, "assignment", "reopen_ordered", CASE, order),)
    assert decision.state == Pressing(ID, CASE, "", "reopen", MON, "张三", OVER.holder, "未落实", None)
    assert (decision.action, decision.why, decision.data) == ("reopen_ordered", "未落实", {"holder": OVER.holder})


def test_the_journal_does_not_keep_why_a_discipline_case_was_opened_again() -> None:
    decision = reopen(replace(OVER, desk="discipline"), ID, "有新证据", at(desk="discipline", **CHIEF))
    assert (decision.why, decision.state.said) == ("", "有新证据")


def test_whose_case_is_not_opened_again() -> None:
    assert set(refused("leader_needed", reopen, OVER, ID, "x", at()).fields) == {"case"}
    for office in (OVER.holder, DEPARTMENT):
        assert set(refused("not_below", reopen, OVER, ID, "x", at(office=office, **CHIEF)).fields) == {"case"}
    words = ("已登记", "已受理", "当场解决,待确认", "已出处理意见,未送达", "不予受理", "已转系统外有权机关")
    for status, zh in zip(("registered", "accepted", "settled", "opinion", "declined", "outside"), words, strict=True):
        error = refused("not_over", reopen, replace(OVER, status=status), ID, "x", at(**CHIEF))
        assert error.fields == {"case": [f"状态为{zh}"]}
    for line in (None, replace(OVER, desk="discipline")):
        with pytest.raises(NotFound):
            reopen(line, ID, "x", at(**CHIEF))
