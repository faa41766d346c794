"""Who may call back, what of it is told to whom, and which cases are drawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import NotFound
from contracts.letters import Letter, Tell
from services.supervision.callbacks.rules import CallBack, is_drawn, make, sample, waiting, wanted
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.supervision.test_city_rules import LINE, refused
from tests.services.supervision.told import CASE, MON

TREE, POLICY = demo_tree(), demo_policy()
ID = "a" * 32
ENVELOPE = {"version": 1}
DATA = {
    "call_back": ID,
    "purpose": "withdrawal",
    "number": "n",
    "desk": "petition",
    "at": MON - timedelta(hours=1),
    "reporter": ENVELOPE,
    "words": "电话中表示撤回",
}
CALL = CallBack(ID, CASE, "withdrawal", "n", "petition", VILLAGE, MON - timedelta(hours=1), "电话中表示撤回", ENVELOPE)
SAID = {"call_back": ID, "result": "pressed", "note": "称被要求撤回"}


def at(office: str = DISTRICT, **actor: Any) -> Any:
    return here_at(office, MON, TREE, POLICY, **actor)


def letter(office: str) -> Letter:
    return Letter("i", office, "assignment", "call_back_wanted", CASE, MON.isoformat(), DATA)


def test_an_office_below_asks() -> None:
    assert wanted(letter(VILLAGE), at()) == CALL
    assert wanted(letter(VILLAGE), at(TOWN)) == CALL
    refused("not_below", wanted, letter(DISTRICT), at())
    refused("not_below", wanted, letter(DISTRICT), at(TOWN))


def test_what_was_heard_is_told_to_who_asked_and_whom_to_call_is_forgotten() -> None:
    decision = make(CALL, LINE, ("p1",), SAID, at(person="c1"))
    assert decision.state == replace(
        CALL, state="made", reporter=None, result="pressed", note="称被要求撤回", made_by="张三", made_at=MON
    )
    told = {"call_back": ID, "purpose": "withdrawal", "at": MON, "result": "pressed", "note": ""}
    assert decision.tells == (Tell(VILLAGE, "assignment", "call_back_made", CASE, told),)
    assert (decision.action, decision.why) == ("call_back_made", "")
    assert decision.data == {"call_back": ID, "result": "pressed"}


def test_nobody_confirms_his_own_work() -> None:
    refused("own_work", make, CALL, replace(LINE, holder=DISTRICT), (), SAID, at())
    refused("own_work", make, CALL, LINE, ("p1",), SAID, at(person="p1"))
    assert make(CALL, None, (), SAID, at()).state.state == "made"


def test_a_call_back_is_made_once_and_by_the_desk_that_was_asked() -> None:
    assert waiting(CALL, at()) == CALL
    with pytest.raises(NotFound):
        waiting(None, at())
    with pytest.raises(NotFound):
        waiting(CALL, at(desk="discipline"))
    made = replace(CALL, state="made")
    assert set(refused("not_open", waiting, made, at()).fields) == {"call_back"}
    refused("not_open", make, made, LINE, (), SAID, at())


def test_a_sample_is_told_to_nobody() -> None:
    drawn = sample(ID, LINE, at())
    assert drawn == CallBack(ID, CASE, "sample", "n", "petition", "", MON)
    decision = make(drawn, LINE, (), SAID, at())
    assert (decision.tells, decision.state.result) == ((), "pressed")


def test_the_draw_is_the_same_each_time_another_at_each_office_and_about_the_share() -> None:
    cases = [f"{number:032x}" for number in range(1000)]
    drawn = [case for case in cases if is_drawn(case, 20, DISTRICT)]
    assert 150 < len(drawn) < 250
    assert drawn[:8] == [cases[number] for number in (0, 5, 6, 15, 17, 19, 21, 22)], "in every version of this program"
    assert drawn == [case for case in cases if is_drawn(case, 20, DISTRICT)]
    assert drawn != [case for case in cases if is_drawn(case, 20, TOWN)]
    assert set(drawn) < {case for case in cases if is_drawn(case, 30, DISTRICT)}
    assert all(is_drawn(case, 100, DISTRICT) for case in cases)
    assert not any(is_drawn(case, 0, DISTRICT) for case in cases)
