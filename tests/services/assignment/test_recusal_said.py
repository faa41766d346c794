"""Taking over, recusing and what comes back from the loser, decision by decision."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.context import Decision
from contracts.letters import Tell
from contracts.telling import milestone, progress
from services.assignment import clocks
from services.assignment.recusal import rules
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    day,
    held,
    here,
)
from tests.services.assignment.refusals import NOT_HOLDER, STALE, problem, says

CMD = {"reason": "提级办理", "exclude_holder": False}
RUNNING = {"at": MON.isoformat(), "due": day(60).isoformat(), "provisional": False, "how": ["六十日"]}
LOST = {"passed_to": TOWN, "n": 4, "allotted": 4, "clocks": {}, "seen": (DISTRICT, TOWN, VILLAGE)}


def stub(office: str = DISTRICT, **other: Any) -> CaseState:
    """What the district keeps of an accepted case that went to the town and on to the village."""
    gone = {**LOST, "holder": VILLAGE, "status": "accepted", "accepted_at": day(-2), "asked_back": True}
    return held(office, **{**gone, **other})


def recalls(term: tuple[int, int], *offices: str) -> list[Tell]:
    data = {"term": {"override": term[0], "n": term[1]}}
    services = ("assignment", "intake", "supervision", "hearing")
    return [Tell(office, service, "case_recalled", CASE, data) for office in offices for service in services]


def stale(what: str, state: CaseState) -> Decision[CaseState]:
    return Decision(state, (), "refused", f"stale_term: {what}")


# --- override ---


def taken(state: CaseState, **other: Any) -> CaseState:
    """A case that the district took to itself on day 3, before its clock starts."""
    return replace(
        state, holder=DISTRICT, override=10_000, n=0, allotted=0, offered_to="", offered_at=None, passed_to="",
        asked_back=False, **other,
    )  # fmt: skip


def by(state: CaseState, kind: str) -> tuple[datetime, tuple[str, ...]]:
    """By when a clock says, and how."""
    ends = clocks.due_of(state.running[kind])
    return ends.at, ends.how


@pytest.mark.parametrize(("exclude", "excluded"), [(False, (PLUMS,)), (True, (PLUMS, VILLAGE))])
def test_a_case_taken_from_below_is_sorted_anew(exclude: bool, excluded: tuple[str, ...]) -> None:
    at, state = here(DISTRICT, day(3)), stub(excluded=(PLUMS,))
    bare = taken(state, excluded=excluded, status="registered", came_at=day(3), accepted_at=None)
    expected, begun = clocks.begin(bare, at)
    assert [each["kind"] for each in begun] == ["K1"]
    told = milestone(expected, "overridden", at, begun, to=[DISTRICT])
    assert rules.override(state, {**CMD, "exclude_holder": exclude}, at) == Decision(
        expected,
        (*recalls((10_000, 0), TOWN, VILLAGE), *told, progress(expected, "returned", at, *by(expected, "K1"))),
        "overridden",
        "提级办理",
        {"term": [10_000, 0], "excluded": list(excluded)},
    )


def test_an_offer_taken_back_leaves_the_case_as_far_as_it_was() -> None:
    at = here(DISTRICT, day(3))
    ends = {"K24": RUNNING, "K5": RUNNING}
    state = stub(holder=DISTRICT, passed_to="", offered_to=TOWN, offered_at=day(1), clocks=ends, from_office=VILLAGE)
    expected, acts = clocks.stop(taken(state, from_office=""), at, ["K24"])
    told = milestone(expected, "overridden", at, acts, to=[DISTRICT])
    decision = rules.override(state, CMD, at)
    assert decision.state == expected
    assert decision.tells == (
        *recalls((10_000, 0), TOWN),
        *told,
        progress(expected, "returned", at, *by(expected, "K5")),
    )


def test_the_ledgers_between_follow_and_the_office_above_hears_of_it() -> None:
    at, state = here(DISTRICT, day(3)), stub(passed_to="", holder=VILLAGE)
    decision = rules.override(state, CMD, at)
    begun = clocks.begin(replace(decision.state, clocks={}), at)[1]
    assert decision.tells[4:-1] == milestone(decision.state, "overridden", at, begun, to=[DISTRICT, TOWN])
    town = here(TOWN, day(3))
    below = rules.override(stub(TOWN, passed_to=VILLAGE, from_office=DISTRICT), CMD, town)
    told = milestone(below.state, "overridden", town, clocks.begin(replace(below.state, clocks={}), town)[1])
    assert [tell.to for tell in told] == [TOWN, DISTRICT]
    assert below.state.from_office == DISTRICT
    holds = Tell(DISTRICT, "assignment", "case_passed_on", CASE, {"term": {"override": 100, "n": 0}, "holder": TOWN})
    assert below.tells == (
        *recalls((100, 0), VILLAGE),
        *told,
        holds,
        progress(below.state, "returned", town, *by(below.state, "K3")),
    )


@pytest.mark.parametrize(
    ("office", "change", "wanted"),
    [
        (TOWN, {"recalled": True}, STALE),
        (DISTRICT, {"holder": DISTRICT}, says("already_held", "该事项由本机关承办,无须收回")),
        (TOWN, {"holder": DISTRICT}, says("not_superior", "只有共同的上级机关可以收回")),
        (TOWN, {"holder": VILLAGE, "offered_to": DISTRICT}, says("not_superior", "只有共同的上级机关可以收回")),
        (TOWN, {"holder": DISTRICT, "offered_to": TOWN}, says("already_held", "该事项由本机关承办,无须收回")),
    ],
)
def test_who_may_not_take_it(office: str, change: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert problem(rules.override, stub(office, **change), CMD, here(office)) == wanted


@pytest.mark.parametrize(
    ("office", "known", "next_"),
    [
        (DISTRICT, 0, 10_000), (DISTRICT, 9_999, 10_000), (DISTRICT, 10_000, 20_000),
        (TOWN, 0, 100), (TOWN, 99, 100), (TOWN, 10_100, 10_200),
        (VILLAGE, 0, 1), (VILLAGE, 10_100, 10_101),
    ],
)  # fmt: skip
def test_each_tier_raises_the_override_in_its_own_place(office: str, known: int, next_: int) -> None:
    assert rules.next_override(known, here(office)) == next_


# --- recusal ---

EXCLUDE = {"office": PLUMS, "reason": "被反映人在该村任职"}


def test_the_holder_recuses_an_office_that_had_a_word_of_it() -> None:
    at, state = here(TOWN), held(TOWN, seen=(TOWN, PLUMS), excluded=(VILLAGE,))
    after = replace(state, excluded=(VILLAGE, PLUMS))
    tells = (*recalls((0, 0), PLUMS), *milestone(after, "excluded", at))
    assert rules.exclude(state, EXCLUDE, at) == Decision(after, tells, "excluded", EXCLUDE["reason"], {"office": PLUMS})


def test_a_holder_below_is_told_to_keep_away() -> None:
    state = stub(holder=TOWN)
    word = Tell(TOWN, "assignment", "case_excluded", CASE, {"excluded": [PLUMS]})
    decision = rules.exclude(state, EXCLUDE, here(DISTRICT))
    assert (decision.state, decision.tells) == (replace(state, excluded=(PLUMS,)), (word,))


def test_an_office_that_it_was_just_offered_to_loses_the_offer() -> None:
    at, state = here(TOWN, day(3)), held(TOWN, offered_to=PLUMS, excluded=(VILLAGE,))
    assert rules.exclude(state, EXCLUDE, at) == rules.take_over(state, (PLUMS,), at, EXCLUDE["reason"])


@pytest.mark.parametrize(
    ("office", "change", "at", "wanted"),
    [
        (PLUMS, {"recalled": True}, DISTRICT, STALE),
        ("610402999", {}, DISTRICT, says("unknown_office", "没有这个机关", office=["没有这个机关"])),
        (DISTRICT, {}, DISTRICT, says("not_superior", "该机关的回避由其上级机关决定", office=["由其上级决定"])),
        (DEPARTMENT, {}, TOWN, says("not_superior", "该机关的回避由其上级机关决定", office=["由其上级决定"])),
        (PLUMS, {"excluded": (PLUMS,)}, DISTRICT, says("excluded", "该机关已经回避", office=["已经回避"])),
        (VILLAGE, {}, DISTRICT, says("holder", "该机关正在承办,请收回并令其回避", office=["正在承办"])),
        (PLUMS, {"holder": DISTRICT}, TOWN, NOT_HOLDER),
    ],
)
def test_who_is_not_recused(office: str, change: dict[str, Any], at: str, wanted: dict[str, Any]) -> None:
    assert problem(rules.exclude, stub(at, **change), {**EXCLUDE, "office": office}, here(at)) == wanted


# --- a superior recused offices ---


def word(*offices: str) -> dict[str, Any]:
    return {"excluded": list(offices)}


def test_the_holder_keeps_away_from_whom_the_superior_recused() -> None:
    at, state = here(TOWN), held(TOWN, excluded=(VILLAGE,))
    after = replace(state, excluded=(VILLAGE, PLUMS))
    assert rules.on_excluded(state, word(VILLAGE, TOWN, PLUMS), DISTRICT, at) == Decision(
        after, milestone(after, "excluded", at), "excluded", "", {"offices": [PLUMS]}
    )


def test_an_offer_to_an_office_above_that_was_recused_is_asked_back() -> None:
    at, state = here(VILLAGE), held(VILLAGE, offered_to=TOWN, override=100, allotted=3)
    data = {"term": {"override": 100, "n": 3}, "reason": "回避"}
    decision = rules.on_excluded(state, word(TOWN), DISTRICT, at)
    back = Tell(TOWN, "assignment", "ask_back", CASE, data)
    assert decision.tells == (*milestone(decision.state, "excluded", at), back)
    assert rules.asking_back(state, [PLUMS]) == ()


@pytest.mark.parametrize("change", [{"offered_to": VILLAGE}, {"holder": VILLAGE, "passed_to": VILLAGE}])
def test_a_recused_office_below_loses_what_it_has(change: dict[str, Any]) -> None:
    at, state = here(TOWN, day(3)), held(TOWN, **change)
    decision = rules.on_excluded(state, word(VILLAGE, PLUMS), DISTRICT, at)
    assert decision == rules.take_over(state, [VILLAGE, PLUMS], at, "回避")
    assert decision.state.excluded == (VILLAGE, PLUMS)


@pytest.mark.parametrize(
    ("holder", "excluded", "told"),
    [(VILLAGE, PLUMS, True), (DISTRICT, PLUMS, False), (DISTRICT, DISTRICT, False), (DEPARTMENT, DEPARTMENT, False)],
)
def test_an_office_on_the_way_passes_it_on_to_the_holder_below(holder: str, excluded: str, told: bool) -> None:
    state = held(TOWN, holder=holder, excluded=("610402001",))
    onward = Tell(holder, "assignment", "case_excluded", CASE, word(excluded))
    assert rules.on_excluded(state, word("610402001", excluded), DISTRICT, here(TOWN)) == Decision(
        replace(state, excluded=("610402001", excluded)),
        (onward,) if told else (),
        "excluded",
        "",
        {"offices": [excluded]},
    )


@pytest.mark.parametrize(
    ("change", "data", "sender"),
    [
        ({"recalled": True}, word(PLUMS), DISTRICT),
        ({"excluded": (PLUMS,)}, word(PLUMS), DISTRICT),
        ({}, word(TOWN), DISTRICT),
        ({}, word(PLUMS), VILLAGE),
    ],
)
def test_a_word_on_recusal_that_does_not_count(change: dict[str, Any], data: dict[str, Any], sender: str) -> None:
    state = held(TOWN, **change)
    assert rules.on_excluded(state, data, sender, here(TOWN)) == stale(f"case_excluded by {sender}", state)


# --- the loser's account ---


def account(**other: Any) -> dict[str, Any]:
    """The account of a town that had accepted the case."""
    return {
        "term": {"override": 100, "n": 5}, "holder": TOWN, "status": "accepted",
        "clocks": {"K5": RUNNING, "K17": RUNNING}, "accepted_at": day(-2), "extended": True, **other,
    }  # fmt: skip


def over(**other: Any) -> CaseState:
    """A case that the district took back from the town."""
    k1 = clocks.start(held(DISTRICT, clocks={}), here(DISTRICT, day(3)), "K1", day(3))[0].clocks
    recent = {"override": 10_000, "seen": (DISTRICT, TOWN), "clocks": {**(k1 or {}), "K17": RUNNING, "K11": RUNNING}}
    return held(DISTRICT, **{**recent, **other})


def test_handling_goes_on_with_the_days_it_had() -> None:
    at, state = here(DISTRICT, day(4)), over()
    expected = replace(state, status="accepted", accepted_at=day(-2), extended=True, taken=True)
    expected, stopped = clocks.stop(expected, at, ["K1", "K17"])
    expected, begun = clocks.resume(expected, {"K5": RUNNING})
    assert list(expected.running) == ["K11", "K5"]
    assert rules.on_given_up(state, account(), TOWN, at) == Decision(
        expected, milestone(expected, "resumed", at, stopped + begun), "resumed", "", {"by": TOWN}
    )


@pytest.mark.parametrize(
    ("change", "data"),
    [
        ({"holder": VILLAGE}, account()),
        ({"offered_to": PLUMS}, account()),
        ({"status": "accepted"}, account()),
        ({}, account(status="registered")),
        ({}, account(clocks={"K11": RUNNING})),
        ({}, account(holder=VILLAGE)),
    ],
)
def test_an_account_that_nothing_follows_from(change: dict[str, Any], data: dict[str, Any]) -> None:
    state = over(**change)
    decision = rules.on_given_up(state, data, TOWN, here(DISTRICT, day(4)))
    assert decision == Decision(state, (), "account_received", "", {"by": TOWN})


@pytest.mark.parametrize("status", ["accepted", "settled", "opinion"])
@pytest.mark.parametrize("kind", ["K5", "K16"])
def test_what_counts_as_handled(status: str, kind: str) -> None:
    decision = rules.on_given_up(over(), account(status=status, clocks={kind: RUNNING}), TOWN, here(DISTRICT, day(4)))
    assert (decision.action, decision.state.status) == ("resumed", "accepted")


@pytest.mark.parametrize(
    ("change", "override", "sender", "heard"),
    [
        ({"recalled": True}, 100, TOWN, False),
        ({}, 100, PLUMS, False),
        ({"excluded": (PLUMS,)}, 100, PLUMS, True),
        ({"seen": (DISTRICT, "portal")}, 100, "portal", True),
        ({"seen": (DISTRICT, TOWN)}, 100, DISTRICT, False),
        ({}, 19_999, TOWN, True),
        ({}, 20_000, TOWN, False),
    ],
)
def test_whose_account_is_heard(change: dict[str, Any], override: int, sender: str, heard: bool) -> None:
    state = over(**change)
    decision = rules.on_given_up(state, account(term={"override": override, "n": 0}), sender, here(DISTRICT, day(4)))
    if heard:
        assert decision.action == "resumed"
    else:
        assert decision == stale(f"case_given_up by {sender}", state)


@pytest.mark.parametrize(
    ("known", "term"), [((10_000, 0), (10_100, 0)), ((10_000, 0), (19_999, 0)), ((10_000, 2), (10_000, 3))]
)
def test_a_recused_office_that_had_taken_it_meanwhile_loses_it_too(
    known: tuple[int, int], term: tuple[int, int]
) -> None:
    at = here(DISTRICT, day(4))
    state = over(excluded=(TOWN,), override=known[0], n=known[1], seen=(DISTRICT, TOWN))
    data = account(term={"override": term[0], "n": term[1]}, holder=PLUMS)
    known_there = replace(state, seen=(DISTRICT, TOWN, PLUMS))
    decision = rules.on_given_up(state, data, TOWN, at)
    assert decision == rules.take_over(known_there, (), at, "回避", also=(PLUMS,))
    assert decision.tells[:4] == tuple(recalls((20_000, 0), PLUMS))


def test_an_account_of_the_present_term_takes_nothing() -> None:
    state = over(excluded=(TOWN,), n=2)
    data = account(term={"override": 10_000, "n": 2}, status="registered")
    assert rules.on_given_up(state, data, TOWN, here(DISTRICT, day(4))).action == "account_received"


# --- of one line ---


@pytest.mark.parametrize(
    ("office", "below"), [(VILLAGE, True), (TOWN, False), (DISTRICT, False), (DEPARTMENT, False), ("", False)]
)
def test_what_lies_below(office: str, below: bool) -> None:
    assert rules.is_below(office, here(TOWN)) is below


def test_only_offices_below_are_recalled_and_each_once() -> None:
    tells = rules.recall([VILLAGE, DISTRICT, "", TOWN, VILLAGE, PLUMS], held(TOWN), (100, 2), here(TOWN))
    assert tells == tuple(recalls((100, 2), VILLAGE, PLUMS))
