"""What is refused of call-backs, city visits and alerts, word by word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.context import Here
from contracts.errors import NotFound
from services.supervision.callbacks.rules import CallBack, make, wanted
from services.supervision.city.rules import Alert, decide, record
from services.supervision.ledger.rules import Line
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.refusals import NO_CASE, problem, says
from tests.services.supervision.test_callback_rules import CALL, letter
from tests.services.supervision.test_callback_rules import SAID as HEARD
from tests.services.supervision.test_city_rules import ALERT, LINE, SAID, SENT
from tests.services.supervision.told import MON

TREE, POLICY = demo_tree(), demo_policy()


def here(office: str = DISTRICT, **actor: Any) -> Here:
    return here_at(office, MON, TREE, POLICY, **actor)


COUNT = says("form_and_count", "5人以上为集体访", form=["与人数不符"], head_count=["与形式不符"])


@pytest.mark.parametrize(
    ("line", "cmd", "at", "refusal"),
    [
        (None, {}, here(), NO_CASE),
        (LINE, {}, here(desk="discipline"), NO_CASE),
        (LINE, {}, here(TOWN), says("district_only", "到市走访由区级登记")),
        (
            LINE,
            {"at": MON + timedelta(seconds=1)},
            here(),
            says("in_future", "走访时间不能晚于现在", at=["晚于现在"]),
        ),
        (LINE, {"head_count": 4}, here(), COUNT),
        (LINE, {"form": "single"}, here(), COUNT),
    ],
)
def test_a_visit_that_is_not_recorded(
    line: Line | None, cmd: dict[str, Any], at: Here, refusal: dict[str, Any]
) -> None:
    assert problem(record, line, "a" * 32, {**SENT, **cmd}, at) == refusal


OWN_UNIT = says("own_unit", "责任单位的人员不能决定对本单位的建议")


@pytest.mark.parametrize(
    ("alert", "actor", "refusal"),
    [
        (ALERT, {"roles": ("clerk",)}, says("leader_needed", "须由领导决定")),
        (ALERT, {"person": "p1"}, OWN_UNIT),
        (replace(ALERT, unit=DISTRICT), {}, OWN_UNIT),
        (replace(ALERT, state="decided"), {}, says("not_open", "这一建议已经决定", alert=["已经决定"])),
    ],
)
def test_an_alert_that_is_not_decided(alert: Alert, actor: dict[str, Any], refusal: dict[str, Any]) -> None:
    assert problem(decide, alert, SAID, here(**{"roles": ("leader",), **actor})) == refusal


NO_CALL = NotFound("回访").problem()
OWN_WORK = says("own_work", "承办单位的人员不能回访自己办理的事项")


@pytest.mark.parametrize(
    ("call", "line", "actor", "refusal"),
    [
        (None, LINE, {}, NO_CALL),
        (CALL, LINE, {"desk": "discipline"}, NO_CALL),
        (replace(CALL, state="made"), LINE, {}, says("not_open", "已经回访", call_back=["已经回访"])),
        (CALL, replace(LINE, holder=DISTRICT), {}, OWN_WORK),
        (CALL, None, {"person": "p1"}, OWN_WORK),
    ],
)
def test_a_call_back_that_is_not_made(
    call: CallBack | None, line: Line | None, actor: dict[str, Any], refusal: dict[str, Any]
) -> None:
    assert problem(make, call, line, ("p1",), HEARD, here(**actor)) == refusal


@pytest.mark.parametrize(("sender", "office"), [(DISTRICT, TOWN), (TOWN, TOWN), (DEPARTMENT, TOWN), (TOWN, VILLAGE)])
def test_who_asks_for_no_call_back(sender: str, office: str) -> None:
    refusal = says("not_below", f"只接受下级单位的回访请求,{sender} 不是")
    assert problem(wanted, letter(sender), here(office)) == refusal
