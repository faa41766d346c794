"""Performance and its proof, reopening, finality: the rules of the room outcome."""

from dataclasses import replace
from datetime import datetime

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.words import Proof
from services.assignment.outcome import finality, performing, reopening
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    LEADER,
    TOWN,
    VILLAGE,
    acts,
    day,
    held,
    here,
    told,
)
from tests.services.assignment.concluded import BY, SECOND, accepted, concluded, issued, settled
from tests.services.assignment.refusals import milestones, refusal, steps

TERM = {"override": 0, "n": 0}


def test_what_an_opinion_promises_runs_on_after_its_service() -> None:
    state = concluded(BY)
    assert (state.status, state.performance, state.perform_by) == ("concluded", "promised", BY)
    kept = state.running["K26"]
    assert list(state.running) == ["K26"]
    assert (kept["due"], kept["at"], kept["ref"]) == (BY.isoformat(), day(2).isoformat(), "p0")
    assert (kept["provisional"], kept["how"]) == (False, ["承诺的履行期限"])
    assert concluded().running == {}
    assert (concluded().performance, concluded().perform_by) == ("", None)


def test_the_clock_of_a_promise_is_told_under_its_round() -> None:
    _, started = performing.promised(replace(concluded(), reopened=2), BY, here(TOWN, day(3)))
    assert [(each["kind"], each["act"], each["ref"], each["due"]) for each in started] == [("K26", "start", "p2", BY)]
    done = performing.resolved(concluded(BY), Proof.RECEIPT, here(TOWN, day(3)))
    clocks = told(done, "case_milestone")[0].data["clocks"]
    assert [(each["kind"], each["act"], each["ref"]) for each in clocks] == [("K26", "stop", "p0")]


def test_the_holder_performs_and_the_clock_runs_until_that_is_confirmed() -> None:
    done = performing.perform(replace(concluded(BY), todo="x"), here(TOWN, day(30)))
    assert (done.state.performance, done.state.todo, list(done.state.running)) == ("performed", "", ["K26"])
    assert (done.action, steps(done), milestones(done), acts(done)) == ("performed", ["performed"], ["performed"], {})
    disputed = performing.disputed(concluded(BY), here(TOWN, day(30)), {}).state
    assert performing.perform(disputed, here(TOWN, day(31))).state.performance == "performed"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (concluded(), "nothing_promised"),
        (replace(concluded(BY), performance="performed"), "nothing_promised"),
        (replace(concluded(BY), performance="resolved"), "nothing_promised"),
        (replace(concluded(BY), status="accepted"), "wrong_status"),
        (replace(concluded(BY), holder=DISTRICT), "not_holder"),
    ],
)
def test_only_an_open_promise_of_a_concluded_case_is_performed(state: CaseState, code: str) -> None:
    assert refusal(performing.perform, state, here(TOWN, day(30)))[0] == code


def test_ninety_days_without_a_repeat_are_a_proof_from_the_first_second_after_them() -> None:
    """Concluded on 4 March: the ninetieth day is 2 June, to its last second."""
    state = concluded()
    last = datetime(2026, 6, 2, 23, 59, 59, tzinfo=SHANGHAI)
    with pytest.raises(Refused) as refused:
        performing.by_ninety_days(state, here(TOWN, last), repeated=False)
    assert (refused.value.code, refused.value.fields) == ("too_early", {"proof": ["2026年06月02日以后"]})
    done = performing.by_ninety_days(state, here(TOWN, last + SECOND), repeated=False)
    assert (done.state.performance, done.state.proof) == ("resolved", "ninety_days")
    assert (done.action, done.data, steps(done)) == ("resolved", {"proof": "ninety_days"}, ["resolved"])


@pytest.mark.parametrize(
    ("state", "repeated", "refused"),
    [
        (concluded(), True, ("repeated", ["proof"])),
        (concluded(BY), False, ("not_performed", ["proof"])),
        (replace(concluded(), performance="disputed"), False, ("not_performed", ["proof"])),
        (replace(concluded(), performance="resolved"), False, ("resolved", ["case"])),
        (accepted(), False, ("wrong_status", ["case"])),
        (replace(concluded(), holder=DISTRICT), False, ("not_holder", [])),
    ],
)
def test_what_ninety_days_do_not_prove(state: CaseState, repeated: bool, refused: tuple[str, list[str]]) -> None:
    assert refusal(performing.by_ninety_days, state, here(TOWN, day(200)), repeated=repeated) == refused


