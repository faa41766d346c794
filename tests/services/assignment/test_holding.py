"""Registration, offers, signatures, returns and asking back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.events import EVENTS
from network.journal import canonical
from services.assignment.handling.rules import accept
from services.assignment.holding import offers
from services.assignment.holding.rules import (
    on_passed_on,
    on_signed,
    receive_offer,
    register,
    sign,
    take,
)
from services.assignment.state import CaseState, OfferState
from tests.services.assignment.cases import (
    DEPARTMENT,
    DISTRICT,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    acts,
    day,
    envelope,
    file,
    held,
    here,
    offer_of,
    report,
    told,
)


def arrive(offered: Any, sender: str, to: str, at: datetime = MON) -> OfferState:
    """The offer as the receiver's in-tray has it."""
    tell = told(offered, "case_offered")[0]
    data = EVENTS["case_offered"]().loads(canonical(dict(tell.data)).decode())
    arrived = receive_offer(None, data, sender, here(to, at)).state
    assert arrived is not None
    return arrived


def signed_at(office: str, of: CaseState, at: datetime = MON) -> CaseState:
    """The case after ``office`` signed for it."""
    offered = offers.offer(of, offer_of(office), here(of.holder, at))
    return sign(None, arrive(offered, of.holder, office, at), here(office, at)).state


@pytest.mark.parametrize(
    ("entry", "contactable", "clock"),
    [(DISTRICT, True, "K1"), (TOWN, True, "K2"), (VILLAGE, True, "K2"), (TOWN, False, "K1")],
)
def test_the_first_clock_of_a_petition(entry: str, contactable: bool, clock: str) -> None:
    decision = register(file(entry, contactable=contactable), [], here(entry, day(3)))
    assert list(decision.state.running) == [clock]
    assert decision.state.running[clock]["at"] == MON.isoformat(), (
        "it runs from entry, not from the arrival of a letter"
    )


@pytest.mark.parametrize(("real_name", "clock"), [(True, "K17"), (False, "K20")])
def test_the_first_clock_of_a_discipline_report(real_name: bool, clock: str) -> None:
    decision = register(report(real_name=real_name), [], here(DISTRICT))
    assert acts(decision) == {clock: "start"}
    stub = told(decision, "case_milestone")[0].data
    assert (stub["category"], stub["place"]) == ("C15", "")


def test_a_milestone_goes_to_every_office_above_but_recused_ones() -> None:
    plain = register(file(VILLAGE), [], here(VILLAGE))
    assert [tell.to for tell in told(plain, "case_milestone")] == [VILLAGE, TOWN, DISTRICT]
    recused = register(file(VILLAGE), [TOWN], here(VILLAGE))
    assert [tell.to for tell in told(recused, "case_milestone")] == [VILLAGE, DISTRICT]


def test_the_top_office_cannot_be_kept_out_from_below() -> None:
    assert register(file(VILLAGE), [DISTRICT, VILLAGE, TOWN], here(VILLAGE)).state.excluded == (TOWN,)


def test_taking_it_up_ends_the_sorting_of_the_petition_bureau() -> None:
    assert acts(take(held(DISTRICT), here(DISTRICT))) == {"K1": "stop", "K2": "start"}
    assert acts(take(held(TOWN), here(TOWN))) == {}


def test_a_village_that_takes_it_has_the_days_of_the_policy() -> None:
    taken = take(held(VILLAGE), here(VILLAGE, day(1)))
    assert acts(taken) == {"K5": "start"}
    assert datetime.fromisoformat(taken.state.running["K5"]["due"]).date().isoformat() == "2026-03-09"


