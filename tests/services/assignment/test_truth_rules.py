"""False accusations are only suggested, mistakes are apart from them, and clearing follows a conclusion of untrue."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import Refused
from services.assignment.discipline import truth
from services.assignment.discipline.truth import Accusation, Clearing
from services.assignment.holding.rules import register
from services.assignment.state import CaseState
from tests.services.assignment.cases import CASE, DISTRICT, LEADER, MON, TOWN, day, here, report

HEAD: dict[str, Any] = {"desk": "discipline", "roles": LEADER}
SUGGESTED = Accusation(CASE, "suggested", "捏造发票", "张三", MON)
PROPOSED = Clearing("c" * 32, CASE, "letter", "查无此事", "张三", MON)
APPROVED = replace(PROPOSED, state="approved", approved_by="张三", approved_at=day(1))
DECIDED = {"document_no": "咸纪〔2026〕8号", "recognised": True, "at": None}


def concluded(**other: Any) -> CaseState:
    return replace(register(report(), [], here(DISTRICT)).state, **{"status": "concluded", **other})


def refusal(act: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code, list(refused.value.fields)


def test_a_head_suggests_and_nothing_is_told_to_anybody() -> None:
    decision = truth.suggest(concluded(), "untrue", None, {"facts": "捏造发票"}, here(DISTRICT, **HEAD))
    assert decision.state == SUGGESTED
    assert (decision.tells, decision.action) == ((), "false_accusation_suggested")


def test_a_mistake_is_no_false_accusation() -> None:
    decision = truth.mistaken(concluded(), "untrue", None, {"reason": "听错了"}, here(DISTRICT, **HEAD))
    assert decision.state == Accusation(CASE, "mistaken", "听错了", "张三", MON)
    assert decision.action == "found_mistaken"
    found = decision.state
    assert (
        refusal(lambda: truth.suggest(concluded(), "untrue", found, {"facts": "x"}, here(DISTRICT, **HEAD)))[0]
        == "found"
    )
    again = lambda: truth.mistaken(concluded(), "untrue", SUGGESTED, {"reason": "x"}, here(DISTRICT, **HEAD))  # noqa: E731
    assert refusal(again)[0] == "found"


@pytest.mark.parametrize(
    ("state", "verdict", "actor", "code"),
    [
        (concluded(), "proved", HEAD, "not_untrue"),
        (concluded(), "", HEAD, "not_untrue"),
        (concluded(status="accepted"), "untrue", HEAD, "wrong_status"),
        (concluded(desk="petition"), "untrue", HEAD, "not_discipline"),
        (concluded(holder=TOWN), "untrue", HEAD, "not_holder"),
        (concluded(), "untrue", {"desk": "discipline"}, "not_leader"),
    ],
)
def test_who_finds_a_report_false_or_mistaken_and_of_what(
    state: CaseState, verdict: str, actor: dict[str, Any], code: str
) -> None:
    at = here(DISTRICT, **actor)
    assert refusal(lambda: truth.suggest(state, verdict, None, {"facts": "x"}, at))[0] == code
    assert refusal(lambda: truth.mistaken(state, verdict, None, {"reason": "x"}, at))[0] == code


@pytest.mark.parametrize(("recognised", "word"), [(True, "recognised"), (False, "not_recognised")])
def test_only_the_citys_document_recognises(recognised: bool, word: str) -> None:
    cmd = {**DECIDED, "recognised": recognised}
    decision = truth.city_decided(concluded(), SUGGESTED, cmd, here(DISTRICT, day(9)))
    assert decision.state == replace(SUGGESTED, state=word, document_no="咸纪〔2026〕8号", decided_at=day(9))
    assert (decision.action, decision.data, decision.tells) == ("city_decided", {"recognised": recognised}, ())


def test_what_is_no_decision_of_the_city() -> None:
    at = here(DISTRICT, day(9))
    for known in (None, replace(SUGGESTED, state="mistaken"), replace(SUGGESTED, state="recognised")):
        assert refusal(lambda known=known: truth.city_decided(concluded(), known, DECIDED, at))[0] == "not_suggested"
    second = timedelta(seconds=1)
    for moment, code in ((day(9) + second, "in_future"), (MON - second, "too_early")):
        given = {**DECIDED, "at": moment}
        assert refusal(lambda given=given: truth.city_decided(concluded(), SUGGESTED, given, at)) == (code, ["at"])
    for moment in (MON, day(9)):
        assert truth.city_decided(concluded(), SUGGESTED, {**DECIDED, "at": moment}, at).state.decided_at == moment
    for state, code in ((concluded(desk="petition"), "not_discipline"), (concluded(holder=TOWN), "not_holder")):
        assert refusal(lambda state=state: truth.city_decided(state, SUGGESTED, DECIDED, at))[0] == code


def test_clearing_is_proposed_approved_and_done() -> None:
    cmd = {"way": "letter", "words": "查无此事"}
    proposed = truth.propose(concluded(), "untrue", None, "c" * 32, cmd, here(DISTRICT))
    assert (proposed.state, proposed.action, proposed.data) == (PROPOSED, "clearing_proposed", {"way": "letter"})
    approved = truth.approve(concluded(), replace(PROPOSED, proposed_by="李四"), here(DISTRICT, day(1), **HEAD))
    assert (approved.state, approved.action, approved.data) == (
        replace(APPROVED, proposed_by="李四"),
        "clearing_approved",
        {"way": "letter"},
    )
    done = truth.done(concluded(), APPROVED, {"at": None, "done_by": "秦某"}, here(DISTRICT, day(2)))
    assert done.state == replace(APPROVED, state="done", done_by="秦某", done_at=day(2))
    assert (done.action, done.data) == ("cleared", {"way": "letter"})


def test_no_clearing_without_a_conclusion_of_untrue_and_one_at_a_time() -> None:
    cmd = {"way": "letter", "words": "查无此事"}
    at = here(DISTRICT)
    for state, verdict, known, code in (
        (concluded(), "partly_proved", None, "not_untrue"),
        (concluded(status="accepted"), "untrue", None, "wrong_status"),
        (concluded(), "untrue", PROPOSED, "clearing_open"),
    ):
        of = (state, verdict, known, "c" * 32, cmd, at)
        assert refusal(lambda of=of: truth.propose(*of))[0] == code


def test_who_approves_a_clearing_and_when_it_is_done() -> None:
    head, clerk = here(DISTRICT, day(2), **HEAD), here(DISTRICT, day(2))
    given = {"at": None, "done_by": "秦某"}
    assert refusal(lambda: truth.approve(concluded(), PROPOSED, clerk))[0] == "not_leader"
    assert refusal(lambda: truth.approve(concluded(), PROPOSED, head))[0] == "same_person"
    for known in (None, APPROVED):
        assert refusal(lambda known=known: truth.approve(concluded(), known, head))[0] == "no_clearing"
    for known in (None, PROPOSED):
        assert refusal(lambda known=known: truth.done(concluded(), known, given, clerk))[0] == "no_clearing"
    for state, code in ((concluded(desk="petition"), "not_discipline"), (concluded(holder=TOWN), "not_holder")):
        assert refusal(lambda state=state: truth.approve(state, PROPOSED, head))[0] == code
        assert refusal(lambda state=state: truth.done(state, APPROVED, given, clerk))[0] == code
    second = timedelta(seconds=1)
    for moment, code in ((day(2) + second, "in_future"), (day(1) - second, "too_early")):
        late = {**given, "at": moment}
        assert refusal(lambda late=late: truth.done(concluded(), APPROVED, late, clerk)) == (code, ["at"])
    for moment in (day(1), day(2)):
        assert truth.done(concluded(), APPROVED, {**given, "at": moment}, clerk).state.done_at == moment
