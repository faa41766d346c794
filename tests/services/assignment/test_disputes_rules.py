"""Disputes on competence, handlers and teams: who decides on what, and what each is told."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.events import EVENTS
from contracts.veils import veil
from network.journal import canonical
from services.assignment import guards
from services.assignment.helping import disputes, teams
from services.assignment.helping.states import DisputeState, TeamState
from services.assignment.holding import offers
from services.assignment.state import OfferState
from tests.services.assignment.cases import (
    CASE,
    DEPARTMENT,
    DISTRICT,
    LEADER,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    day,
    file,
    held,
    here,
    offer_of,
    told,
)
from tests.services.assignment.helped import LANE, STREET

AGAIN: dict[str, Any] = {"case": CASE, "reason": "属你单位职责", "sealed": None, "supplements": []}
REFER = {"case": CASE, "reason": "双方均认为不属于本机关", "offices": [DEPARTMENT, STREET]}
ALONE: dict[str, Any] = {"way": "superior", "participants": [], "held_on": None, "document_no": ""}
DECIDE = {"case": CASE, "office": DEPARTMENT, "reason": "属房屋征收", **ALONE}
CONFERENCE: dict[str, Any] = {
    **DECIDE, "way": "joint_conference", "participants": ["区委政法委", "区住建局", "区委政法委"],
    "held_on": date(2026, 3, 3), "document_no": "秦联纪〔2026〕1号",
}  # fmt: skip


def code(act: Any, *args: Any) -> tuple[str, list[str]]:
    with pytest.raises(Refused) as caught:
        act(*args)
    return caught.value.code, list(caught.value.fields)


def sent(tell: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = EVENTS[tell.type]().loads(canonical(dict(tell.data)).decode())
    return loaded


def offered(**other: Any) -> OfferState:
    carried = {"status": "registered", "excluded": [], "decided_by": "", "decided_for": ""}
    plain = file(DISTRICT, recused=[], flags=["disputed"])
    made = OfferState(CASE, 0, 2, DISTRICT, "petition", "transfer", "", MON, plain, carried)
    return replace(made, **other)


def dispute(**other: Any) -> DisputeState:
    plain = DisputeState(
        CASE, "petition", "N1", "C03", VILLAGE, TOWN, (DEPARTMENT, STREET), "理由", TOWN, MON,
        datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI),
    )  # fmt: skip
    return replace(plain, **other)


# --- insisting ---


def test_insisting_offers_to_who_objected_and_counts_the_dispute() -> None:
    state = held(DISTRICT, todo="returned", bounces=1, from_office=TOWN, flags=("bounced",))
    disputed, again = disputes.insisting(state, DEPARTMENT, AGAIN)
    assert disputed == replace(state, flags=("bounced", "disputed"))
    assert again == offer_of(DEPARTMENT, note="属你单位职责")
    decision = disputes.insist(disputed, again, here(DISTRICT))
    assert (decision.state.offered_to, decision.action) == (DEPARTMENT, "insisted")
    assert told(decision, "case_offered")[0].data["file"]["flags"] == ["bounced", "disputed"]


def test_what_was_offered_back_and_signed_goes_to_where_it_came_from() -> None:
    state = held(DISTRICT, todo="", bounces=1, from_office=TOWN)
    assert disputes.insisting(state, "", AGAIN)[1]["to"] == TOWN


def test_an_offer_to_who_objected_is_a_dispute_and_one_to_another_is_none() -> None:
    state = held(DISTRICT, todo="returned", bounces=1, from_office=TOWN)
    assert disputes.counted(state, DEPARTMENT, DEPARTMENT) == replace(state, flags=("disputed",))
    assert disputes.counted(replace(state, flags=("disputed",)), DEPARTMENT, DEPARTMENT).flags == ("disputed",)
    assert disputes.counted(state, DEPARTMENT, TOWN) == state
    assert disputes.counted(replace(state, todo=""), DEPARTMENT, TOWN).flags == ("disputed",)
    fresh = replace(state, bounces=0)
    assert disputes.counted(fresh, DEPARTMENT, DEPARTMENT) == fresh


@pytest.mark.parametrize(
    ("change", "objector", "code_"),
    [
        ({"todo": "returned", "bounces": 1}, "", "not_returned"),
        ({"bounces": 1, "from_office": ""}, DEPARTMENT, "not_returned"),
        ({"bounces": 0, "from_office": TOWN}, "", "not_returned"),
        ({"todo": "returned", "bounces": 2, "flags": ("disputed",)}, DEPARTMENT, "insisted"),
    ],
)
def test_when_nobody_insists(change: dict[str, Any], objector: str, code_: str) -> None:
    assert code(disputes.insisting, held(DISTRICT, **change), objector, AGAIN)[0] == code_


# --- referring ---


def test_the_holder_refers_without_a_word_of_the_content() -> None:
    state = held(TOWN, recused=("f" * 32,), flags=("disputed",))
    decision = disputes.refer(state, {**REFER, "offices": [TOWN, DEPARTMENT, TOWN]}, here(TOWN, day(1)))
    assert decision.state == replace(state, todo="referred")
    (tell,) = told(decision, "dispute_raised")
    assert (tell.to, tell.service, tell.case) == (DISTRICT, "assignment", CASE)
    assert sent(tell) == {
        "number": state.number,
        "desk": "petition",
        "category": "C03",
        "place": VILLAGE,
        "holder": TOWN,
        "offices": [TOWN, DEPARTMENT],
        "reason": REFER["reason"],
        "at": day(1),
        "recused": ["f" * 32],
    }
    assert (decision.action, decision.data) == ("dispute_raised", {"to": DISTRICT})
    assert {each.data["what"] for each in told(decision, "case_milestone")} == {"dispute_raised"}
    assert disputes.refer(held(TOWN), REFER, here(TOWN)).state.flags == ("disputed",)


def test_of_a_discipline_case_the_superior_sees_no_place() -> None:
    secret = held(TOWN, desk="discipline", category="C0101")
    data = told(disputes.refer(secret, REFER, here(TOWN)), "dispute_raised")[0].data
    assert (data["category"], data["place"], data["desk"]) == ("C15", "", "discipline")


@pytest.mark.parametrize(
    ("change", "code_"),
    [({"holder": VILLAGE}, "not_holder"), ({"offered_to": VILLAGE}, "offered"), ({"status": "concluded"}, "closed")],
)
def test_who_cannot_refer(change: dict[str, Any], code_: str) -> None:
    assert code(disputes.refer, held(TOWN, **change), REFER, here(TOWN))[0] == code_


def test_the_receiver_of_a_disputed_offer_returns_it_and_refers() -> None:
    decision = disputes.refer_offered(offered(), REFER, here(DEPARTMENT, day(1)))
    assert decision.state.state == "returned"
    assert [(tell.to, tell.type) for tell in decision.tells] == [
        (DISTRICT, "case_returned"),
        (DISTRICT, "dispute_raised"),
    ]
    assert sent(decision.tells[0])["reason"] == REFER["reason"]
    data = sent(decision.tells[1])
    assert (data["holder"], data["offices"], data["at"]) == (DISTRICT, [DEPARTMENT, STREET], day(1))
    assert decision.action == "dispute_raised"
    secret = disputes.refer_offered(offered(desk="discipline"), REFER, here(DEPARTMENT, roles=LEADER))
    assert secret.tells[1].data["place"] == ""


def test_a_first_objection_a_late_one_and_a_decided_offer_are_not_referred() -> None:
    first = offered(file=file(DISTRICT, recused=[], flags=[]))
    assert code(disputes.refer_offered, first, REFER, here(DEPARTMENT))[0] == "not_disputed"
    assert code(disputes.refer_offered, offered(), REFER, here(DEPARTMENT, day(8)))[0] == "too_late"
    settled = offered(carried={**offered().carried, "decided_by": DISTRICT})
    assert code(disputes.refer_offered, settled, REFER, here(DEPARTMENT))[0] == "decided"
    shut = offered(carried={**offered().carried, "excluded": [STREET]})
    assert code(disputes.refer_offered, shut, REFER, here(DEPARTMENT)) == ("excluded", ["offices"])


@pytest.mark.parametrize(
    ("offices", "at", "excluded", "who"),
    [
        ([VILLAGE, PLUMS], VILLAGE, (), TOWN),
        ([VILLAGE, PLUMS], VILLAGE, (TOWN,), DISTRICT),
        ([VILLAGE, TOWN], VILLAGE, (), DISTRICT),
        ([VILLAGE, LANE], VILLAGE, (), DISTRICT),
        ([VILLAGE, PLUMS], DEPARTMENT, (), DISTRICT),
        ([TOWN, DEPARTMENT], TOWN, (), DISTRICT),
        ([DISTRICT, DEPARTMENT], DEPARTMENT, (), DISTRICT),
    ],
)
def test_the_nearest_common_superior_decides(offices: list[str], at: str, excluded: tuple[str, ...], who: str) -> None:
    assert disputes.deciding(offices, excluded, here(at)) == who


@pytest.mark.parametrize(
    ("offices", "excluded", "code_"),
    [
        ([TOWN, TOWN], (), "two_offices"),
        ([TOWN, STREET], (STREET,), "excluded"),
        ([TOWN, "610402999"], (), "unknown_office"),
        ([TOWN, "610402007"], (), "unknown_office"),
    ],
)
def test_between_whom_nobody_decides(offices: list[str], excluded: tuple[str, ...], code_: str) -> None:
    assert code(disputes.deciding, offices, excluded, here(TOWN)) == (code_, ["offices"])


# --- deciding ---


def raised(**other: Any) -> dict[str, Any]:
    plain = {"number": "N1", "desk": "petition", "category": "C03", "place": VILLAGE, "holder": TOWN}
    return {**plain, "offices": [DEPARTMENT, STREET], "reason": "理由", "at": MON, "recused": ["f" * 32], **other}


def test_a_dispute_arrives_with_three_working_days_to_decide() -> None:
    decision = disputes.receive(None, CASE, raised(), TOWN, here(DISTRICT, day(1)))
    assert decision.state == dispute(recused=("f" * 32,))
    assert (decision.action, decision.data) == ("dispute_received", {"by": TOWN, "offices": [DEPARTMENT, STREET]})
    friday = disputes.receive(None, CASE, raised(at=day(4)), TOWN, here(DISTRICT)).state
    assert friday is not None
    assert friday.due.date().isoformat() == "2026-03-11"


def test_an_open_dispute_stays_and_a_decided_one_may_come_again() -> None:
    again = disputes.receive(dispute(), CASE, raised(), STREET, here(DISTRICT))
    assert (again.state, again.action, again.why) == (dispute(), "refused", "dispute_raised again")
    anew = disputes.receive(dispute(state="decided", decided=STREET), CASE, raised(), STREET, here(DISTRICT)).state
    assert anew is not None
    assert (anew.state, anew.decided, anew.raised_by) == ("open", "", STREET)


@pytest.mark.parametrize(
    ("data", "sender", "at"),
    [
        (raised(), VILLAGE, DISTRICT),  # no party
        (raised(), DEPARTMENT, TOWN),  # not all below
        (raised(holder="610402999"), TOWN, DISTRICT),
    ],
)
def test_which_disputes_are_not_heard(data: dict[str, Any], sender: str, at: str) -> None:
    decision = disputes.receive(None, CASE, data, sender, here(at))
    assert (decision.state, decision.tells, decision.action) == (None, (), "refused")
    assert decision.why == f"dispute_raised by {sender}"


def test_a_leader_decides_between_the_parties_and_the_holder_is_told() -> None:
    decision = disputes.decide(dispute(), DECIDE, here(DISTRICT, day(1), roles=LEADER))
    assert decision.state == dispute(
        state="decided", decided=DEPARTMENT, why="属房屋征收", decided_at=day(1), decided_by="张三", way="superior"
    )
    (tell,) = decision.tells
    assert (tell.to, tell.service, tell.type, tell.case) == (TOWN, "assignment", "dispute_decided", CASE)
    told = {"office": DEPARTMENT, "reason": "属房屋征收", "at": day(1)}
    assert sent(tell) == {**told, "way": "superior", "document_no": ""}
    assert (decision.action, decision.data) == ("dispute_decided", {"office": DEPARTMENT, "way": "superior"})


def test_the_joint_conference_decides_and_leaves_its_record() -> None:
    decision = disputes.decide(dispute(), CONFERENCE, here(DISTRICT, day(1), roles=LEADER))
    assert (decision.state.way, decision.state.decided) == ("joint_conference", DEPARTMENT)
    assert decision.state.participants == ("区委政法委", "区住建局")
    assert (decision.state.held_on, decision.state.document_no) == (date(2026, 3, 3), "秦联纪〔2026〕1号")
    (tell,) = decision.tells
    assert (sent(tell)["way"], sent(tell)["document_no"]) == ("joint_conference", "秦联纪〔2026〕1号")
    assert "区委政法委" not in str(tell.data), "who took part stays with who decided"


@pytest.mark.parametrize(("case", "change", "refusal"), [
    ({"desk": "discipline"}, {}, ("not_petition", ["way"])),
    ({}, {"participants": ["区住建局", "区住建局"]}, ("too_few", ["participants"])),
    ({}, {"held_on": date(2026, 3, 1)}, ("held_when", ["held_on"])),
    ({}, {"held_on": date(2026, 3, 4)}, ("held_when", ["held_on"])),
])  # fmt: skip
def test_what_is_no_joint_conference(
    case: dict[str, Any], change: dict[str, Any], refusal: tuple[str, list[str]]
) -> None:
    at = here(DISTRICT, day(1), roles=LEADER)
    assert code(disputes.decide, dispute(**case), {**CONFERENCE, **change}, at) == refusal


def test_who_cannot_decide_and_on_what() -> None:
    leads = here(DISTRICT, roles=LEADER)
    assert code(disputes.decide, dispute(), DECIDE, here(DISTRICT))[0] == "not_leader"
    assert code(disputes.decide, dispute(state="decided"), DECIDE, leads)[0] == "decided"
    assert code(disputes.decide, dispute(), {**DECIDE, "office": TOWN}, leads) == ("not_a_party", ["office"])


def test_the_holder_is_bound_by_what_was_decided() -> None:
    word = {"office": DEPARTMENT, "reason": "属房屋征收", "at": MON}
    state = held(TOWN, todo="referred")
    decision = disputes.on_decided(state, word, DISTRICT, here(TOWN))
    assert decision.state == replace(state, decided_by=DISTRICT, decided_for=DEPARTMENT, todo="decided")
    assert (decision.action, decision.data) == ("dispute_decided", {"by": DISTRICT, "office": DEPARTMENT})
    assert {tell.data["what"] for tell in decision.tells} == {"dispute_decided"}
    own = disputes.on_decided(state, {**word, "office": TOWN}, DISTRICT, here(TOWN)).state
    assert (own.decided_by, own.decided_for, own.todo) == (DISTRICT, "", "decided_here")


@pytest.mark.parametrize(
    ("change", "sender"),
    [
        ({}, VILLAGE),
        ({"holder": VILLAGE}, DISTRICT),
        ({"recalled": True}, DISTRICT),
        ({"excluded": (DEPARTMENT,)}, DISTRICT),
    ],
)
def test_whose_decision_is_not_heard(change: dict[str, Any], sender: str) -> None:
    state = held(TOWN, **change)
    decision = disputes.on_decided(state, {"office": DEPARTMENT, "reason": "", "at": MON}, sender, here(TOWN))
    assert (decision.state, decision.tells, decision.action) == (state, (), "refused")
    assert decision.why == f"stale_term: dispute_decided by {sender}"


def test_a_decided_case_goes_only_on_the_way_there() -> None:
    bound = held(TOWN, decided_by=DISTRICT, decided_for=DEPARTMENT)
    assert code(offers.offer, bound, offer_of(VILLAGE), here(TOWN)) == ("decided", ["to"])
    letter = told(offers.offer(bound, offer_of(DISTRICT), here(TOWN)), "case_offered")[0].data
    assert (letter["decided_by"], letter["decided_for"]) == (DISTRICT, DEPARTMENT)
    recused = replace(bound, excluded=(DEPARTMENT,))
    assert told(offers.offer(recused, offer_of(VILLAGE), here(TOWN)), "case_offered")
    arrived = replace(bound, decided_for="")
    letter = told(offers.offer(arrived, offer_of(VILLAGE), here(TOWN)), "case_offered")[0].data
    assert (letter["decided_by"], letter["decided_for"]) == ("", "")


def test_what_was_decided_is_not_sent_back() -> None:
    guards.not_decided("")
    assert code(guards.not_decided, DISTRICT)[0] == "decided"
    signed = held(DEPARTMENT, from_office=DISTRICT, decided_by=DISTRICT)
    assert code(offers.return_signed, signed, offer_of(DISTRICT), here(DEPARTMENT))[0] == "decided"


def test_a_case_is_flagged_when_it_comes_back_more_often_than_the_limit() -> None:
    word = {"term": {"override": 0, "n": 3}, "at": MON, "reason": "不属", "proposed_office": ""}
    for before, flags in ((1, ()), (2, ("bounced",)), (3, ("bounced",))):
        state = held(TOWN, offered_to=VILLAGE, allotted=3, bounces=before, flags=flags if before > 2 else ())
        after = offers.on_returned(state, word, VILLAGE, here(TOWN)).state
        assert (after.bounces, after.flags) == (before + 1, flags)
    back = offers.return_signed(held(TOWN, from_office=DISTRICT, bounces=2), offer_of(DISTRICT), here(TOWN)).state
    assert (back.bounces, back.flags) == (3, ("bounced",))


# --- handlers and teams ---


def team(*members: str) -> TeamState:
    return TeamState("petition", "east-1", "东片专班", "east", members, MON, "张三")


def test_a_handler_is_anybody_but_a_recused_one() -> None:
    state = held(TOWN, recused=(veil(CASE, "g001"),))
    decision = teams.assign_handler(state, "g002", here(TOWN))
    assert (decision.state, decision.tells, decision.action) == (replace(state, handler="g002"), (), "handler_named")
    assert teams.assign_handler(replace(state, handler="g002"), "", here(TOWN)).state.handler == ""
    assert code(teams.assign_handler, state, "g001", here(TOWN)) == ("recused", ["handler"])


def test_a_team_gets_a_case_unless_a_member_is_recused() -> None:
    state = held(TOWN, recused=(veil(CASE, "g001"),))
    decision = teams.assign_team(state, team("g002", "g003"), here(TOWN))
    assert decision.state == replace(state, team="east-1")
    assert (decision.action, decision.data, decision.tells) == ("team_assigned", {"team": "east-1"}, ())
    assert code(teams.assign_team, state, team("g002", "g001"), here(TOWN)) == ("recused", ["team"])


@pytest.mark.parametrize(
    ("change", "code_"),
    [({"holder": VILLAGE}, "not_holder"), ({"offered_to": VILLAGE}, "offered"), ({"status": "withdrawn"}, "closed")],
)
def test_what_nobody_is_given(change: dict[str, Any], code_: str) -> None:
    assert code(teams.assign_handler, held(TOWN, **change), "g002", here(TOWN))[0] == code_
    assert code(teams.assign_team, held(TOWN, **change), team("g002"), here(TOWN))[0] == code_


def test_a_team_is_formed_for_a_known_area_or_none() -> None:
    cmd = {"team": "east-1", "name": "东片专班", "area": "east", "members": ["g001", "g002", "g001"]}
    decision = teams.form(cmd, here(TOWN))
    assert decision.state == team("g001", "g002")
    assert (decision.action, decision.data, decision.tells) == ("team_formed", {"team": "east-1", "members": 2}, ())
    assert teams.form({**cmd, "area": ""}, here(TOWN)).state.area == ""
    assert code(teams.form, {**cmd, "area": "north"}, here(TOWN)) == ("unknown_area", ["area"])
