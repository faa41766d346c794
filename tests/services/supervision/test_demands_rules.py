"""Demands by rule: who may make which, what is told to whom, what an answer bears and what follows it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, end_of_day
from contracts.context import Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.veils import veils
from services.supervision.demands import answers, rules
from services.supervision.demands.rules import Demand
from services.supervision.ledger.rules import Line
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at
from tests.services.supervision.told import CASE, MON

TREE, POLICY = demo_tree(), demo_policy()
ID = "d" * 32
POINT = POLICY.neutral_points[0]
CMD: dict[str, Any] = {
    "case": "",
    "kind": "suggestion",
    "to": VILLAGE,
    "person": "",
    "number": "",
    "points": "请完善",
    "due": None,
}
LINE = Line(
    case_id=CASE,
    number=f"{VILLAGE}-2026-00001",
    desk="petition",
    category="C03",
    place="",
    entry_office=VILLAGE,
    entered_at=MON,
    arrived_at=MON,
    status="accepted",
    holder=VILLAGE,
    holder_tier="village",
    override=0,
    n=0,
    offered_to="",
    excluded=(),
    terms=(),
    what="accepted",
    told_at=MON,
    told_by=VILLAGE,
    last_heard_at=MON,
)
APRIL_1 = datetime(2026, 4, 1, 23, 59, 59, tzinfo=SHANGHAI)
ANSWER = {"answer": "已采纳", "adopted": True, "signed_by": ""}


def here(office: str = TOWN, now: datetime = MON, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


def made(at: Here | None = None, line: Line | None = None, **cmd: Any) -> rules.Decision[Demand]:
    return rules.make(line, ID, {**CMD, **cmd}, at or here())


def refused(act: Any, *args: Any, **kwargs: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code, caught.value.fields


def test_a_demand_is_what_was_asked_with_the_policys_term() -> None:
    decision = made(line=LINE, case=CASE, person="P-1")
    assert decision.state == Demand(
        id=ID,
        case_id=CASE,
        number=LINE.number,
        desk="petition",
        kind="suggestion",
        clock="K15",
        giver=TOWN,
        given_by="张三",
        receiver=VILLAGE,
        person="P-1",
        points="请完善",
        at=MON,
        due=APRIL_1,
        how=("自2026年3月2日起算,当日不计入", "30日,最后一日为2026年4月1日"),
    )
    assert (decision.action, decision.data) == ("demand", {"demand": ID, "kind": "suggestion", "to": VILLAGE})


def test_the_addressee_is_told_all_and_those_above_that_there_is_one() -> None:
    stub = {
        "demand": ID,
        "number": "函1号",
        "desk": "petition",
        "kind": "suggestion",
        "clock": "K15",
        "receiver": VILLAGE,
        "at": MON,
        "due": APRIL_1,
        "provisional": False,
        "how": ["自2026年3月2日起算,当日不计入", "30日,最后一日为2026年4月1日"],
        "follows": "",
    }
    whole = {**stub, "person": "P-1", "points": "请完善"}
    assert made(line=LINE, case=CASE, person="P-1", number="函1号").tells == (
        Tell(VILLAGE, "supervision", "demand_made", CASE, whole),
        Tell(DISTRICT, "supervision", "demand_made", CASE, stub),
    )


def test_a_demand_of_the_own_office_is_told_only_above() -> None:
    assert [tell.to for tell in made(to=TOWN).tells] == [DISTRICT]
    assert made(here(DISTRICT), to=DISTRICT).tells == ()


def test_of_a_discipline_case_neither_case_nor_number_is_told() -> None:
    line = replace(LINE, desk="discipline", holder=TOWN)
    decision = made(here(DISTRICT, desk="discipline"), line, case=CASE, kind="petition_notice", to=TOWN, points=POINT)
    assert (decision.state.case_id, decision.state.number) == (CASE, LINE.number)
    assert [(tell.case, "number" in tell.data) for tell in decision.tells] == [("", False)]


def test_a_discipline_desk_chooses_among_neutral_points() -> None:
    at = here(DISTRICT, desk="discipline")
    two = "\n".join(POLICY.neutral_points[:2])
    assert made(at, kind="petition_notice", to=TOWN, points=two).state.points == two
    for points in ("王某举报你收受礼品", f"{POINT}\n王某举报你", f"{POINT}王某举报你"):
        found, named = refused(made, at, kind="petition_notice", to=TOWN, points=points)
        assert (found, list(named)) == ("not_neutral", ["points"])


def test_recused_offices_above_are_not_told() -> None:
    line = replace(LINE, excluded=(DISTRICT,))
    assert [tell.to for tell in made(line=line, case=CASE).tells] == [VILLAGE]


@pytest.mark.parametrize(
    ("office", "actor", "cmd", "code", "field"),
    [
        (TOWN, {}, {"kind": "advice"}, "unknown_kind", "kind"),
        (TOWN, {}, {"kind": "petition_notice"}, "wrong_desk", "kind"),
        (TOWN, {"desk": "petition"}, {"kind": "recheck"}, "wrong_desk", "kind"),
        (TOWN, {}, {"kind": "instruction"}, "leader_needed", "kind"),
        (TOWN, {}, {"to": DISTRICT}, "not_below", "to"),
        (TOWN, {}, {"to": DEPARTMENT}, "not_below", "to"),
        (DISTRICT, {}, {"to": "portal"}, "not_below", "to"),
        (DISTRICT, {}, {"to": "nowhere"}, "not_below", "to"),
        (TOWN, {}, {"due": MON + timedelta(days=9)}, "due_by_policy", "due"),
        (TOWN, {"roles": ("leader",)}, {"kind": "instruction"}, "due_missing", "due"),
        (TOWN, {"roles": ("leader",)}, {"kind": "instruction", "due": MON}, "due_past", "due"),
    ],
)
def test_what_is_refused(office: str, actor: dict[str, Any], cmd: dict[str, Any], code: str, field: str) -> None:
    found, fields = refused(made, here(office, **actor), **cmd)
    assert (found, list(fields)) == (code, [field])


def test_the_case_has_to_be_the_desks_own() -> None:
    with pytest.raises(NotFound):
        made(line=None, case=CASE)
    with pytest.raises(NotFound):
        made(line=replace(LINE, desk="discipline"), case=CASE)


def test_a_recused_office_or_person_is_never_the_addressee() -> None:
    assert refused(made, line=replace(LINE, excluded=(VILLAGE,)), case=CASE) == ("recused", {"to": ["已回避"]})
    line = replace(LINE, recused=veils(CASE, ["P-1"]))
    assert refused(made, line=line, case=CASE, person="P-1") == ("recused", {"person": ["已回避"]})
    assert made(line=line, case=CASE, person="P-2").state.person == "P-2"
    assert made(line=line, case=CASE).state.person == ""


@pytest.mark.parametrize(
    ("given", "due"),
    [("2026-03-03", "2026-03-03"), ("2026-05-02", "2026-05-06"), ("2026-05-09", "2026-05-09")],
)
def test_a_given_day_counts_to_its_end_and_rolls(given: str, due: str) -> None:
    leader = here(roles=("leader",))
    ends = rules.term(POLICY.demand_kinds["instruction"], datetime.fromisoformat(f"{given}T00:00:00+08:00"), leader)
    assert ends.at == end_of_day(datetime.fromisoformat(due).date())


def told(**changes: Any) -> dict[str, Any]:
    stub = made().tells[0].data
    return {**stub, **changes}


def test_the_addressee_keeps_what_it_was_told() -> None:
    decision = rules.received(ID, CASE, TOWN, told(), here(VILLAGE))
    assert decision.state == replace(made().state, case_id=CASE, given_by="")
    assert (decision.action, decision.data) == ("demand_received", {"demand": ID, "from": TOWN})


@pytest.mark.parametrize(
    ("sender", "receiver", "at", "code"),
    [
        (VILLAGE, TOWN, TOWN, "not_above"),
        (TOWN, DISTRICT, DISTRICT, "not_above"),
        (DISTRICT, VILLAGE, TOWN, "not_below"),
        (TOWN, DEPARTMENT, DISTRICT, "not_below"),
        (VILLAGE, TOWN, DISTRICT, "not_below"),
    ],
)
def test_a_demand_comes_from_above_or_from_within_a_line_below(sender: str, receiver: str, at: str, code: str) -> None:
    assert refused(rules.received, ID, "", sender, told(receiver=receiver), here(at))[0] == code


def test_what_an_office_demands_of_itself_is_known_above() -> None:
    assert rules.received(ID, "", TOWN, told(receiver=TOWN), here(DISTRICT)).state.giver == TOWN


def test_an_answer_goes_to_the_giver_alone_with_its_words() -> None:
    at = here(VILLAGE, MON + timedelta(days=1))
    decision = answers.answer(made().state, ANSWER, (), at)
    assert decision.state == replace(made().state, state="answered", answered_at=at.now, answer="已采纳", adopted=True)
    data = {"demand": ID, "at": at.now, "answer": "已采纳", "adopted": True, "signed_by": ""}
    assert decision.tells == (Tell(TOWN, "supervision", "demand_answered", "", data),)
    assert (decision.action, decision.data) == ("answer_demand", {"demand": ID, "adopted": True})
    assert decision.state.done_at == at.now


def test_the_giver_tells_those_above_that_it_was_answered() -> None:
    demand, at = made(line=LINE, case=CASE).state, MON + timedelta(days=1)
    decision = answers.take_answer(demand, {**ANSWER, "at": at}, VILLAGE, (), here(TOWN))
    assert decision.state == replace(demand, state="answered", answered_at=at, answer="已采纳", adopted=True)
    stub = {"demand": ID, "at": at}
    assert decision.tells == (Tell(DISTRICT, "supervision", "demand_answered", CASE, stub),)
    assert (decision.action, decision.data) == ("demand_answered", {"demand": ID, "adopted": True})
    assert answers.take_answer(demand, {**ANSWER, "at": at}, VILLAGE, (DISTRICT,), here(TOWN)).tells == ()
    above = answers.take_answer(demand, {**ANSWER, "at": at}, TOWN, (), here(DISTRICT))
    assert (above.state.state, above.tells) == ("answered", ())


def test_only_the_addressee_answers_and_above_only_the_giver_says_so() -> None:
    data = {**ANSWER, "at": MON}
    assert refused(answers.take_answer, made().state, data, DISTRICT, (), here(TOWN))[0] == "not_yours"
    assert refused(answers.take_answer, made().state, data, VILLAGE, (), here(DISTRICT))[0] == "not_yours"
    assert refused(answers.answer, made().state, ANSWER, (), here(TOWN))[0] == "not_yours"


@pytest.mark.parametrize(("state", "zh"), [("answered", "已答复"), ("accepted", "答复已认可"), ("withdrawn", "已撤回")])
def test_what_is_over_is_not_answered_or_withdrawn_again(state: str, zh: str) -> None:
    over = replace(made().state, state=state)
    heard = answers.take_answer(over, {**ANSWER, "at": MON}, VILLAGE, (), here(TOWN))
    assert (heard.state, heard.tells, heard.action) == (over, (), "answer_not_applied")
    assert heard.data == {"demand": ID, "state": state}
    gone = answers.take_withdrawal(over, {"at": MON, "why": "x"}, TOWN)
    assert (gone.state, gone.action, gone.data) == (over, "withdrawal_not_applied", {"demand": ID, "state": state})
    assert refused(answers.answer, over, ANSWER, (), here(VILLAGE)) == ("wrong_state", {"demand": [zh]})
    assert refused(answers.withdraw, over, "x", (), here(TOWN))[0] == "wrong_state"


def test_what_an_answer_must_bear() -> None:
    at = here(VILLAGE)
    assert refused(answers.answer, made().state, {**ANSWER, "adopted": None}, (), at) == (
        "not_said",
        {"adopted": ["必须填写"]},
    )
    assert answers.answer(made().state, {**ANSWER, "adopted": False}, (), at).state.adopted is False
    notice = replace(made().state, kind="petition_notice", desk="discipline", receiver=TOWN, giver=DISTRICT)
    town = here(TOWN, desk="discipline")
    assert refused(answers.answer, notice, ANSWER, (), town) == ("no_signature", {"signed_by": ["必须填写"]})
    assert answers.answer(notice, {**ANSWER, "adopted": None, "signed_by": "罗某"}, (), town).state.signed_by == "罗某"


def test_the_other_desk_knows_nothing_of_it() -> None:
    other = here(VILLAGE, desk="discipline")
    for act in (lambda: answers.answer(made().state, ANSWER, (), other), lambda: rules.own(None, other)):
        with pytest.raises(NotFound):
            act()


TALK = replace(
    made().state, kind="reminder_talk", clock="K23", desk="discipline", giver=DISTRICT, receiver=TOWN, person="P-1"
)
HELD = replace(TALK, state="answered", answered_at=MON, answer="已谈话", adopted=True, signed_by="罗某")


def test_a_talk_is_followed_by_the_givers_recheck() -> None:
    decision = answers.following(HELD, (), here(DISTRICT, desk="discipline"))
    assert decision is not None
    due = datetime(2026, 6, 2, 23, 59, 59, tzinfo=SHANGHAI)
    assert decision.state == replace(
        TALK,
        id=answers.follower_id(ID, "recheck"),
        kind="recheck",
        receiver=DISTRICT,
        follows=ID,
        at=MON,
        due=due,
        how=("3个月", "自2026年3月2日起算,当日不计入", "92日,最后一日为2026年6月2日"),
    )
    assert decision.action == "demand_follows"
    assert decision.data == {"demand": decision.state.id}
    assert decision.tells == ()


def test_the_recheck_of_a_town_is_told_above() -> None:
    talk = replace(HELD, giver=TOWN, receiver=TOWN)
    decision = answers.following(talk, (), here(TOWN, desk="discipline"))
    assert decision is not None
    assert [(tell.to, tell.data["kind"], tell.data["follows"]) for tell in decision.tells] == [
        (DISTRICT, "recheck", ID)
    ]
    assert answers.following(talk, (DISTRICT,), here(TOWN, desk="discipline")) == replace(decision, tells=())


@pytest.mark.parametrize(
    ("demand", "office"),
    [(HELD, TOWN), (TALK, DISTRICT), (replace(HELD, kind="petition_notice"), DISTRICT)],
    ids=["not the giver", "not answered", "nothing follows"],
)
def test_nothing_follows_otherwise(demand: Demand, office: str) -> None:
    assert answers.following(demand, (), here(office, desk="discipline")) is None


def test_a_follower_has_an_id_of_its_own_that_is_always_the_same() -> None:
    one = answers.follower_id(ID, "recheck")
    assert one == answers.follower_id(ID, "recheck")
    assert len({one, answers.follower_id("e" * 32, "recheck"), answers.follower_id(ID, "talk")}) == 3
    assert len(one) == 32


@pytest.mark.parametrize(
    ("first", "months", "rolls", "last"),
    [
        ("2026-03-02", 3, True, "2026-06-02"),
        ("2026-11-30", 3, False, "2027-02-28"),
        ("2026-10-15", 3, False, "2027-01-15"),
        ("2026-09-30", 3, False, "2026-12-30"),
        ("2026-12-31", 2, False, "2027-02-28"),
        ("2026-02-04", 3, True, "2026-05-06"),
        ("2026-02-04", 3, False, "2026-05-04"),
        ("2025-12-01", 12, False, "2026-12-01"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(first: str, months: int, rolls: bool, last: str) -> None:
    start = datetime.fromisoformat(f"{first}T09:00:00+08:00")
    ends = answers.months_after(start, months, rolls=rolls)
    assert ends.at == end_of_day(datetime.fromisoformat(last).date())
    assert ends.how[0] == f"{months}个月"


def test_the_giver_accepts_an_answer() -> None:
    at = here(TOWN, MON + timedelta(days=2))
    answered = replace(made().state, state="answered", answered_at=MON)
    decision = answers.accept(answered, at)
    assert decision.state == replace(answered, state="accepted", ended_at=at.now)
    assert (decision.tells, decision.action, decision.data) == ((), "accept_answer", {"demand": ID})
    assert decision.state.done_at == MON
    assert refused(answers.accept, made().state, at) == ("wrong_state", {"demand": ["待答复"]})
    assert refused(answers.accept, answered, here(VILLAGE))[0] == "not_yours"


def test_the_giver_withdraws_and_whoever_knew_is_told_neither_case_nor_reason() -> None:
    demand = made(line=LINE, case=CASE).state
    decision = answers.withdraw(demand, "已另行安排", (), here(TOWN))
    assert decision.state == replace(demand, state="withdrawn", why="已另行安排", ended_at=MON)
    data = {"demand": ID, "at": MON}
    assert decision.tells == (
        Tell(DISTRICT, "supervision", "demand_withdrawn", "", data),
        Tell(VILLAGE, "supervision", "demand_withdrawn", "", data),
    )
    assert (decision.action, decision.data) == ("withdraw_demand", {"demand": ID})
    assert [tell.to for tell in answers.withdraw(demand, "x", (DISTRICT,), here(TOWN)).tells] == [VILLAGE]
    assert [tell.to for tell in answers.withdraw(replace(demand, receiver=TOWN), "x", (), here(TOWN)).tells] == [
        DISTRICT
    ]
    assert refused(answers.withdraw, demand, "x", (), here(VILLAGE))[0] == "not_yours"


def test_a_withdrawal_is_heard_from_the_giver_alone() -> None:
    data = {"at": MON, "why": "已另行安排"}
    decision = answers.take_withdrawal(made().state, data, TOWN)
    assert decision.state == replace(made().state, state="withdrawn", why="已另行安排", ended_at=MON)
    assert (decision.tells, decision.action, decision.data) == ((), "demand_withdrawn", {"demand": ID})
    assert decision.state.done_at == MON
    assert refused(answers.take_withdrawal, made().state, data, VILLAGE)[0] == "not_yours"


@pytest.mark.parametrize(
    ("giver", "receiver", "office", "role"),
    [
        (TOWN, TOWN, TOWN, "own"),
        (TOWN, VILLAGE, TOWN, "given"),
        (TOWN, VILLAGE, VILLAGE, "received"),
        (TOWN, VILLAGE, DISTRICT, "known"),
    ],
)
def test_what_an_office_has_to_do_with_it(giver: str, receiver: str, office: str, role: str) -> None:
    assert rules.role(replace(made().state, giver=giver, receiver=receiver), office) == role
