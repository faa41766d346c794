"""Which cases hearing knows and whom it tells of them, word by word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.calendar import Due
from contracts.context import Actor, Here
from contracts.telling import clock, milestone, progress
from contracts.words import ClockAct
from services.hearing.cases import rules
from services.hearing.cases.rules import RECUSED, HearingCase, Term
from tests.services.hearing.known import CASE, CASE_ID, MON, POLICY, RECEIPT, SECOND, SERVED, TREE, leader_at, served
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE
from tests.services.refusals import NO_CASE, problem, says

STRANGER = "f" * 32


def here(office: str = DISTRICT) -> Here:
    return leader_at(office, SERVED, TREE, POLICY)


def heard(**changes: Any) -> dict[str, Any]:
    """The data of a milestone, as far as hearing reads it."""
    left_out = ("receipt_hash", "opinion_no", "verdict", "served_at", "review_until", "review_office")
    data = served(**{"status": "accepted", "recused": [], "excluded": [], "place": "", **changes})
    return {name: value for name, value in data.items() if name not in left_out}


# --- the stub ---


def test_a_stub_bears_what_its_case_tells() -> None:
    told = heard(place="槐川村", excluded=["b", "a"], recused=["z", "y"], term={"override": 2, "n": 5})
    assert rules.stub(CASE_ID, told, None) == HearingCase(
        case_id=CASE_ID,
        number=CASE.number,
        receipt_hash="",
        desk="petition",
        category="C03",
        place="槐川村",
        entry_office=VILLAGE,
        entered_at=MON,
        status="accepted",
        holder=TOWN,
        override=2,
        n=5,
        excluded=("a", "b"),
        recused=("y", "z"),
    )


def test_a_served_opinion_concludes_and_brings_the_receipt() -> None:
    assert rules.stub(CASE_ID, served(place="", excluded=[]), None) == CASE


def test_what_was_known_before_stays() -> None:
    known = replace(CASE, excluded=("b",), recused=("y",), flags=("pressed",), final_opinions=("意1号",))
    told = heard(excluded=["a"], recused=["x"])
    assert rules.stub(CASE_ID, told, known) == replace(
        known, status="accepted", excluded=("a", "b"), recused=("x", "y")
    )
    fresh = rules.stub(CASE_ID, served(place="", excluded=[], receipt_hash="b" * 64), known)
    assert fresh == replace(known, receipt_hash="b" * 64)


def test_a_stub_is_a_case_that_is_offered_to_nobody() -> None:
    case = replace(CASE, override=3, n=4)
    assert (case.case, case.offered_to, case.term) == (CASE_ID, "", (3, 4))
    assert (case.recused, case.flags, case.final_opinions) == ((), (), ())


# --- what is heard ---

KNOWN = replace(CASE, override=1, n=3)


@pytest.mark.parametrize(
    ("known", "term", "recalled", "excluded", "stale"),
    [
        (None, (0, 0), None, [], False),
        (KNOWN, (1, 3), None, [], False),
        (KNOWN, (1, 4), None, [], False),
        (KNOWN, (1, 2), None, [], True),
        (KNOWN, (0, 9), None, [], True),
        (None, (1, 1), (1, 1), [], True),
        (None, (1, 0), (1, 1), [], True),
        (None, (1, 2), (1, 1), [], False),
        (None, (9, 9), RECUSED, [], True),
        (None, (9, 9), None, [TOWN], False),
        (None, (9, 9), None, [TOWN, DISTRICT], True),
        (KNOWN, (1, 2), (1, 1), [], True),
    ],
)
def test_a_word_of_no_force(
    known: HearingCase | None, term: Term, recalled: Term | None, excluded: list[str], stale: bool
) -> None:
    told = heard(term={"override": term[0], "n": term[1]}, excluded=excluded)
    assert rules.is_stale(known, told, recalled, here()) is stale


@pytest.mark.parametrize(
    ("known", "term", "left"),
    [
        (None, (1, 0), (1, 0)),
        ((2, 0), (1, 0), (2, 0)),
        ((1, 0), (2, 0), (2, 0)),
        (RECUSED, (2, 0), RECUSED),
        ((2, 0), RECUSED, RECUSED),
    ],
)
def test_two_recalls_leave_the_higher_term_and_recusal_is_for_good(known: Term | None, term: Term, left: Term) -> None:
    assert rules.recalled_under(known, term) == left
    assert RECUSED == (0, 0)


@pytest.mark.parametrize(
    ("sender", "below", "believed"),
    [
        (TOWN, True, True),
        (TOWN, False, True),
        (VILLAGE, True, True),
        (VILLAGE, False, False),
        (DISTRICT, True, False),
        (DISTRICT, False, True),
        (DEPARTMENT, True, False),
        (DEPARTMENT, False, False),
    ],
)
def test_who_of_the_line_may_write(sender: str, below: bool, believed: bool) -> None:
    if believed:
        rules.from_line(sender, here(TOWN), below=below)
    else:
        refused = problem(rules.from_line, sender, here(TOWN), below=below)
        assert refused == says("not_related", f"{sender} 无权就此来信")


def test_only_the_holder_speaks_of_its_case() -> None:
    rules.from_holder(TOWN, TOWN)
    refused = problem(rules.from_holder, VILLAGE, TOWN)
    assert refused == says("not_holder", f"{VILLAGE} 不是该事项的承办单位")


# --- what is asked ---


def test_a_desk_sees_its_own_cases_and_a_missing_one_looks_like_anothers() -> None:
    clerk, inspector = Actor("张三", TOWN), Actor("李四", TOWN, "discipline")
    assert rules.visible(CASE, clerk) == CASE
    assert problem(rules.visible, CASE, inspector) == problem(rules.visible, None, clerk) == NO_CASE


@pytest.mark.parametrize(("organ", "inside"), [(DISTRICT, True), ("city-petition", False), (STRANGER, False)])
def test_who_is_an_office_of_the_network(organ: str, inside: bool) -> None:
    assert rules.is_inside(organ, here()) is inside


def test_a_moment_that_a_command_names_is_not_in_the_future() -> None:
    assert rules.past_moment(None, here(), "issued_at") == SERVED
    assert rules.past_moment(SERVED, here(), "issued_at") == SERVED
    assert rules.past_moment(MON, here(), "issued_at") == MON
    refused = problem(rules.past_moment, SERVED + SECOND, here(), "issued_at")
    assert refused == says("future", "时间不能晚于现在", issued_at=["晚于现在"])


# --- what is told ---

CLOCKS = [clock("K7", ClockAct.STOP, SERVED)]


def test_supervision_of_the_line_and_of_the_holder_is_told_and_the_public_page() -> None:
    at, ends = here(TOWN), Due(SERVED + timedelta(days=9), False, ("九日",))
    case = replace(CASE, holder=VILLAGE)
    assert rules.told(case, "review_requested", at, CLOCKS, ends) == (
        *milestone(case, "review_requested", at, CLOCKS, to=(TOWN, DISTRICT, VILLAGE)),
        progress(case, "review_requested", at, ends.at, ("九日",)),
    )


def test_a_holder_in_the_line_is_told_once_and_a_case_without_receipt_has_no_page() -> None:
    at, case = here(DISTRICT), replace(CASE, holder=DISTRICT, receipt_hash="")
    assert rules.told(case, "hearing_opened", at) == milestone(case, "hearing_opened", at, to=(DISTRICT,))
    shown = replace(case, receipt_hash=RECEIPT)
    assert rules.told(shown, "hearing_opened", at)[1:] == (progress(shown, "hearing_opened", at),)
