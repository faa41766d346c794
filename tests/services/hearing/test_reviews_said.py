"""Requests for review, review opinions and registered ones, decision by decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.telling import clock
from contracts.words import ClockAct
from services.hearing.cases.rules import Opinion, told
from services.hearing.reviews import rules
from services.hearing.reviews.standing import FINAL, REVIEW, WORDS_ZH, Review
from tests.services.hearing.known import (
    ASK,
    CASE,
    CASE_ID,
    DECIDE,
    MON,
    OPINION,
    POLICY,
    RECEIPT,
    SECOND,
    SERVED,
    TREE,
    UNTIL,
    leader_at,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE, here_at
from tests.services.refusals import problem, says

CITY = "city-petition"
AT = SERVED + timedelta(days=5)
LATER = SERVED + timedelta(days=20)
NEXT = POLICY.due("K9", LATER)


def here(at: datetime = AT, office: str = DISTRICT) -> Here:
    return leader_at(office, at, TREE, POLICY)


def asked(at: datetime = AT, **changes: Any) -> Review:
    """A request for review that the district has."""
    ends = POLICY.due("K8", at)
    review = Review(CASE_ID, OPINION.opinion_no, REVIEW, "requested", DISTRICT, False, at, ASK["points"])
    return replace(review, due=ends.at, provisional=ends.provisional, how=ends.how, **changes)


DECIDED = asked(state="decided", decided_at=LATER, outcome="uphold", next_until=NEXT.at)


def asked_finally(at: datetime = LATER, **changes: Any) -> Review:
    """A request for final review that the city has."""
    ends = POLICY.due("K10", at)
    review = Review(CASE_ID, OPINION.opinion_no, FINAL, "requested", CITY, True, at, ASK["points"])
    return replace(review, due=ends.at, provisional=ends.provisional, how=ends.how, **changes)


# --- asking for review ---


def test_a_request_for_review() -> None:
    now, at = AT + timedelta(days=1), AT
    ends = POLICY.due("K8", at)
    clocks = [clock("K7", ClockAct.STOP, at), clock("K8", ClockAct.START, at, ends)]
    decision = rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": at, "waiver": " "}, here(now))
    assert decision == Decision(
        asked(waiver=" "),
        told(CASE, "review_requested", here(now), clocks, ends),
        "review_requested",
        " ",
        {"organ": DISTRICT},
    )


def test_a_provisional_term_is_kept_as_one() -> None:
    far = datetime(2027, 3, 1, 9, tzinfo=MON.tzinfo)
    opinion = replace(OPINION, served_at=far, review_until=far)
    review = rules.request_review(CASE, opinion, (), ASK, here(far)).state
    assert review == asked(far)
    assert review.provisional, "the days of rest of that year are not known yet"


def test_a_request_waived_by_the_review_organ() -> None:
    late = UNTIL + SECOND
    decision = rules.request_review(CASE, OPINION, (), {**ASK, "waiver": "住院"}, here(late))
    assert decision.state == asked(late, waiver="住院")
    assert decision.why == "住院"


def test_a_body_outside_reviews_what_the_district_issued() -> None:
    outside = replace(OPINION, review_office=CITY)
    decision = rules.request_review(CASE, outside, (), ASK, here())
    assert decision.state == asked(organ=CITY, outside=True)
    assert decision.data == {"organ": CITY}
    late = rules.request_review(CASE, outside, (), {**ASK, "waiver": "住院"}, here(UNTIL + SECOND)).state
    assert late == asked(UNTIL + SECOND, organ=CITY, outside=True, waiver="住院")


def test_another_organ_of_the_network_is_asked() -> None:
    decision = rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": AT}, here(LATER, TOWN))
    data = {"receipt_hash": RECEIPT, "entry_office": VILLAGE, "at": AT, "points": ASK["points"]}
    tell = Tell(DISTRICT, "hearing", "review_requested", CASE_ID, data)
    assert decision == Decision(None, (tell,), "pass_review_request")


OF_ANOTHER = replace(DECIDED, opinion_no="意9号")
LATE_ROW = rules.late_request(OPINION, UNTIL + SECOND, "补偿面积有误")


@pytest.mark.parametrize("reviews", [(OF_ANOTHER,), (LATE_ROW,), (OF_ANOTHER, LATE_ROW)])
def test_requests_of_another_opinion_and_late_ones_do_not_count_as_asked(reviews: tuple[Review, ...]) -> None:
    assert rules.request_review(CASE, OPINION, reviews, ASK, here()).state == asked()


def test_a_late_request_is_kept_as_one() -> None:
    kept = Review(CASE_ID, OPINION.opinion_no, REVIEW, "late", DISTRICT, False, UNTIL + SECOND, "补偿面积有误")
    assert rules.late_request(OPINION, UNTIL + SECOND, "补偿面积有误") == kept


LATE = says("late", "已超过申请复查的期限,须由复查机关说明准予的理由", waiver=["须说明理由"])


def no_review(now: str) -> dict[str, Any]:
    return says("not_reviewable", "现在不能申请复查", case=[WORDS_ZH[now]])


@pytest.mark.parametrize(
    ("opinion", "reviews", "cmd", "at", "wanted"),
    [
        (None, (), {}, here(), no_review("no_opinion")),
        (OPINION, (asked(),), {}, here(), no_review("in_review")),
        (OPINION, (DECIDED,), {}, here(LATER), no_review("final_review_open")),
        (OPINION, (DECIDED,), {"waiver": "住院"}, here(NEXT.at + SECOND), no_review("lapsed")),
        (OPINION, (), {}, here(UNTIL + SECOND), LATE),
        (OPINION, (), {"waiver": "  "}, here(UNTIL + SECOND), LATE),
        (OPINION, (), {"waiver": "住院"}, here(UNTIL + SECOND, TOWN), LATE),
        (
            OPINION,
            (),
            {"requested_at": AT + SECOND},
            here(),
            says("future", "时间不能晚于现在", requested_at=["晚于现在"]),
        ),
        (
            OPINION,
            (),
            {"requested_at": SERVED - SECOND},
            here(),
            says("too_early", "早于处理意见送达时间", requested_at=["早于送达时间"]),
        ),
    ],
)
def test_when_review_cannot_be_asked_for(
    opinion: Opinion | None, reviews: tuple[Review, ...], cmd: dict[str, Any], at: Here, wanted: dict[str, Any]
) -> None:
    assert problem(rules.request_review, CASE, opinion, reviews, {**ASK, **cmd}, at) == wanted


def test_review_may_be_asked_for_in_the_second_of_service() -> None:
    assert rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": SERVED}, here()).state == asked(SERVED)


# --- asking for final review ---


def test_a_request_for_final_review() -> None:
    now, at = LATER + timedelta(days=2), LATER
    ends = POLICY.due("K10", at)
    clocks = [clock("K9", ClockAct.STOP, at), clock("K10", ClockAct.START, at, ends)]
    decision = rules.request_final_review(CASE, OPINION, (DECIDED,), {**ASK, "requested_at": at}, here(now))
    assert decision == Decision(
        asked_finally(at),
        told(CASE, "final_review_requested", here(now), clocks, ends),
        "final_review_requested",
        "",
        {"organ": CITY},
    )


def test_the_organ_is_the_commands_where_it_names_one() -> None:
    named = rules.request_final_review(CASE, OPINION, (DECIDED,), {**ASK, "body": "xixian"}, here(LATER)).state
    assert named == asked_finally(LATER, organ="xixian")
    of_district = replace(CASE, holder=DISTRICT)
    own = rules.request_final_review(of_district, OPINION, (DECIDED,), {**ASK, "body": CITY}, here(LATER)).state
    assert own == asked_finally(LATER)


def test_a_late_request_for_final_review_may_be_waived() -> None:
    late = NEXT.at + SECOND
    decision = rules.request_final_review(CASE, OPINION, (DECIDED,), {**ASK, "waiver": "住院"}, here(late))
    assert (decision.state, decision.why) == (asked_finally(late, waiver="住院"), "住院")


NOT_YET = says("no_review_yet", "复查意见作出后才能申请复核,由复查机关办理")
NO_ORGAN = says("no_organ", "政策没有规定复核机关,请指明", body=["须指明复核机关"])
LATE_FINAL = says("late", "已超过申请复核的期限,须说明准予的理由", waiver=["须说明理由"])


@pytest.mark.parametrize(
    ("opinion", "reviews", "cmd", "at", "wanted"),
    [
        (None, (DECIDED,), {}, LATER, NOT_YET),
        (OPINION, (), {}, LATER, NOT_YET),
        (OPINION, (asked(),), {}, LATER, NOT_YET),
        (OPINION, (OF_ANOTHER,), {}, LATER, NOT_YET),
        (OPINION, (replace(DECIDED, decided_at=None),), {}, LATER, NOT_YET),
        (OPINION, (replace(DECIDED, level=FINAL),), {}, LATER, NOT_YET),
        (
            OPINION,
            (DECIDED,),
            {"requested_at": LATER - SECOND},
            LATER,
            says("too_early", "早于复查意见作出时间", requested_at=["早于复查意见"]),
        ),
        (
            OPINION,
            (DECIDED,),
            {"requested_at": LATER + SECOND},
            LATER,
            says("future", "时间不能晚于现在", requested_at=["晚于现在"]),
        ),
        (
            OPINION,
            (DECIDED, asked_finally()),
            {"waiver": "住院"},
            LATER,
            says("not_reviewable", "现在不能申请复核", case=["正在复核"]),
        ),
        (
            OPINION,
            (replace(DECIDED, outcome="redo"),),
            {},
            LATER,
            says("not_reviewable", "现在不能申请复核", case=["已经责令重新办理"]),
        ),
        (OPINION, (DECIDED,), {"waiver": " "}, NEXT.at + SECOND, LATE_FINAL),
    ],
)
def test_when_final_review_cannot_be_asked_for(
    opinion: Opinion | None, reviews: tuple[Review, ...], cmd: dict[str, Any], at: datetime, wanted: dict[str, Any]
) -> None:
    assert problem(rules.request_final_review, CASE, opinion, reviews, {**ASK, **cmd}, here(at)) == wanted


@pytest.mark.parametrize("holder", [DISTRICT, VILLAGE])
def test_where_the_policy_names_no_organ_the_command_has_to(holder: str) -> None:
    case = replace(CASE, holder=holder)
    assert problem(rules.request_final_review, case, OPINION, (DECIDED,), ASK, here(LATER)) == NO_ORGAN


# --- opinions of reviews ---


def tell_holder(level: str, outcome: str, number: str, at: datetime) -> Tell:
    data = {"level": level, "outcome": outcome, "opinion_no": number, "at": at}
    return Tell(TOWN, "assignment", "review_decided", CASE_ID, data)


def test_a_review_opinion_opens_the_right_to_final_review() -> None:
    clocks = [clock("K8", ClockAct.STOP, LATER), clock("K9", ClockAct.START, LATER, NEXT)]
    decision = rules.decide_review(CASE, OPINION, (asked(paused_at=AT),), DECIDE, here(LATER))
    assert decision == Decision(
        replace(DECIDED, facts="经复查", opinion="维持原意见", basis="信访工作条例"),
        (*told(CASE, "review_decided", here(LATER), clocks, NEXT), tell_holder(REVIEW, "uphold", "", LATER)),
        "review_decided",
        "维持原意见",
        {"outcome": "uphold"},
    )


def test_a_case_to_be_done_again_has_no_right_to_final_review() -> None:
    clocks = [clock("K8", ClockAct.STOP, LATER)]
    decision = rules.decide_review(CASE, OPINION, (asked(),), {**DECIDE, "outcome": "redo"}, here(LATER))
    assert decision.state.next_until is None
    assert decision.tells == (
        *told(CASE, "review_decided", here(LATER), clocks),
        tell_holder(REVIEW, "redo", "", LATER),
    )


REGISTER = {"outcome": "uphold", "opinion_no": "咸信复核〔2026〕9号", "issued_at": None, "public": True}


def test_the_registered_opinion_of_a_final_review() -> None:
    issued = LATER + timedelta(days=3)
    at = here(issued + timedelta(days=1))
    reviews = (DECIDED, asked_finally())
    decision = rules.register_opinion(CASE, OPINION, reviews, {**REGISTER, "issued_at": issued}, at)
    said = {"outcome": "uphold", "review_no": REGISTER["opinion_no"], "public": True}
    assert decision == Decision(
        asked_finally(state="decided", decided_at=at.now, **said),
        (
            *told(CASE, "final_review_decided", at, [clock("K10", ClockAct.STOP, issued)]),
            tell_holder(FINAL, "uphold", REGISTER["opinion_no"], at.now),
        ),
        "final_review_decided",
        "",
        {"outcome": "uphold"},
    )


def test_the_registered_opinion_of_a_review_outside_counts_for_the_right_from_its_registering() -> None:
    issued = AT
    at = here(LATER)
    decision = rules.register_opinion(
        CASE, OPINION, (asked(organ=CITY, outside=True),), {**REGISTER, "issued_at": issued}, at
    )
    clocks = [clock("K8", ClockAct.STOP, issued), clock("K9", ClockAct.START, LATER, NEXT)]
    assert decision.tells[:-1] == told(CASE, "review_decided", at, clocks, NEXT)
    assert (decision.state.next_until, decision.state.decided_at) == (NEXT.at, LATER)


NO_REVIEW = says("no_review", "没有正在办理的复查或者复核")


@pytest.mark.parametrize("act", [rules.decide_review, rules.register_opinion])
@pytest.mark.parametrize(("opinion", "reviews"), [(None, (asked(),)), (OPINION, ()), (OPINION, (DECIDED, OF_ANOTHER))])
def test_where_no_review_runs_there_is_no_opinion_of_one(
    act: Any, opinion: Opinion | None, reviews: Sequence[Review]
) -> None:
    assert problem(act, CASE, opinion, reviews, {**DECIDE, **REGISTER}, here(LATER)) == NO_REVIEW


@pytest.mark.parametrize(
    ("act", "review", "cmd", "wanted"),
    [
        (
            rules.decide_review,
            asked(outside=True),
            DECIDE,
            says("outside", "由系统外机关办理,请登记其意见"),
        ),
        (
            rules.register_opinion,
            asked(),
            REGISTER,
            says("inside", "由本机关作出复查意见,不能登记为系统外意见"),
        ),
        (
            rules.register_opinion,
            asked(outside=True),
            {**REGISTER, "issued_at": AT - SECOND},
            says("too_early", "早于申请时间", issued_at=["早于申请时间"]),
        ),
        (
            rules.register_opinion,
            asked(outside=True),
            {**REGISTER, "issued_at": LATER + SECOND},
            says("future", "时间不能晚于现在", issued_at=["晚于现在"]),
        ),
    ],
)
def test_an_opinion_that_is_not_taken(act: Any, review: Review, cmd: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(act, CASE, OPINION, (review,), cmd, here(LATER)) == wanted


@pytest.mark.parametrize("act", [rules.decide_review, rules.register_opinion])
def test_a_clerk_decides_no_review(act: Any) -> None:
    clerk = here_at(DISTRICT, LATER, TREE, POLICY)
    refused = says("not_leader", "此操作须由机关负责人批准")
    assert problem(act, CASE, OPINION, (asked(),), {**DECIDE, **REGISTER}, clerk) == refused


# --- numbers ---


def test_an_opinion_gets_its_number_in_the_state_and_in_the_holders_letter_alone() -> None:
    decision = rules.decide_review(CASE, OPINION, (asked(),), DECIDE, here(LATER))
    numbered = rules.numbered(decision, "复查1号", "review_no")
    assert numbered == replace(
        decision,
        state=replace(decision.state, review_no="复查1号"),
        tells=(*decision.tells[:-1], tell_holder(REVIEW, "uphold", "复查1号", LATER)),
    )


def test_a_package_has_its_number_on_the_request() -> None:
    decision = rules.request_final_review(CASE, OPINION, (DECIDED,), ASK, here(LATER))
    packed = rules.numbered(decision, "移送1号", "package_no")
    assert packed == replace(decision, state=replace(decision.state, package_no="移送1号"))
