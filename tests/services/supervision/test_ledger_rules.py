"""The ledger line after milestones in any order: one holder's word, terms that only grow, recusals that add up."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.supervision.ledger.rules import (
    RECUSED,
    Line,
    Told,
    began,
    is_believed,
    is_late_arrival,
    kept_out,
    may_reseal,
    missing_lines,
    recalled_under,
    take_in,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.supervision.told import CASE, MON, Stub

TREE, POLICY = demo_tree(), demo_policy()
HERE = here_at(DISTRICT, MON + timedelta(hours=30), TREE, POLICY)


def told(stub: Stub, hours: int, by: str = "", what: str = "note", service: str = "assignment") -> Told:
    at = MON + timedelta(hours=hours)
    return Told(CASE, by or stub.holder, service, at, stub.told(what, at))


def line_after(*milestones: Told) -> Line | None:
    line = None
    for each in milestones:
        line = take_in(line, each, HERE).state
    return line


def shown(line: Line | None) -> dict[str, object]:
    return {key: value for key, value in vars(line).items() if key != "arrived_at"} if line else {}


def test_a_word_of_another_service_makes_no_line_and_changes_none() -> None:
    assert line_after(told(Stub(), 1, service="hearing")) is None
    known = line_after(told(Stub(status="concluded"), 1))
    assert take_in(known, told(Stub(status="registered"), 2, service="hearing"), HERE).state == known


def test_the_holders_word_outweighs_a_later_echo_of_the_former_holder() -> None:
    signed = Stub(holder=TOWN, term=(0, 1), status="accepted")
    echo = signed.but(status="registered")
    line = line_after(told(Stub(), 0), told(signed, 2), told(echo, 3, by=VILLAGE, what="passed_on"))
    assert line is not None
    assert (line.holder, line.status, line.told_by) == (TOWN, "accepted", TOWN)


def test_a_lower_term_is_noted_and_changes_neither_holder_nor_status() -> None:
    line = line_after(told(Stub(holder=DISTRICT, term=(1, 0)), 5))
    decision = take_in(line, told(Stub(status="concluded", excluded=("610402d01",)), 6), HERE)
    assert decision.action == "milestone_not_applied"
    assert decision.state is not None
    assert (decision.state.holder, decision.state.status) == (DISTRICT, "registered")
    assert decision.state.excluded == ("610402d01",)
    assert set(began(decision.state.terms)) == {(0, 0), (1, 0)}


def test_a_recused_office_and_a_recalled_term_are_kept_out() -> None:
    at_town = here_at(TOWN, MON + timedelta(hours=30), TREE, POLICY)
    assert kept_out(told(Stub(excluded=(TOWN,)), 1), at_town, None)
    assert not kept_out(told(Stub(excluded=(DISTRICT,)), 1), HERE, None), "the top is never recused by a letter"
    assert kept_out(told(Stub(term=(0, 3)), 1), HERE, (1, 0))
    assert kept_out(told(Stub(term=(1, 0)), 1), HERE, (1, 0))
    assert not kept_out(told(Stub(term=(1, 1)), 1), HERE, (1, 0))
    assert not kept_out(told(Stub(), 1), HERE, None)
    assert kept_out(told(Stub(term=(1, 1)), 1), HERE, RECUSED)


def test_recusal_outweighs_every_other_recall() -> None:
    assert recalled_under(None, (1, 0)) == (1, 0)
    assert recalled_under((2, 0), (1, 0)) == (2, 0)
    assert recalled_under((2, 0), RECUSED) == recalled_under(RECUSED, (2, 0)) == RECUSED


def test_entry_and_arrival_far_apart_are_marked() -> None:
    line = line_after(told(Stub(), 0))
    assert line is not None
    assert is_late_arrival(line, 24)
    assert not is_late_arrival(line, 31)


MILESTONES = st.lists(
    st.builds(
        lambda n, hours, status, by, excluded: told(
            Stub(holder=(VILLAGE, TOWN, DISTRICT)[n], term=(0, n), status=status, excluded=tuple(sorted(excluded))),
            hours,
            by,
        ),
        n=st.integers(0, 2),
        hours=st.integers(0, 40),
        status=st.sampled_from(["registered", "accepted", "concluded"]),
        by=st.sampled_from(["", VILLAGE, TOWN]),
        excluded=st.sets(st.sampled_from(["610402d01", "610402d02"]), max_size=2),
    ),
    max_size=8,
    unique_by=lambda each: each.data["at"],
)


@given(MILESTONES, st.randoms())
def test_the_line_does_not_depend_on_the_order_of_arrival(milestones: list[Told], random) -> None:
    shuffled = list(milestones)
    random.shuffle(shuffled)
    assert shown(line_after(*shuffled)) == shown(line_after(*milestones))


@given(MILESTONES)
def test_terms_only_grow_and_recusals_are_never_lost(milestones: list[Told]) -> None:
    line = None
    for each in milestones:
        before = line
        line = take_in(line, each, HERE).state
        assert line is not None
        assert before is None or (line.term >= before.term and set(before.excluded) <= set(line.excluded))
    assert line is None or line.term == max(each.term for each in milestones)


@given(st.sets(st.text("abc", min_size=1, max_size=3)), st.sets(st.text("abc", min_size=1, max_size=3)))
def test_no_case_sent_down_is_without_a_line(sent_down: set[str], lines: set[str]) -> None:
    missing = missing_lines(sent_down, lines)
    assert set(missing) == sent_down - lines
    assert not missing_lines(sent_down, lines | set(missing))


def test_a_case_keeps_number_and_desk_and_only_its_holder_tells_of_it() -> None:
    line = line_after(told(Stub(desk="discipline", holder=DISTRICT), 0))
    assert line is not None
    forged = Stub(desk="petition", holder=VILLAGE, term=(9, 9), status="concluded")
    assert not is_believed(line, told(forged, 1), HERE), "another desk"
    assert not is_believed(line, told(forged, 1, service="hearing"), HERE)
    numbered = told(forged.but(desk="discipline"), 1)
    assert is_believed(line, numbered, HERE)
    assert not is_believed(line, replace(numbered, data={**numbered.data, "number": "X-1"}), HERE), "another number"
    assert not is_believed(None, told(forged, 1, by=TOWN), HERE), "not the holder"
    own = take_in(line_after(told(forged, 1)), told(Stub(desk="discipline", holder=DISTRICT), 2), HERE).state
    assert own is not None
    assert (own.desk, own.holder) == ("discipline", DISTRICT), "the own office's word replaces what was told before"


def test_only_the_holder_and_the_own_office_say_that_a_petition_was_sealed() -> None:
    line = line_after(told(Stub(holder=TOWN), 1))
    assert may_reseal(line, TOWN, HERE)
    assert not may_reseal(line, VILLAGE, HERE)
    assert may_reseal(line, DISTRICT, HERE)
    assert may_reseal(None, DISTRICT, HERE)
    assert not may_reseal(None, TOWN, HERE)
