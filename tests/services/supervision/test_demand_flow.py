"""Demands over real databases: made, answered, late, withdrawn; who knows what of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.tables import InboxRow, OutboxRow
from services.supervision.models import DemandRow, OrderRow, StepRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, MON, Stub, accept

LEADER = {"roles": ["leader"]}
DISCIPLINE = {"desk": "discipline"}


def demand(house: House, office: str, to: str, kind: str = "suggestion", **other: Any) -> dict[str, Any]:
    actor = {name: other.pop(name) for name in ("roles", "desk") if name in other}
    points = house.policy.neutral_points[0] if actor.get("desk") == "discipline" else "请完善排查登记"
    data = {"kind": kind, "to": to, "points": points, **other}
    answer = house.command(office, "supervision", "demand", data, **actor)
    house.post()
    return answer


def made(house: House, *args: Any, **other: Any) -> str:
    answer = demand(house, *args, **other)
    assert answer["ok"], answer
    return str(answer["result"]["demand"])


def answered(house: House, office: str, demand_id: str, desk: str = "petition", **other: Any) -> dict[str, Any]:
    data = {"demand": demand_id, "answer": "已经采纳并落实", "adopted": True, **other}
    answer = house.command(office, "supervision", "answer_demand", data, desk=desk)
    house.post()
    return answer


def seen(house: House, office: str, desk: str = "petition", **wanted: Any) -> list[dict[str, Any]]:
    answer = house.ask(office, "supervision", "demands", {"desk": desk, **wanted}, desk=desk)
    assert answer["ok"], answer
    return [{**each, "due": datetime.fromisoformat(each["due"])} for each in answer["result"]["demands"]]


def end_of(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=SHANGHAI)


def run_to(house: House, last: datetime) -> None:
    """A poll just after every midnight until ``last``."""
    at = house.offices[DISTRICT].moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=1)
    while at <= last:
        house.set_time(max(at, house.offices[DISTRICT].moment))
        house.poll()
        at += timedelta(days=1)
    house.set_time(last)
    house.poll()


def taken(house: House, office: str, demand_id: str) -> dict[str, str]:
    return {
        row.step: row.state
        for row in house.rows(office, StepRow)
        if row.case_id == demand_id or row.ref == demand_id[:20]
    }


def parked(house: House) -> list[str]:
    return [row.reason for office in house.offices for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_a_suggestion_is_answered_and_the_answer_accepted(house: House) -> None:
    accept(house)
    one = made(house, TOWN, VILLAGE, case=CASE)
    at_village, at_town, at_district = (seen(house, office)[0] for office in (VILLAGE, TOWN, DISTRICT))
    assert [each["role"] for each in (at_village, at_town, at_district)] == ["received", "given", "known"]
    assert [each["points"] for each in (at_village, at_town, at_district)] == ["请完善排查登记", "请完善排查登记", ""]
    assert {each["due"] for each in (at_village, at_town, at_district)} == {end_of(4, 1)}
    assert {each["case"] for each in (at_village, at_town, at_district)} == {CASE}
    assert answered(house, VILLAGE, one, adopted=None)["error"]["fields"] == {"adopted": ["必须填写"]}
    assert answered(house, VILLAGE, one)["ok"]
    told = {office: seen(house, office)[0] for office in (VILLAGE, TOWN, DISTRICT)}
    assert {each["state"] for each in told.values()} == {"answered"}
    assert told[TOWN]["answer"] == "已经采纳并落实"
    assert told[TOWN]["adopted"] is True
    assert (told[DISTRICT]["answer"], told[DISTRICT]["adopted"]) == ("", None)
    assert {each["stands"] for each in told.values()} == {"on_time"}
    accepted = house.command(TOWN, "supervision", "accept_answer", {"demand": one})["result"]
    assert accepted["state"] == "accepted"
    assert answered(house, VILLAGE, one)["error"]["code"] == "wrong_state"
    assert not parked(house)


def test_a_late_answer_climbs_from_the_giver_upward(house: House) -> None:
    one = made(house, TOWN, VILLAGE)
    run_to(house, end_of(3, 31))
    assert taken(house, VILLAGE, one) == {"reminder": "open"}
    assert taken(house, TOWN, one) == {}
    run_to(house, end_of(4, 20))
    assert taken(house, TOWN, one) == {"order": "open", "town": "open"}
    assert taken(house, DISTRICT, one) == {"district": "open", "leaders": "open", "bulletin": "open"}
    assert [(row.given, row.giver, row.kind) for row in house.rows(VILLAGE, OrderRow)] == [(False, TOWN, "K15")]
    assert [each["stands"] for each in seen(house, DISTRICT, late=True)] == ["unconfirmed"]
    figures = house.ask(TOWN, "supervision", "counts", {})["result"]
    assert figures["supervised_cases"] == 0, "S79 counts cases"
    assert not [row for row in house.unread if row.type == "reminder"]
    assert not parked(house)


def test_the_district_presses_over_the_head_of_a_town_that_knows_nothing(house: House) -> None:
    one = made(house, DISTRICT, VILLAGE)
    run_to(house, end_of(4, 8))
    assert taken(house, TOWN, one) == {}
    assert taken(house, DISTRICT, one) == {"order": "open", "district": "open"}
    assert house.rows(TOWN, DemandRow) == []
    assert [row.giver for row in house.rows(VILLAGE, OrderRow)] == [DISTRICT]


def test_a_dead_town_does_not_stop_the_climb(house: House) -> None:
    one = made(house, TOWN, VILLAGE)
    house.cut.add(TOWN)
    run_to(house, end_of(4, 8))
    assert taken(house, DISTRICT, one) == {"district": "open"}


def test_an_answer_in_time_that_arrives_late_withdraws_the_steps(house: House) -> None:
    one = made(house, TOWN, VILLAGE)
    house.set_time(end_of(4, 1))
    house.cut.add(VILLAGE)
    assert answered(house, VILLAGE, one)["ok"]
    run_to(house, end_of(4, 7))
    assert taken(house, TOWN, one) == {"order": "open", "town": "open"}
    assert seen(house, TOWN)[0]["stands"] == "unconfirmed"
    house.cut.clear()
    house.post()
    assert taken(house, TOWN, one) == {"order": "withdrawn", "town": "withdrawn"}
    assert taken(house, DISTRICT, one) == {"district": "withdrawn"}
    assert [row.state for row in house.rows(VILLAGE, OrderRow)] == ["withdrawn"]
    assert seen(house, TOWN, late=True) == []


def test_a_notice_names_no_case_and_wants_a_signature(house: House) -> None:
    accept(house, Stub(desk="discipline", holder=TOWN, status="accepted"))
    one = made(house, DISTRICT, TOWN, "petition_notice", case=CASE, person="P-1", **DISCIPLINE)
    (at_town,) = seen(house, TOWN, "discipline")
    assert (at_town["case"], at_town["number"], at_town["person"]) == ("", "", "P-1")
    assert at_town["due"] == end_of(3, 23)
    sent = [row for row in house.rows(DISTRICT, OutboxRow) if row.type == "demand_made"]
    assert [(row.case_id, CASE in str(row.body)) for row in sent] == [("", False)]
    assert seen(house, TOWN) == []
    refused = answered(house, TOWN, one, "discipline")
    assert refused["error"]["fields"] == {"signed_by": ["必须填写"]}
    assert answered(house, TOWN, one, signed_by="罗某")["error"]["code"] == "not_found", "the other desk's"
    assert answered(house, TOWN, one, "discipline", signed_by="罗某")["ok"]
    assert seen(house, DISTRICT, "discipline")[0]["signed_by"] == "罗某"


def test_a_talk_that_was_held_is_rechecked_three_months_later_by_who_wanted_it(house: House) -> None:
    one = made(house, DISTRICT, TOWN, "reminder_talk", person="P-1", **DISCIPLINE)
    assert seen(house, TOWN, "discipline")[0]["due"] == end_of(3, 16)
    assert answered(house, TOWN, one, "discipline")["ok"]
    recheck = next(each for each in seen(house, DISTRICT, "discipline") if each["kind"] == "recheck")
    assert (recheck["role"], recheck["follows"], recheck["person"]) == ("own", one, "P-1")
    assert recheck["due"] == end_of(6, 2)
    assert [each["kind"] for each in seen(house, TOWN, "discipline")] == ["reminder_talk"]
    run_to(house, end_of(6, 4))
    assert taken(house, DISTRICT, recheck["demand"]) == {"reminder": "open", "discipline_room": "open"}
    assert answered(house, DISTRICT, recheck["demand"], "discipline")["ok"]
    assert len(seen(house, DISTRICT, "discipline")) == 2


def test_an_answer_heard_twice_changes_nothing(house: House) -> None:
    one = made(house, DISTRICT, TOWN, "reminder_talk", **DISCIPLINE)
    assert answered(house, TOWN, one, "discipline")["ok"]
    again = {"demand": one, "at": MON + timedelta(days=9), "answer": "另一答复"}
    house.say(TOWN, "supervision", Tell(DISTRICT, "supervision", "demand_answered", "", again))
    house.post()
    kept = {each["kind"]: each for each in seen(house, DISTRICT, "discipline")}
    assert kept["reminder_talk"]["answer"] == "已经采纳并落实"
    assert kept["recheck"]["due"] == end_of(6, 2)
    assert not parked(house)


def test_a_leaders_instruction_needs_a_leader_and_a_day(house: House) -> None:
    due = datetime(2026, 3, 20, tzinfo=SHANGHAI).isoformat()
    assert demand(house, TOWN, VILLAGE, "instruction", due=due)["error"]["code"] == "leader_needed"
    assert demand(house, TOWN, VILLAGE, "instruction", **LEADER)["error"]["fields"] == {"due": ["必须填写"]}
    assert demand(house, TOWN, VILLAGE, "suggestion", due=due)["error"]["code"] == "due_by_policy"
    one = made(house, TOWN, VILLAGE, "instruction", due=due, **LEADER)
    assert seen(house, VILLAGE)[0]["due"] == end_of(3, 20)
    gone = house.command(TOWN, "supervision", "withdraw_demand", {"demand": one, "why": "已另行安排"})
    house.post()
    assert gone["result"]["state"] == "withdrawn"
    assert {seen(house, office)[0]["state"] for office in (VILLAGE, DISTRICT)} == {"withdrawn"}
    run_to(house, end_of(4, 8))
    assert [taken(house, office, one) for office in (VILLAGE, TOWN, DISTRICT)] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("office", "to", "kind", "actor", "code"),
    [
        (TOWN, DISTRICT, "suggestion", {}, "not_below"),
        (DISTRICT, "portal", "suggestion", {}, "not_below"),
        (TOWN, VILLAGE, "petition_notice", {}, "wrong_desk"),
        (TOWN, VILLAGE, "reminder_talk", {}, "wrong_desk"),
        (TOWN, VILLAGE, "advice", {}, "unknown_kind"),
    ],
)
def test_what_may_not_be_demanded(
    house: House, office: str, to: str, kind: str, actor: dict[str, Any], code: str
) -> None:
    assert demand(house, office, to, kind, **actor)["error"]["code"] == code
    assert house.rows(office, DemandRow) == []


def test_a_recused_office_is_no_addressee_and_loses_what_it_was_asked(house: House) -> None:
    accept(house)
    one = made(house, DISTRICT, TOWN, case=CASE)
    house.say(
        DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, {"term": {"override": 0, "n": 0}})
    )
    stub = Stub(status="accepted", holder=DISTRICT, term=(1, 0), excluded=(TOWN,)).told("exclude", MON)
    house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "case_milestone", CASE, stub))
    house.post()
    assert house.rows(TOWN, DemandRow) == []
    assert [(each["state"], each["why"]) for each in seen(house, DISTRICT)] == [("withdrawn", "被要求的单位已回避")]
    run_to(house, end_of(4, 8))
    assert taken(house, DISTRICT, one) == {}
    assert demand(house, DISTRICT, TOWN, case=CASE)["error"]["fields"] == {"to": ["已回避"]}
    assert not parked(house)


def test_a_recall_takes_the_demands_about_the_case_with_it(house: House) -> None:
    accept(house)
    one = made(house, TOWN, VILLAGE, case=CASE)
    run_to(house, end_of(4, 4))
    assert set(taken(house, TOWN, one)) == {"order"}
    house.say(
        DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, {"term": {"override": 1, "n": 0}})
    )
    house.post()
    for model in (DemandRow, StepRow, OrderRow):
        assert house.rows(TOWN, model) == []
    assert {seen(house, office)[0]["state"] for office in (VILLAGE, DISTRICT)} == {"withdrawn"}
    assert not parked(house)


def test_nobody_demands_upward_or_answers_for_another(house: House) -> None:
    one = made(house, DISTRICT, TOWN)
    data = {
        "demand": "d" * 32,
        "desk": "petition",
        "kind": "suggestion",
        "clock": "K15",
        "at": MON,
        "due": end_of(4, 1),
    }
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "demand_made", "", {**data, "receiver": TOWN}))
    house.say(TOWN, "supervision", Tell(DISTRICT, "supervision", "demand_made", "", {**data, "receiver": DISTRICT}))
    forged = {"demand": one, "at": MON, "answer": "已办"}
    house.say(VILLAGE, "supervision", Tell(DISTRICT, "supervision", "demand_answered", "", forged))
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "demand_withdrawn", "", {"demand": one, "at": MON}))
    house.post()
    assert sorted(reason.split(":")[0] for reason in parked(house)) == [
        "not_above",
        "not_above",
        "not_yours",
        "not_yours",
    ]
    assert [each["state"] for each in seen(house, DISTRICT)] == ["open"]
    assert len(house.rows(TOWN, DemandRow)) == 1
