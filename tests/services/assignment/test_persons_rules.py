"""The recusal of persons: who may, what it changes, who is told; and objections."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound, Refused
from contracts.officials import Official, Post
from contracts.veils import veil
from services.assignment.persons import rules
from services.assignment.persons.rules import ObjectionState
from services.assignment.state import CaseState, OfferState
from tests.services.assignment.cases import CASE, DISTRICT, LEADER, MON, PLUMS, TOWN, VILLAGE, held, here, told
from tests.services.assignment.officials import COVERING, LONG_AGO, MOVED, REGISTER, SECRETARY, STAFF

PEOPLE = (
    Official("P-1", "甲", "town_staff", "town", (Post(TOWN, "干事", LONG_AGO),)),
    Official("P-2", "乙", "village_cadre", "town", (Post(VILLAGE, "会计", LONG_AGO),)),
)
P1, P2 = veil(CASE, "P-1"), veil(CASE, "P-2")
SEEN = (TOWN, DISTRICT, VILLAGE, PLUMS)


def asked(**other: Any) -> dict[str, Any]:
    return {"case": CASE, "person": "P-1", "ground": "related", "reason": "近亲属", **other}


def known(**other: Any) -> CaseState:
    """A petition in hand at the town, of which both villages and the district may know."""
    return held(TOWN, **{"seen": SEEN, **other})


def leader(office: str = TOWN, **actor: Any) -> Here:
    return here(office, **{"roles": LEADER, **actor})


def recuse(state: CaseState, cmd: Any, by: Here) -> Decision[CaseState]:
    return rules.recuse(state, cmd, PEOPLE, by)


def code(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, list[str]]:
    return refused.value.code, sorted(refused.value.fields)


def test_a_leader_recuses_and_everybody_who_may_have_the_case_is_told() -> None:
    decision = recuse(known(clocks={"K5": {"due": "2026-05-01"}}), asked(), leader())
    assert decision.state == known(clocks={"K5": {"due": "2026-05-01"}}, recused=(P1,))
    assert (decision.action, decision.why, decision.data) == ("person_recused", "", {"ground": "related"})
    letters = told(decision, "person_recused")
    assert [(each.to, each.service, each.case) for each in letters] == [
        (office, "assignment", CASE) for office in (DISTRICT, VILLAGE, PLUMS)
    ]
    assert [each.data for each in letters] == [{"recused": [P1]}] * 3
    words = [
        (each.to, each.data["what"], each.data["recused"], each.data["clocks"])
        for each in told(decision, "case_milestone")
    ]
    assert words == [(TOWN, "person_recused", [P1], []), (DISTRICT, "person_recused", [P1], [])]


def test_recusals_add_up_in_an_order_that_says_nothing() -> None:
    decision = recuse(known(recused=(P2,)), asked(), leader())
    assert decision.state.recused == tuple(sorted((P1, P2)))
    assert told(decision, "person_recused")[0].data == {"recused": [P1]}


def test_an_excluded_office_and_one_beside_are_not_told() -> None:
    state = known(excluded=(VILLAGE,), seen=(*SEEN, "610402902"))
    assert [each.to for each in told(recuse(state, asked(), leader()), "person_recused")] == [DISTRICT, PLUMS]


def test_an_office_that_does_not_hold_the_case_tells_no_milestone() -> None:
    decision = recuse(known(), asked(), leader(DISTRICT))
    assert [each.to for each in told(decision, "person_recused")] == [TOWN, VILLAGE, PLUMS]
    assert told(decision, "case_milestone") == []


def test_others_need_a_leader_and_anybody_may_recuse_himself() -> None:
    with pytest.raises(Refused) as refused:
        recuse(known(), asked(), here(TOWN, person="P-2"))
    assert refused.value.code == "not_leader"
    assert recuse(known(), asked(), here(TOWN, person="P-1")).state.recused == (P1,)


@pytest.mark.parametrize(
    ("office", "person", "actor"),
    [
        (VILLAGE, COVERING.id, {}),
        (VILLAGE, SECRETARY.id, {}),
        (TOWN, STAFF.id, {}),
        (VILLAGE, MOVED.id, {}),
        (TOWN, "gb-999", {}),
        (VILLAGE, COVERING.id, {"person": COVERING.id}),
    ],
)
def test_who_is_neither_here_nor_below_is_recused_by_an_office_above(
    office: str, person: str, actor: dict[str, str]
) -> None:
    state = held(office, seen=SEEN)
    with pytest.raises(Refused) as refused:
        rules.recuse(state, asked(person=person), REGISTER, leader(office, **actor))
    assert code(refused) == ("not_superior", ["person"])
    with pytest.raises(Refused) as refused:
        decided(state, OBJECTION, answer(True, person), leader(office))
    assert code(refused) == ("not_superior", ["person"])
    above = rules.recuse(state, asked(person=person), REGISTER, leader(DISTRICT))
    assert above.state.recused == (veil(CASE, person),)


@pytest.mark.parametrize(
    ("office", "person", "actor"),
    [(TOWN, SECRETARY.id, {}), (TOWN, MOVED.id, {}), (VILLAGE, "gb-999", {"person": "gb-999"})],
)
def test_who_is_here_or_below_or_himself_in_no_register_is_recused_here(
    office: str, person: str, actor: dict[str, str]
) -> None:
    decision = rules.recuse(held(office), asked(person=person), REGISTER, leader(office, **actor))
    assert decision.state.recused == (veil(CASE, person),)


def test_nobody_is_recused_twice_or_from_a_case_that_left() -> None:
    with pytest.raises(Refused) as refused:
        recuse(known(recused=(P1,)), asked(), leader())
    assert code(refused) == ("already_recused", ["person"])
    with pytest.raises(Refused) as gone:
        recuse(known(recalled=True), asked(), leader())
    assert gone.value.code == "stale_term"


def test_a_recused_handler_handles_it_no_longer() -> None:
    by_id = recuse(known(handler="P-1"), asked(), leader()).state
    assert (by_id.handler, by_id.todo) == ("", "handler_recused")
    other = recuse(known(handler="P-2", todo="redo"), asked(), leader()).state
    assert (other.handler, other.todo) == ("P-2", "redo")
    own_account = recuse(known(handler="张三"), asked(), here(TOWN, person="P-1")).state
    assert (own_account.handler, own_account.todo) == ("", "handler_recused")
    leaders_account = recuse(known(handler="张三"), asked(), leader(person="P-9")).state
    assert leaders_account.handler == "张三"
    another_account = recuse(known(handler="李四"), asked(), here(TOWN, person="P-1")).state
    assert another_account.handler == "李四"


def test_word_of_another_office_is_heard_once_and_passed_on() -> None:
    data = {"recused": [P1, P2]}
    decision = rules.on_recused(known(recused=(P2,), handler="P-1"), data, DISTRICT, here(TOWN))
    assert decision.state.recused == tuple(sorted((P1, P2)))
    assert decision.state.handler == ""
    assert (decision.action, decision.data) == ("person_recused", {"by": DISTRICT})
    assert [(each.to, each.data) for each in told(decision, "person_recused")] == [
        (VILLAGE, {"recused": [P1]}),
        (PLUMS, {"recused": [P1]}),
    ]
    assert [each.to for each in told(decision, "case_milestone")] == [TOWN, DISTRICT]
    again = rules.on_recused(decision.state, data, DISTRICT, here(TOWN))
    assert (again.state, again.tells, again.action) == (decision.state, (), "refused")
    assert again.why == f"stale_term: person_recused by {DISTRICT}"


@pytest.mark.parametrize(
    ("sender", "office", "heard"),
    [
        (DISTRICT, TOWN, True),
        (TOWN, VILLAGE, True),
        (VILLAGE, TOWN, False),
        (VILLAGE, DISTRICT, False),
        (TOWN, TOWN, False),
    ],
)
def test_only_an_office_above_says_who_is_recused(sender: str, office: str, heard: bool) -> None:
    decision = rules.on_recused(known(), {"recused": [P1]}, sender, here(office))
    assert (decision.state.recused == (P1,)) is heard
    assert rules.may_recuse(sender, here(office)) is heard


def test_a_husk_hears_nothing() -> None:
    husk = known(recalled=True)
    assert rules.on_recused(husk, {"recused": [P1]}, DISTRICT, here(TOWN)).state == husk


def test_an_offer_that_waits_says_so_in_its_file() -> None:
    offer = OfferState(CASE, 0, 1, TOWN, "petition", "transfer", "", MON, {"case": CASE, "recused": [P2]}, {})
    assert rules.with_recused(offer, [P1, P2]).file == {"case": CASE, "recused": sorted([P1, P2])}
    assert rules.with_recused(offer, [P1]).file["recused"] == sorted([P1, P2])
    bare = replace(offer, file={"case": CASE})
    assert rules.with_recused(bare, [P1]).file == {"case": CASE, "recused": [P1]}


def test_an_objection_has_to_say_to_whom() -> None:
    for person, named in (("P-1", ""), ("", "石主任")):
        decision = rules.object_to(known(), {"person": person, "named": named})
        assert (decision.state, decision.tells, decision.action) == (known(todo="objection"), (), "objection")
    with pytest.raises(Refused) as refused:
        rules.object_to(known(), {"person": "", "named": "  "})
    assert code(refused) == ("person_needed", ["person"])
    with pytest.raises(Refused) as gone:
        rules.object_to(known(recalled=True), {"person": "P-1", "named": ""})
    assert gone.value.code == "stale_term"


OBJECTION = ObjectionState("e" * 32, CASE, MON, "reporter", "石主任", "", "他是被反映人的妻弟")


def decided(
    state: CaseState, objection: ObjectionState, cmd: Any, by: Here
) -> tuple[Decision[CaseState], ObjectionState]:
    return rules.decide(state, objection, cmd, (*PEOPLE, *REGISTER), by)


def answer(grant: bool, person: str = "") -> dict[str, Any]:
    return {"grant": grant, "person": person, "ground": "interest", "reason": "属实"}


def test_a_leader_refuses_an_objection() -> None:
    decision, after = decided(known(todo="objection"), OBJECTION, answer(False, "P-1"), leader())
    assert (decision.state, decision.tells, decision.action) == (known(), (), "objection_refused")
    assert after == replace(OBJECTION, state="refused", veil=P1, decided_by="张三", decided_at=MON, why="属实")
    kept, _ = decided(known(todo="redo"), OBJECTION, answer(False, "P-1"), leader())
    assert kept.state.todo == "redo"


def test_a_granted_objection_recuses_the_person_meant() -> None:
    decision, after = decided(known(todo="objection"), OBJECTION, answer(True, "P-1"), leader())
    assert decision.state == known(recused=(P1,))
    assert (decision.action, decision.data) == ("person_recused", {"ground": "interest"})
    assert [each.to for each in told(decision, "person_recused")] == [DISTRICT, VILLAGE, PLUMS]
    assert after == replace(OBJECTION, state="granted", veil=P1, decided_by="张三", decided_at=MON, why="属实")
    by_veil, _ = decided(known(), replace(OBJECTION, veil=P2), answer(True, "P-1"), leader())
    assert by_veil.state.recused == (P2,)


def test_granting_what_is_so_already_changes_nothing() -> None:
    decision, after = decided(known(recused=(P1,)), OBJECTION, answer(True, "P-1"), leader())
    assert (decision.state, decision.tells, decision.action) == (known(recused=(P1,)), (), "objection_granted")
    assert after.state == "granted"


@pytest.mark.parametrize("grant", [True, False])
def test_who_is_meant_by_a_name_has_to_be_said(grant: bool) -> None:
    with pytest.raises(Refused) as refused:
        decided(known(), OBJECTION, answer(grant), leader())
    assert code(refused) == ("person_needed", ["person"])


@pytest.mark.parametrize(
    ("named", "person", "actor"),
    [
        ("毕书记", SECRETARY.id, {"person": SECRETARY.id}),
        (f"镇上的{SECRETARY.name}书记", "P-1", {"person": SECRETARY.id}),
        (f" {SECRETARY.id} ", "P-1", {"person": SECRETARY.id}),
        ("张三", "P-1", {}),
        ("石主任", "张三", {}),
    ],
)
def test_nobody_decides_on_an_objection_to_himself(named: str, person: str, actor: dict[str, str]) -> None:
    objection = replace(OBJECTION, named=named)
    with pytest.raises(Refused) as refused:
        decided(known(), objection, answer(False, person), leader(**actor))
    assert code(refused) == ("same_person", ["person"])
    other = replace(here(TOWN), actor=Actor("李四", TOWN, roles=LEADER, person="gb-999"))
    _, after = decided(known(), objection, answer(False, person), other)
    assert after.state == "refused"


def test_an_account_without_a_person_is_not_taken_for_a_nameless_one() -> None:
    _, after = decided(known(), replace(OBJECTION, named="", veil=P1), answer(False), leader())
    assert (after.state, after.veil) == ("refused", P1)


def test_what_may_not_be_decided() -> None:
    with pytest.raises(Refused) as refused:
        decided(known(), OBJECTION, answer(False), here(TOWN))
    assert refused.value.code == "not_leader"
    with pytest.raises(Refused) as refused:
        decided(known(), replace(OBJECTION, state="refused"), answer(False, "P-1"), leader())
    assert code(refused) == ("decided", ["objection"])
    with pytest.raises(Refused) as refused:
        decided(known(recalled=True), OBJECTION, answer(False, "P-1"), leader())
    assert refused.value.code == "stale_term"
    with pytest.raises(NotFound) as unseen:
        decided(known(), replace(OBJECTION, veil=P1), answer(False), leader(person="P-1"))
    assert unseen.value.message == "没有找到:回避申请"
