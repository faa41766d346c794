"""Drafting, issuing and serving an opinion, decision by decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import clock, milestone, progress
from contracts.words import ClockAct
from services.assignment import clocks
from services.assignment.holding.rules import register
from services.assignment.opinions import rules
from services.assignment.opinions.rules import OpinionState
from services.assignment.outcome import performing
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    LEADER,
    MON,
    PLUMS,
    RECEIPT,
    TOWN,
    VILLAGE,
    day,
    held,
    here,
    policy,
    report,
)
from tests.services.assignment.concluded import BY, DRAFT, SECOND, SERVE, accepted, issued
from tests.services.assignment.refusals import (
    NOT_AN_ORGAN,
    NOT_HOLDER,
    NOT_LEADER,
    problem,
    says,
    wrong_status,
)

V1 = "1" * 32
NUMBER = "槐川镇意〔2026〕1号"


def secret(**other: Any) -> CaseState:
    """A real-name discipline report that the district accepted."""
    return replace(register(report(), [], here(DISTRICT)).state, status="accepted", accepted_at=MON, **other)


def drafted(case: str = CASE, **other: Any) -> OpinionState:
    words = {name: value for name, value in DRAFT.items() if name not in other}
    return OpinionState(**{"case": case, "round": 0, "drafted_by": "李四", "drafted_at": MON, **words, **other})


# --- drafting ---


def test_a_draft() -> None:
    at, state = here(TOWN, day(1)), replace(accepted(), reopened=2)
    cmd = {**DRAFT, "perform_by": BY, "no_visit_reason": "路断"}
    draft = drafted(round=2, drafted_by="张三", drafted_at=day(1), perform_by=BY, no_visit_reason="路断")
    assert rules.draft(state, cmd, at) == Decision(draft, (), "opinion_drafted", data={"verdict": "support"})


@pytest.mark.parametrize(
    ("state", "office", "cmd", "wanted"),
    [
        (replace(accepted(), holder=VILLAGE), TOWN, {}, NOT_HOLDER),
        (accepted(VILLAGE), VILLAGE, {}, NOT_AN_ORGAN),
        (held(TOWN), TOWN, {}, wrong_status("registered")),
        (
            accepted(),
            TOWN,
            {"verdict": "untrue"},
            says("wrong_verdict", "结论用语与事项的类别不符", verdict=["可选:support、explain、reject"]),
        ),
        (
            secret(),
            DISTRICT,
            {"verdict": "support"},
            says(
                "wrong_verdict",
                "结论用语与事项的类别不符",
                verdict=["可选:proved、partly_proved、untrue、unclear"],
            ),
        ),
        (
            accepted(),
            TOWN,
            {"verdict": "explain", "perform_by": BY},
            says("no_promise", "只有支持诉求的处理意见才有履行期限", perform_by=["应为空"]),
        ),
        (
            accepted(),
            TOWN,
            {"perform_by": day(1)},
            says("due_past", "履行期限须晚于现在", perform_by=["早于现在"]),
        ),
    ],
)
def test_what_is_not_drafted(state: CaseState, office: str, cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.draft, state, {**DRAFT, **cmd}, here(office, day(1))) == wanted


def test_a_promise_may_be_for_the_next_second() -> None:
    assert rules.draft(accepted(), {**DRAFT, "perform_by": day(1) + SECOND}, here(TOWN, day(1))).state.perform_by


@pytest.mark.parametrize(("desk", "stem"), [("petition", "槐川镇意〔2026〕"), ("discipline", "槐川镇纪意〔2026〕")])
def test_what_a_number_begins_with(desk: str, stem: str) -> None:
    assert rules.opinion_stem("槐川镇", desk, 2026) == stem


# --- issuing ---


def test_an_issued_opinion_ends_the_handling_time_and_keeps_the_clock_until_it_is_served() -> None:
    at, state = here(TOWN, day(1), roles=LEADER), replace(accepted(), todo="redo")
    after = replace(state, status="opinion", opinion_no=NUMBER, todo="")
    told = milestone(after, "opinion_issued", at, [clock("K5", ClockAct.STOP, day(1))])
    decision, opinion = rules.issue(state, drafted(), NUMBER, at)
    assert decision == Decision(
        after,
        (*told, progress(after, "opinion", at)),
        "opinion_issued",
        data={"number": NUMBER, "verdict": "support"},
    )
    assert opinion == drafted(number=NUMBER, issued_by="张三", issued_at=day(1))


@pytest.mark.parametrize(
    ("change", "told"),
    [({}, True), ({"real_name": False}, False), ({"contactable": False}, False), ({"repeat_of": "x"}, False)],
)
def test_issuing_concludes_a_discipline_report(change: dict[str, Any], told: bool) -> None:
    at = here(DISTRICT, day(9), roles=LEADER)
    state = clocks.start(secret(clocks={}, todo="redo", **change), at, "K5", MON)[0]
    ended = replace(state, status="concluded", concluded_at=day(9), opinion_no=NUMBER, todo="")
    ended, acts = clocks.stop(ended, at)
    if told:
        ended, started = clocks.start(ended, at, "K18", day(9))
        acts = acts + started
    by = (clocks.due_of(ended.running["K18"]).at, clocks.due_of(ended.running["K18"]).how) if told else ()
    decision, _ = rules.issue(state, drafted(verdict="untrue"), NUMBER, at)
    assert decision == Decision(
        ended,
        (*milestone(ended, "concluded", at, acts), progress(ended, "concluded", at, *by)),
        "opinion_issued",
        data={"number": NUMBER, "verdict": "untrue"},
    )


NO_DRAFT = says("no_draft", "还没有拟好的处理意见")
NO_VISIT = says("no_visit", "没有实地走访记录,须先走访或者说明不走访的理由", no_visit_reason=["没有走访记录"])


@pytest.mark.parametrize(
    ("state", "office", "opinion", "roles", "wanted"),
    [
        (replace(accepted(), holder=VILLAGE), TOWN, drafted(), LEADER, NOT_HOLDER),
        (accepted(), TOWN, drafted(), ("clerk",), NOT_LEADER),
        (accepted(VILLAGE), VILLAGE, drafted(), LEADER, NOT_AN_ORGAN),
        (held(TOWN), TOWN, drafted(), LEADER, wrong_status("registered")),
        (accepted(), TOWN, None, LEADER, NO_DRAFT),
        (accepted(), TOWN, drafted(number="1号"), LEADER, NO_DRAFT),
        (accepted(), TOWN, drafted(no_visit_reason="  "), LEADER, NO_VISIT),
    ],
)
def test_what_is_not_issued(
    state: CaseState, office: str, opinion: OpinionState | None, roles: tuple[str, ...], wanted: dict[str, Any]
) -> None:
    assert problem(rules.issue, state, opinion, NUMBER, here(office, day(1), roles=roles)) == wanted


def test_who_visited_needs_no_reason() -> None:
    at = here(TOWN, day(1), roles=LEADER)
    assert rules.issue(accepted(), drafted(no_visit_reason=""), NUMBER, at, visited=True)[0].action == "opinion_issued"


# --- serving ---

RECEIVED = {"way": "direct", "receiver": "乔满仓", "witness": "村主任", "refused": False}


@pytest.mark.parametrize(
    ("perform_by", "given", "served_at"), [(None, None, day(3)), (BY, day(2), day(2)), (None, day(1), day(1))]
)
def test_a_served_opinion(perform_by: datetime | None, given: datetime | None, served_at: datetime) -> None:
    at = here(TOWN, day(3))
    state, opinion = issued(perform_by=perform_by)
    state = replace(state, todo="redo", excluded=(PLUMS,), recused=(V1,), override=100, n=4)
    expected, acts = clocks.stop(replace(state, status="concluded", concluded_at=served_at, todo=""), at)
    if perform_by is not None:
        expected, promised = performing.promised(expected, perform_by, at)
        acts = acts + promised
    served = replace(opinion, served_at=served_at, **RECEIVED)
    until = policy().due("K7", served_at)
    word = {
        "number": state.number, "receipt_hash": RECEIPT, "entry_office": TOWN, "entered_at": MON, "desk": "petition",
        "category": "C03", "opinion_no": NUMBER, "verdict": "support", "served_at": served_at,
        "review_until": until.at, "review_office": DISTRICT, "holder": TOWN, "term": {"override": 100, "n": 4},
        "place": VILLAGE, "excluded": [PLUMS], "recused": [V1],
    }  # fmt: skip
    decision, kept = rules.serve(state, opinion, {**RECEIVED, "served_at": given}, at)
    assert kept == served
    assert decision == Decision(
        expected,
        (
            *milestone(expected, "opinion_served", at, [*acts, clock("K7", ClockAct.START, served_at, until)]),
            progress(expected, "served", at, until.at, until.how),
            Tell(TOWN, "hearing", "opinion_served", CASE, word),
            Tell(DISTRICT, "hearing", "opinion_served", CASE, word),
        ),
        "served",
        data={"way": "direct", "served_at": served_at.isoformat()},
    )


@pytest.mark.parametrize(
    ("office", "excluded", "told"),
    [(TOWN, (DISTRICT,), [TOWN]), (DISTRICT, (), [DISTRICT]), (TOWN, (), [TOWN, DISTRICT])],
)
def test_whose_hearing_hears_of_it(office: str, excluded: tuple[str, ...], told: list[str]) -> None:
    state, opinion = issued(office)
    decision, _ = rules.serve(replace(state, excluded=excluded), opinion, SERVE, here(office, day(2)))
    assert [tell.to for tell in decision.tells if tell.type == "opinion_served"] == told


NO_OPINION = says("no_opinion", "还没有印发的处理意见")
NO_WITNESS = says("no_witness", "拒收、留置或者公告送达须有见证人", witness=["须填写见证人"])


@pytest.mark.parametrize(
    ("change", "cmd", "wanted"),
    [
        ({"desk": "discipline"}, {}, says("not_for_discipline", "检举控告的办理结果不作送达,请向实名举报人反馈")),
        ({"holder": VILLAGE}, {}, NOT_HOLDER),
        ({"status": "accepted"}, {}, wrong_status("accepted")),
        ({}, {"served_at": day(2) + SECOND}, says("in_future", "时间不能晚于现在", served_at=["晚于现在"])),
        ({}, {"served_at": day(1) - SECOND}, says("too_early", "送达时间不能早于印发时间", served_at=["早于印发时间"])),
        ({}, {"refused": True, "witness": " "}, NO_WITNESS),
        ({}, {"way": "left"}, NO_WITNESS),
        ({}, {"way": "announced"}, NO_WITNESS),
    ],
)
def test_what_is_not_served(change: dict[str, Any], cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    state, opinion = issued()
    assert problem(rules.serve, replace(state, **change), opinion, {**SERVE, **cmd}, here(TOWN, day(2))) == wanted


@pytest.mark.parametrize("opinion", [None, drafted(number=NUMBER)])
def test_nothing_is_served_before_it_was_issued(opinion: OpinionState | None) -> None:
    assert problem(rules.serve, issued()[0], opinion, SERVE, here(TOWN, day(2))) == NO_OPINION


# --- who reviews ---


@pytest.mark.parametrize(
    ("office", "organ"),
    [(TOWN, DISTRICT), (DEPARTMENT, DISTRICT), (DISTRICT, policy().review_chain["district"].review)],
)
def test_the_reviewing_organ(office: str, organ: str) -> None:
    assert rules.reviewing_organ(here(office)) == organ


def test_a_tier_without_a_review_in_the_policy_is_refused() -> None:
    assert problem(rules.reviewing_organ, here(VILLAGE)) == says("no_review_organ", "政策没有规定复查机关")
