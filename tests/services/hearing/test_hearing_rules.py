"""Hearings: forms, seats, the four on-the-spots as gates, agreement, termination, the pause of K10."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from contracts.commands.hearing import COMMANDS
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.words import Gate
from services.hearing.reviews.standing import Review, Standing, standing
from services.hearing.sessions.rules import Hearing, complete, missing_gates, open_hearing, record_gate
from services.hearing.sessions.terminating import terminate
from tests.services.hearing.known import CASE, CASE_ID, HEAR, MON, OPINION, PANEL, POLICY, STANDARD, TREE, leader_at
from tests.services.hearing.test_review_rules import asked, decided
from tests.services.house import TOWN

NOW = leader_at(TOWN, MON, TREE, POLICY)
IDS = ("5" * 32, "槐川镇听证通知〔2026〕1号")
DONE: dict[str, Any] = {"minutes": "笔录", "agreement": None, "resolved": []}


def opened(here: Here = NOW, final: Review | None = None, **changes: Any) -> Decision[tuple[Hearing, Review | None]]:
    cmd = {**HEAR, "planned_at": MON + timedelta(days=7), **changes}
    return open_hearing(CASE, (), final, cmd, IDS, here)


def with_gates(hearing: Hearing, but: tuple[Gate, ...] = (), reasons: tuple[Gate, ...] = ()) -> Hearing:
    for gate in Gate:
        if gate not in but:
            said = (
                {"content": "", "reason": "当事人要求改期"} if gate in reasons else {"content": "已公布", "reason": ""}
            )
            hearing = record_gate(hearing, {"gate": gate.value, **said}, NOW).state
    return hearing


def test_a_public_hearing_needs_its_notice() -> None:
    with pytest.raises(Refused, match="公告") as refused:
        opened(form="public")
    assert set(refused.value.fields) == {"public_notice"}
    assert opened(form="public", public_notice="公告1号").state[0].form == "public"


def test_missing_seats_need_a_reason_but_host_and_recorder_must_be_there() -> None:
    without_deputy = [seat for seat in PANEL if seat["role"] != "deputy"]
    with pytest.raises(Refused, match="参加人员不全") as refused:
        opened(panel=without_deputy)
    assert refused.value.fields["panel"] == ["缺少人大代表或者政协委员"]
    assert opened(panel=without_deputy, absences="代表因会请假").state[0].absences
    with pytest.raises(Refused, match="参加人员不全"):
        opened(panel=PANEL[1:], absences="主持人缺席")
    with pytest.raises(Refused, match="两种角色"):
        opened(panel=[*PANEL, {"name": "甲", "role": "observer"}])


def test_one_hearing_at_a_time_and_not_in_the_past() -> None:
    first = opened().state[0]
    with pytest.raises(Refused, match="未结束"):
        open_hearing(CASE, (first,), None, {**HEAR, "planned_at": MON}, IDS, NOW)
    with pytest.raises(Refused, match="早于现在"):
        opened(planned_at=MON - timedelta(hours=1))


def test_a_hearing_within_a_final_review_stops_k10_and_its_days_do_not_count() -> None:
    final = Review(CASE_ID, OPINION.opinion_no, "final_review", "requested", "city-petition", True, MON, "")
    with pytest.raises(Refused, match="复核"):
        opened(for_level="final_review")
    decision = opened(for_level="final_review", final=final)
    hearing, paused = decision.state
    assert paused is not None
    assert paused.paused_at == MON
    later = leader_at(TOWN, MON + timedelta(days=9), TREE, POLICY)
    done = complete(CASE, with_gates(hearing), paused, DONE, later)
    resumed = done.state[1]
    assert resumed is not None
    assert resumed.due == POLICY.due("K10", MON, ((MON, later.now),)).at > POLICY.due("K10", MON).at
    told = [tell.data["clocks"] for each in (decision, done) for tell in each.tells if tell.type == "case_milestone"]
    assert {(clock["kind"], clock["act"]) for clocks in told for clock in clocks} == {
        ("K10", "pause"),
        ("K10", "resume"),
    }


def test_a_hearing_before_the_final_review_stops_no_clock() -> None:
    """Only the time of a final review stands still for a hearing (XF22 art. 36): K8 and K5 run on."""
    final = Review(CASE_ID, OPINION.opinion_no, "final_review", "requested", "city-petition", True, MON, "")
    decision = opened(final=final)
    done = complete(
        CASE, with_gates(decision.state[0]), final, DONE, leader_at(TOWN, MON + timedelta(days=9), TREE, POLICY)
    )
    assert (decision.state[1], done.state[1]) == (None, None)
    told = [tell.data["clocks"] for each in (decision, done) for tell in each.tells if tell.type == "case_milestone"]
    assert [clock for clocks in told for clock in clocks] == []


def test_each_agreed_term_gets_its_own_performance_clock() -> None:
    terms = [{"what": f"第{n}项", "due": MON + timedelta(days=30 * n)} for n in (1, 2)]
    decision = complete(CASE, with_gates(opened().state[0]), None, {**DONE, "agreement": {"terms": terms}}, NOW)
    clocks = decision.tells[0].data["clocks"]
    assert [(clock["kind"], clock["ref"], clock["due"]) for clock in clocks] == [
        ("K26", f"1.{n}", MON + timedelta(days=30 * n)) for n in (1, 2)
    ]


def test_an_agreement_is_made_there_or_not_at_all_and_its_terms_lie_ahead() -> None:
    agreement = {"terms": [{"what": "付款", "due": MON + timedelta(days=1)}]}
    not_there = with_gates(opened().state[0], reasons=(Gate.AGREEMENT,))
    with pytest.raises(Refused, match="当场形成"):
        complete(CASE, not_there, None, {**DONE, "agreement": agreement}, NOW)
    agreement["terms"][0]["due"] = MON
    with pytest.raises(Refused, match="晚于现在"):
        complete(CASE, with_gates(opened().state[0]), None, {**DONE, "agreement": agreement}, NOW)


@given(st.sets(st.sampled_from(list(Gate))), st.sets(st.sampled_from(list(Gate))))
def test_a_hearing_completes_only_with_content_or_reason_at_every_gate(lacking: set[Gate], reasons: set[Gate]) -> None:
    hearing = with_gates(opened().state[0], tuple(lacking), tuple(reasons))
    assert set(missing_gates(hearing)) == lacking
    if not lacking:
        assert complete(CASE, hearing, None, DONE, NOW).state[0].state == "completed"
        return
    with pytest.raises(Refused, match="四个当场") as refused:
        complete(CASE, hearing, None, DONE, NOW)
    assert set(refused.value.fields) == {gate.value for gate in lacking}


def test_a_completed_record_is_closed() -> None:
    done = complete(CASE, with_gates(opened().state[0]), None, DONE, NOW).state[0]
    with pytest.raises(Refused, match="不能再改"):
        record_gate(done, {"gate": "findings", "content": "改", "reason": ""}, NOW)
    with pytest.raises(Refused, match="不能再改"):
        complete(CASE, done, None, DONE, NOW)


@pytest.mark.parametrize(
    "gate", [{"content": "", "reason": ""}, {"content": "甲", "reason": "乙"}, {"content": " ", "reason": ""}]
)
def test_a_gate_has_content_or_a_reason_and_not_both(gate: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="只填一项"):
        COMMANDS["record_gate"]().load({"session": "5" * 32, "gate": "findings", **gate})


def test_termination_needs_a_completed_hearing_and_a_met_standard() -> None:
    now = Standing("review_open", OPINION.review_until)
    cmd = {"opinion": "终结", "standard_met": STANDARD}
    with pytest.raises(Refused, match="听证完成后"):
        terminate(CASE, [opened().state[0]], now, "区信访局", cmd, NOW)
    done = complete(CASE, with_gates(opened().state[0]), None, DONE, NOW).state[0]
    unmet = [*STANDARD, {"point": "当事人已知晓", "met": False}]
    with pytest.raises(Refused, match="终结标准") as refused:
        terminate(CASE, [done], now, "区信访局", {**cmd, "standard_met": unmet}, NOW)
    assert refused.value.fields == {"standard_met": ["当事人已知晓"]}
    decision = terminate(CASE, [done], now, "区信访局", cmd, NOW)
    assert "区信访局申请复查" in decision.state.remedy


@given(st.sampled_from(["none", "asked", "decided"]), st.integers(0, 60))
def test_termination_never_changes_where_review_stands_and_states_it(reached: str, days: int) -> None:
    reviews = {"none": (), "asked": (asked(),), "decided": (decided(),)}[reached]
    at = OPINION.served_at + timedelta(days=days)
    before = standing(OPINION, reviews, at)
    done = complete(CASE, with_gates(opened().state[0]), None, DONE, NOW).state[0]
    decision = terminate(CASE, [done], before, "区信访局", {"opinion": "终结", "standard_met": STANDARD}, NOW)
    assert standing(OPINION, reviews, at) == before
    assert all(not tell.data["clocks"] for tell in decision.tells if tell.type == "case_milestone")
    assert decision.state.remedy
    if before.word in ("review_open", "in_review", "final_review_open"):
        assert "第三十五条" in decision.state.remedy or "第三十六条" in decision.state.remedy
