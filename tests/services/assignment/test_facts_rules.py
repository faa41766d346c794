"""Corrections, petitions that cross to the discipline desk, and cases outside: what is decided, at every border."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import Refused
from contracts.events import EVENTS
from network.journal import canonical
from services.assignment.facts import crossing, outside, rules
from services.assignment.helping.states import HelperState
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    LEADER,
    MON,
    PLUMS,
    RECEIPT,
    TOWN,
    VILLAGE,
    acts,
    day,
    envelope,
    held,
    here,
    report,
    told,
)
from tests.services.assignment.helped import STREET

ID = "f" * 32
OTHER = "c" * 32
PLAIN: dict[str, Any] = {"sealed": None, "contactable": None, "accused_offices": [], "reason": "登记有误"}
PETITION_ENVELOPE = envelope(f"{TOWN}/petition")
DISCIPLINE_ENVELOPE = envelope(f"{DISTRICT}/discipline")


def correction(what: str, to: str = "", **other: Any) -> dict[str, Any]:
    return {**PLAIN, "case": CASE, "what": what, "to": to, **other}


def accusing(**other: Any) -> CaseState:
    return replace(register(report(), [], here(DISTRICT)).state, **other)


def refusal(act: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, list(refused.value.fields)


def whats(decision: Any) -> list[str]:
    return [tell.data["what"] for tell in told(decision, "case_milestone")]


@pytest.mark.parametrize(
    ("what", "old", "to"), [("category", "C03", "C08"), ("place", VILLAGE, "望塬村东头"), ("nature", "seek", "suggest")]
)
def test_a_correction_stands_in_the_case_and_the_old_beside_it(what: str, old: str, to: str) -> None:
    decision, fact = rules.correct(held(TOWN), ID, correction(what, to), here(TOWN, day(2)))
    assert decision.state == replace(held(TOWN), **{what: to})
    assert vars(fact) == {
        "id": ID, "case": CASE, "what": what, "old": old, "new": to, "old_sealed": None, "sealed": None,
        "reason": "登记有误", "by": "张三", "at": day(2),
    }  # fmt: skip
    assert (decision.action, decision.data) == ("corrected", {"what": what})
    assert set(whats(decision)) == {"corrected"}


def test_the_next_milestone_bears_the_corrected_class_and_place() -> None:
    decision, _ = rules.correct(held(TOWN), ID, correction("category", "C08"), here(TOWN))
    assert {tell.data["category"] for tell in told(decision, "case_milestone")} == {"C08"}
    decision, _ = rules.correct(held(TOWN), ID, correction("place", PLUMS), here(TOWN))
    assert {tell.data["place"] for tell in told(decision, "case_milestone")} == {PLUMS}


@pytest.mark.parametrize(
    ("cmd", "wanted"),
    [
        (correction("category", "C03"), ("nothing_new", ["to"])),
        (correction("place", "  "), ("nothing_new", ["to"])),
        (correction("category", "C99"), ("unknown_category", ["to"])),
        (correction("nature", "tired"), ("unknown_nature", ["to"])),
        (correction("category", "C15"), ("must_be_sealed", ["to"])),
        (correction("nature", "accuse"), ("must_be_sealed", ["to"])),
        (correction("place", "别处", sealed=PETITION_ENVELOPE), ("not_to_seal", ["sealed"])),
        (correction("accused", sealed=PETITION_ENVELOPE), ("must_be_sealed", ["what"])),
        (correction("name", "王五"), ("must_be_sealed", ["to"])),
        (correction("name"), ("not_sealed_for", ["sealed"])),
        (correction("name", sealed=envelope(f"{TOWN}/discipline")), ("not_sealed_for", ["sealed"])),
        (correction("place", "别处", accused_offices=[VILLAGE]), ("not_accused", ["accused_offices"])),
    ],
)
def test_what_is_no_correction_of_a_petition(cmd: dict[str, Any], wanted: tuple[str, list[str]]) -> None:
    assert refusal(lambda: rules.correct(held(TOWN), ID, cmd, here(TOWN))) == wanted


def test_only_the_holder_corrects() -> None:
    act = lambda: rules.correct(held(TOWN, holder=VILLAGE), ID, correction("category", "C08"), here(TOWN))  # noqa: E731
    assert refusal(act) == ("not_holder", [])


@pytest.mark.parametrize(("given", "kept"), [(None, False), (True, True), (False, False)])
def test_a_corrected_name_takes_the_place_of_the_reporters_envelope(given: bool | None, kept: bool) -> None:
    before = held(TOWN, reporter={"old": 1}, real_name=False, contactable=False)
    cmd = correction("name", sealed=PETITION_ENVELOPE, contactable=given)
    decision, fact = rules.correct(before, ID, cmd, here(TOWN))
    state = decision.state
    assert (state.reporter, state.real_name, state.contactable) == (PETITION_ENVELOPE, True, kept)
    assert (fact.old_sealed, fact.sealed, fact.old, fact.new) == ({"old": 1}, PETITION_ENVELOPE, "", "")


@pytest.mark.parametrize("what", ["name", "accused", "category", "place"])
def test_what_is_corrected_in_a_discipline_report_is_a_sealed_supplement(what: str) -> None:
    cmd = correction(what, sealed=DISCIPLINE_ENVELOPE)
    decision, fact = rules.correct(accusing(), ID, cmd, here(DISTRICT, day(1)))
    added = {"supplement": ID, "at": day(1).isoformat(), "text": None, "sealed": DISCIPLINE_ENVELOPE}
    assert decision.state == replace(accusing(), supplements=(added,))
    assert (fact.what, fact.old, fact.old_sealed, fact.sealed) == (what, "", None, DISCIPLINE_ENVELOPE)
    assert (
        refusal(lambda: rules.correct(accusing(), ID, correction(what, "C16"), here(DISTRICT)))[0] == "must_be_sealed"
    )


def test_what_a_discipline_reporter_wants_is_no_secret_of_the_desk() -> None:
    decision, _ = rules.correct(accusing(), ID, correction("nature", "appeal"), here(DISTRICT))
    assert decision.state.nature == "appeal"
    back, _ = rules.correct(decision.state, ID, correction("nature", "accuse"), here(DISTRICT))
    assert back.state.nature == "accuse"


def accused(*offices: str) -> dict[str, Any]:
    return correction("accused", sealed=DISCIPLINE_ENVELOPE, accused_offices=list(offices))


def test_where_a_newly_known_accused_works_is_recused() -> None:
    state = accusing(seen=(DISTRICT, TOWN), excluded=(PLUMS,))
    decision, _ = rules.correct(state, ID, accused(TOWN, VILLAGE, PLUMS, TOWN), here(DISTRICT))
    assert decision.state.excluded == (PLUMS, TOWN, VILLAGE)
    assert {tell.to for tell in told(decision, "case_recalled")} == {TOWN}, "who never had a word learns nothing"
    assert len(told(decision, "case_recalled")) == 4
    assert whats(decision).count("corrected") == 1


def test_one_that_is_recused_already_does_not_keep_the_next_from_being() -> None:
    decision, _ = rules.correct(accusing(excluded=(PLUMS,)), ID, accused(PLUMS, TOWN), here(DISTRICT))
    assert decision.state.excluded == (PLUMS, TOWN)


def test_only_a_corrected_name_keeps_the_reporters_old_envelope() -> None:
    known = held(TOWN, reporter=PETITION_ENVELOPE)
    assert rules.correct(known, ID, correction("place", "别处"), here(TOWN))[1].old_sealed is None


def test_an_office_beside_is_excluded_without_a_word() -> None:
    at_town = replace(accusing(), holder=TOWN)
    cmd = {**accused(DEPARTMENT), "sealed": envelope(f"{TOWN}/discipline")}
    decision, _ = rules.correct(at_town, ID, cmd, here(TOWN))
    assert (decision.state.excluded, told(decision, "case_recalled")) == ((DEPARTMENT,), [])


@pytest.mark.parametrize(
    ("office", "wanted"),
    [
        (TOWN, ("own_line", ["accused_offices"])),
        (DISTRICT, ("own_line", ["accused_offices"])),
        ("610402999", ("unknown_office", ["accused_offices"])),
    ],
)
def test_an_office_does_not_decide_on_its_own_recusal(office: str, wanted: tuple[str, list[str]]) -> None:
    cmd = {**accused(office), "sealed": envelope(f"{TOWN}/discipline")}
    assert refusal(lambda: rules.correct(replace(accusing(), holder=TOWN), ID, cmd, here(TOWN))) == wanted


# --- a petition that accuses somebody ---

SEALED = {**DISCIPLINE_ENVELOPE, "case": OTHER}
CROSS = {"case": CASE, "as_case": OTHER, "sealed": SEALED}


def test_a_petition_that_accuses_goes_sealed_to_the_district_and_is_forgotten() -> None:
    decision = crossing.to_discipline(held(TOWN, seen=(DISTRICT, TOWN, VILLAGE)), CROSS, here(TOWN, day(1)))
    state = decision.state
    assert (state.recalled, state.text, state.number, state.receipt_hash) == (True, None, "", "")
    assert (state.term, state.allotted) == ((100, 0), 0)
    filed = told(decision, "report_filed")[0]
    assert (filed.to, filed.service, filed.case) == (DISTRICT, "intake", OTHER)
    assert filed.data == {
        "case": OTHER, "receipt_hash": RECEIPT, "filed_at": MON, "desk": "discipline", "channel": "visit",
        "nature": "accuse", "category": "C15", "place": "", "text": None, "real_name": True, "contactable": True,
        "urgent": False, "reporter": None, "sealed": SEALED,
    }  # fmt: skip
    EVENTS["report_filed"]().loads(canonical(dict(filed.data)).decode())
    assert (decision.action, decision.data) == ("to_discipline", {})


def test_who_hears_that_a_petition_crossed() -> None:
    state = held(TOWN, seen=(DISTRICT, TOWN, VILLAGE, PLUMS), excluded=(PLUMS,))
    decision = crossing.to_discipline(state, CROSS, here(TOWN, day(1)))
    assert [tell.to for tell in told(decision, "case_resealed")] == [TOWN, DISTRICT]
    assert [tell.data for tell in told(decision, "case_resealed")] == [{"at": day(1)}] * 2
    assert {tell.to for tell in told(decision, "case_recalled")} == {VILLAGE}
    assert told(decision, "case_recalled")[0].data == {"term": {"override": 100, "n": 0}}
    own = told(decision, "case_sent_up")[0]
    assert (own.to, own.service, own.case) == (TOWN, "intake", CASE)
    assert own.data == {"recipient": f"{DISTRICT}/discipline", "at": day(1)}
    step = told(decision, "case_progress")[0].data
    assert (step["step"], step["as_case"], step["number"], step["office"]) == ("offered", OTHER, "", "")
    assert told(decision, "case_milestone") == []


def test_helpers_that_no_recall_reaches_hear_that_nothing_is_left() -> None:
    """The village gets the recall of an office below; the street of another town is told through the district."""
    calls = [
        HelperState(CASE, ordinal, office, "核对名册", MON, day(5), False, ("按期限",))
        for ordinal, office in enumerate((STREET, VILLAGE), start=1)
    ]
    state = held(TOWN, seen=(DISTRICT, TOWN, VILLAGE, STREET), excluded=(PLUMS,))
    words = told(crossing.to_discipline(state, CROSS, here(TOWN, day(1)), calls), "help_released")
    assert [(tell.to, tell.service, tell.case) for tell in words] == [(DISTRICT, "assignment", CASE)]
    assert words[0].data == {"ordinal": 1, "to": STREET, "asked_by": TOWN, "reason": "", "excluded": [PLUMS]}


def test_a_recused_superior_hears_nothing_of_the_crossing() -> None:
    decision = crossing.to_discipline(held(TOWN, excluded=(DISTRICT,)), CROSS, here(TOWN))
    assert [tell.to for tell in told(decision, "case_resealed")] == [TOWN]


@pytest.mark.parametrize(
    ("change", "cmd", "wanted"),
    [
        ({"desk": "discipline"}, {}, ("not_petition", [])),
        ({"holder": VILLAGE}, {}, ("not_holder", [])),
        ({"status": "settled"}, {}, ("wrong_status", ["case"])),
        ({"opinion_no": "1号"}, {}, ("has_opinion", [])),
        ({"from_office": DISTRICT}, {}, ("from_above", [])),
        ({}, {"as_case": CASE}, ("itself", ["as_case"])),
        ({}, {"sealed": None}, ("not_sealed_for", ["sealed"])),
        ({}, {"sealed": {**SEALED, "keys": {f"{TOWN}/discipline": "k"}}}, ("not_sealed_for", ["sealed"])),
        ({}, {"sealed": {**SEALED, "case": CASE}}, ("not_sealed_for", ["sealed"])),
    ],
)
def test_what_does_not_cross(change: dict[str, Any], cmd: dict[str, Any], wanted: tuple[str, list[str]]) -> None:
    state = replace(held(TOWN), **change)
    assert refusal(lambda: crossing.to_discipline(state, {**CROSS, **cmd}, here(TOWN))) == wanted


@pytest.mark.parametrize("change", [{"status": "accepted"}, {"from_office": VILLAGE}])
def test_what_crosses_as_well(change: dict[str, Any]) -> None:
    assert crossing.to_discipline(replace(held(TOWN), **change), CROSS, here(TOWN)).state.recalled


# --- bodies outside ---

SEND = {"body": "xixian", "document_no": "秦信转〔2026〕7号", "note": ""}
LINE = outside.Outside(CASE, "xixian", "秦信转〔2026〕7号", MON, "张三")
ANSWER = {"document_no": "西咸函〔2026〕2号", "at": None, "summary": "已解决"}


@pytest.mark.parametrize("status", ["registered", "accepted"])
def test_a_leader_sends_a_case_to_a_body_outside_and_every_clock_ends(status: str) -> None:
    decision = outside.send(held(TOWN, status=status, todo="returned"), SEND, here(TOWN, day(1), roles=LEADER))
    state = decision.state
    assert (state.status, state.outside_body, state.todo, state.running) == ("outside", "xixian", "", {})
    assert (acts(decision), set(whats(decision))) == ({"K2": "stop"}, {"sent_outside"})
    assert [tell.data["step"] for tell in told(decision, "case_progress")] == ["outside"]
    assert (decision.action, decision.data) == (
        "sent_outside", {"body": "xixian", "document_no": "秦信转〔2026〕7号"}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "body", "roles", "wanted"),
    [
        ({}, "xixian", ("clerk",), ("not_leader", [])),
        ({"holder": VILLAGE}, "xixian", LEADER, ("not_holder", [])),
        ({"status": "concluded"}, "xixian", LEADER, ("wrong_status", ["case"])),
        ({"status": "outside", "outside_body": "xixian"}, "xixian", LEADER, ("wrong_status", ["case"])),
        ({}, DEPARTMENT, LEADER, ("in_network", ["body"])),
    ],
)
def test_what_is_not_sent_outside(
    change: dict[str, Any], body: str, roles: tuple[str, ...], wanted: tuple[str, list[str]]
) -> None:
    act = lambda: outside.send(held(TOWN, **change), {**SEND, "body": body}, here(TOWN, roles=roles))  # noqa: E731
    assert refusal(act) == wanted


def test_an_office_listed_but_managed_outside_is_a_body_outside() -> None:
    decision = outside.send(held(TOWN), {**SEND, "body": "610402007"}, here(TOWN, roles=LEADER))
    assert decision.state.outside_body == "610402007"


def test_the_answer_of_a_body_outside_is_registered_once() -> None:
    assert outside.sent(held(TOWN), SEND, here(TOWN)) == LINE
    decision = outside.answered(held(TOWN, status="outside"), LINE, ANSWER, here(TOWN, day(9)))
    answered = replace(LINE, answer_no="西咸函〔2026〕2号", answered_at=day(9), summary="已解决")
    assert (decision.state, decision.tells, decision.action) == (answered, (), "outside_answered")
    assert decision.data == {"document_no": "西咸函〔2026〕2号"}
    assert refusal(lambda: outside.answered(held(TOWN), answered, ANSWER, here(TOWN, day(9)))) == ("answered", [])
    assert refusal(lambda: outside.answered(held(TOWN), None, ANSWER, here(TOWN, day(9)))) == ("not_outside", [])
    gone = held(TOWN, recalled=True)
    assert refusal(lambda: outside.answered(gone, LINE, ANSWER, here(TOWN, day(9)))) == ("stale_term", [])


def test_an_answer_comes_between_the_sending_and_now() -> None:
    at, second = here(TOWN, day(9)), timedelta(seconds=1)
    for moment in (MON, day(9)):
        assert outside.answered(held(TOWN), LINE, {**ANSWER, "at": moment}, at).state.answered_at == moment
    for moment, code in ((MON - second, "too_early"), (day(9) + second, "in_future")):
        given = {**ANSWER, "at": moment}
        assert refusal(lambda given=given: outside.answered(held(TOWN), LINE, given, at)) == (code, ["at"])


def test_the_age_is_told_in_whole_days() -> None:
    assert outside.age_days(MON, day(7) - timedelta(seconds=1)) == 6
    assert outside.age_days(MON, day(7)) == 7
