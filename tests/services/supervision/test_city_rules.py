"""What repeated collective visits to the city propose, at the edges of their window; and who may decide it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import NotFound, Refused
from contracts.policy_parts import VisitTrigger
from services.supervision.city.rules import Alert, Visit, decide, head_of, principals_of, propose, record, triggering
from services.supervision.duties.rules import OfficialDuty
from services.supervision.ledger.rules import Line
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, demo_policy, demo_tree, here_at
from tests.services.supervision.told import CASE, MON

TREE, POLICY = demo_tree(), demo_policy()
THREE_IN_A_WEEK = VisitTrigger(count=3, days=7)
FIRST = datetime(2026, 3, 12, 10, tzinfo=SHANGHAI)


def at(now: datetime = MON, office: str = DISTRICT, **actor: Any) -> Any:
    return here_at(office, now, TREE, POLICY, **actor)


def visit(day: float = 0, name: str = "", form: str = "collective", moment: datetime | None = None) -> Visit:
    when = moment or FIRST + timedelta(days=day)
    return Visit(name or f"v{day}", CASE, when, form, 17, "过渡费未发", "张三", when)


LINE = Line(
    case_id=CASE,
    number="n",
    desk="petition",
    category="C03",
    place="",
    entry_office=DISTRICT,
    entered_at=MON,
    arrived_at=MON,
    status="accepted",
    holder=TOWN,
    holder_tier="town",
    override=0,
    n=1,
    offered_to="",
    excluded=(),
    terms=(),
    what="accepted",
    told_at=MON,
    told_by=TOWN,
    last_heard_at=MON,
)
SENT = {"case": CASE, "at": MON, "form": "collective", "head_count": 17, "why_not_here": "多次要求无答复"}


SAYS = {
    "closed": {"事项已经办结,不能再督办"},
    "district_only": {"到市走访由区级登记"},
    "due_past": {"办理期限须晚于现在"},
    "form_and_count": {"5人以上为集体访"},
    "in_future": {"走访时间不能晚于现在", "督办时间不能晚于现在"},
    "leader_needed": {"须由领导决定", "重点督办须由领导决定", "重点督办须由领导办结", "责令重新办理须由领导决定"},
    "next_before": {"下次督办须晚于本次"},
    "no_site_visit": {"重点督办须有实地督办记录才能办结"},
    "not_below": {"只能督办下级单位正在承办的事项", f"只接受下级单位的回访请求,{DISTRICT} 不是"},
    "not_open": {"这一建议已经决定", "督办已经办结或撤回", "已经回访"},
    "not_over": {"该事项尚未办结,无须责令重新办理"},
    "own_unit": {"责任单位的人员不能决定对本单位的建议", "督办人不能是被督办单位的人员"},
    "own_work": {"承办单位的人员不能回访自己办理的事项"},
    "recused": {"督办人须回避"},
}
"""What people read of each refusal in the rules of supervision's rooms."""


def refused(code: str, act: Any, *args: Any) -> Refused:
    """The refusal that the act meets: by its code, in words that people can read."""
    with pytest.raises(Refused) as error:
        act(*args)
    assert error.value.code == code
    assert error.value.message in SAYS[code]
    return error.value


def test_the_demo_district_asks_for_three_visits_in_seven_days() -> None:
    assert POLICY.city_visit_trigger == THREE_IN_A_WEEK


def test_three_collective_visits_within_a_week_propose_an_alert() -> None:
    assert triggering([visit(5), visit(0), visit(2)], (), THREE_IN_A_WEEK) == ("v0", "v2", "v5")
    assert triggering([visit(0), visit(2)], (), THREE_IN_A_WEEK) == ()
    assert triggering([], (), THREE_IN_A_WEEK) == ()


@pytest.mark.parametrize(
    ("third", "counts"),
    [
        (datetime(2026, 3, 19, 10, 0, 0, tzinfo=SHANGHAI), True),
        (datetime(2026, 3, 19, 10, 0, 1, tzinfo=SHANGHAI), True),
        (datetime(2026, 3, 19, 23, 59, 59, tzinfo=SHANGHAI), True),
        (datetime(2026, 3, 20, 0, 0, 0, tzinfo=SHANGHAI), False),
        (datetime(2026, 3, 19, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 19, 16, 0, 0, tzinfo=UTC), False),
    ],
)
def test_the_week_ends_with_the_seventh_day_after_the_first_visit_in_china(third: datetime, counts: bool) -> None:
    found = triggering([visit(0), visit(3), visit(name="third", moment=third)], (), THREE_IN_A_WEEK)
    assert found == (("v0", "v3", "third") if counts else ())


def test_the_week_slides_and_holds_every_visit_in_it() -> None:
    assert triggering([visit(0), visit(9), visit(12), visit(16), visit(17)], (), THREE_IN_A_WEEK) == (
        "v9",
        "v12",
        "v16",
    )
    four = [visit(0), visit(1), visit(2), visit(3)]
    assert triggering(four, (), THREE_IN_A_WEEK) == ("v0", "v1", "v2", "v3")


