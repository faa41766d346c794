"""Override and recusal, one letter at a time; test_one_holder.py does them in every order."""

from dataclasses import replace

import pytest

from contracts.errors import Refused
from services.assignment.handling.rules import accept
from services.assignment.holding.rules import register
from services.assignment.recusal import rules
from services.assignment.recusal.losing import on_recalled
from tests.services.assignment.cases import (
    DEPARTMENT,
    DISTRICT,
    PLUMS,
    TOWN,
    VILLAGE,
    acts,
    day,
    held,
    here,
    report,
    told,
)

CMD = {"reason": "承办机关的人员被反映", "exclude_holder": True}
AT_TOWN = {"holder": TOWN, "n": 1, "passed_to": TOWN, "seen": (DISTRICT, TOWN), "clocks": {}}


def test_a_superior_takes_the_case_with_what_it_kept_and_recalls_it_from_every_service() -> None:
    state = replace(register(report(), [], here(DISTRICT)).state, **AT_TOWN)
    decision = rules.override(state, CMD, here(DISTRICT, day(3)))
    taken = decision.state
    assert (taken.holder, taken.override, taken.n, taken.excluded) == (DISTRICT, 10_000, 0, (TOWN,))
    assert taken.sealed is not None
    recalls = told(decision, "case_recalled")
    assert {(tell.to, tell.service) for tell in recalls} == {(TOWN, service) for service in rules.SERVICES}
    assert recalls[0].data == {"term": {"override": 10_000, "n": 0}}, "one neutral word, without a reason"
    assert TOWN not in [tell.to for tell in told(decision, "case_milestone")]
    assert acts(decision) == {"K17": "start"}, "the reporter still has to be told, by the day it was"


def test_only_a_superior_of_the_holder_may_override() -> None:
    for state, office, code in (
        (held(TOWN, holder=DISTRICT), TOWN, "not_superior"),
        (held(TOWN), TOWN, "already_held"),
        (held(TOWN, recalled=True), TOWN, "stale_term"),
    ):
        with pytest.raises(Refused) as refused:
            rules.override(state, CMD, here(office))
        assert refused.value.code == code


def test_two_superiors_never_raise_the_term_to_the_same() -> None:
    """Whatever a town raises, the next override of the district is above it."""
    known = 0
    for _ in range(99):
        town = rules.next_override(known, here(TOWN))
        assert known < town < rules.next_override(0, here(DISTRICT))
        known = town
    assert rules.next_override(known, here(DISTRICT)) == 10_000
    assert rules.next_override(10_000, here(DISTRICT)) == 20_000
    assert rules.next_override(10_000, here(TOWN)) == 10_100


def test_the_loser_keeps_nothing_and_tells_how_far_it_was() -> None:
    at_town = replace(accept(held(TOWN), here(TOWN)).state, offered_to=VILLAGE, n=1)
    lost = on_recalled(at_town, (10_000, 0), DISTRICT, here(TOWN, day(3)))
    husk = lost.state
    assert husk.recalled
    assert (husk.text, husk.place, husk.number, husk.receipt_hash, husk.clocks) == (None, "", "", "", {})
    account = told(lost, "case_given_up")[0]
    assert (account.to, account.data["status"], list(account.data["clocks"])) == (DISTRICT, "accepted", ["K5"])
    assert {tell.to for tell in told(lost, "case_recalled")} == {VILLAGE}, "an offer under way is recalled too"


def test_the_handling_time_goes_on_at_the_superior() -> None:
    at_town = replace(accept(held(TOWN), here(TOWN)).state, n=1)
    account = told(on_recalled(at_town, (10_000, 0), DISTRICT, here(TOWN, day(9))), "case_given_up")[0].data
    taken = rules.override(replace(held(DISTRICT), **AT_TOWN), CMD, here(DISTRICT, day(9))).state
    resumed = rules.on_given_up(taken, account, TOWN, here(DISTRICT, day(9)))
    assert (resumed.state.status, acts(resumed)) == ("accepted", {"K1": "stop", "K5": "start"})
    assert resumed.state.running["K5"] == at_town.running["K5"], "with the day it had (回避改派)"


