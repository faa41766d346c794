"""Accepting, refusing, extending, settling and opinions, with the clocks they move."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from services.assignment import clocks
from services.assignment.handling import rules, settling
from services.assignment.holding.rules import register
from services.assignment.opinions import reviewed
from services.assignment.opinions import rules as opinions
from services.assignment.opinions.rules import OpinionState
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    DEPARTMENT,
    DISTRICT,
    LEADER,
    MON,
    TOWN,
    VILLAGE,
    acts,
    day,
    held,
    here,
    report,
    told,
)

DRAFT = {"perform_by": None, "no_visit_reason": "可凭材料查明"}
SERVE = {"way": "direct", "served_at": None, "receiver": "", "witness": "", "refused": False}
WORDS = {"verdict": "support", "facts": "属实", "opinion": "限期清淤", "basis": "《信访工作条例》", **DRAFT}


def accepted(office: str = TOWN, at: datetime = MON) -> CaseState:
    return rules.accept(held(office), here(office, at)).state


def due(state: CaseState, kind: str = "K5") -> datetime:
    return clocks.due_of(state.running[kind]).at


def issued(office: str = TOWN, at: datetime = MON) -> tuple[CaseState, OpinionState]:
    state = accepted(office, at)
    draft = opinions.draft(state, WORDS, here(office, at)).state
    decision, opinion = opinions.issue(state, draft, "槐川镇意〔2026〕1号", here(office, at, roles=LEADER))
    return decision.state, opinion


def test_accepting_starts_the_sixty_days_and_wants_a_notice() -> None:
    decision = rules.accept(held(TOWN), here(TOWN, day(2)))
    assert acts(decision) == {"K2": "stop", "K5": "start"}
    notice = told(decision, "notice_wanted")[0]
    assert (notice.to, notice.service, notice.data["kind"]) == (TOWN, "intake", "accepted")
    step = told(decision, "case_progress")[0]
    assert (step.to, step.data["step"], step.data["due"]) == ("portal", "accepted", due(decision.state))


def test_a_late_notice_does_not_lengthen_the_handling_time() -> None:
    """受理之日 is the day of the notice, at the latest the day by which it was due (domain 2.2)."""
    late = rules.accept(held(TOWN), here(TOWN, day(30)))
    assert late.state.accepted_at == datetime(2026, 3, 17, 23, 59, 59, tzinfo=SHANGHAI)
    assert late.state.running["K5"]["at"] == late.state.accepted_at.isoformat()


def test_a_discipline_report_shows_nothing_but_its_step() -> None:
    state = register(report(), [], here(DISTRICT)).state
    decision = rules.accept(state, here(DISTRICT, day(1)))
    assert acts(decision) == {"K17": "stop", "K5": "start"}
    nobody_to_tell = register(report(real_name=False), [], here(DISTRICT)).state
    assert acts(rules.accept(nobody_to_tell, here(DISTRICT, day(1)))) == {"K20": "stop", "K5": "start"}
    step = told(decision, "case_progress")[0].data
    assert (step["office"], step["number"], step["entry_office"], step["tier"]) == ("", "", "", "district")


@pytest.mark.parametrize(("change", "notices"), [({}, 1), ({"real_name": False}, 0), ({"repeat_of": "x"}, 0)])
def test_who_of_the_discipline_reporters_is_told(change: dict[str, Any], notices: int) -> None:
    state = replace(register(report(), [], here(DISTRICT)).state, **change)
    assert len(told(rules.accept(state, here(DISTRICT)), "notice_wanted")) == notices


def test_declining_needs_a_ground_of_the_list_and_ends_every_clock() -> None:
    with pytest.raises(Refused) as refused:
        rules.decline(held(TOWN), {"ground": "tired", "guidance": "无", "new_facts": ""}, here(TOWN))
    assert "ground" in refused.value.fields
    decision = rules.decline(
        held(TOWN), {"ground": "litigation", "guidance": "向法院起诉", "new_facts": ""}, here(TOWN)
    )
    assert (decision.state.status, decision.state.running, acts(decision)) == ("declined", {}, {"K2": "stop"})


def test_an_extension_is_a_leaders_act_once_and_in_time() -> None:
    state = accepted()
    cmd = {"days": 30, "reason": "案情复杂"}
    with pytest.raises(Refused, match="负责人"):
        rules.extend(state, cmd, here(TOWN))
    last = due(state)
    decision = rules.extend(state, cmd, here(TOWN, last, roles=LEADER))
    assert acts(decision) == {"K5": "extend"}
    assert due(decision.state) > last
    with pytest.raises(Refused, match="期限已过"):
        rules.extend(state, cmd, here(TOWN, last + timedelta(seconds=1), roles=LEADER))
    with pytest.raises(Refused, match="一次"):
        rules.extend(decision.state, cmd, here(TOWN, roles=LEADER))
    with pytest.raises(Refused) as refused:
        rules.extend(state, {**cmd, "days": 31}, here(TOWN, roles=LEADER))
    assert "days" in refused.value.fields


def test_a_village_settles_and_issues_no_opinion() -> None:
    state = accepted(VILLAGE)
    with pytest.raises(Refused, match="不出具处理意见"):
        opinions.draft(state, WORDS, here(VILLAGE))
    with pytest.raises(Refused, match="不出具处理意见"):
        rules.extend(state, {"days": 5, "reason": "x"}, here(VILLAGE, roles=LEADER))
    settled = settling.settle(state, {"what": "已清渠", "perform_by": None}, here(VILLAGE, day(1)))
    assert (settled.state.status, list(settled.state.running)) == ("settled", ["K5"])
    done = settling.confirm(settled.state, here(VILLAGE, day(3)), "said_here")
    assert (done.state.status, acts(done)) == ("concluded", {"K5": "stop"})
    with pytest.raises(Refused, match="村"):
        settling.settle(held(TOWN), {"what": "x", "perform_by": None}, here(TOWN))


def test_an_opinion_is_drafted_issued_by_a_leader_and_served() -> None:
    state, opinion = issued()
    assert (state.status, state.opinion_no, list(state.running)) == ("opinion", "槐川镇意〔2026〕1号", ["K5"])
    decision, served = opinions.serve(state, opinion, SERVE, here(TOWN, day(1)))
    assert (decision.state.status, decision.state.running) == ("concluded", {})
    assert acts(decision) == {"K5": "stop", "K7": "start"}
    hearings = told(decision, "opinion_served")
    assert [(tell.to, tell.data["review_office"]) for tell in hearings] == [(TOWN, DISTRICT), (DISTRICT, DISTRICT)]
    assert served.way == "direct"


def test_no_draft_no_number_and_no_service_before_issue() -> None:
    with pytest.raises(Refused, match="还没有拟好"):
        opinions.issue(accepted(), None, "1号", here(TOWN, roles=LEADER))
    state, opinion = issued()
    with pytest.raises(Refused, match="负责人"):
        opinions.issue(accepted(), opinion, "1号", here(TOWN))
    for moment, code in ((day(-1), "too_early"), (day(9), "in_future")):
        with pytest.raises(Refused) as refused:
            opinions.serve(state, opinion, {**SERVE, "way": "post", "served_at": moment}, here(TOWN, day(1)))
        assert (refused.value.code, list(refused.value.fields)) == (code, ["served_at"])


@pytest.mark.parametrize(("office", "organ"), [(TOWN, DISTRICT), (DEPARTMENT, DISTRICT), (DISTRICT, "city-petition")])
def test_who_reviews(office: str, organ: str) -> None:
    assert opinions.reviewing_organ(here(office)) == organ


def concluded(**other: Any) -> Any:
    """A discipline report of the district whose conclusion was issued, as a decision."""
    state = replace(rules.accept(register(report(), [], here(DISTRICT)).state, here(DISTRICT)).state, **other)
    draft = opinions.draft(state, {**WORDS, "verdict": "untrue"}, here(DISTRICT)).state
    return opinions.issue(state, draft, "秦都区纪意〔2026〕1号", here(DISTRICT, roles=LEADER))[0]


def test_issuing_the_conclusion_concludes_a_discipline_report_without_review() -> None:
    decision = concluded()
    assert (decision.state.status, list(decision.state.running)) == ("concluded", ["K18"])
    assert acts(decision) == {"K5": "stop", "K18": "start"}
    assert [tell.data["what"] for tell in told(decision, "case_milestone")] == ["concluded"]
    assert [tell.data["step"] for tell in told(decision, "case_progress")] == ["concluded"]
    assert told(decision, "opinion_served") == []
    with pytest.raises(Refused) as refused:
        opinions.serve(decision.state, None, SERVE, here(DISTRICT))
    assert refused.value.code == "not_for_discipline"


@pytest.mark.parametrize("other", [{"real_name": False}, {"contactable": False}, {"repeat_of": "610402-J2026-00009"}])
def test_only_a_reachable_real_name_first_reporter_is_to_be_told_of_the_conclusion(other: dict[str, Any]) -> None:
    assert acts(concluded(**other)) == {"K5": "stop"}


def test_each_desk_has_its_own_verdicts() -> None:
    for state, office, word in ((accepted(), TOWN, "untrue"), (concluded().state, DISTRICT, "support")):
        open_again = replace(state, status="accepted")
        with pytest.raises(Refused) as refused:
            opinions.draft(open_again, {**WORDS, "verdict": word}, here(office))
        assert (refused.value.code, list(refused.value.fields)) == ("wrong_verdict", ["verdict"])


def test_a_review_that_orders_it_done_again_opens_the_case() -> None:
    state, opinion = issued()
    concluded = opinions.serve(state, opinion, SERVE, here(TOWN))[0].state
    word = {"level": "review", "opinion_no": "复查1号", "at": day(20)}
    again, marked = reviewed.on_review_decided(concluded, opinion, {**word, "outcome": "redo"}, here(TOWN, day(21)))
    assert (again.state.status, again.state.reopened, acts(again)) == ("accepted", 1, {"K5": "start"})
    assert again.state.running["K5"]["at"] == day(20).isoformat()
    assert marked is not None
    assert marked.outcome == "review:redo"
    upheld, _ = reviewed.on_review_decided(concluded, opinion, {**word, "outcome": "uphold"}, here(TOWN, day(21)))
    assert upheld.state == concluded


def test_a_repeat_is_linked_not_told_again_and_still_has_a_clock() -> None:
    state = register(report(), [], here(DISTRICT)).state
    linked = rules.link_repeat(state, {"repeat_of": "610402-J2026-00001"}, here(DISTRICT))
    assert acts(linked) == {"K17": "stop", "K20": "start"}
    with pytest.raises(Refused, match="自身"):
        rules.link_repeat(state, {"repeat_of": state.number}, here(DISTRICT))


def test_supplements_reach_the_holder_once() -> None:
    data = {"supplement": "d" * 32, "at": MON, "text": "补充照片", "sealed": None, "receipt_hash": "b" * 64}
    kept = rules.add_supplement(held(TOWN), data, here(TOWN))
    assert kept.state.supplements[0]["text"] == "补充照片"
    assert rules.add_supplement(kept.state, data, here(TOWN)).state == kept.state
    passed = held(DISTRICT, holder=VILLAGE, passed_to=TOWN)
    onward = rules.add_supplement(passed, data, here(DISTRICT))
    assert (onward.state.supplements, onward.tells[0].to) == ((), TOWN)


def test_a_reminder_marks_the_case_of_its_holder_only() -> None:
    data = {"kind": "K5", "due": day(60)}
    assert rules.remind(accepted(), data, here(TOWN)).state.todo == "reminder K5"
    assert rules.remind(held(TOWN, holder=VILLAGE), data, here(TOWN)).state.todo == ""