def test_single_visits_and_those_of_an_earlier_alert_do_not_count() -> None:
    assert triggering([visit(0), visit(1), visit(2, form="single")], (), THREE_IN_A_WEEK) == ()
    five = [visit(day) for day in range(5)]
    assert triggering(five, ("v0", "v1", "v2"), THREE_IN_A_WEEK) == ()
    assert triggering([*five, visit(6)], ("v0", "v1", "v2"), THREE_IN_A_WEEK) == ("v3", "v4", "v6")


def test_a_matter_is_the_case_that_its_repeats_lead_to() -> None:
    repeats = {"r08": "r07", "r20": "r08", "x": "y", "y": "x"}
    assert [head_of(case, repeats) for case in ("r07", "r08", "r20", "alone")] == ["r07", "r07", "r07", "alone"]
    assert [head_of(case, repeats) for case in ("x", "y")] == ["x", "x"]
    assert head_of("z", {**repeats, "z": "y"}) == "x"


def test_a_visit_is_recorded_with_head_count_and_reason_and_without_names() -> None:
    decision = record(LINE, "a" * 32, SENT, at())
    assert decision.state == Visit("a" * 32, CASE, MON, "collective", 17, "多次要求无答复", "张三", MON)
    assert decision.tells == ()
    assert (decision.action, decision.why) == ("city_visit", "")
    assert decision.data == {"visit": "a" * 32, "form": "collective", "head_count": 17}


def test_who_may_record_what() -> None:
    with pytest.raises(NotFound):
        record(None, "a", SENT, at())
    with pytest.raises(NotFound):
        record(LINE, "a", SENT, at(desk="discipline"))
    refused("district_only", record, LINE, "a", SENT, at(office=TOWN))
    late = refused("in_future", record, LINE, "a", {**SENT, "at": MON + timedelta(seconds=1)}, at())
    assert set(late.fields) == {"at"}


@pytest.mark.parametrize(
    ("form", "heads", "right"),
    [("collective", 5, True), ("collective", 4, False), ("single", 4, True), ("single", 5, False)],
)
def test_form_and_head_count_agree(form: str, heads: int, right: bool) -> None:
    cmd = {**SENT, "form": form, "head_count": heads}
    if right:
        assert record(LINE, "a", cmd, at()).state.form == form
    else:
        assert set(refused("form_and_count", record, LINE, "a", cmd, at()).fields) == {"form", "head_count"}


def test_the_principals_of_a_unit() -> None:
    duties = [
        OfficialDuty("p2", "town_principal", TOWN, date(2026, 1, 1), None),
        OfficialDuty("p1", "town_principal", TOWN, date(2026, 1, 1), None),
        OfficialDuty("p3", "town_principal", "610402902", date(2026, 1, 1), None),
        OfficialDuty("p4", "town_principal", TOWN, date(2026, 1, 1), date(2026, 3, 1)),
        OfficialDuty("l1", "covering_leader", TOWN, date(2026, 1, 1), None),
    ]
    assert principals_of(TOWN, duties, date(2026, 3, 2)) == ("p1", "p2")
    assert principals_of(DEPARTMENT, duties, date(2026, 3, 2)) == ()
    decision = propose("b" * 32, LINE, ("v1", "v2", "v3"), duties, at())
    assert decision.state == Alert("b" * 32, CASE, TOWN, ("p1", "p2"), ("v1", "v2", "v3"), MON)
    assert decision.tells == ()
    assert (decision.action, decision.why) == ("city_alert", "")
    assert decision.data == {"alert": "b" * 32, "unit": TOWN, "visits": 3}


ALERT = Alert("b" * 32, CASE, TOWN, ("p1",), ("v1",), MON)
SAID = {"alert": ALERT.id, "decision": "no_suspension", "reason": "已在办理"}


def test_a_leader_of_another_unit_decides_once() -> None:
    decision = decide(ALERT, SAID, at(roles=("leader",), person="l1"))
    assert decision.state == replace(
        ALERT, state="decided", decision="no_suspension", reason="已在办理", decided_by="张三", decided_at=MON
    )
    assert decision.tells == ()
    assert (decision.action, decision.why) == ("city_alert_decided", "已在办理")
    assert decision.data == {"alert": ALERT.id, "decision": "no_suspension"}
    refused("not_open", decide, decision.state, SAID, at(roles=("leader",)))


def test_who_may_not_decide() -> None:
    refused("leader_needed", decide, ALERT, SAID, at())
    refused("own_unit", decide, ALERT, SAID, at(roles=("leader",), person="p1"))
    refused("own_unit", decide, replace(ALERT, unit=DISTRICT), SAID, at(roles=("leader",)))