def test_the_offerer_holds_until_the_other_signs() -> None:
    offered = offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT))
    assert (offered.state.holder, offered.state.offered_to, offered.state.term) == (DISTRICT, TOWN, (0, 0))
    assert acts(offered) == {"K1": "stop", "K24": "start"}
    waiting = arrive(offered, DISTRICT, TOWN, day(1))
    signed = sign(None, waiting, here(TOWN, day(2)))
    assert (signed.state.holder, signed.state.term, signed.state.text) == (TOWN, (0, 1), "排水渠被填")
    assert acts(signed) == {"K24": "stop", "K3": "start"}
    assert signed.state.running["K3"]["at"] == day(1).isoformat(), "from its receipt, not from the signature"
    answer = told(signed, "case_signed")[0]
    stub = on_signed(offered.state, {**answer.data}, TOWN, here(DISTRICT, day(2)))
    assert (stub.state.holder, stub.state.term, stub.state.offered_to, stub.state.running) == (TOWN, (0, 1), "", {})
    assert told(stub, "case_milestone") == [], "the new holder tells everyone above itself"


def test_passing_a_case_up_closes_the_ledger_lines_below() -> None:
    offered = offers.offer(held(VILLAGE), offer_of(TOWN), here(VILLAGE)).state
    stub = on_signed(offered, {"term": {"override": 0, "n": 1}, "at": MON, "by": ""}, TOWN, here(VILLAGE))
    assert [(tell.to, tell.data["holder"]) for tell in told(stub, "case_milestone")] == [(VILLAGE, TOWN)]


def test_the_office_above_learns_of_a_holder_further_below() -> None:
    in_town = signed_at(TOWN, held(DISTRICT))
    offered = offers.offer(in_town, offer_of(VILLAGE), here(TOWN)).state
    stub = on_signed(offered, {"term": {"override": 0, "n": 2}, "at": MON, "by": ""}, VILLAGE, here(TOWN))
    word = told(stub, "case_passed_on")[0]
    assert word.to == DISTRICT
    above = replace(held(DISTRICT), holder=TOWN, n=1, passed_to=TOWN)
    assert on_passed_on(above, word.data, TOWN, here(DISTRICT)).state.holder == VILLAGE
    assert on_passed_on(above, word.data, PLUMS, here(DISTRICT)).state == above, "nobody else says where it is"


@pytest.mark.parametrize("to", [DEPARTMENT, DISTRICT, "nowhere1", "portal"])
def test_no_offer_beside_the_line_over_a_head_or_to_nobody(to: str) -> None:
    with pytest.raises(Refused) as refused:
        offers.offer(held(VILLAGE), offer_of(to), here(VILLAGE))
    assert "to" in refused.value.fields


def test_a_recused_office_is_jumped_and_never_offered_to() -> None:
    recused = held(VILLAGE, excluded=(TOWN,))
    assert offers.offer(recused, offer_of(DISTRICT), here(VILLAGE)).state.offered_to == DISTRICT
    with pytest.raises(Refused, match="回避"):
        offers.offer(recused, offer_of(TOWN), here(VILLAGE))


def test_a_discipline_report_goes_only_where_it_was_sealed_for_and_never_to_a_village() -> None:
    state = register(report(), [], here(DISTRICT)).state
    with pytest.raises(Refused) as refused:
        offers.offer(state, offer_of(TOWN, sealed=state.sealed), here(DISTRICT))
    assert refused.value.code == "not_sealed_for"
    resealed = envelope(f"{DISTRICT}/discipline", f"{TOWN}/discipline")
    sent = told(offers.offer(state, offer_of(TOWN, sealed=resealed), here(DISTRICT)), "case_offered")[0]
    assert sent.data["file"]["sealed"] == resealed
    assert set(sent.data["clocks"]) == {"K17"}, "the word to the reporter is due wherever the case goes"
    in_town = replace(state, holder=TOWN)
    with pytest.raises(Refused, match="不能承办"):
        offers.offer(in_town, offer_of(VILLAGE, sealed=resealed), here(TOWN))


