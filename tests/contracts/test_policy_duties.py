"""Kinds of demand and of periodic returns in a policy: what they may say."""

from copy import deepcopy
from typing import Any

import pytest

from contracts.policy_duties import DemandKind, PeriodKind
from contracts.policy_schema import PolicyError, policy_from
from tests.services.house import demo_policy

DEMO = demo_policy()


def changed(table: str, name: str, **values: Any) -> dict[str, Any]:
    body = deepcopy(dict(DEMO.body))
    body[table] = {**body[table], name: {**body[table].get(name, {}), **values}}
    return body


def faults(body: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(PolicyError) as caught:
        policy_from(body)
    return dict(caught.value.faults)


def test_the_demos_kinds_are_those_of_the_domain() -> None:
    both, discipline = ("petition", "discipline"), ("discipline",)
    assert dict(DEMO.demand_kinds) == {
        "suggestion": DemandKind("改进工作建议", "K15", both, adopted=True),
        "policy_suggestion": DemandKind("完善政策建议", "K15", both, adopted=True),
        "accountability_suggestion": DemandKind("追究责任建议", "K15", both, adopted=True),
        "instruction": DemandKind("领导批示", "K27", both, leader=True),
        "petition_notice": DemandKind("信访通知书", "K22", discipline, signed=True),
        "reminder_talk": DemandKind("谈话提醒", "K23", discipline, then="recheck", then_months=3),
        "recheck": DemandKind("谈话后复查", "K23", discipline),
        "meeting_report": DemandKind("民主生活会情况报告", "K27", discipline),
        "promise": DemandKind("兑现承诺", "K26", ("petition",)),
        "dispute_help": DemandKind("协办纠纷调处", "K27", ("petition",)),
        "study_measure": DemandKind("季度研判措施", "K27", ("petition",), leader=True),
    }
    sweep = {"village": "ten_days", "town": "half_month", "department": "half_month", "district": "month"}
    quarter = {"town": "quarter", "department": "quarter"}
    assert dict(DEMO.periods) == {
        "sweep": PeriodKind("矛盾纠纷排查", "K25", "petition", sweep),  # type: ignore[arg-type]
        "quarterly_feedback": PeriodKind("办理结果季度反馈", "K21", "discipline", quarter),  # type: ignore[arg-type]
        "annual_report": PeriodKind("年度信访工作报告", "K12", "petition", {"district": "year"}),
        "assessment": PeriodKind("年度考核", "K13", "petition", {"district": "year"}),
    }


@pytest.mark.parametrize(
    ("table", "name", "values", "key"),
    [
        ("demand_kinds", "recheck", {"clock": "K99"}, "demand_kinds.recheck.clock"),
        ("demand_kinds", "recheck", {"desks": []}, "demand_kinds.recheck.desks"),
        ("demand_kinds", "recheck", {"desks": ["archive"]}, "demand_kinds.recheck.desks.0"),
        ("demand_kinds", "recheck", {"then_months": 25}, "demand_kinds.recheck.then_months"),
        ("demand_kinds", "Recheck", {"zh": "x", "clock": "K23", "desks": ["discipline"]}, "demand_kinds.Recheck"),
        ("demand_kinds", "recheck", {"then": "recheck"}, "demand_kinds.recheck"),
        ("demand_kinds", "recheck", {"then_months": 3}, "demand_kinds.recheck"),
        ("demand_kinds", "recheck", {"then": "nothing", "then_months": 3}, "demand_kinds.recheck"),
        ("periods", "sweep", {"clock": "K27"}, "periods.sweep"),
        ("periods", "sweep", {"desk": "archive"}, "periods.sweep.desk"),
        ("periods", "sweep", {"lengths": {}}, "periods.sweep.lengths"),
        ("periods", "sweep", {"lengths": {"portal": "month"}}, "periods.sweep.lengths.portal"),
        ("periods", "sweep", {"lengths": {"town": "week"}}, "periods.sweep.lengths.town"),
    ],
)
def test_a_fault_is_named_by_its_key(table: str, name: str, values: dict[str, Any], key: str) -> None:
    found = faults(changed(table, name, **values))
    assert [each for each in found if each.startswith(key)] == list(found)
    assert found


def test_what_is_allowed_at_the_edge() -> None:
    body = changed("demand_kinds", "recheck", then="recheck", then_months=24)
    assert policy_from(body).demand_kinds["recheck"].then_months == 24
