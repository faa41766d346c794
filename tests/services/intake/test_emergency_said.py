"""What calls for help say: the call whole, its letters and milestones, and every refusal word for word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.telling import clock, milestone
from contracts.words import ClockAct
from services.intake.emergency import rules
from services.intake.emergency.rules import EmergencyState
from services.intake.stub import Stub
from tests.services.house import DISTRICT, TOWN, VILLAGE
from tests.services.intake.reports import CASE, MON, TREE, here, petition
from tests.services.refusals import problem, says

ID, LATER = "e" * 32, MON + timedelta(minutes=6)
HALF_PAST = MON + timedelta(minutes=30)
REPORT = petition(entry_office=VILLAGE)
PHONES = {office: TREE.office(office).phone for office in (VILLAGE, TOWN, DISTRICT)}
ABOVE = tuple({"who": TREE.office(office).name, "phone": PHONES[office]} for office in (TOWN, DISTRICT))
DUTY = {"who": "赵一", "phone": "1001"}
OPEN = EmergencyState(
    emergency=ID,
    case=CASE,
    number="n1",
    desk="petition",
    office=VILLAGE,
    at=MON,
    due=HALF_PAST,
    what="有人要跳渠",
    phone=PHONES[VILLAGE],
    chain=(DUTY, *ABOVE),
    told=(TOWN, DISTRICT),
)
WORD = {"emergency": ID, "office": VILLAGE, "desk": "petition", "number": "n1", "at": MON, "due": HALF_PAST}
WORD |= {"what": "有人要跳渠", "phone": PHONES[VILLAGE]}


def village(**other: Any) -> Here:
    return here(VILLAGE, LATER, **other)


def told(what: str, act: dict[str, Any], at: Here, excluded: tuple[str, ...] = ()) -> tuple[Tell, ...]:
    """The milestone to the own supervision and to those above that are not recused."""
    stub = Stub(CASE, "n1", "petition", VILLAGE, VILLAGE, MON, "C03", VILLAGE, excluded=excluded)
    return milestone(stub, what, at, [act])


def letters(kind: str, data: dict[str, Any], *offices: str) -> tuple[Tell, ...]:
    return tuple(Tell(office, "intake", kind, CASE, data) for office in offices)


@pytest.mark.parametrize(("excluded", "known", "chain"), [
    ((), (TOWN, DISTRICT), (DUTY, *ABOVE)),
    ((TOWN,), (DISTRICT,), (DUTY, ABOVE[1])),
])  # fmt: skip
def test_a_call_for_help(excluded: tuple[str, ...], known: tuple[str, ...], chain: Any) -> None:
    at = here(VILLAGE)
    given = {"emergency": ID, "what": "有人要跳渠", "excluded": list(excluded)}
    decision = rules.raise_emergency(REPORT, given, (DUTY,), at)
    state = replace(OPEN, chain=chain, told=known, excluded=excluded)
    begun = clock("K14", ClockAct.START, MON, Due(HALF_PAST, False, ("自呼救起30分钟内有人接应",)))
    tells = (*letters("emergency_raised", WORD, *known), *told("emergency", begun, at, excluded))
    assert decision == Decision(state, tells, "emergency_raised")


def call(state: EmergencyState, who: str, *, answered: bool) -> Decision[EmergencyState]:
    return rules.record_call(state, {"who": who, "answered": answered}, REPORT, village())


def test_a_call_that_nobody_answers_is_counted() -> None:
    noted = {"call": 1, "answered": False}
    assert call(OPEN, "赵一", answered=False) == Decision(replace(OPEN, calls=1), (), "emergency_call", "", noted)


@pytest.mark.parametrize(("calls", "who"), [(0, "赵一"), (1, ABOVE[0]["who"]), (3, "赵一")])
def test_the_first_that_answers_ends_it(calls: int, who: str) -> None:
    answered = replace(OPEN, calls=calls + 1, state="answered", ended_at=LATER)
    word = {"emergency": ID, "state": "answered", "at": LATER}
    ended = letters("emergency_ended", word, TOWN, DISTRICT)
    tells = (*ended, *told("emergency_answered", clock("K14", ClockAct.STOP, LATER), village()))
    noted = {"call": calls + 1, "answered": True}
    decision = call(replace(OPEN, calls=calls), who, answered=True)
    assert decision == Decision(answered, tells, "emergency_call", "", noted)


@pytest.mark.parametrize(("state", "who", "refusal"), [
    (OPEN, "钱二", says("call_order", "应先呼叫赵一(1001)", who=["应先呼叫赵一(1001)"])),
    (replace(OPEN, calls=3), ABOVE[0]["who"], says("call_order", "应先呼叫赵一(1001)", who=["应先呼叫赵一(1001)"])),
    (replace(OPEN, state="answered"), "赵一", says("answered", "已有人接应,无须再呼叫")),
])  # fmt: skip
def test_who_is_not_to_be_called_now(state: EmergencyState, who: str, refusal: dict[str, Any]) -> None:
    assert problem(call, state, who, answered=True) == refusal


@pytest.mark.parametrize(("before", "ended_at"), [(OPEN, LATER), (replace(OPEN, state="answered", ended_at=MON), MON)])
def test_what_is_over_leaves_no_words(before: EmergencyState, ended_at: Any) -> None:
    cleared = replace(before, state="cleared", what="", outcome="人已劝离", ended_at=ended_at)
    word = {"emergency": ID, "state": "cleared", "at": LATER}
    ended = letters("emergency_ended", word, TOWN, DISTRICT)
    tells = (*ended, *told("emergency_cleared", clock("K14", ClockAct.STOP, LATER), village()))
    assert rules.clear(before, "人已劝离", REPORT, village()) == Decision(cleared, tells, "emergency_cleared")


def test_nobody_is_to_be_called_when_it_is_over_or_where_nobody_can_be() -> None:
    assert OPEN.next == DUTY
    assert replace(OPEN, state="cleared").next is None
    assert replace(OPEN, chain=()).next is None


HEARD = replace(OPEN, chain=(), told=())


@pytest.mark.parametrize("office", [TOWN, DISTRICT])
def test_what_an_office_above_hears(office: str) -> None:
    assert rules.on_raised(CASE, WORD, VILLAGE, here(office)) == Decision(HEARD, (), "emergency_heard")


@pytest.mark.parametrize(("office", "sender", "raised_at"), [
    (TOWN, VILLAGE, TOWN), (VILLAGE, TOWN, TOWN), (TOWN, TOWN, TOWN),
])  # fmt: skip
def test_a_call_comes_from_below_and_from_who_raised_it(office: str, sender: str, raised_at: str) -> None:
    refusal = says("not_below", "不是下级机关的紧急情况")
    assert problem(rules.on_raised, CASE, {**WORD, "office": raised_at}, sender, here(office)) == refusal


@pytest.mark.parametrize(("before", "state", "after"), [
    (HEARD, "answered", replace(HEARD, state="answered", ended_at=LATER)),
    (HEARD, "cleared", replace(HEARD, state="cleared", what="", ended_at=LATER)),
    (replace(HEARD, state="answered", ended_at=MON), "cleared",
     replace(HEARD, state="cleared", what="", ended_at=MON)),
])  # fmt: skip
def test_what_became_of_it(before: EmergencyState, state: str, after: EmergencyState) -> None:
    assert rules.on_ended(before, {"state": state, "at": LATER}, VILLAGE) == Decision(after, (), "emergency_ended")


@pytest.mark.parametrize(("before", "sender"), [(HEARD, TOWN), (replace(HEARD, state="cleared"), VILLAGE)])
def test_a_word_that_does_not_count_is_noted(before: EmergencyState, sender: str) -> None:
    refused = Decision(before, (), "emergency_word_refused", f"emergency_ended by {sender}")
    assert rules.on_ended(before, {"state": "answered", "at": LATER}, sender) == refused