def test_a_hand_over_needs_a_term_and_its_report_back_runs_at_the_receiver() -> None:
    with pytest.raises(Refused) as refused:
        offers.offer(held(DISTRICT), offer_of(TOWN, kind="hand_over"), here(DISTRICT))
    assert "report_back_days" in refused.value.fields
    offered = offers.offer(held(DISTRICT), offer_of(TOWN, kind="hand_over", report_back_days=30), here(DISTRICT))
    signed = sign(None, arrive(offered, DISTRICT, TOWN), here(TOWN))
    assert acts(signed) == {"K24": "stop", "K11": "start", "K3": "start"}


def test_handling_time_goes_on_at_the_next_holder() -> None:
    accepted = accept(held(TOWN), here(TOWN)).state
    up = signed_at(DISTRICT, accepted, day(5))
    assert up.status == "accepted"
    assert up.running == accepted.running, "the clock goes on, it does not start anew"


def test_what_a_village_accepted_an_organ_accepts_anew() -> None:
    accepted = accept(held(VILLAGE), here(VILLAGE)).state
    up = signed_at(TOWN, accepted, day(5))
    assert (up.status, list(up.running)) == ("registered", ["K3"])


def test_an_offer_is_signed_once_and_never_under_a_lower_term() -> None:
    waiting = arrive(offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT)), DISTRICT, TOWN)
    with pytest.raises(Refused, match="没有待签收"):
        sign(None, waiting.closed("signed"), here(TOWN))
    with pytest.raises(Refused) as refused:
        sign(held(TOWN, override=10_000), waiting, here(TOWN))
    assert refused.value.code == "stale_term"


def test_an_unsigned_offer_can_be_returned_until_the_last_second_of_the_fifth_working_day() -> None:
    """K4 over Spring Festival 2026 (15–23 February free, Saturdays 14 and 28 worked): five working days from 12 February."""
    thursday = datetime(2026, 2, 12, 10, tzinfo=SHANGHAI)
    state = held(DISTRICT, came_at=thursday)
    waiting = arrive(offers.offer(state, offer_of(TOWN), here(DISTRICT, thursday)), DISTRICT, TOWN, thursday)
    last = datetime(2026, 2, 26, 23, 59, 59, tzinfo=SHANGHAI)
    cmd = {"reason": "不属本机关职权", "proposed_office": DEPARTMENT}
    assert offers.return_unsigned(waiting, cmd, here(TOWN, last)).state.state == "returned"
    assert offers.return_unsigned(waiting, cmd, here(TOWN, last)).state.file == {}, "the papers go back"
    with pytest.raises(Refused) as refused:
        offers.return_unsigned(waiting, cmd, here(TOWN, last + timedelta(seconds=1)))
    assert refused.value.code == "too_late"


def test_after_a_return_the_holder_decides_anew_under_a_fresh_number() -> None:
    offered = offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT)).state
    data = {"term": {"override": 0, "n": 1}, "at": MON, "reason": "不属", "proposed_office": ""}
    back = offers.on_returned(offered, data, TOWN, here(DISTRICT, day(1)))
    assert acts(back) == {"K24": "stop", "K1": "start"}
    assert back.state.running["K1"]["at"] == MON.isoformat(), "a return does not reset the sorting time"
    assert offers.offer(back.state, offer_of(DEPARTMENT), here(DISTRICT)).state.allotted == 2
    assert offers.on_returned(back.state, data, TOWN, here(DISTRICT)).action == "refused", "the same letter again"


def test_a_case_that_bounces_too_often_is_told_as_such() -> None:
    offered = replace(offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT)).state, bounces=2)
    data = {"term": {"override": 0, "n": 1}, "at": MON, "reason": "不属", "proposed_office": ""}
    milestone = told(offers.on_returned(offered, data, TOWN, here(DISTRICT)), "case_milestone")[0]
    assert milestone.data["what"] == "bounced"


def test_what_was_signed_for_can_be_offered_back_within_the_same_days() -> None:
    state = signed_at(TOWN, held(DISTRICT))
    back = offers.return_signed(state, offer_of(DISTRICT), here(TOWN, day(6)))
    assert (back.state.offered_to, back.state.bounces, back.state.holder) == (DISTRICT, 1, TOWN)
    with pytest.raises(Refused, match="异议期限"):
        offers.return_signed(state, offer_of(DISTRICT), here(TOWN, day(8)))
    with pytest.raises(Refused, match="不能退回"):
        offers.return_signed(held(TOWN), offer_of(DISTRICT), here(TOWN))


