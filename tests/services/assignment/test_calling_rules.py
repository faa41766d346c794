"""Withdrawals, call-backs by another office, and what a reporter says by receipt."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.words import Desk
from services.assignment.outcome import calling, sayings
from services.assignment.outcome.calling import CallBack
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    RECEIPT,
    TOWN,
    VILLAGE,
    acts,
    day,
    envelope,
    held,
    here,
    told,
)
from tests.services.assignment.concluded import BY, accepted, concluded, issued, settled
from tests.services.assignment.refusals import milestones, refusal, steps

CALL = CallBack("c" * 32, CASE, "withdrawal", DISTRICT, 0, day(3), "张三")
SAID = {
    "receipt_hash": RECEIPT,
    "entry_office": VILLAGE,
    "saying": "5" * 32,
    "what": "withdraw",
    "at": day(3),
    "text": None,
    "sealed": None,
    "person": "",
}


def made(state: CaseState, purpose: str, result: str, office: str = TOWN, **call: Any) -> Any:
    data = {"call_back": CALL.id, "purpose": purpose, "result": result, "at": day(4), "note": ""}
    asked = replace(CALL, purpose=purpose, **call)
    return calling.on_made(state, asked, data, here(office, day(5)))


def said(state: CaseState, what: str, office: str = TOWN, **other: Any) -> Any:
    return sayings.heard(state, {**SAID, "what": what, **other}, here(office, day(5)))


def test_the_nearest_office_above_that_may_know_of_it_calls() -> None:
    assert calling.caller(held(VILLAGE), here(VILLAGE)) == TOWN
    assert calling.caller(held(VILLAGE, excluded=(TOWN,)), here(VILLAGE)) == DISTRICT
    assert calling.caller(held(DEPARTMENT), here(DEPARTMENT)) == DISTRICT


def test_at_the_top_only_the_receipt_speaks_and_a_report_is_not_called_about() -> None:
    assert refusal(calling.caller, held(DISTRICT), here(DISTRICT))[0] == "only_by_receipt"
    assert refusal(calling.caller, held(VILLAGE, excluded=(TOWN, DISTRICT)), here(VILLAGE))[0] == "only_by_receipt"
    report = held(TOWN, desk=Desk.DISCIPLINE.value)
    assert refusal(calling.caller, report, here(TOWN))[0] == "petition_only"


def test_what_is_open_may_be_withdrawn_and_what_is_settled_confirmed() -> None:
    for state in (held(TOWN), accepted(), issued()[0]):
        calling.may_withdraw(state, here(TOWN))
    assert refusal(calling.may_withdraw, concluded(), here(TOWN))[0] == "closed"
    assert refusal(calling.may_withdraw, held(TOWN, offered_to=VILLAGE), here(TOWN))[0] == "offered"
    calling.may_be_settled(settled(), here(VILLAGE))
    assert refusal(calling.may_be_settled, accepted(VILLAGE), here(VILLAGE))[0] == "wrong_status"
    assert refusal(calling.may_be_settled, settled(), here(TOWN))[0] == "not_holder"


def test_asking_for_a_call_back_tells_the_office_what_was_said_and_who_to_ask() -> None:
    asked = calling.want(held(TOWN), CALL, "电话里说不告了", envelope("x"), here(TOWN, day(3)))
    letter = told(asked, "call_back_wanted")[0]
    assert (letter.to, letter.service, letter.case) == (DISTRICT, "supervision", CASE)
    assert letter.data == {
        "call_back": CALL.id,
        "purpose": "withdrawal",
        "number": f"{TOWN}-2026-00001",
        "desk": "petition",
        "at": day(3),
        "reporter": envelope("x"),
        "words": "电话里说不告了",
    }
    assert (asked.state.todo, asked.state.status) == ("call_back withdrawal", "registered")
    assert (asked.action, asked.data) == ("call_back_wanted", {"purpose": "withdrawal", "to": DISTRICT})
    assert steps(asked) == ["withdrawal_asked"]
    resolution = calling.want(concluded(), replace(CALL, purpose="resolution"), "已落实", None, here(TOWN))
    assert (steps(resolution), told(resolution, "call_back_wanted")[0].data["reporter"]) == ([], None)


def test_a_confirmed_withdrawal_ends_the_case_and_its_clocks() -> None:
    decision, call = made(accepted(), "withdrawal", "confirmed")
    assert (call.state, call.result, call.made_at) == ("made", "confirmed", day(4))
    assert (decision.state.status, decision.state.running, decision.state.todo) == ("withdrawn", {}, "")
    assert (acts(decision), steps(decision), milestones(decision)) == ({"K5": "stop"}, ["withdrawn"], ["withdrawn"])
    assert (decision.action, decision.data) == ("withdrawn", {"proof": "call_back"})


def test_a_confirmed_resolution_or_settlement_has_the_call_back_for_proof() -> None:
    resolved = made(replace(concluded(BY), performance="performed"), "resolution", "confirmed")[0]
    assert (resolved.state.performance, resolved.state.proof) == ("resolved", "call_back")
    confirmed = made(settled(), "settlement", "confirmed", VILLAGE)[0]
    shown = (confirmed.state.status, confirmed.state.performance, confirmed.state.proof)
    assert shown == ("concluded", "resolved", "call_back")
    assert confirmed.action == "settlement_confirmed"


def test_what_is_denied_goes_on() -> None:
    withdrawal = made(accepted(), "withdrawal", "denied")[0]
    assert (withdrawal.state.status, withdrawal.state.todo) == ("accepted", "withdrawal_denied")
    assert (withdrawal.action, milestones(withdrawal)) == ("withdrawal_denied", ["withdrawal_denied"])
    resolution = made(concluded(), "resolution", "denied")[0]
    assert (resolution.state.performance, resolution.state.flags) == ("disputed", ("not_performed",))
    assert resolution.data == {"by": "call_back"}
    settlement = made(settled(), "settlement", "denied", VILLAGE)[0]
    assert (settlement.state.status, settlement.state.todo) == ("accepted", "settlement_refused")


@pytest.mark.parametrize(
    ("state", "purpose", "office", "status"),
    [
        (accepted(), "withdrawal", TOWN, "accepted"),
        (concluded(), "resolution", TOWN, "concluded"),
        (settled(), "settlement", VILLAGE, "accepted"),
    ],
)
def test_somebody_who_was_pressed_has_a_supervisor(state: CaseState, purpose: str, office: str, status: str) -> None:
    decision = made(state, purpose, "pressed", office)[0]
    assert (decision.state.status, decision.state.todo) == (status, "pressed")
    assert "pressed" in decision.state.flags
    assert milestones(decision)[-1] == "pressed"
    assert all("pressed" in tell.data["flags"] for tell in told(decision, "case_milestone"))
    assert (decision.action, decision.data) == ("pressed", {"purpose": purpose})


def test_nobody_reached_is_for_the_handler_to_know() -> None:
    decision, call = made(accepted(), "withdrawal", "unreachable")
    assert (decision.state.status, decision.state.todo) == ("accepted", "unreachable withdrawal")
    assert (decision.tells, decision.action, decision.data) == ((), "call_back_made", {"result": "unreachable"})
    assert (call.state, call.result) == ("made", "unreachable")


@pytest.mark.parametrize(
    ("state", "purpose", "call"),
    [
        (replace(accepted(), recalled=True), "withdrawal", {}),
        (replace(accepted(), holder=VILLAGE), "withdrawal", {}),
        (replace(accepted(), offered_to=VILLAGE), "withdrawal", {}),
        (accepted(), "withdrawal", {"round": 1}),
        (concluded(), "withdrawal", {}),
        (accepted(), "resolution", {}),
        (accepted(), "settlement", {}),
    ],
)
def test_an_answer_to_what_is_past_is_kept_without_effect(state: CaseState, purpose: str, call: dict[str, Any]) -> None:
    decision, kept = made(state, purpose, "confirmed", **call)
    assert (decision.state, decision.tells, decision.why) == (state, (), "stale_term: call_back_made")
    assert kept.state == "made"


def test_by_receipt_the_reporter_withdraws_at_the_holder_even_of_a_village() -> None:
    decision = said(accepted(VILLAGE), "withdraw", VILLAGE)
    assert (decision.state.status, decision.action) == ("withdrawn", "withdrawn")
    assert decision.data == {"proof": "receipt", "saying": SAID["saying"]}


def test_by_receipt_what_was_promised_is_resolved_or_disputed() -> None:
    for before in (concluded(BY), replace(concluded(BY), performance="performed"), concluded()):
        decision = said(before, "performed")
        assert (decision.state.performance, decision.state.proof) == ("resolved", "receipt")
    disputed = said(concluded(BY), "not_performed")
    assert (disputed.state.performance, disputed.state.flags) == ("disputed", ("not_performed",))
    assert (milestones(disputed), disputed.data) == (["not_performed"], {"saying": SAID["saying"]})


def test_by_receipt_a_settlement_is_confirmed_or_refused() -> None:
    confirmed = said(settled(), "performed", VILLAGE)
    assert (confirmed.state.status, confirmed.state.proof) == ("concluded", "receipt")
    assert said(settled(), "not_performed", VILLAGE).state.status == "accepted"


@pytest.mark.parametrize(
    ("state", "what"),
    [
        (concluded(), "withdraw"),
        (accepted(), "performed"),
        (accepted(), "not_performed"),
        (accepted(), "objection"),
        (concluded(), "objection"),
        (held(TOWN, desk="discipline"), "withdraw"),
        (held(TOWN, offered_to=VILLAGE), "withdraw"),
        (replace(concluded(), desk="discipline"), "performed"),
    ],
)
def test_what_has_no_effect_by_itself_is_for_the_handler(state: CaseState, what: str) -> None:
    decision = said(state, what)
    assert decision.state == replace(state, todo=f"said {what}")
    assert (decision.tells, decision.action) == ((), "reporter_said")
    assert decision.data == {"what": what, "saying": SAID["saying"]}


def test_a_saying_goes_where_the_case_went() -> None:
    stub = held(DISTRICT, holder=VILLAGE, passed_to=TOWN)
    onward = said(stub, "withdraw", DISTRICT)
    letter = told(onward, "reporter_said")[0]
    assert (letter.to, letter.service, letter.case, letter.data) == (TOWN, "assignment", CASE, SAID)
    assert (onward.state, onward.action, onward.data) == (stub, "saying_passed_on", {"saying": SAID["saying"]})
    recalled = said(held(TOWN, recalled=True), "withdraw")
    assert (recalled.tells, recalled.why) == ((), "stale_term: reporter_said")
