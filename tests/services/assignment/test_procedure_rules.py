"""The simple procedure, later letters, settlements, field visits and service: what handling and opinions refuse and keep."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from services.assignment import clocks
from services.assignment.handling import rules, settling
from services.assignment.opinions import reviewed
from services.assignment.opinions import rules as opinions
from tests.services.assignment.cases import (
    LEADER,
    TOWN,
    VILLAGE,
    acts,
    day,
    held,
    here,
    told,
)
from tests.services.assignment.concluded import BY, DECLINE, DRAFT, SECOND, SERVE, SETTLE, accepted, issued, settled
from tests.services.assignment.refusals import milestones, refusal, steps

THIRD_DAY = datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI)  # three working days after Monday 2 March
CHAIN = ("意1号", "复查1号", "复核1号")


def test_the_simple_procedure_has_ten_working_days_in_the_place_of_sixty() -> None:
    decision = rules.accept(held(TOWN), here(TOWN, THIRD_DAY), procedure="simple")
    assert (decision.state.procedure, decision.state.status) == ("simple", "accepted")
    assert acts(decision) == {"K2": "stop", "K16": "start"}
    assert decision.state.running["K16"]["due"] == "2026-03-19T23:59:59+08:00"
    assert told(decision, "case_progress")[0].data["due"].isoformat() == "2026-03-19T23:59:59+08:00"
    assert told(decision, "notice_wanted")[0].data["facts"]["due"] == "2026-03-19T23:59:59+08:00"
    assert decision.data == {"procedure": "simple"}


def test_the_simple_procedure_is_for_what_an_organ_accepts_in_three_working_days() -> None:
    with pytest.raises(Refused) as refused:
        rules.accept(held(TOWN), here(TOWN, THIRD_DAY + SECOND), procedure="simple")
    assert (refused.value.code, refused.value.fields) == ("too_late_for_simple", {"procedure": ["期限至2026-03-05"]})
    assert refusal(rules.accept, held(VILLAGE), here(VILLAGE), procedure="simple")[0] == "not_an_organ"
    sealed = held(TOWN, desk="discipline")
    assert refusal(rules.accept, sealed, here(TOWN), procedure="simple") == ("petition_only", ["procedure"])
    assert rules.accept(held(TOWN), here(TOWN, THIRD_DAY + SECOND)).state.procedure == ""


def test_the_term_of_the_simple_procedure_is_not_extended() -> None:
    simple = rules.accept(held(TOWN), here(TOWN), procedure="simple").state
    cmd = {"days": 5, "reason": "x"}
    assert refusal(rules.extend, simple, cmd, here(TOWN, day(1), roles=LEADER))[0] == "not_extendable"


def test_an_extension_is_in_time_to_the_last_second() -> None:
    state, cmd = accepted(), {"days": 30, "reason": "案情复杂"}
    last = clocks.handling(state).at
    assert last == datetime(2026, 5, 6, 23, 59, 59, tzinfo=SHANGHAI), "the sixtieth day falls on the holiday of May"
    extended = rules.extend(state, cmd, here(TOWN, last, roles=LEADER))
    assert extended.state.extended
    assert refusal(rules.extend, state, cmd, here(TOWN, last + SECOND, roles=LEADER))[0] == "too_late"


def test_a_repeat_with_new_facts_is_accepted_as_a_first_report() -> None:
    repeat = held(TOWN, repeat_of="610402901-2026-00009")
    assert rules.accept(repeat, here(TOWN), new_facts="又发现一张收据").state.repeat_of == ""
    assert rules.accept(repeat, here(TOWN), new_facts=" ").state.repeat_of == repeat.repeat_of


def test_the_own_hearing_hears_of_a_petition_that_is_accepted() -> None:
    to_hearing = [
        each for each in told(rules.accept(held(TOWN), here(TOWN)), "case_milestone") if each.service == "hearing"
    ]
    assert [(each.to, each.data["what"]) for each in to_hearing] == [(TOWN, "accepted")]
    sealed = rules.accept(held(TOWN, desk="discipline"), here(TOWN))
    assert all(each.service != "hearing" for each in told(sealed, "case_milestone"))


def test_a_later_letter_on_what_is_final_is_answered_with_the_three_opinions() -> None:
    repeat = held(TOWN, repeat_of="610402901-2026-00009")
    cmd = {"ground": "final", "guidance": "有新的事实可以另行提出", "new_facts": ""}
    decision = rules.decline(repeat, cmd, here(TOWN), CHAIN)
    notice = told(decision, "notice_wanted")[0].data
    assert notice["kind"] == "not_again"
    assert notice["facts"] == {
        "number": repeat.number,
        "ground": "final",
        "ground_text": "已有复核意见,以同一事实和理由再次提出(第三十六条)",
        "guidance": cmd["guidance"],
        "repeat_of": repeat.repeat_of,
        "opinions": list(CHAIN),
    }
    assert (decision.state.status, decision.state.running, steps(decision)) == ("declined", {}, ["declined"])


def test_what_is_not_known_as_final_or_brings_new_facts_is_not_refused_as_final() -> None:
    cmd = {"ground": "final", "guidance": "x", "new_facts": ""}
    assert refusal(rules.decline, held(TOWN), cmd, here(TOWN)) == ("not_final", ["ground"])
    fresh = {**cmd, "new_facts": "新证人"}
    assert refusal(rules.decline, held(TOWN), fresh, here(TOWN), CHAIN) == ("new_facts", ["new_facts"])
    other = rules.decline(held(TOWN), {**DECLINE, "new_facts": "新证人"}, here(TOWN), CHAIN)
    notice = told(other, "notice_wanted")[0].data
    assert (notice["kind"], "opinions" in notice["facts"]) == ("declined", False)


def test_a_settlement_promises_for_a_day_to_come() -> None:
    state = accepted(VILLAGE)
    cmd = {**SETTLE, "perform_by": day(1)}
    assert refusal(settling.settle, state, cmd, here(VILLAGE, day(1))) == ("due_past", ["perform_by"])
    decision = settling.settle(state, cmd, here(VILLAGE, day(1) - SECOND))
    assert acts(decision)["K26"] == "start"
    assert (decision.state.status, decision.state.settled, decision.state.taken) == ("settled", "已清渠", True)
    assert (steps(decision), milestones(decision), decision.action) == (["settled"], ["settled"], "settled")


def test_a_settlement_that_the_village_alone_heard_confirmed_is_concluded_and_not_resolved() -> None:
    for proof in ("said_here", "signed"):
        done = settling.confirm(settled(), here(VILLAGE, day(3)), proof)
        assert (done.state.status, done.state.performance, done.state.proof) == ("concluded", "", "")
        assert (done.state.concluded_at, done.data, steps(done)) == (day(3), {"proof": proof}, ["concluded"])
    assert (acts(done), milestones(done), done.action) == ({"K5": "stop"}, ["concluded"], "settlement_confirmed")
    assert refusal(settling.confirm, accepted(VILLAGE), here(VILLAGE), "signed")[0] == "wrong_status"


def test_a_confirmed_settlement_that_promised_is_resolved_only_when_it_is_performed() -> None:
    done = settling.confirm(settled(BY), here(VILLAGE, day(3)), "receipt").state
    assert (done.status, done.performance, list(done.running)) == ("concluded", "promised", ["K26"])
    plain = settling.confirm(settled(), here(VILLAGE, day(3)), "receipt").state
    assert (plain.performance, plain.proof) == ("resolved", "receipt")


def test_a_refused_settlement_goes_on_with_the_days_it_had_and_may_go_up() -> None:
    decision = settling.refuse(settled(BY), here(VILLAGE, day(3)))
    state = decision.state
    assert (state.status, state.todo, state.settled, state.accepted_at) == (
        "accepted",
        "settlement_refused",
        "",
        day(0),
    )
    assert (state.performance, state.perform_by, list(state.running)) == ("", None, ["K5"])
    assert (acts(decision), steps(decision)) == ({"K26": "stop"}, ["settlement_refused"])
    assert (milestones(decision), decision.action) == (["settlement_refused"], "settlement_refused")
    before = replace(settled(), accepted_at=None)
    assert settling.refuse(before, here(VILLAGE, day(3))).state.accepted_at == day(3)
    assert refusal(settling.refuse, accepted(VILLAGE), here(VILLAGE))[0] == "wrong_status"


def test_only_a_supporting_opinion_promises_and_for_a_day_to_come() -> None:
    at = here(TOWN, day(1))
    for verdict in ("explain", "reject"):
        cmd = {**DRAFT, "verdict": verdict, "perform_by": BY}
        assert refusal(opinions.draft, accepted(), cmd, at) == ("no_promise", ["perform_by"])
    assert refusal(opinions.draft, accepted(), {**DRAFT, "perform_by": day(1)}, at) == ("due_past", ["perform_by"])
    drafted = opinions.draft(accepted(), {**DRAFT, "perform_by": day(1) + SECOND}, at).state
    assert (drafted.perform_by, drafted.no_visit_reason) == (day(1) + SECOND, "可凭材料查明")


def test_nobody_decides_on_paper_without_a_visit_or_a_reason() -> None:
    blank = opinions.draft(accepted(), {**DRAFT, "no_visit_reason": "  "}, here(TOWN)).state
    at = here(TOWN, day(1), roles=LEADER)
    assert refusal(opinions.issue, accepted(), blank, "1号", at) == ("no_visit", ["no_visit_reason"])
    assert opinions.issue(accepted(), blank, "1号", at, visited=True)[0].state.status == "opinion"
    reasoned = replace(blank, no_visit_reason="可凭材料查明")
    assert opinions.issue(accepted(), reasoned, "1号", at)[0].state.status == "opinion"


@pytest.mark.parametrize("how", [{"refused": True}, {"way": "left"}, {"way": "announced"}])
def test_what_nobody_signed_for_has_a_witness(how: dict[str, Any]) -> None:
    state, opinion = issued()
    at = here(TOWN, day(2))
    assert refusal(opinions.serve, state, opinion, {**SERVE, **how, "witness": " "}, at) == ("no_witness", ["witness"])
    _, served = opinions.serve(state, opinion, {**SERVE, **how, "witness": "村主任"}, at)
    kept = (served.receiver, served.witness, served.refused, served.way)
    assert kept == ("乔满仓", "村主任", how.get("refused", False), how.get("way", "direct"))


def test_the_right_to_review_runs_from_the_day_of_service() -> None:
    state, opinion = issued()
    served_at = day(2)
    decision, served = opinions.serve(state, opinion, {**SERVE, "served_at": served_at}, here(TOWN, day(5)))
    (k7,) = [each for each in told(decision, "case_milestone")[0].data["clocks"] if each["kind"] == "K7"]
    assert (k7["at"], k7["due"]) == (served_at, datetime(2026, 4, 3, 23, 59, 59, tzinfo=SHANGHAI))
    assert (served.served_at, decision.state.concluded_at) == (served_at, served_at)
    letter = told(decision, "opinion_served")[0].data
    assert (letter["place"], letter["excluded"], letter["recused"]) == (VILLAGE, [], [])


def test_it_is_served_not_before_it_is_issued() -> None:
    state, opinion = issued()
    early = {**SERVE, "served_at": day(1) - SECOND}
    assert refusal(opinions.serve, state, opinion, early, here(TOWN, day(2))) == ("too_early", ["served_at"])
    at_once = opinions.serve(state, opinion, {**SERVE, "served_at": day(1)}, here(TOWN, day(2)))
    assert at_once[0].state.status == "concluded"


def test_what_reviews_said_stands_on_the_opinion_one_after_the_other() -> None:
    state, opinion = issued()
    concluded, served = opinions.serve(state, opinion, SERVE, here(TOWN, day(2)))
    word = {"level": "review", "outcome": "uphold", "opinion_no": "复查1号", "at": day(20)}
    decision, once = reviewed.on_review_decided(concluded.state, served, word, here(TOWN, day(21)))
    final = {**word, "level": "final_review", "opinion_no": "复核1号", "at": day(60)}
    _, twice = reviewed.on_review_decided(concluded.state, once, final, here(TOWN, day(61)))
    assert (decision.state, decision.tells, decision.action) == (concluded.state, (), "reviewed")
    assert twice is not None
    assert twice.outcome == "final_review:uphold"
    assert twice.reviews == (
        {"level": "review", "outcome": "uphold", "opinion_no": "复查1号", "at": day(20).isoformat()},
        {"level": "final_review", "outcome": "uphold", "opinion_no": "复核1号", "at": day(60).isoformat()},
    )


def test_a_promise_of_a_concluded_case_is_reminded_of() -> None:
    state, opinion = issued(perform_by=BY)
    concluded = opinions.serve(state, opinion, SERVE, here(TOWN, day(2)))[0].state
    assert rules.remind(concluded, {"kind": "K26"}, here(TOWN, day(38))).state.todo == "reminder K26"
    assert rules.remind(concluded, {"kind": "K5"}, here(TOWN, day(38))).state.todo == ""
