"""Calls for help: who is called in which order, what is told to whom, and when it is over (K14)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.context import Here
from contracts.errors import Refused
from contracts.events.emergency import MAX_WHAT
from services.intake.emergency import rules
from services.intake.emergency.rules import EmergencyState
from services.intake.rules import ReportState
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

NIGHT = datetime(2026, 4, 18, 22, 40, tzinfo=SHANGHAI)
CASE, ID = "c" * 32, "e" * 32
TREE, POLICY = demo_tree(), demo_policy()
DUTY = ({"who": "赵一", "phone": "1001"}, {"who": "钱二", "phone": "1002"})
ABOVE = [{"who": TREE.office(office).name, "phone": TREE.office(office).phone} for office in (TOWN, DISTRICT)]


def here(office: str = VILLAGE, now: datetime = NIGHT) -> Here:
    return here_at(office, now, TREE, POLICY)


def report(**other: Any) -> ReportState:
    plain = ReportState(
        case=CASE,
        number="n1",
        receipt_hash="a" * 64,
        desk="petition",
        entry_office=VILLAGE,
        entered_at=NIGHT,
        registered_at=NIGHT,
        clerk="张三",
        channel="phone",
        nature="seek",
        category="C17",
        place=VILLAGE,
        text="有人要跳渠",
        real_name=False,
        contactable=False,
        urgent=True,
        reporter=None,
        sealed=None,
        policy_version="2026.1",
    )
    return replace(plain, **other)


def raised(excluded: tuple[str, ...] = (), duty: tuple[Mapping[str, str], ...] = DUTY, office: str = VILLAGE) -> Any:
    given = {"emergency": ID, "what": "有人要跳渠", "excluded": excluded}
    return rules.raise_emergency(report(), given, duty, here(office))


def test_the_chain_is_the_own_persons_then_the_offices_above() -> None:
    state = raised().state
    assert list(state.chain) == [*DUTY, *ABOVE]
    assert state.next == DUTY[0]
    assert (state.emergency, state.case, state.number, state.desk, state.office) == (
        ID,
        CASE,
        "n1",
        "petition",
        VILLAGE,
    )
    assert (state.at, state.due, state.what, state.state) == (
        NIGHT,
        NIGHT + timedelta(minutes=30),
        "有人要跳渠",
        "open",
    )
    assert state.phone == TREE.office(VILLAGE).phone
    assert state.told == (TOWN, DISTRICT)


def test_a_recused_office_is_jumped_and_told_nothing() -> None:
    decision = raised((TOWN,))
    assert list(decision.state.chain) == [*DUTY, ABOVE[1]]
    assert (decision.state.told, decision.state.excluded) == ((DISTRICT,), (TOWN,))
    assert {tell.to for tell in decision.tells} == {VILLAGE, DISTRICT}


def test_every_office_above_is_told_at_once() -> None:
    decision = raised()
    letters = [tell for tell in decision.tells if tell.type == "emergency_raised"]
    assert [(tell.to, tell.service, tell.case) for tell in letters] == [
        (TOWN, "intake", CASE),
        (DISTRICT, "intake", CASE),
    ]
    assert letters[0].data == {
        "emergency": ID,
        "office": VILLAGE,
        "desk": "petition",
        "number": "n1",
        "at": NIGHT,
        "due": NIGHT + timedelta(minutes=30),
        "what": "有人要跳渠",
        "phone": TREE.office(VILLAGE).phone,
    }
    told = [tell for tell in decision.tells if tell.type == "case_milestone"]
    assert [tell.to for tell in told] == [VILLAGE, TOWN, DISTRICT]
    data = told[0].data
    assert (data["what"], data["number"], data["holder"], data["entry_office"], data["desk"]) == (
        "emergency", "n1", VILLAGE, VILLAGE, "petition",
    )  # fmt: skip
    assert (data["entered_at"], data["category"], data["place"]) == (NIGHT, "C17", VILLAGE)
    assert data["clocks"] == [
        {
            "kind": "K14",
            "act": "start",
            "at": NIGHT,
            "due": NIGHT + timedelta(minutes=30),
            "provisional": False,
            "how": ["自呼救起30分钟内有人接应"],
        }
    ]
    assert decision.action == "emergency_raised"


def test_it_is_raised_even_where_nobody_can_be_called() -> None:
    state = raised(duty=(), office=DISTRICT).state
    assert (state.chain, state.told, state.next) == ((), (), None)
    called = rules.record_call(state, {"who": "路人", "answered": True}, report(), here(DISTRICT)).state
    assert called.state == "answered"


def call(state: EmergencyState, who: str, answered: bool, now: datetime = NIGHT) -> Any:
    return rules.record_call(state, {"who": who, "answered": answered}, report(), here(now=now))


def test_calls_go_down_the_chain_and_begin_again() -> None:
    state = raised().state
    for turn, each in enumerate([*DUTY, *ABOVE, DUTY[0]], 1):
        assert state.next == each
        decision = call(state, each["who"], False)
        assert (decision.tells, decision.action, decision.data) == (
            (), "emergency_call", {"call": turn, "answered": False},
        )  # fmt: skip
        state = decision.state
        assert (state.calls, state.state, state.ended_at) == (turn, "open", None)


def test_a_call_out_of_order_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        call(raised().state, "钱二", True)
    assert refused.value.code == "call_order"
    assert refused.value.fields == {"who": ["应先呼叫赵一(1001)"]}


def test_the_first_that_answers_stops_the_clock_and_the_calling() -> None:
    later = NIGHT + timedelta(minutes=6)
    decision = call(raised((TOWN,)).state, "赵一", True, later)
    state = decision.state
    assert (state.state, state.calls, state.ended_at, state.next) == ("answered", 1, later, None)
    assert decision.data == {"call": 1, "answered": True}
    (letter,) = [tell for tell in decision.tells if tell.type == "emergency_ended"]
    assert (letter.to, letter.service, letter.case) == (DISTRICT, "intake", CASE)
    assert letter.data == {"emergency": ID, "state": "answered", "at": later}
    told = [tell for tell in decision.tells if tell.type == "case_milestone"]
    assert [tell.to for tell in told] == [VILLAGE, DISTRICT], "the recused town hears nothing"
    assert told[0].data["what"] == "emergency_answered"
    assert told[0].data["clocks"] == [{"kind": "K14", "act": "stop", "at": later}]
    with pytest.raises(Refused) as refused:
        call(state, "钱二", True)
    assert refused.value.code == "answered"


@pytest.mark.parametrize("answered", [True, False])
def test_when_it_is_over_the_signal_and_its_text_go(answered: bool) -> None:
    state = raised().state
    if answered:
        state = call(state, "赵一", True).state
    later = NIGHT + timedelta(hours=1)
    decision = rules.clear(state, "人已劝离", report(), here(now=later))
    cleared = decision.state
    assert (cleared.state, cleared.what, cleared.outcome, cleared.next) == ("cleared", "", "人已劝离", None)
    assert cleared.ended_at == (NIGHT if answered else later)
    letters = [tell for tell in decision.tells if tell.type == "emergency_ended"]
    assert [(tell.to, tell.data["state"], tell.data["at"]) for tell in letters] == [
        (TOWN, "cleared", later), (DISTRICT, "cleared", later),
    ]  # fmt: skip
    milestone = next(tell for tell in decision.tells if tell.type == "case_milestone")
    assert (milestone.data["what"], milestone.data["clocks"][0]["act"]) == ("emergency_cleared", "stop")
    assert decision.action == "emergency_cleared"


DATA = {"emergency": ID, "office": VILLAGE, "desk": "petition", "number": "n1", "at": NIGHT, "due": NIGHT, "what": "x"}


def heard(at: str = TOWN, sender: str = VILLAGE, **other: Any) -> Any:
    return rules.on_raised(CASE, {**DATA, "phone": "029", **other}, sender, here(at))


def test_the_office_above_keeps_what_it_heard() -> None:
    decision = heard()
    state = decision.state
    assert (state.case, state.office, state.what, state.phone, state.state) == (CASE, VILLAGE, "x", "029", "open")
    assert (state.chain, state.told, state.next, decision.tells, decision.action) == (
        (),
        (),
        None,
        (),
        "emergency_heard",
    )


@pytest.mark.parametrize(("at", "sender", "other"), [
    (TOWN, VILLAGE, {"office": TOWN}),
    (VILLAGE, TOWN, {"office": TOWN}),
    (VILLAGE, VILLAGE, {}),
])  # fmt: skip
def test_a_call_for_help_comes_from_below_only(at: str, sender: str, other: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        heard(at, sender, **other)
    assert refused.value.code == "not_below"


def test_only_who_raised_it_says_what_became_of_it() -> None:
    state, later = heard().state, NIGHT + timedelta(hours=1)
    told = {"emergency": ID, "state": "answered", "at": later}
    refused = rules.on_ended(state, told, DISTRICT)
    assert (refused.state, refused.action, refused.why) == (
        state, "emergency_word_refused", f"emergency_ended by {DISTRICT}",
    )  # fmt: skip
    answered = rules.on_ended(state, told, VILLAGE)
    assert (answered.state.state, answered.state.what, answered.state.ended_at) == ("answered", "x", later)
    assert answered.action == "emergency_ended"
    cleared = rules.on_ended(answered.state, {**told, "state": "cleared", "at": later + timedelta(1)}, VILLAGE).state
    assert (cleared.state, cleared.what, cleared.ended_at) == ("cleared", "", later)
    assert rules.on_ended(cleared, told, VILLAGE).state == cleared, "over is over"


@pytest.mark.parametrize(("place", "text", "words"), [
    ("村口", "快来人", "村口 快来人"),
    ("", "快来人", "快来人"),
    ("村口", None, rules.SEALED),
    ("", "长" * (MAX_WHAT + 1), "长" * MAX_WHAT),
])  # fmt: skip
def test_what_a_report_says_of_the_danger(place: str, text: str | None, words: str) -> None:
    assert rules.help_wanted(place, text) == words