def test_what_a_village_had_in_hand_is_accepted_anew() -> None:
    at_village = replace(accept(held(VILLAGE), here(VILLAGE)).state, n=1)
    account = told(on_recalled(at_village, (100, 0), TOWN, here(VILLAGE)), "case_given_up")[0].data
    state = replace(held(TOWN), holder=VILLAGE, n=1, passed_to=VILLAGE, clocks={})
    taken = rules.override(state, CMD, here(TOWN)).state
    assert rules.on_given_up(taken, account, VILLAGE, here(TOWN)).state.status == "registered"


@pytest.mark.parametrize(("term", "sender"), [((0, 1), DISTRICT), ((10_000, 0), VILLAGE), ((10_000, 0), DEPARTMENT)])
def test_a_recall_of_a_past_term_or_from_below_is_recorded_without_effect(term: tuple[int, int], sender: str) -> None:
    state = held(TOWN, n=1)
    decision = on_recalled(state, term, sender, here(TOWN))
    assert (decision.state, decision.tells, decision.action) == (state, (), "refused")


def test_an_office_that_never_heard_of_the_case_learns_nothing_by_being_recused() -> None:
    state = register(report(), [], here(DISTRICT)).state
    decision = rules.exclude(state, {"office": VILLAGE, "reason": "被反映人在该村任职"}, here(DISTRICT))
    assert decision.state.excluded == (VILLAGE,)
    assert VILLAGE not in [tell.to for tell in decision.tells]


def test_an_office_that_had_word_of_it_gets_the_neutral_recall() -> None:
    state = replace(held(DISTRICT), seen=(DISTRICT, TOWN))
    decision = rules.exclude(state, {"office": TOWN, "reason": "回避"}, here(DISTRICT))
    assert {tell.data["term"]["override"] for tell in told(decision, "case_recalled")} == {0}
    husk = on_recalled(held(TOWN, holder=DISTRICT), rules.EXCLUDED, DISTRICT, here(TOWN)).state
    assert (husk.recalled, husk.text) == (True, None)


@pytest.mark.parametrize(
    ("office", "code"),
    [(TOWN, "holder"), (DISTRICT, "not_superior"), ("nowhere1", "unknown_office"), (PLUMS, "excluded")],
)
def test_who_cannot_be_recused_so(office: str, code: str) -> None:
    state = replace(held(DISTRICT), **AT_TOWN, excluded=(PLUMS,))
    with pytest.raises(Refused) as refused:
        rules.exclude(state, {"office": office, "reason": "回避"}, here(DISTRICT))
    assert refused.value.code == code


def test_recusing_the_office_it_was_just_offered_to_takes_the_offer_with_it() -> None:
    state = replace(held(DISTRICT), offered_to=TOWN, allotted=1)
    decision = rules.exclude(state, {"office": TOWN, "reason": "回避"}, here(DISTRICT))
    assert (decision.state.offered_to, decision.state.excluded, decision.state.override) == ("", (TOWN,), 10_000)
    assert {tell.to for tell in told(decision, "case_recalled")} == {TOWN}


def test_a_recusal_by_the_superior_reaches_the_holder_below() -> None:
    state = replace(held(DISTRICT), **AT_TOWN)
    decision = rules.exclude(state, {"office": PLUMS, "reason": "回避"}, here(DISTRICT))
    word = told(decision, "case_excluded")[0]
    assert word.to == TOWN
    at_town = rules.on_excluded(held(TOWN), word.data, DISTRICT, here(TOWN))
    assert at_town.state.excluded == (PLUMS,)
    assert rules.on_excluded(held(TOWN), word.data, VILLAGE, here(TOWN)).action == "refused"


@pytest.mark.parametrize(("sender", "override"), [(PLUMS, 0), (TOWN, 99_990_000)])
def test_an_account_by_a_stranger_or_beyond_what_it_can_have_changes_nothing(sender: str, override: int) -> None:
    at_town = replace(accept(held(TOWN), here(TOWN)).state, n=1)
    account = told(on_recalled(at_town, (10_000, 0), DISTRICT, here(TOWN, day(9))), "case_given_up")[0].data
    state = rules.override(replace(held(DISTRICT), **AT_TOWN), CMD, here(DISTRICT, day(9))).state
    forged = {**account, "term": {"override": override, "n": 0}}
    assert rules.on_given_up(state, forged, sender, here(DISTRICT, day(9))).state == state