def test_what_was_performed_may_be_resolved_by_ninety_days() -> None:
    performed = replace(concluded(BY), performance="performed")
    done = performing.by_ninety_days(performed, here(TOWN, day(200)), repeated=False)
    assert (done.state.performance, acts(done), done.state.running) == ("resolved", {"K26": "stop"}, {})


def test_what_may_be_called_back() -> None:
    performing.may_be_called_back(replace(concluded(BY), performance="disputed"), here(TOWN, day(3)))
    performing.may_be_called_back(concluded(), here(TOWN, day(3)))
    promised = refusal(performing.may_be_called_back, concluded(BY), here(TOWN, day(3)))
    assert promised == ("not_performed", ["proof"])
    resolved = replace(concluded(), performance="resolved")
    assert refusal(performing.may_be_called_back, resolved, here(TOWN, day(3))) == ("resolved", ["case"])
    assert refusal(performing.may_be_called_back, accepted(), here(TOWN, day(3)))[0] == "wrong_status"
    assert refusal(performing.may_be_called_back, concluded(), here(DISTRICT, day(3)))[0] == "not_holder"


def test_a_disputed_performance_asks_for_a_supervisor_and_its_clock_runs_again() -> None:
    resolved = performing.resolved(concluded(BY), Proof.CALL_BACK, here(TOWN, day(41))).state
    assert (resolved.proof, resolved.running) == ("call_back", {})
    again = performing.disputed(resolved, here(TOWN, day(50)), {"by": "call_back"})
    assert (again.state.performance, again.state.proof, again.state.flags) == ("disputed", "", ("not_performed",))
    assert (again.state.todo, acts(again), steps(again)) == ("not_performed", {"K26": "start"}, ["disputed"])
    assert (milestones(again), again.action, again.data) == (["not_performed"], "not_performed", {"by": "call_back"})
    assert again.state.running["K26"]["due"] == BY.isoformat()
    assert told(again, "case_milestone")[0].data["flags"] == ["not_performed"]


def test_a_running_or_absent_promise_is_not_started_anew_by_a_dispute() -> None:
    assert acts(performing.disputed(concluded(BY), here(TOWN, day(50)), {})) == {}
    assert acts(performing.disputed(concluded(), here(TOWN, day(50)), {})) == {}


def test_a_flag_stands_once() -> None:
    assert performing.flagged(held(flags=("a", "b")), "a").flags == ("a", "b")
    assert performing.flagged(held(flags=("a",)), "b").flags == ("a", "b")


def test_reopening_begins_a_further_round_with_a_fresh_clock() -> None:
    before = replace(
        concluded(BY), performance="performed", proof="receipt", extended=True, procedure="simple",
        final_opinions=("意1号",), opinion_no="意1号",
    )  # fmt: skip
    opened, tells = reopening.again(before, day(50), here(TOWN, day(51)))
    assert (opened.status, opened.reopened, opened.todo, opened.accepted_at) == ("accepted", 1, "redo", day(50))
    gone = (opened.performance, opened.perform_by, opened.proof, opened.extended, opened.procedure)
    assert gone == ("", None, "", False, "")
    assert (opened.final_opinions, opened.concluded_at, opened.opinion_no) == ((), None, "意1号")
    assert (list(opened.running), opened.running["K5"]["at"]) == (["K5"], day(50).isoformat())
    milestone, *_, step = tells
    assert [(each["kind"], each["act"]) for each in milestone.data["clocks"]] == [("K26", "stop"), ("K5", "start")]
    assert (milestone.data["what"], step.data["step"]) == ("reopened", "reopened")
    assert step.data["due"].isoformat() == opened.running["K5"]["due"]


def test_a_village_has_its_days_to_settle_again() -> None:
    over = replace(held(VILLAGE), status="concluded", clocks={})
    opened, _ = reopening.again(over, day(7), here(VILLAGE, day(7)))
    assert opened.running["K5"]["due"] == "2026-03-16T23:59:59+08:00"


def test_a_leader_of_the_holder_reopens_what_is_concluded_or_withdrawn() -> None:
    for over in (concluded(), replace(concluded(), status="withdrawn")):
        opened = reopening.reopen(over, here(TOWN, day(30), roles=LEADER))
        assert (opened.state.status, opened.state.reopened, opened.action) == ("accepted", 1, "reopened")
        assert opened.state.accepted_at == day(30)
    assert refusal(reopening.reopen, concluded(), here(TOWN, day(30)))[0] == "not_leader"
    for state in (accepted(), issued()[0], replace(concluded(), status="declined")):
        assert refusal(reopening.reopen, state, here(TOWN, day(30), roles=LEADER))[0] == "wrong_status"
    recalled = replace(concluded(), recalled=True)
    assert refusal(reopening.reopen, recalled, here(TOWN, day(30), roles=LEADER))[0] == "stale_term"


