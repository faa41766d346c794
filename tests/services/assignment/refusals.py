"""How the tests of rules read refusals and decisions."""

from typing import Any

import pytest

from contracts.errors import Refused
from contracts.words import Status
from tests.services.assignment.cases import told
from tests.services.refusals import problem, says

__all__ = [
    "CLOSED",
    "NOT_AN_ORGAN",
    "NOT_HOLDER",
    "NOT_LEADER",
    "OFFERED",
    "STALE",
    "milestones",
    "problem",
    "refusal",
    "says",
    "steps",
    "wrong_status",
]


def refusal(act: Any, *given: Any, **named: Any) -> tuple[str, list[str]]:
    """The code and the fields of a refusal."""
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.code, sorted(refused.value.fields)


def steps(decision: Any) -> list[str]:
    """The public steps that a decision tells."""
    return [tell.data["step"] for tell in told(decision, "case_progress")]


def milestones(decision: Any) -> list[str]:
    """The words of its milestones."""
    return list(dict.fromkeys(tell.data["what"] for tell in told(decision, "case_milestone")))


NOT_HOLDER = says("not_holder", "本机关不是该事项的承办单位")
STALE = says("stale_term", "该事项已不在本机关办理")
OFFERED = says("offered", "该事项已转送,等待对方签收或者退回")
CLOSED = says("closed", "该事项已经办结或者关闭")
NOT_LEADER = says("not_leader", "此操作须由机关负责人批准")
NOT_AN_ORGAN = says("not_an_organ", "村(社区)不出具处理意见,请当场解决或者上报镇(街道)")


def wrong_status(status: str) -> dict[str, Any]:
    return says("wrong_status", "该事项目前的办理状态不允许此操作", case=[f"状态为{Status(status).zh}"])
