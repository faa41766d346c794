"""Hearings from their calling to their agreement, decision by decision."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.context import Decision, Here
from contracts.telling import clock
from contracts.words import ClockAct, Gate
from services.hearing.cases.rules import told
from services.hearing.reviews.standing import FINAL, Review
from services.hearing.sessions import rules
from services.hearing.sessions.rules import Hearing
from tests.services.hearing.known import CASE, CASE_ID, HEAR, MON, OPINION, PANEL, POLICY, SECOND, TREE, leader_at
from tests.services.house import TOWN
from tests.services.refusals import problem, says

IDS = ("5" * 32, "槐川镇听证通知〔2026〕1号")
PLANNED = MON + timedelta(days=7)
LATER = MON + timedelta(days=9)
CMD: dict[str, Any] = {**HEAR, "planned_at": PLANNED, "public_notice": "公告1号", "absences": "无"}


def here(at: datetime = MON) -> Here:
    return leader_at(TOWN, at, TREE, POLICY)


HEARING = Hearing(
    id=IDS[0],
    case_id=CASE_ID,
    ordinal=1,
    notice_no=IDS[1],
    form="face_to_face",
    for_level="handling",
    place="镇会议室",
    notice_at=MON,
    planned_at=PLANNED,
    investigation_report="调查报告1号",
    public_notice="公告1号",
    panel=tuple(PANEL),
    absences="无",
)
DONE_THERE = {gate.value: {"content": "已公布", "reason": ""} for gate in Gate}
READY = replace(HEARING, gates=DONE_THERE)
COMPLETED = replace(READY, state="completed", held_at=MON)
ASKED = Review(CASE_ID, OPINION.opinion_no, FINAL, "requested", "city-petition", True, MON, "不服")


# --- calling ---


def test_a_hearing_is_called() -> None:
    assert rules.open_hearing(CASE, (), None, CMD, IDS, here()) == Decision(
        (HEARING, None),
        told(CASE, "hearing_opened", here()),
        "open_hearing",
        "",
        {"session": IDS[0], "form": "face_to_face"},
    )


def test_a_hearing_is_the_next_after_those_completed_and_may_begin_at_once() -> None:
    earlier = (COMPLETED, replace(COMPLETED, ordinal=2))
    decision = rules.open_hearing(CASE, earlier, None, {**CMD, "planned_at": MON}, IDS, here())
    assert decision.state == (replace(HEARING, ordinal=3, planned_at=MON), None)


def test_a_hearing_within_a_final_review_stops_its_time() -> None:
    cmd = {**CMD, "for_level": FINAL, "planned_at": LATER}
    decision = rules.open_hearing(CASE, (), ASKED, cmd, IDS, here(LATER))
    assert decision.state == (
        replace(HEARING, for_level=FINAL, notice_at=LATER, planned_at=LATER),
        replace(ASKED, paused_at=LATER),
    )
    assert decision.tells == told(CASE, "hearing_opened", here(LATER), [clock("K10", ClockAct.PAUSE, LATER)])


NO_NOTICE = says("notice_needed", "公开听证须先发布公告", public_notice=["须填写公告"])
NO_FINAL = says("no_final_review", "没有正在办理的复核", for_level=["没有复核"])


@pytest.mark.parametrize(
    ("earlier", "final", "cmd", "wanted"),
    [
        ((HEARING,), None, {}, says("hearing_open", "该事项已有未结束的听证", case=["听证未结束"])),
        ((COMPLETED, HEARING), None, {}, says("hearing_open", "该事项已有未结束的听证", case=["听证未结束"])),
        ((), None, {"form": "public", "public_notice": ""}, NO_NOTICE),
        ((), None, {"form": "public", "public_notice": "  "}, NO_NOTICE),
        (
            (),
            None,
            {"planned_at": MON - SECOND},
            says("planned_past", "听证时间不能早于现在", planned_at=["早于现在"]),
        ),
        (
            (),
            None,
            {"panel": PANEL[1:]},
            says("seats_missing", "参加人员不全,须补齐或者说明缺席原因", panel=["缺少主持人"]),
        ),
        ((), None, {"for_level": FINAL}, NO_FINAL),
        ((), replace(ASKED, state="decided"), {"for_level": FINAL}, NO_FINAL),
    ],
)
def test_a_hearing_that_is_not_called(
    earlier: tuple[Hearing, ...], final: Review | None, cmd: dict[str, Any], wanted: dict[str, Any]
) -> None:
    assert problem(rules.open_hearing, CASE, earlier, final, {**CMD, **cmd}, IDS, here()) == wanted


# --- its record ---

IS_COMPLETED = says("completed", "听证记录已经完成,不能再改", session=["已完成"])
SWAP = {"name": "甲", "by": {"name": "庚", "role": "host"}, "reason": "临时出差"}


def test_a_seat_is_taken_by_somebody_else() -> None:
    before = replace(HEARING, panel=tuple(PANEL[:5]), replaced=({"name": "辛"},))
    word = {"name": "甲", "by": "庚", "reason": "临时出差", "at": LATER.isoformat()}
    assert rules.replace_seat(CASE, before, SWAP, here(LATER)) == Decision(
        replace(before, panel=(SWAP["by"], *PANEL[1:5]), replaced=({"name": "辛"}, word)),
        (),
        "replace_seat",
        "",
        {"session": IDS[0], "role": "host"},
    )


@pytest.mark.parametrize(
    ("hearing", "cmd", "wanted"),
    [
        (HEARING, {"name": "壬"}, says("no_seat", "听证人员中没有此人", name=["没有此人"])),
        (
            HEARING,
            {"by": {"name": "乙", "role": "host"}},
            says("two_seats", "同一人不能担任两种角色", panel=["姓名重复"]),
        ),
        (COMPLETED, {}, IS_COMPLETED),
    ],
)
def test_a_seat_that_is_not_taken(hearing: Hearing, cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.replace_seat, CASE, hearing, {**SWAP, **cmd}, here()) == wanted


def test_what_was_done_on_the_spot_is_recorded_and_may_be_mended() -> None:
    before = replace(HEARING, gates={"opinion": {"content": "甲"}, "findings": {"content": "乙"}})
    cmd = {"gate": "findings", "content": "", "reason": "当事人要求改期"}
    said = {"content": "", "reason": "当事人要求改期", "at": LATER.isoformat(), "by": "张三"}
    assert rules.record_gate(before, cmd, here(LATER)) == Decision(
        replace(before, gates={"opinion": {"content": "甲"}, "findings": said}),
        (),
        "record_gate",
        "",
        {"session": IDS[0], "gate": "findings"},
    )
    assert problem(rules.record_gate, COMPLETED, cmd, here()) == IS_COMPLETED


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"content": "甲", "reason": ""}, False),
        ({"content": "", "reason": "乙"}, False),
        ({"content": "甲"}, False),
        ({"reason": "乙"}, False),
        ({"content": "", "reason": ""}, True),
        ({"content": " ", "reason": ""}, True),
        ({"content": "", "reason": " "}, True),
        ({}, True),
        (None, True),
    ],
)
def test_an_on_the_spot_has_content_or_a_reason(said: dict[str, str] | None, missing: bool) -> None:
    hearing = replace(HEARING, gates={**DONE_THERE, "questions": said})
    assert rules.missing_gates(hearing) == ([Gate.QUESTIONS] if missing else [])


def test_of_a_new_hearing_all_four_are_missing_in_their_order() -> None:
    assert rules.missing_gates(HEARING) == [Gate.FINDINGS, Gate.OPINION, Gate.QUESTIONS, Gate.AGREEMENT]


# --- its completion ---

END: dict[str, Any] = {"minutes": "笔录", "agreement": None, "resolved": []}


def term(number: int) -> dict[str, Any]:
    return {"what": f"第{number}项", "due": LATER + timedelta(days=number)}


def test_a_hearing_is_completed_without_agreement() -> None:
    assert rules.complete(CASE, READY, ASKED, END, here(LATER)) == Decision(
        (replace(READY, state="completed", held_at=LATER, minutes="笔录"), None),
        told(CASE, "hearing_completed", here(LATER)),
        "complete_hearing",
        "",
        {"session": IDS[0], "terms": 0},
    )


def test_each_agreed_term_has_its_clock_and_its_day() -> None:
    second = replace(READY, ordinal=2)
    terms = [term(1), term(2)]
    decision = rules.complete(CASE, second, None, {**END, "agreement": {"terms": terms}}, here(LATER))
    kept = tuple({"what": each["what"], "due": each["due"].isoformat()} for each in terms)
    assert decision.state == (replace(second, state="completed", held_at=LATER, minutes="笔录", terms=kept), None)
    clocks = [
        {
            "kind": "K26",
            "act": "start",
            "at": LATER,
            "due": LATER + timedelta(days=number),
            "provisional": False,
            "how": [f"听证协议第{number}项约定"],
            "ref": f"2.{number}",
        }
        for number in (1, 2)
    ]
    assert decision.tells == told(CASE, "hearing_completed", here(LATER), clocks)
    assert decision.data == {"session": IDS[0], "terms": 2}


WITHIN = replace(READY, for_level=FINAL)


def test_after_the_hearing_the_time_of_the_final_review_runs_on_by_the_days_it_took() -> None:
    first = [MON.isoformat(), (MON + timedelta(days=2)).isoformat()]
    stopped = MON + timedelta(days=4)
    paused = replace(ASKED, paused_at=stopped, pauses=(first,))
    moments = ((MON, MON + timedelta(days=2)), (stopped, LATER))
    ends = POLICY.due("K10", MON, moments)
    decision = rules.complete(CASE, WITHIN, paused, END, here(LATER))
    resumed = replace(
        ASKED,
        pauses=(first, [stopped.isoformat(), LATER.isoformat()]),
        due=ends.at,
        provisional=ends.provisional,
        how=ends.how,
    )
    assert decision.state == (replace(WITHIN, state="completed", held_at=LATER, minutes="笔录"), resumed)
    assert ends.at > POLICY.due("K10", MON).at
    clocks = [clock("K10", ClockAct.RESUME, LATER, ends)]
    assert decision.tells == told(CASE, "hearing_completed", here(LATER), clocks, ends)
    (step,) = [tell.data for tell in decision.tells if tell.type == "case_progress"]
    assert (step["due"], step["how"]) == (ends.at, list(ends.how)), "the page says the new day"


@pytest.mark.parametrize("final", [None, ASKED, replace(ASKED, paused_at=MON, state="decided")])
def test_a_final_review_that_does_not_stand_still_is_not_resumed(final: Review | None) -> None:
    decision = rules.complete(CASE, WITHIN, final, END, here(LATER))
    assert (decision.state[1], decision.tells) == (None, told(CASE, "hearing_completed", here(LATER)))


def test_a_provisional_day_stays_provisional_when_time_runs_on() -> None:
    far = datetime(2027, 3, 1, 9, tzinfo=MON.tzinfo)
    paused = replace(ASKED, requested_at=far, paused_at=far)
    decision = rules.complete(CASE, WITHIN, paused, END, here(far + timedelta(days=3)))
    ends = POLICY.due("K10", far, ((far, far + timedelta(days=3)),))
    assert ends.provisional
    clocks = [clock("K10", ClockAct.RESUME, far + timedelta(days=3), ends)]
    assert decision.tells == told(CASE, "hearing_completed", here(far + timedelta(days=3)), clocks, ends)


NOT_THERE = replace(READY, gates={**DONE_THERE, "agreement": {"content": "", "reason": "未达成"}})


@pytest.mark.parametrize(
    ("hearing", "terms", "wanted"),
    [
        (COMPLETED, [], IS_COMPLETED),
        (
            replace(HEARING, gates={**DONE_THERE, "questions": {}, "findings": {}}),
            [],
            says(
                "gates_missing",
                "四个当场尚未全部完成",
                findings=["当场公布调查结果:没有内容,也没有说明原因"],
                questions=["当场质询和答复:没有内容,也没有说明原因"],
            ),
        ),
        (
            NOT_THERE,
            [term(1)],
            says("not_agreed_there", "协议须当场形成", agreement=["当场形成听证协议没有内容"]),
        ),
        (
            READY,
            [term(0), term(1), term(-1)],
            says("due_past", "协议事项的期限须晚于现在", agreement=["第1项已过期限", "第3项已过期限"]),
        ),
    ],
)
def test_a_record_that_is_not_closed(hearing: Hearing, terms: list[Any], wanted: dict[str, Any]) -> None:
    cmd = {**END, "agreement": {"terms": terms}}
    assert problem(rules.complete, CASE, hearing, None, cmd, here(LATER)) == wanted


def test_a_term_may_end_the_next_second_and_no_agreement_needs_none() -> None:
    soon = {"terms": [{"what": "付款", "due": LATER + SECOND}]}
    assert rules.complete(CASE, READY, None, {**END, "agreement": soon}, here(LATER)).data["terms"] == 1
    assert rules.complete(CASE, NOT_THERE, None, END, here(LATER)).data["terms"] == 0
