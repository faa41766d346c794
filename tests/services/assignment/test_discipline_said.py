"""Disposal, repeats and feedback of discipline reports, decision by decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import milestone, progress
from services.assignment import clocks
from services.assignment.discipline import rules
from services.assignment.discipline.rules import Feedback
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.assignment.cases import CASE, DISTRICT, LEADER, MON, TOWN, day, held, here, report
from tests.services.assignment.concluded import SECOND
from tests.services.assignment.refusals import NOT_HOLDER, NOT_LEADER, problem, says, wrong_status

NOT_DISCIPLINE = says("not_discipline", "此操作只用于检举控告")
TOLD: dict[str, Any] = {
    "at": None, "way": "phone", "told_by": "秦某", "response": "知悉", "objection": "", "explanation": "",
    "new_evidence": "",
}  # fmt: skip


def secret(**other: Any) -> CaseState:
    return replace(register(report(), [], here(DISTRICT)).state, **other)


def concluded(**other: Any) -> CaseState:
    """A report whose result is to be told; K20 stands for a clock that feedback does not touch."""
    state = secret(status="concluded", clocks={}, **other)
    for kind in ("K18", "K20"):
        state = clocks.start(state, here(DISTRICT), kind, MON)[0]
    return state


# --- disposal ---


@pytest.mark.parametrize(
    ("status", "disposal"), [("accepted", "preliminary"), ("accepted", "return"), ("registered", "return")]
)
def test_a_disposal(status: str, disposal: str) -> None:
    at, state = here(DISTRICT, roles=LEADER), secret(status=status)
    after = replace(state, disposal=disposal)
    told = Tell(DISTRICT, "supervision", "case_disposed", state.case, {"disposal": disposal, "at": MON})
    assert rules.dispose(state, {"disposal": disposal}, at) == Decision(
        after, (*milestone(after, "disposed", at), told), "disposed", data={"disposal": disposal}
    )


@pytest.mark.parametrize(
    ("state", "disposal", "roles", "wanted"),
    [
        (held(DISTRICT, status="accepted"), "return", LEADER, NOT_DISCIPLINE),
        (secret(holder=TOWN), "return", LEADER, NOT_HOLDER),
        (secret(), "return", ("clerk",), NOT_LEADER),
        (secret(status="concluded"), "return", LEADER, wrong_status("concluded")),
        (secret(), "preliminary", LEADER, wrong_status("registered")),
    ],
)
def test_what_is_not_disposed_of(
    state: CaseState, disposal: str, roles: tuple[str, ...], wanted: dict[str, Any]
) -> None:
    assert problem(rules.dispose, state, {"disposal": disposal}, here(DISTRICT, roles=roles)) == wanted


# --- a repeat becomes a first report ---


@pytest.mark.parametrize(("real_name", "kind"), [(True, "K17"), (False, "")])
def test_a_repeat_that_is_a_first_report_again(real_name: bool, kind: str) -> None:
    at = here(DISTRICT, day(3))
    state = secret(repeat_of="N9", clocks={}, real_name=real_name)
    for running in ("K20", "K28"):
        state = clocks.start(state, at, running, MON)[0]
    first = replace(state, repeat_of="")
    acts: clocks.Acts = []
    if kind:
        first, acts = clocks.stop(first, at, ["K20"])
        first, begun = clocks.start(first, at, kind, MON)
        acts = acts + begun
    assert rules.first_again(state, at) == Decision(
        first, milestone(first, "first_again", at, acts), "first_again", data={"repeat_of": "N9"}
    )


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (secret(repeat_of="N9", holder=TOWN), NOT_HOLDER),
        (secret(repeat_of="N9", status="accepted"), wrong_status("accepted")),
        (secret(), says("not_a_repeat", "该事项不是重件")),
    ],
)
def test_what_is_no_first_report_again(state: CaseState, wanted: dict[str, Any]) -> None:
    assert problem(rules.first_again, state, here(DISTRICT)) == wanted


# --- feedback ---


@pytest.mark.parametrize(
    ("objection", "explanation", "flag"), [("", "", False), ("不认可", "已说明", True), ("", "已说明", False)]
)
def test_the_result_was_told(objection: str, explanation: str, flag: bool) -> None:
    at, state = here(DISTRICT, day(3)), concluded()
    told, stopped = clocks.stop(state, at, ["K18"])
    cmd = {**TOLD, "objection": objection, "explanation": explanation}
    assert rules.feed_back(state, MON, cmd, at) == Decision(
        told,
        (*milestone(told, "fed_back", at, stopped), progress(told, "fed_back", at)),
        "fed_back",
        data={"way": "phone", "objection": flag, "new_evidence": False},
    )


def test_new_evidence_opens_the_case_again() -> None:
    at, state = here(DISTRICT, day(3)), concluded(extended=True, reopened=1)
    told, stopped = clocks.stop(state, at, ["K18"])
    again = replace(told, status="accepted", accepted_at=day(3), extended=False, reopened=2, todo="new_evidence")
    again, started = clocks.start(again, at, "K5", day(3))
    assert rules.feed_back(state, MON, {**TOLD, "new_evidence": "新账册"}, at) == Decision(
        again,
        (
            *milestone(again, "reopened", at, stopped + started),
            clocks.public(again, "reopened", at),
        ),
        "fed_back",
        data={"way": "phone", "objection": False, "new_evidence": True},
    )


@pytest.mark.parametrize(
    ("state", "cmd", "wanted"),
    [
        (held(DISTRICT, status="concluded"), {}, NOT_DISCIPLINE),
        (concluded(holder=TOWN), {}, NOT_HOLDER),
        (secret(status="accepted"), {}, wrong_status("accepted")),
        (concluded(real_name=False), {}, says("anonymous", "匿名举报不作反馈,也不得查找举报人")),
        (concluded(), {"at": day(3) + SECOND}, says("in_future", "时间不能晚于现在", at=["晚于现在"])),
        (
            concluded(),
            {"at": MON - SECOND},
            says("too_early", "反馈时间不能早于作出结论的时间", at=["早于作出结论的时间"]),
        ),
        (
            concluded(),
            {"objection": "不认可"},
            says("no_explanation", "对举报人的异议须作说明", explanation=["请记录所作的说明"]),
        ),
    ],
)
def test_what_is_not_fed_back(state: CaseState, cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.feed_back, state, MON, {**TOLD, **cmd}, here(DISTRICT, day(3))) == wanted


@pytest.mark.parametrize(("issued_at", "at"), [(MON, MON), (MON, day(3)), (None, MON - SECOND), (day(3), None)])
def test_when_it_may_have_been_told(issued_at: datetime | None, at: datetime | None) -> None:
    decision = rules.feed_back(concluded(), issued_at, {**TOLD, "at": at}, here(DISTRICT, day(3)))
    assert decision.action == "fed_back"


@pytest.mark.parametrize(("given", "at"), [(None, day(3)), (day(2), day(2))])
def test_the_record_of_a_telling_has_every_word_of_it(given: datetime | None, at: datetime) -> None:
    cmd = {**TOLD, "at": given, "objection": "不认可", "explanation": "已说明", "new_evidence": "新账册"}
    assert rules.record(concluded(reopened=2), "f" * 32, cmd, here(DISTRICT, day(3))) == Feedback(
        id="f" * 32, case=CASE, round=2, at=at, way="phone", told_by="秦某", response="知悉", objection="不认可",
        explanation="已说明", new_evidence="新账册", by="张三",
    )  # fmt: skip
