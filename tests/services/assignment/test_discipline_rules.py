"""Disposal, repeats, feedback, and reports that belong to a body above: what is decided, at every border."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import Refused
from services.assignment import clocks, guards
from services.assignment.discipline import above, rules
from services.assignment.handling import rules as handling
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    DISTRICT,
    LEADER,
    MON,
    RECEIPT,
    TOWN,
    VILLAGE,
    acts,
    day,
    held,
    here,
    report,
    told,
)

HEAD: dict[str, Any] = {"desk": "discipline", "roles": LEADER}
TOLD = {
    "at": None,
    "way": "phone",
    "told_by": "秦某",
    "response": "",
    "objection": "",
    "explanation": "",
    "new_evidence": "",
}


def registered(**other: Any) -> CaseState:
    return register(report(**other), [], here(DISTRICT)).state


def accepted(**other: Any) -> CaseState:
    return replace(registered(), status="accepted", **other)


def concluded(**other: Any) -> CaseState:
    state = replace(registered(), status="concluded", clocks={}, **other)
    return clocks.start(state, here(DISTRICT), "K18", MON)[0]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, list[str]]:
    return refused.value.code, list(refused.value.fields)


def whats(decision: Any) -> list[str]:
    return [tell.data["what"] for tell in told(decision, "case_milestone")]


@pytest.mark.parametrize("word", ["talk_inquiry", "preliminary", "pending", "dismiss", "petition_supervision"])
def test_a_head_disposes_of_an_accepted_report(word: str) -> None:
    decision = rules.dispose(accepted(), {"disposal": word}, here(DISTRICT, **HEAD))
    assert (decision.state.disposal, decision.action, decision.data) == (word, "disposed", {"disposal": word})
    assert whats(decision) == ["disposed"]
    with pytest.raises(Refused) as refused:
        rules.dispose(registered(), {"disposal": word}, here(DISTRICT, **HEAD))
    assert code_of(refused) == ("wrong_status", ["case"])


@pytest.mark.parametrize("status", ["registered", "accepted"])
def test_a_report_that_goes_back_need_not_be_accepted_first(status: str) -> None:
    decision = rules.dispose(replace(registered(), status=status), {"disposal": "return"}, here(DISTRICT, **HEAD))
    assert decision.state.disposal == "return"


def test_who_may_not_dispose() -> None:
    for state, actor, code in (
        (accepted(), {"desk": "discipline"}, "not_leader"),
        (accepted(holder=TOWN), HEAD, "not_holder"),
        (held(DISTRICT, status="accepted"), HEAD, "not_discipline"),
        (concluded(), HEAD, "wrong_status"),
    ):
        with pytest.raises(Refused) as refused:
            rules.dispose(state, {"disposal": "return"}, here(DISTRICT, **actor))
        assert refused.value.code == code


def test_new_facts_make_a_repeat_a_first_report_to_be_told_from_its_receipt() -> None:
    linked = handling.link_repeat(registered(), {"repeat_of": "610402-J2026-00009"}, here(DISTRICT)).state
    decision = rules.first_again(linked, here(DISTRICT, day(3)))
    assert (decision.state.repeat_of, decision.action) == ("", "first_again")
    assert decision.data == {"repeat_of": "610402-J2026-00009"}
    assert acts(decision) == {"K20": "stop", "K17": "start"}
    assert decision.state.running["K17"]["at"] == MON.isoformat()
    assert whats(decision) == ["first_again"]


def test_an_anonymous_first_report_keeps_its_clock() -> None:
    linked = handling.link_repeat(registered(real_name=False), {"repeat_of": "x"}, here(DISTRICT)).state
    decision = rules.first_again(linked, here(DISTRICT, day(3)))
    assert (acts(decision), list(decision.state.running)) == ({}, ["K20"])


def test_only_a_repeat_not_yet_accepted_becomes_first_again() -> None:
    for state, office, code in (
        (registered(), DISTRICT, "not_a_repeat"),
        (accepted(repeat_of="x"), DISTRICT, "wrong_status"),
        (replace(registered(), repeat_of="x"), TOWN, "not_holder"),
    ):
        with pytest.raises(Refused) as refused:
            rules.first_again(state, here(office))
        assert refused.value.code == code


def test_telling_the_result_ends_its_days_and_changes_nothing_else() -> None:
    before = concluded()
    decision = rules.feed_back(before, MON, TOLD, here(DISTRICT, day(3)))
    assert decision.state == replace(before, clocks={})
    assert (acts(decision), whats(decision)) == ({"K18": "stop"}, ["fed_back"])
    assert decision.data == {"way": "phone", "objection": False, "new_evidence": False}
    assert [each.data["step"] for each in told(decision, "case_progress")] == ["fed_back"]
    again = rules.feed_back(
        decision.state, MON, {**TOLD, "objection": "不认可", "explanation": "已说明"}, here(DISTRICT, day(4))
    )
    assert (acts(again), again.data["objection"], again.state.status) == ({}, True, "concluded")


def test_new_evidence_opens_the_case_again_with_days_of_its_own() -> None:
    decision = rules.feed_back(
        concluded(extended=True), MON, {**TOLD, "new_evidence": "新账册"}, here(DISTRICT, day(3))
    )
    state = decision.state
    assert (state.status, state.reopened, state.extended, state.todo) == ("accepted", 1, False, "new_evidence")
    assert (state.accepted_at, list(state.running)) == (day(3), ["K5"])
    assert (acts(decision), whats(decision)) == ({"K18": "stop", "K5": "start"}, ["reopened"])
    step = told(decision, "case_progress")[0].data
    assert (step["step"], step["due"], step["how"]) == ("reopened", None, []), "of K5 nobody outside is told a day"
    assert decision.data["new_evidence"] is True
    assert decision.action == "fed_back"


@pytest.mark.parametrize(
    ("change", "cmd", "wanted"),
    [
        ({"real_name": False}, {}, ("anonymous", [])),
        ({"status": "accepted"}, {}, ("wrong_status", ["case"])),
        ({"desk": "petition"}, {}, ("not_discipline", [])),
        ({"holder": TOWN}, {}, ("not_holder", [])),
        ({}, {"at": day(3) + timedelta(seconds=1)}, ("in_future", ["at"])),
        ({}, {"at": day(1) - timedelta(seconds=1)}, ("too_early", ["at"])),
        ({}, {"objection": "不认可"}, ("no_explanation", ["explanation"])),
    ],
)
def test_when_nothing_is_fed_back(change: dict[str, Any], cmd: dict[str, Any], wanted: tuple[str, list[str]]) -> None:
    with pytest.raises(Refused) as refused:
        rules.feed_back(replace(concluded(), **change), day(1), {**TOLD, **cmd}, here(DISTRICT, day(3)))
    assert code_of(refused) == wanted


@pytest.mark.parametrize("at", [day(1), day(3)])
def test_a_telling_lies_between_the_conclusion_and_now(at: Any) -> None:
    assert rules.feed_back(concluded(), day(1), {**TOLD, "at": at}, here(DISTRICT, day(3))).action == "fed_back"


def test_the_record_of_a_telling() -> None:
    said = {"at": day(2), "way": "letter", "told_by": "秦某", "response": "认可"}
    said |= {"objection": "无", "explanation": "无须", "new_evidence": "有"}
    kept = rules.record(concluded(reopened=1), "f" * 32, said, here(DISTRICT, day(3)))
    assert vars(kept) == {**said, "id": "f" * 32, "case": kept.case, "round": 1, "by": "张三"}
    assert rules.record(concluded(), "f" * 32, TOLD, here(DISTRICT, day(3))).at == day(3)


def test_a_report_that_belongs_above_waits_five_working_days_for_nothing_else() -> None:
    decision = above.belongs_above(registered(), {"body": "city-discipline"}, here(DISTRICT, day(1), **HEAD))
    state = decision.state
    assert (state.outside_body, state.todo, state.status) == ("city-discipline", "belongs_above", "registered")
    assert (acts(decision), whats(decision)) == ({"K17": "stop", "K19": "start"}, ["belongs_above"])
    assert state.running["K19"]["at"] == MON.isoformat()
    assert (decision.action, decision.data) == ("belongs_above", {})
    assert guards.waits_for_above(state)
    for rule in (handling.accept, lambda known, at: above.belongs_above(known, {"body": "x"}, at)):
        with pytest.raises(Refused) as refused:
            rule(state, here(DISTRICT, **HEAD))
        assert refused.value.code == "belongs_above"


@pytest.mark.parametrize(
    ("change", "office", "actor", "body", "wanted"),
    [
        ({"desk": "petition"}, DISTRICT, HEAD, "city-discipline", ("not_discipline", [])),
        ({"holder": TOWN}, DISTRICT, HEAD, "city-discipline", ("not_holder", [])),
        ({}, DISTRICT, {"desk": "discipline"}, "city-discipline", ("not_leader", [])),
        ({"status": "accepted"}, DISTRICT, HEAD, "city-discipline", ("wrong_status", ["case"])),
        ({"holder": TOWN}, TOWN, HEAD, "city-discipline", ("offer_up", [])),
        ({}, DISTRICT, HEAD, TOWN, ("in_network", ["body"])),
    ],
)
def test_what_does_not_belong_above(
    change: dict[str, Any], office: str, actor: dict[str, Any], body: str, wanted: tuple[str, list[str]]
) -> None:
    with pytest.raises(Refused) as refused:
        above.belongs_above(replace(registered(), **change), {"body": body}, here(office, **actor))
    assert code_of(refused) == wanted


def waiting(**other: Any) -> CaseState:
    known = replace(registered(), marks=("m",), supplements=({"supplement": "d" * 32},), seen=(DISTRICT, TOWN, VILLAGE))
    found = above.belongs_above(known, {"body": "city-discipline"}, here(DISTRICT, **HEAD)).state
    assert found.handler == "张三", "who found it may not be the one that says it went"
    other = {"handler": "李四", **other}
    return replace(
        found, excluded=(VILLAGE,), place="某处", category="C15", repeat_of="x", recused=("r",), flags=("f",), **other
    )


SENT = {"way": "courier", "document_no": "秦纪报〔2026〕1号", "at": None}


def test_what_was_sent_up_leaves_its_number_and_no_content() -> None:
    decision = above.sent_up(waiting(handler="李", team="一组", external_no="7"), SENT, here(DISTRICT, day(2), **HEAD))
    state = decision.state
    assert (state.status, state.number, state.outside_body) == ("outside", "610402-2026-00001", "city-discipline")
    blank = ("place", "repeat_of", "matched", "external_no", "handler", "team", "todo", "receipt_hash")
    assert [getattr(state, name) for name in blank] == [""] * len(blank)
    assert (state.text, state.sealed, state.reporter) == (None, None, None)
    assert (state.supplements, state.marks, state.recused, state.flags, state.running) == ((), (), (), (), {})
    assert (acts(decision), whats(decision)) == ({"K19": "stop"}, ["sent_up"])
    assert (state.term, state.allotted) == ((10_000, 0), 0)


def test_who_hears_that_a_report_was_sent_up() -> None:
    decision = above.sent_up(waiting(), SENT, here(DISTRICT, day(2), **HEAD))
    recalled = told(decision, "case_recalled")
    assert {tell.to for tell in recalled} == {TOWN}, "an excluded office hears nothing, and the own keeps its line"
    assert recalled[0].data == {"term": {"override": 10_000, "n": 0}}
    step = told(decision, "case_progress")[0].data
    assert (step["step"], step["receipt_hash"]) == ("outside", RECEIPT)
    intake = told(decision, "case_sent_up")[0]
    assert (intake.to, intake.service, intake.data) == (
        DISTRICT, "intake", {"recipient": "city-discipline", "at": day(2), "way": "courier", "document_no": "秦纪报〔2026〕1号"}
    )  # fmt: skip
    assert decision.data == {"way": "courier", "document_no": "秦纪报〔2026〕1号", "at": day(2).isoformat()}
    assert decision.action == "sent_up"


@pytest.mark.parametrize(
    ("change", "at", "wanted"),
    [
        ({"outside_body": ""}, None, ("not_belonging", [])),
        ({"status": "outside"}, None, ("not_belonging", [])),
        ({"desk": "petition"}, None, ("not_discipline", [])),
        ({"recalled": True}, None, ("stale_term", [])),
        ({}, day(2) + timedelta(seconds=1), ("in_future", ["at"])),
        ({}, MON - timedelta(seconds=1), ("too_early", ["at"])),
    ],
)
def test_what_is_not_sent_up(change: dict[str, Any], at: Any, wanted: tuple[str, list[str]]) -> None:
    with pytest.raises(Refused) as refused:
        above.sent_up(replace(waiting(), **change), {**SENT, "at": at}, here(DISTRICT, day(2), **HEAD))
    assert code_of(refused) == wanted


@pytest.mark.parametrize("at", [MON, day(2)])
def test_it_was_sent_between_its_receipt_and_now(at: Any) -> None:
    decision = above.sent_up(waiting(), {**SENT, "at": at}, here(DISTRICT, day(2), **HEAD))
    assert decision.data["at"] == at.isoformat()