def test_asking_back_is_a_request() -> None:
    offered = offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT))
    waiting = arrive(offered, DISTRICT, TOWN)
    asked = offers.ask_back(offered.state, {"reason": "误转"}, here(DISTRICT))
    assert asked.state.offered_to == TOWN, "nothing changes until it is answered"
    data = told(asked, "ask_back")[0].data
    given = offers.answer_ask_back(waiting, waiting.case, data, DISTRICT)
    assert (given.state and given.state.state, given.tells[0].data["given_back"]) == ("given_back", True)
    kept = offers.answer_ask_back(waiting.closed("signed"), waiting.case, data, DISTRICT)
    assert kept.tells[0].data["given_back"] is False
    home = offers.on_ask_back_answered(asked.state, given.tells[0].data, TOWN, here(DISTRICT))
    assert (home.state.offered_to, list(home.state.running)) == ("", ["K1"])


def test_an_offer_to_an_office_that_must_withdraw_is_not_taken_in() -> None:
    tell = told(offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT)), "case_offered")[0]
    with pytest.raises(Refused, match="回避"):
        receive_offer(None, {**tell.data, "excluded": [TOWN]}, DISTRICT, here(TOWN))
    late = receive_offer(None, tell.data, DISTRICT, here(TOWN), recused=True)
    assert (late.state, late.tells[0].type, late.tells[0].data["given_back"]) == (None, "ask_back_answered", True)


def test_an_offer_of_a_past_term_is_recorded_and_has_no_effect() -> None:
    tell = told(offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT)), "case_offered")[0]
    stale = receive_offer(held(TOWN, override=100), tell.data, DISTRICT, here(TOWN))
    assert (stale.state, stale.tells, stale.action) == (None, (), "refused")


@pytest.mark.parametrize("holder", [TOWN, PLUMS])
def test_only_the_holder_acts_and_not_while_it_is_offered(holder: str) -> None:
    with pytest.raises(Refused, match="不是该事项的承办单位"):
        take(held(VILLAGE, holder=holder), here(VILLAGE))
    with pytest.raises(Refused, match="已转送"):
        take(held(VILLAGE, offered_to=TOWN), here(VILLAGE))


def test_only_the_offerer_can_ask_back_and_learn_whether_it_was_signed() -> None:
    offered = offers.offer(held(DISTRICT), offer_of(TOWN), here(DISTRICT))
    waiting = arrive(offered, DISTRICT, TOWN)
    data = {"term": {"override": 0, "n": 1}, "reason": "x"}
    for offer_ in (waiting, waiting.closed("signed")):
        foreign = offers.answer_ask_back(offer_, waiting.case, data, VILLAGE)
        assert (foreign.state, foreign.tells, foreign.action) == (offer_, (), "refused")


@pytest.mark.parametrize(
    ("sender", "desk", "heard"), [(TOWN, "petition", True), (PLUMS, "petition", False), (TOWN, "discipline", False)]
)
def test_a_known_case_comes_back_only_from_where_it_is_and_to_its_desk(sender: str, desk: str, heard: bool) -> None:
    tell = told(offers.offer(held(TOWN, n=1, allotted=1), offer_of(DISTRICT), here(TOWN)), "case_offered")[0]
    data = EVENTS["case_offered"]().loads(canonical(dict(tell.data)).decode())
    stub = replace(held(DISTRICT), holder=TOWN, n=1, passed_to=TOWN)
    arrived = receive_offer(stub, {**data, "file": {**data["file"], "desk": desk}}, sender, here(DISTRICT))
    assert (arrived.state is not None) is heard
    assert receive_offer(held(DISTRICT), data, TOWN, here(DISTRICT)).state is None, "what is held here was never sent"
