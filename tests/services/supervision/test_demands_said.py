"""What demands say: the demand whole as each office keeps it, its letters, and every refusal word for word."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, CalendarDays, due
from contracts.context import Decision, Here
from contracts.errors import NotFound
from contracts.letters import Tell
from contracts.veils import veils
from services.supervision.demands import rules
from services.supervision.demands.rules import Demand
from services.supervision.ledger.rules import Line
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.refusals import NO_CASE, problem, says
from tests.services.supervision.told import CASE, MON

TREE, POLICY = demo_tree(), demo_policy()
ID, DAY = "d" * 32, timedelta(days=1)
FAR = datetime(2035, 3, 1, 9, tzinfo=SHANGHAI)
KINDS = POLICY.demand_kinds
CMD: dict[str, Any] = {"case": "", "kind": "suggestion", "to": VILLAGE, "person": "", "number": "", "points": "请完善"}
CMD |= {"due": None}
LINE = Line(
    case_id=CASE,
    number=f"{VILLAGE}-2026-00001",
    desk="petition",
    category="C03",
    place="",
    entry_office=VILLAGE,
    entered_at=MON,
    arrived_at=MON,
    status="accepted",
    holder=VILLAGE,
    holder_tier="village",
    override=0,
    n=0,
    offered_to="",
    excluded=(),
    terms=(),
    what="accepted",
    told_at=MON,
    told_by=VILLAGE,
    last_heard_at=MON,
)
SECRET = replace(LINE, desk="discipline", holder=TOWN)
LEADER = {"roles": ("leader",)}
ROOM = {"desk": "discipline"}


def here(office: str = TOWN, now: datetime = MON, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


def make(at: Here, line: Line | None = None, **cmd: Any) -> Decision[Demand]:
    return rules.make(line, ID, {**CMD, **cmd}, at)


def demanded(at: Here, **changes: Any) -> Demand:
    """A suggestion to the village, as the office that makes it keeps it."""
    ends = POLICY.due(changes.get("clock", "K15"), at.now)
    plain = Demand(
        id=ID,
        case_id="",
        number="",
        desk="petition",
        kind="suggestion",
        clock="K15",
        giver=at.office,
        given_by="张三",
        receiver=VILLAGE,
        person="",
        points="请完善",
        at=at.now,
        due=ends.at,
        provisional=ends.provisional,
        how=ends.how,
    )
    return replace(plain, **changes)


def letter(to: str, demand: Demand, case: str, **more: Any) -> Tell:
    names = ("desk", "kind", "clock", "receiver", "at", "due", "provisional", "follows")
    stub = {name: getattr(demand, name) for name in names} | {"demand": ID, "how": list(demand.how)}
    return Tell(to, "supervision", "demand_made", case, {**stub, **more})


def noted(demand: Demand) -> dict[str, str]:
    return {"demand": ID, "kind": demand.kind, "to": demand.receiver}


# --- making one ---


@pytest.mark.parametrize(("line", "cmd", "changes"), [
    (None, {}, {}),
    (None, {"number": "函1号"}, {"number": "函1号"}),
    (LINE, {"case": CASE}, {"case_id": CASE, "number": LINE.number}),
    (LINE, {"case": CASE, "number": "函1号"}, {"case_id": CASE, "number": "函1号"}),
])  # fmt: skip
def test_a_petition_desks_demand(line: Line | None, cmd: dict[str, Any], changes: dict[str, Any]) -> None:
    demand = demanded(here(), person="P-1", **changes)
    told = (
        letter(VILLAGE, demand, demand.case_id, number=demand.number, person="P-1", points="请完善"),
        letter(DISTRICT, demand, demand.case_id, number=demand.number),
    )
    expected = Decision(demand, told, "demand", "", noted(demand))
    assert make(here(), line, person="P-1", **cmd) == expected


def test_of_a_discipline_desks_demand_nobody_learns_the_case() -> None:
    at = here(TOWN, FAR, **ROOM)
    notice = {"kind": "petition_notice", "clock": "K22", "desk": "discipline", "provisional": True}
    point = POLICY.neutral_points[0]
    demand = demanded(at, case_id=CASE, number=LINE.number, points=point, **notice)
    told = (letter(VILLAGE, demand, "", person="", points=point), letter(DISTRICT, demand, ""))
    expected = Decision(demand, told, "demand", "", noted(demand))
    assert make(at, SECRET, case=CASE, kind="petition_notice", points=point) == expected


def test_a_demand_of_the_own_office_is_told_above_only() -> None:
    demand = demanded(here(), receiver=TOWN)
    expected = Decision(demand, (letter(DISTRICT, demand, "", number=""),), "demand", "", noted(demand))
    assert make(here(), to=TOWN) == expected


def test_a_leader_sets_the_day_of_an_instruction() -> None:
    ends = due(MON, CalendarDays(3), rolls=POLICY.rolls_to_working_day)
    changes = {"kind": "instruction", "clock": "K27", "due": ends.at, "provisional": ends.provisional, "how": ends.how}
    state = make(here(**LEADER), kind="instruction", due=MON + 3 * DAY).state
    assert state == replace(demanded(here()), **changes)


@pytest.mark.parametrize(("excluded", "to"), [((), [VILLAGE, DISTRICT]), ((DISTRICT,), [VILLAGE])])
def test_a_recused_office_above_is_not_told(excluded: tuple[str, ...], to: list[str]) -> None:
    decision = make(here(), replace(LINE, excluded=excluded), case=CASE)
    assert [tell.to for tell in decision.tells] == to


NOT_BELOW = says("not_below", "只能向本单位或者下级单位提出", to=["不是本单位或者下级单位"])
WRONG_DESK = {"code": "wrong_desk", "fields": {"kind": ["不由本岗位发出"]}}


@pytest.mark.parametrize(("at", "line", "cmd", "refusal"), [
    (here(), None, {"kind": "advice"},
     says("unknown_kind", "没有这一种督办要求", kind=["不在政策规定的种类之内"])),
    (here(), None, {"kind": "petition_notice"}, {**WRONG_DESK, "message": "信访通知书不由本岗位发出"}),
    (here(), None, {"kind": "recheck"}, {**WRONG_DESK, "message": "谈话后复查不由本岗位发出"}),
    (here(), None, {"kind": "instruction"},
     says("leader_needed", "领导批示须由领导作出", kind=["需要领导权限"])),
    (here(), None, {"to": DISTRICT}, NOT_BELOW),
    (here(), None, {"to": DEPARTMENT}, NOT_BELOW),
    (here(DISTRICT), None, {"to": "portal"}, NOT_BELOW),
    (here(), None, {"case": CASE}, NO_CASE),
    (here(), SECRET, {"case": CASE}, NO_CASE),
    (here(), replace(LINE, excluded=(VILLAGE,)), {"case": CASE},
     says("recused", "该单位对本事项回避", to=["已回避"])),
    (here(), replace(LINE, recused=veils(CASE, ["P-1"])), {"case": CASE, "person": "P-1"},
     says("recused", "该人员对本事项回避", person=["已回避"])),
])  # fmt: skip
def test_what_may_not_be_demanded(at: Here, line: Line | None, cmd: dict[str, Any], refusal: dict[str, Any]) -> None:
    assert problem(make, at, line, **cmd) == refusal


# --- by when ---


def test_the_policys_term_is_the_policys() -> None:
    assert rules.term(KINDS["suggestion"], None, here()) == POLICY.due("K15", MON)


@pytest.mark.parametrize(("given", "days"), [
    (MON + DAY, 1), (datetime(2026, 3, 3, tzinfo=SHANGHAI), 1), (MON + 61 * DAY, 61),
])  # fmt: skip
def test_a_given_day_counts_to_its_end(given: datetime, days: int) -> None:
    ends = due(MON, CalendarDays(days), rolls=POLICY.rolls_to_working_day)
    assert rules.term(KINDS["instruction"], given, here()) == ends


@pytest.mark.parametrize("rolls", [True, False])
def test_a_day_of_rest_rolls_where_the_policy_rolls(rolls: bool) -> None:
    may_2 = datetime(2026, 5, 2, tzinfo=SHANGHAI)
    at = replace(here(), policy=replace(POLICY, rolls_to_working_day=rolls))
    assert rules.term(KINDS["instruction"], may_2, at) == due(MON, CalendarDays(61), rolls=rolls)


@pytest.mark.parametrize(("kind", "given", "refusal"), [
    ("suggestion", MON + 9 * DAY, says("due_by_policy", "期限由政策规定", due=["不能另行指定"])),
    ("instruction", None, says("due_missing", "领导批示须指定办理期限", due=["必须填写"])),
    ("instruction", MON, says("due_past", "办理期限须晚于今天", due=["须晚于今天"])),
    ("instruction", MON - DAY, says("due_past", "办理期限须晚于今天", due=["须晚于今天"])),
])  # fmt: skip
def test_what_is_no_term(kind: str, given: datetime | None, refusal: dict[str, Any]) -> None:
    assert problem(rules.term, KINDS[kind], given, here()) == refusal


# --- hearing of one ---

WHOLE = {"number": "函1号", "desk": "petition", "kind": "suggestion", "clock": "K15", "receiver": VILLAGE}
WHOLE |= {"person": "P-1", "points": "请完善", "at": MON, "due": MON + DAY, "provisional": True, "how": ["30日"]}
WHOLE |= {"follows": "f" * 32}


@pytest.mark.parametrize(("sender", "receiver", "office"), [
    (TOWN, VILLAGE, VILLAGE), (TOWN, VILLAGE, DISTRICT), (TOWN, TOWN, DISTRICT), (DISTRICT, TOWN, TOWN),
])  # fmt: skip
def test_a_demand_is_kept_as_it_was_told(sender: str, receiver: str, office: str) -> None:
    told = {**WHOLE, "receiver": receiver}
    demand = Demand(**{**told, "how": ("30日",)}, id=ID, case_id=CASE, giver=sender, given_by="")
    expected = Decision(demand, (), "demand_received", "", {"demand": ID, "from": sender})
    assert rules.received(ID, CASE, sender, told, here(office)) == expected


@pytest.mark.parametrize(("sender", "receiver", "office"), [
    (DISTRICT, VILLAGE, TOWN), (TOWN, DEPARTMENT, DISTRICT), (VILLAGE, TOWN, DISTRICT), (TOWN, VILLAGE, TOWN),
])  # fmt: skip
def test_a_demand_of_another_line_is_not_kept(sender: str, receiver: str, office: str) -> None:
    refusal = says("not_below", f"{sender} 不能向 {receiver} 提出要求")
    assert problem(rules.received, ID, "", sender, {**WHOLE, "receiver": receiver}, here(office)) == refusal


# --- what one may do with it ---

NOT_FOUND = NotFound("督办要求").problem()
NOT_YOURS = says("not_yours", "只有提出要求的单位可以这样做")


def test_a_demand_is_the_own_desks() -> None:
    demand = demanded(here())
    assert rules.own(demand, here(VILLAGE)) == demand
    for found in (None, replace(demand, desk="discipline")):
        assert problem(rules.own, found, here()) == NOT_FOUND
        assert problem(rules.given_here, found, here()) == NOT_FOUND


def test_only_the_giver_may_end_it() -> None:
    demand = demanded(here())
    assert rules.given_here(demand, here()) == demand
    assert problem(rules.given_here, demand, here(VILLAGE)) == NOT_YOURS


def test_a_demand_is_done_with_the_answer_or_else_the_withdrawal() -> None:
    demand = demanded(here())
    assert demand.done_at is None
    assert replace(demand, ended_at=MON).done_at == MON
    assert replace(demand, answered_at=MON, ended_at=MON + DAY).done_at == MON


def test_what_is_in_another_state_says_which() -> None:
    refusal = says("wrong_state", "这一要求现在不能这样处理", demand=["待答复"])
    assert rules.must_be(demanded(here()), "open") is None
    assert problem(rules.must_be, demanded(here()), "answered") == refusal


def test_of_a_discipline_case_letters_name_none() -> None:
    assert rules.told_case(demanded(here(), case_id=CASE)) == CASE
    assert rules.told_case(demanded(here(), case_id=CASE, desk="discipline")) == ""


def test_offices_above_the_giver_watch() -> None:
    demand = demanded(here(VILLAGE))
    assert rules.watchers(demand, (), here(DISTRICT)) == (TOWN, DISTRICT)
    assert rules.watchers(demand, (TOWN,), here(DISTRICT)) == (DISTRICT,)
