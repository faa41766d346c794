"""The chain of review, its last lawful seconds, and finality over random sequences."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.context import Here
from contracts.errors import Refused
from contracts.words import ReviewOutcome
from services.hearing.reviews import rules
from services.hearing.reviews.standing import FINAL, REVIEW, Review, remedy, standing
from tests.services.hearing.known import ASK, CASE, DECIDE, OPINION, POLICY, SECOND, SERVED, TREE, UNTIL, leader_at
from tests.services.house import DISTRICT, TOWN


def here(at: datetime, office: str = DISTRICT) -> Here:
    return leader_at(office, at, TREE, POLICY)


def asked(at: datetime = SERVED + timedelta(days=5)) -> Review:
    return rules.request_review(CASE, OPINION, (), ASK, here(at)).state


def decided(outcome: str = "uphold", at: datetime = SERVED + timedelta(days=20)) -> Review:
    return rules.decide_review(CASE, OPINION, (asked(),), {**DECIDE, "outcome": outcome}, here(at)).state


def acts(decision) -> list[tuple[str, str]]:
    milestone = next(tell for tell in decision.tells if tell.type == "case_milestone")
    return [(clock["kind"], clock["act"]) for clock in milestone.data["clocks"]]


def test_review_may_be_asked_until_the_last_second_and_one_later_only_with_a_waiver() -> None:
    assert standing(OPINION, (), UNTIL).word == "review_open"
    assert standing(OPINION, (), UNTIL + SECOND).word == "lapsed"
    assert rules.request_review(CASE, OPINION, (), ASK, here(UNTIL)).state.state == "requested"
    with pytest.raises(Refused, match="期限") as late:
        rules.request_review(CASE, OPINION, (), ASK, here(UNTIL + SECOND))
    assert late.value.code == "late"
    waived = rules.request_review(CASE, OPINION, (), {**ASK, "waiver": "住院,有证明"}, here(UNTIL + SECOND))
    assert waived.state.waiver == "住院,有证明"


def test_a_letter_that_came_in_time_counts_by_its_own_day() -> None:
    later = here(UNTIL + timedelta(days=3))
    in_time = rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": UNTIL}, later)
    assert in_time.state.requested_at == UNTIL
    with pytest.raises(Refused, match="晚于现在"):
        rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": later.now + SECOND}, later)
    with pytest.raises(Refused, match="早于"):
        rules.request_review(CASE, OPINION, (), {**ASK, "requested_at": SERVED - SECOND}, later)


def test_the_request_ends_k7_and_starts_k8_and_the_holder_hears_of_it() -> None:
    decision = rules.request_review(CASE, OPINION, (), ASK, here(UNTIL))
    assert acts(decision) == [("K7", "stop"), ("K8", "start")]
    assert decision.state.due == POLICY.due("K8", UNTIL).at
    told = {tell.to for tell in decision.tells if tell.type == "case_milestone"}
    assert told == {DISTRICT, TOWN}


def test_another_review_organ_of_the_network_is_told_and_nothing_is_kept_here() -> None:
    decision = rules.request_review(CASE, OPINION, (), ASK, here(UNTIL, TOWN))
    assert decision.state is None
    assert [(tell.to, tell.service, tell.type) for tell in decision.tells] == [
        (DISTRICT, "hearing", "review_requested")
    ]
    with pytest.raises(Refused, match="期限"):
        rules.request_review(CASE, OPINION, (), {**ASK, "waiver": "理由"}, here(UNTIL + SECOND, TOWN))


def test_a_body_outside_that_reviews_gets_a_package() -> None:
    outside = replace(OPINION, review_office="city-petition")
    review = rules.request_review(CASE, outside, (), ASK, here(UNTIL)).state
    assert review.outside
    with pytest.raises(Refused, match="系统外"):
        rules.decide_review(CASE, outside, (review,), DECIDE, here(UNTIL))


def test_nobody_asks_twice_for_the_same_level() -> None:
    with pytest.raises(Refused, match="不能申请复查"):
        rules.request_review(CASE, OPINION, (asked(),), ASK, here(SERVED + timedelta(days=6)))
    with pytest.raises(Refused, match="不能申请复查"):
        rules.request_review(CASE, OPINION, (decided(),), {**ASK, "waiver": "理由"}, here(UNTIL + timedelta(days=90)))


@pytest.mark.parametrize(("outcome", "begun"), [("uphold", True), ("revoke", True), ("change", True), ("redo", False)])
def test_a_decision_ends_k8_and_starts_k9_unless_it_is_to_be_done_again(outcome: str, begun: bool) -> None:
    decision = rules.decide_review(CASE, OPINION, (asked(),), {**DECIDE, "outcome": outcome}, here(UNTIL))
    assert acts(decision) == [("K8", "stop")] + ([("K9", "start")] if begun else [])
    told = [tell for tell in decision.tells if tell.type == "review_decided"]
    assert [(tell.to, tell.service, tell.data["outcome"]) for tell in told] == [(TOWN, "assignment", outcome)]
    numbered = rules.numbered(decision, "秦都区复查〔2026〕1号", "review_no")
    assert numbered.state.review_no == "秦都区复查〔2026〕1号"
    assert [tell.data["opinion_no"] for tell in numbered.tells if tell.type == "review_decided"] == [
        "秦都区复查〔2026〕1号"
    ]


def test_final_review_follows_the_review_within_k9_and_goes_to_the_policys_organ() -> None:
    served = SERVED + timedelta(days=20)
    decision = rules.decide_review(CASE, OPINION, (asked(),), DECIDE, here(served))
    assert acts(decision) == [("K8", "stop"), ("K9", "start")]
    first = decision.state
    assert first.next_until == POLICY.due("K9", served).at
    decision = rules.request_final_review(CASE, OPINION, (first,), ASK, here(first.next_until))
    assert acts(decision) == [("K9", "stop"), ("K10", "start")]
    assert (decision.state.organ, decision.state.outside) == ("city-petition", True)
    with pytest.raises(Refused, match="期限"):
        rules.request_final_review(CASE, OPINION, (first,), ASK, here(first.next_until + SECOND))
    with pytest.raises(Refused, match="复查意见作出后"):
        rules.request_final_review(CASE, OPINION, (asked(),), ASK, here(UNTIL))
    with pytest.raises(Refused, match="指明"):
        rules.request_final_review(replace(CASE, holder=DISTRICT), OPINION, (first,), ASK, here(first.next_until))


def test_a_registered_opinion_of_the_final_organ_makes_it_final_and_a_lapsed_right_does() -> None:
    first = decided()
    final = rules.request_final_review(CASE, OPINION, (first,), ASK, here(UNTIL)).state
    cmd = {"outcome": "uphold", "opinion_no": "咸信复核〔2026〕9号", "issued_at": UNTIL, "public": True}
    assert not standing(OPINION, (first, final), UNTIL + timedelta(days=900)).is_final
    done = rules.register_opinion(CASE, OPINION, (first, final), cmd, here(UNTIL + timedelta(days=1))).state
    assert standing(OPINION, (first, done), UNTIL + timedelta(days=1)).word == "final"
    assert first.next_until is not None
    assert not standing(OPINION, (first,), first.next_until).is_final
    assert standing(OPINION, (first,), first.next_until + SECOND).is_final


def test_the_remedy_is_stated_for_every_standing() -> None:
    first = decided()
    for reviews, words in [((), "申请复查"), ((asked(),), "申请复核"), ((first,), "申请复核")]:
        assert words in remedy(standing(OPINION, reviews, UNTIL), "区信访局")
    assert "申请复查" in remedy(standing(None, (), UNTIL), "")
    assert "新的处理意见" in remedy(standing(OPINION, (decided("redo"),), UNTIL), "")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["review", "final", "decide", "register"]),
        st.integers(0, 45),
        st.sampled_from([each.value for each in ReviewOutcome]),
        st.booleans(),
    ),
    max_size=8,
)


@given(STEPS)
def test_the_chain_keeps_its_order_and_ends_only_lawfully(steps: list[tuple[str, int, str, bool]]) -> None:
    reviews: dict[str, Review] = {}
    now = SERVED
    for word, days, outcome, waived in steps:
        now += timedelta(days=days)
        before = standing(OPINION, tuple(reviews.values()), now)
        try:
            state = _step(word, tuple(reviews.values()), now, outcome, waived)
        except Refused:
            assert standing(OPINION, tuple(reviews.values()), now) == before
            continue
        reviews[state.level] = state
        after = standing(OPINION, tuple(reviews.values()), now)
        assert after.word != before.word
        if state.level == FINAL:
            assert reviews[REVIEW].state == "decided"
            assert reviews[REVIEW].outcome != ReviewOutcome.REDO
        if after.word == "final":
            assert (reviews[FINAL].state, reviews[FINAL].outside) == ("decided", True)
        if after.word == "lapsed":
            assert FINAL not in reviews
        if before.word == "lapsed":
            assert waived


def _step(word: str, reviews: tuple[Review, ...], now: datetime, outcome: str, waived: bool) -> Review:
    ask = {**ASK, "waiver": "理由" if waived else ""}
    if word == "review":
        return rules.request_review(CASE, OPINION, reviews, ask, here(now)).state
    if word == "final":
        return rules.request_final_review(CASE, OPINION, reviews, ask, here(now)).state
    if word == "decide":
        return rules.decide_review(CASE, OPINION, reviews, {**DECIDE, "outcome": outcome}, here(now)).state
    cmd = {"outcome": outcome, "opinion_no": "外〔2026〕1号", "issued_at": now, "public": False}
    return rules.register_opinion(CASE, OPINION, reviews, cmd, here(now)).state
