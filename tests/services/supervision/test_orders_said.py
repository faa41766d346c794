"""Orders of a supervisor's own, published policy and asked audits, decision by decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.context import Actor, Decision, Here
from contracts.letters import Tell
from contracts.veils import veils
from services.supervision.ledger.rules import Line
from services.supervision.orders import rules
from services.supervision.orders.rules import Order
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.refusals import NO_CASE, problem, says
from tests.services.supervision.test_city_rules import LINE
from tests.services.supervision.told import CASE, DUE, MON

TREE, POLICY = demo_tree(), demo_policy()
SECOND = timedelta(seconds=1)
ID = "e" * 32
LEADER = ("leader",)
CMD = {"case": CASE, "kind": "guidance", "demand": "请办理", "due": DUE, "supervisor": ""}
SECRET = replace(LINE, desk="discipline")


def here(office: str = DISTRICT, **actor: Any) -> Here:
    return here_at(office, MON, TREE, POLICY, **actor)


GIVEN = Order(ID, True, CASE, "n", "petition", "guidance", "commanded", "请办理", DISTRICT, TOWN, "张三", MON, DUE)
LETTER = {
    "order": ID,
    "kind": "guidance",
    "step": "commanded",
    "due": DUE,
    "at": MON,
    "unconfirmed": False,
    "number": "n",
    "desk": "petition",
    "demand": "请办理",
}


# --- giving an order ---


@pytest.mark.parametrize(("desk", "why"), [("petition", "请办理"), ("discipline", "")])
def test_an_order_is_given_to_the_holder(desk: str, why: str) -> None:
    given = replace(GIVEN, desk=desk)
    decision = rules.command_order(replace(LINE, desk=desk), ID, CMD, (), here(desk=desk))
    tell = Tell(TOWN, "supervision", "supervision_order", CASE, {**LETTER, "desk": desk})
    assert decision == Decision(given, (tell,), "order", why, {"order": ID, "kind": "guidance"})


@pytest.mark.parametrize(
    ("changes", "step", "unconfirmed"),
    [({}, "commanded", False), ({"unconfirmed": True, "step": "order"}, "order", True)],
)
def test_the_letter_of_an_order(changes: dict[str, Any], step: str, unconfirmed: bool) -> None:
    letter = {**LETTER, "step": step, "unconfirmed": unconfirmed}
    assert rules.order_tell(replace(GIVEN, **changes)) == Tell(TOWN, "supervision", "supervision_order", CASE, letter)


CLOSED = replace(LINE, status="concluded")
NOT_BELOW = says("not_below", "只能督办下级单位正在承办的事项", case=["承办单位不是本单位的下级"])
OWN_UNIT = says("own_unit", "督办人不能是被督办单位的人员", supervisor=["属于被督办单位"])
RECUSED = says("recused", "督办人须回避", supervisor=["须回避"])
DUE_PAST = says("due_past", "办理期限须晚于现在", due=["已经过去"])


@pytest.mark.parametrize(
    ("line", "cmd", "at", "wanted"),
    [
        (None, {}, here(), NO_CASE),
        (SECRET, {}, here(), NO_CASE),
        (replace(LINE, holder=DISTRICT), {}, here(), NOT_BELOW),
        (LINE, {}, here(TOWN), NOT_BELOW),
        (CLOSED, {}, here(), says("closed", "事项已经办结,不能再督办", case=["已办结"])),
        (LINE, {"kind": "key"}, here(), says("leader_needed", "重点督办须由领导决定", kind=["需要领导权限"])),
        (LINE, {"due": MON}, here(), DUE_PAST),
        (LINE, {"due": MON - SECOND}, here(), DUE_PAST),
        (LINE, {"supervisor": "p1"}, here(), OWN_UNIT),
        (LINE, {}, here(person="p1"), OWN_UNIT),
        (replace(LINE, recused=veils(CASE, ["s1"])), {"supervisor": "s1"}, here(), RECUSED),
        (replace(LINE, recused=veils(CASE, ["s1"])), {}, here(person="s1"), RECUSED),
    ],
)
def test_an_order_that_is_not_given(line: Line | None, cmd: dict[str, Any], at: Here, wanted: dict[str, Any]) -> None:
    assert problem(rules.command_order, line, ID, {**CMD, **cmd}, ("p1",), at) == wanted


def test_a_broken_promise_is_ordered_though_the_case_is_closed() -> None:
    broken = replace(CLOSED, flags=("not_performed",))
    assert rules.command_order(broken, ID, CMD, (), here()).state == GIVEN


# --- receiving one ---


@pytest.mark.parametrize("giver", [TOWN, DISTRICT])
def test_an_order_from_above_is_kept_as_it_came(giver: str) -> None:
    data = {**LETTER, "unconfirmed": True}
    kept = replace(GIVEN, given=False, giver=giver, receiver=TOWN, supervisor="", unconfirmed=True)
    assert rules.received(ID, CASE, giver, data, here(TOWN)) == kept


@pytest.mark.parametrize("giver", [VILLAGE, DEPARTMENT])
def test_an_order_from_elsewhere_is_refused(giver: str) -> None:
    refused = says("not_above", f"只接受上级单位的来信,{giver} 不是")
    assert problem(rules.received, ID, CASE, giver, LETTER, here(TOWN)) == refused


# --- desks ---


def test_the_desks_share_nothing() -> None:
    clerk = Actor("张三", TOWN)
    rules.same_desk(clerk, "petition")
    refused = problem(rules.same_desk, clerk, "discipline")
    assert refused == says("wrong_desk", "不属于本岗位的事项", desk=["信访和纪检两个岗位互不查看"])
    assert rules.visible(LINE, clerk) == LINE
    assert problem(rules.visible, SECRET, clerk) == problem(rules.visible, None, clerk) == NO_CASE


# --- policy ---

VERSION = {"version": "2026-2", "valid_from": DUE, "body": {"name": "x"}}


def test_the_district_tells_its_policy_to_every_office_below_but_the_portal() -> None:
    below = [each.id for each in TREE.descendants(DISTRICT) if each.id != "portal"]
    assert {TOWN, VILLAGE, DEPARTMENT} < set(below)
    decision = rules.publish({**VERSION, "other": 1}, here(roles=LEADER))
    assert decision == Decision(
        None,
        tuple(Tell(office, "supervision", "policy_published", "", VERSION) for office in below),
        "publish_policy",
        data={"version": "2026-2", "offices": len(below)},
    )


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        (here(TOWN, roles=LEADER), says("district_only", "政策版本只能由区级发布")),
        (here(), says("leader_needed", "发布政策须由领导决定")),
    ],
)
def test_who_does_not_publish(at: Here, wanted: dict[str, Any]) -> None:
    assert problem(rules.publish, VERSION, at) == wanted


def test_policy_is_heard_from_the_district_alone() -> None:
    rules.from_district(DISTRICT, here(VILLAGE))
    refused = problem(rules.from_district, TOWN, here(VILLAGE))
    assert refused == says("district_only", f"政策版本只能由区级发布,{TOWN} 不是")


# --- audits ---

HEADS = [{"epoch": 1, "seq": 7, "hash": "0" * 64}]


def test_an_audit_is_asked_of_an_office_below() -> None:
    tell = Tell(VILLAGE, "supervision", "audit_requested", "", {"audit": ID, "heads": HEADS})
    decision = rules.ask_audit(ID, VILLAGE, HEADS, here(TOWN))
    assert decision == Decision(None, (tell,), "request_audit", data={"office": VILLAGE, "audit": ID})


@pytest.mark.parametrize(("office", "by"), [(TOWN, TOWN), (DISTRICT, TOWN), (DEPARTMENT, TOWN), ("portal", DISTRICT)])
def test_of_whom_no_audit_is_asked(office: str, by: str) -> None:
    refused = says("not_below", "只能要求下级单位自查", office=["不是本单位的下级"])
    assert problem(rules.ask_audit, ID, office, HEADS, here(by)) == refused


def test_another_hash_under_the_same_number_is_a_grave_finding() -> None:
    assert rules.answer_finding(HEADS[0], None) is None
    assert rules.answer_finding(HEADS[0], "0" * 64) is None
    assert rules.answer_finding(HEADS[0], "1" * 64) == {
        "what": "rewritten",
        "say": "第1代第7行的日志与本单位留存的不一致",
        "seq": 7,
        "grave": True,
    }


@pytest.mark.parametrize(
    ("since", "answered", "findings", "state"),
    [
        (timedelta(hours=99), True, 0, "clean"),
        (timedelta(hours=99), True, 1, "findings"),
        (timedelta(hours=24), False, 0, "waiting"),
        (timedelta(hours=24) + SECOND, False, 0, "silent"),
        (timedelta(hours=24) + SECOND, False, 1, "silent"),
    ],
)
def test_where_an_audit_stands(since: timedelta, answered: bool, findings: int, state: str) -> None:
    assert rules.audit_state(MON - since, MON if answered else None, findings, here()) == state
