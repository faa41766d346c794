"""Kinds of measure, neutral words and early warning of the demo's policy, and what may be wrong with them."""

from typing import Any

import pytest

from contracts.policy_measures import EarlyWarning
from contracts.policy_schema import PolicyError, policy_from
from tests.services.house import demo_policy

DEMO = demo_policy()


def test_the_demos_measures_are_those_of_the_domain() -> None:
    forms = {name: (kind.zh, kind.form, kind.demand) for name, kind in DEMO.measures.items() if kind.supervision}
    assert forms == {
        "reminder_talk": ("谈话提醒", "talk", "reminder_talk"),
        "warning": ("教育警示", "warning", ""),
        "life_meeting": ("民主生活会", "meeting", "meeting_report"),
        "petition_notice": ("信访通知书", "notice", "petition_notice"),
        "other": ("其他方式", "other", ""),
    }
    kin = [kind.zh for kind in DEMO.measures.values() if not kind.supervision]
    assert kin == ["谈话函询", "责令检查", "诫勉", "纪检监察建议书"]
    assert list(DEMO.rule_sets.values()) == ["中央八项规定", "省委实施意见", "市委“十项规定”"]
    assert (DEMO.early_warning, DEMO.meeting_report_days) == (EarlyWarning(3, 180), 15)


def test_no_neutral_word_says_that_somebody_reported() -> None:
    words = (*DEMO.neutral_points, *DEMO.neutral_requests)
    assert len(words) >= 8
    assert [word for word in words if any(said in word for said in ("举报", "反映人", "检举", "控告", "来信"))] == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"measures": {"warning": {"zh": "x", "form": "no_form", "disposals": ["return"]}}}, "measures.warning.form"),
        ({"measures": {"warning": {"zh": "x", "form": "other", "disposals": []}}}, "measures.warning.disposals"),
        (
            {"measures": {"warning": {"zh": "x", "form": "other", "disposals": ["return"], "demand": "no_kind"}}},
            "measures.warning",
        ),
        ({"early_warning": {"count": 1, "days": 30}}, "early_warning.count"),
        ({"meeting_report_days": 0}, "meeting_report_days"),
        ({"rule_sets": {"central_eight": ""}}, "rule_sets.central_eight"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], key: str) -> None:
    with pytest.raises(PolicyError) as caught:
        policy_from({**DEMO.body, **change})
    assert [each for each in caught.value.faults if each.startswith(key)]