def test_a_leader_above_orders_it_of_the_holder_below_without_a_reason() -> None:
    stub = held(DISTRICT, holder=TOWN, n=3, override=1, passed_to=TOWN, final_opinions=("意1号",))
    ordered = reopening.reopen(stub, here(DISTRICT, day(9), roles=LEADER))
    letter = told(ordered, "reopen_ordered")[0]
    assert (letter.to, letter.service, letter.case) == (TOWN, "assignment", CASE)
    assert letter.data == {"term": {"override": 1, "n": 3}, "at": day(9)}
    assert (ordered.action, len(ordered.tells), ordered.state.final_opinions) == ("reopen_ordered", 1, ())
    assert refusal(reopening.reopen, stub, here(DISTRICT, day(9)))[0] == "not_leader"
    above = held(TOWN, holder=DISTRICT)
    assert refusal(reopening.reopen, above, here(TOWN, day(9), roles=LEADER))[0] == "not_superior"


def test_the_holder_reopens_by_order_of_an_office_above() -> None:
    data = {"term": TERM, "at": day(9)}
    opened = reopening.on_ordered(concluded(), data, DISTRICT, here(TOWN, day(10)))
    assert (opened.state.status, opened.state.accepted_at, opened.action) == ("accepted", day(9), "reopened")
    assert opened.data == {"by": DISTRICT}


@pytest.mark.parametrize(
    ("state", "sender", "term"),
    [
        (concluded(), VILLAGE, TERM),
        (concluded(), DEPARTMENT, TERM),
        (concluded(), TOWN, TERM),
        (concluded(), DISTRICT, {"override": 0, "n": 1}),
        (concluded(), DISTRICT, {"override": 1, "n": 0}),
        (accepted(), DISTRICT, TERM),
        (replace(concluded(), recalled=True), DISTRICT, TERM),
        (replace(concluded(), holder=VILLAGE), DISTRICT, TERM),
    ],
)
def test_an_order_of_no_force_changes_nothing(state: CaseState, sender: str, term: dict[str, int]) -> None:
    kept = reopening.on_ordered(state, {"term": term, "at": day(9)}, sender, here(TOWN, day(10)))
    assert (kept.state, kept.tells, kept.action) == (state, (), "refused")
    assert kept.why == f"stale_term: reopen_ordered by {sender}"


def test_a_final_case_keeps_the_numbers_that_later_letters_are_answered_with() -> None:
    data = {"opinions": ["意1号", "复查1号", "复核1号"], "how": "final_review", "at": day(90)}
    for state, sender in ((concluded(), DISTRICT), (concluded(), TOWN), (held(TOWN, holder=VILLAGE), TOWN)):
        final = finality.on_final(state, data, sender, here(TOWN, day(90)))
        assert (final.state.final_opinions, final.action) == (("意1号", "复查1号", "复核1号"), "case_final")
        assert final.data == {"how": "final_review", "opinions": ["意1号", "复查1号", "复核1号"]}
    after_all = {"opinions": [], "how": "asked_after_all", "at": day(91)}
    before = replace(concluded(), final_opinions=("意1号",))
    assert finality.on_final(before, after_all, DISTRICT, here(TOWN, day(91))).state.final_opinions == ()


@pytest.mark.parametrize(
    ("state", "sender"),
    [
        (accepted(), DISTRICT),
        (replace(concluded(), recalled=True), DISTRICT),
        (concluded(), VILLAGE),
        (concluded(), DEPARTMENT),
    ],
)
def test_finality_is_not_believed_of_an_open_case_or_from_below(state: CaseState, sender: str) -> None:
    data = {"opinions": ["意1号"], "how": "lapsed", "at": day(90)}
    kept = finality.on_final(state, data, sender, here(TOWN, day(90)))
    assert (kept.state, kept.tells, kept.why) == (state, (), f"stale_term: case_final by {sender}")


def test_a_settlement_with_a_date_has_its_clock_at_once() -> None:
    state = settled(BY)
    assert (state.performance, state.perform_by, sorted(state.running)) == ("promised", BY, ["K26", "K5"])
