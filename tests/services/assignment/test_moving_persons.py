"""Somebody leaves the office, through the real services: what he had goes to who follows, or is listed for a person."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.veils import veil
from network import veils
from network.tables import InboxRow
from services.assignment.models import AssignmentCase, AssignmentNote
from services.assignment.moving.models import AssignmentKeyTask, AssignmentLeaver
from services.hearing.leaving.models import HearingHanded
from services.intake.leaving.models import IntakeHanded
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.hall.models import IntakeHallDuty
from services.intake.reception.schedules.models import IntakeSchedule
from services.supervision.leaving.models import SupervisionHanded
from services.supervision.orders.models import OrderRow
from tests.services.assignment.helped import entered, handed
from tests.services.assignment.seats import GROUP, LEADER, asked, do, figures, imports, leader, open_house, refused
from tests.services.hearing.known import CASE_ID, HEAR, MON, served
from tests.services.house import DISTRICT, SYSTEM, TOWN, House
from tests.services.intake.receiving import act, board, weekly

OLD, NEW = "P1", "P2"
PEOPLE = (leader(OLD, "接访科干事", rank="department_staff"), leader(NEW, "接访科科长", rank="department_staff"))
LEAVES = {"person": OLD, "account": "lao.wang", "successor": NEW, "day": "2026-03-02", "reason": "调离"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        assert imports(opened, "2026.1", *GROUP, *PEOPLE)["ok"]
        yield opened
        assert [row.reason for row in opened.rows(DISTRICT, InboxRow) if row.state == "parked"] == []


def recuse(house: House, case: str, person: str) -> None:
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        veils.keep(uow.session, case, [veil(case, person)])
        row = uow.session.get(AssignmentCase, case)
        if row is not None:
            row.recused = [*row.recused, veil(case, person)]


def handler(house: House, case: str) -> str:
    return next(str(row.handler) for row in house.rows(DISTRICT, AssignmentCase) if row.case == case)


def handled(house: House, by: str = OLD, **file: Any) -> str:
    case = entered(house, DISTRICT, **file)
    do(house, DISTRICT, "assign_handler", {"case": case, "handler": by})
    return case


def test_open_cases_go_to_the_successor_and_those_he_is_recused_from_are_listed(house: House) -> None:
    by_id, by_account, other, closed = (handled(house, who) for who in (OLD, "lao.wang", "P7", OLD))
    do(house, DISTRICT, "decline", {"case": closed, "ground": "not_ours", "guidance": "请向法院起诉"})
    kept = handled(house, number="秦信〔2026〕7号")
    recuse(house, kept, NEW)
    done = do(house, DISTRICT, "hand_over_person", LEAVES)
    assert set(done["moved"]) == {by_id, by_account}
    assert [(each["case"], each["number"], each["code"]) for each in done["left"]] == [
        (kept, "秦信〔2026〕7号", "recused")
    ]
    assert [handler(house, case) for case in (by_id, by_account, other, kept, closed)] == [NEW, NEW, "P7", OLD, OLD]
    notes = [(row.case, row.text) for row in house.rows(DISTRICT, AssignmentNote) if row.about == "handed_over"]
    assert (by_account, "承办人由lao.wang变更为P2:调离") in notes, "who handled it before stays known"
    (left,) = asked(house, DISTRICT, "leavers", {})["leavers"]
    assert (left["person"], left["behind"]) == (OLD, [kept])
    found = figures(house)
    assert (found["persons_left"], found["left_behind"]) == ((1, None), (1, None))
    do(house, DISTRICT, "assign_handler", {"case": kept, "handler": "P7"})
    assert asked(house, DISTRICT, "leavers", {})["leavers"][0]["behind"] == []
    (row,) = house.rows(DISTRICT, AssignmentLeaver)
    assert (row.successor, row.reason, row.desk) == (NEW, "调离", "petition")


def test_said_again_it_moves_what_was_left_and_asks_for_the_keys_once(house: House) -> None:
    first = do(house, DISTRICT, "hand_over_person", LEAVES)
    late = handled(house)
    again = do(house, DISTRICT, "hand_over_person", LEAVES)
    assert (first["moved"], again["moved"]) == ([], [late])
    assert (bool(first["key_task"]), again["key_task"]) == (True, "")
    assert len(house.rows(DISTRICT, AssignmentKeyTask)) == 1
    assert figures(house)["persons_left"] == (1, None), "one person, however often it was said"


def test_a_leader_who_is_recused_from_a_case_neither_moves_nor_reads_it(house: House) -> None:
    hidden = handled(house)
    recuse(house, hidden, "Z1")
    done = do(house, DISTRICT, "hand_over_person", LEAVES, person="Z1")
    assert (done["moved"], done["left"]) == ([], [])
    assert handler(house, hidden) == OLD
    assert asked(house, DISTRICT, "leavers", {}, person="Z1")["leavers"][0]["behind"] == []
    assert asked(house, DISTRICT, "leavers", {})["leavers"][0]["behind"] == [hidden]


def test_each_desk_hands_over_its_own(house: House) -> None:
    petition = handled(house)
    data = {"case": "d" * 32, "category": "C15", "desk": "discipline", "nature": "accuse", "text": None}
    sealed = entered(house, DISTRICT, **data)
    seen: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage"]}
    do(house, DISTRICT, "assign_handler", {"case": sealed, "handler": OLD}, **seen)
    assert do(house, DISTRICT, "hand_over_person", LEAVES)["moved"] == [petition]
    assert handler(house, sealed) == OLD
    assert asked(house, DISTRICT, "leavers", {}, **seen)["leavers"] == []
    assert do(house, DISTRICT, "hand_over_person", LEAVES, **seen)["moved"] == [sealed]
    assert len(asked(house, DISTRICT, "key_tasks", {}, **seen)["tasks"]) == 1


def test_keys_stay_on_the_list_until_they_were_rotated(house: House) -> None:
    task = do(house, DISTRICT, "hand_over_person", LEAVES)["key_task"]
    (shown,) = asked(house, DISTRICT, "key_tasks", {})["tasks"]
    assert (shown["task"], shown["account"], shown["done_day"]) == (task, "lao.wang", None)
    assert figures(house)["keys_rotated"] == (0, 1)
    rotated = {"task": task, "day": "2026-03-02"}
    assert refused(house, DISTRICT, "key_rotated", {**rotated, "day": "2026-03-03"})["fields"] == {
        "day": ["早于交接或者晚于今天"]
    }
    assert refused(house, DISTRICT, "key_rotated", {**rotated, "day": "2026-03-01"})["code"] == "wrong_day"
    assert refused(house, DISTRICT, "key_rotated", rotated, roles=["clerk"])["code"] == "not_leader"
    assert refused(house, DISTRICT, "key_rotated", rotated, desk="discipline")["code"] == "not_found"
    assert do(house, DISTRICT, "key_rotated", rotated)["done_by"] == "张三"
    assert refused(house, DISTRICT, "key_rotated", rotated)["code"] == "done"
    assert figures(house)["keys_rotated"] == (1, 1)


def test_who_may_not_and_what_is_wrong_is_said_by_field(house: House) -> None:
    assert refused(house, DISTRICT, "hand_over_person", LEAVES, roles=["clerk"])["code"] == "not_leader"
    assert refused(house, DISTRICT, "hand_over_person", {**LEAVES, "successor": "P9"})["fields"] == {
        "successor": ["名册中没有此人"]
    }
    assert list(refused(house, DISTRICT, "hand_over_person", {**LEAVES, "successor": OLD})["fields"]) == ["successor"]
    nobody = {**LEAVES, "person": "", "account": ""}
    assert list(refused(house, DISTRICT, "hand_over_person", nobody)["fields"]) == ["person"]
    assert house.rows(DISTRICT, AssignmentLeaver) == []


def test_his_place_in_teams_is_taken_and_cases_of_who_must_keep_away_leave_the_team(house: House) -> None:
    team = {"team": "east-1", "name": "东片专班", "area": "east", "members": [OLD, "P7"]}
    do(house, DISTRICT, "form_team", team)
    free, kept = entered(house, DISTRICT), entered(house, DISTRICT)
    recuse(house, kept, NEW)
    do(house, DISTRICT, "assign_team", {"cases": [free, kept], "team": "east-1"})
    done = do(house, DISTRICT, "hand_over_person", LEAVES)
    assert done["teams"] == [{"team": "east-1", "let_go": [kept]}]
    (shown,) = asked(house, DISTRICT, "teams", {"desk": "petition"})["teams"]
    assert shown["members"] == [NEW, "P7"]
    of_case = {row.case: row.team for row in house.rows(DISTRICT, AssignmentCase)}
    assert of_case == {free: "east-1", kept: ""}
    changes = asked(house, DISTRICT, "team_history", {"team": "east-1"})["changes"]
    assert [(each["members"], each["why"]) for each in changes] == [([OLD, "P7"], ""), ([NEW, "P7"], "调离")]


def test_receptions_bookings_and_hall_duties_go_on_and_the_board_is_to_be_taken_down(house: House) -> None:
    board(house, DISTRICT, OLD, "王科长")
    board(house, DISTRICT, NEW, "李科长")
    act(house, DISTRICT, "set_schedule", weekly(OLD))
    case = entered(house, DISTRICT)
    recused = entered(house, DISTRICT)
    recuse(house, recused, NEW)
    with house.offices[DISTRICT].uow("intake", SYSTEM) as uow:
        (plan,) = uow.session.query(IntakeSchedule).all()
        for number, whose in enumerate((case, recused)):
            booked = {
                "booking": f"{number}" * 32,
                "named": OLD,
                "leader": OLD,
                "schedule": plan.schedule,
                "case": whose,
            }
            when: dict[str, Any] = {"day": MON.date().replace(day=11), "starts": f"09:{number}0", "booked_at": MON}
            blank = dict.fromkeys(("receipt_hash", "why", "moved_from", "moved_to", "ended_by"), "")
            said: dict[str, Any] = {"kind": "fixed", "place": "信访大厅", "booked_by": "张三", "state": "booked"}
            uow.session.add(IntakeBooking(**booked, **when, **blank, **said))
    wanted = [{"leader": OLD, "day": "2026-03-05", "half": "am"}, {"leader": OLD, "day": "2026-03-06", "half": "am"}]
    act(house, DISTRICT, "set_hall_duties", {"duties": [*wanted, {"leader": NEW, "day": "2026-03-06", "half": "am"}]})
    do(house, DISTRICT, "hand_over_person", LEAVES)
    (plan,) = house.rows(DISTRICT, IntakeSchedule)
    assert plan.leader == NEW
    leaders = {row.case: (row.named, row.leader) for row in house.rows(DISTRICT, IntakeBooking)}
    assert leaders == {case: (OLD, NEW), recused: (OLD, OLD)}, (
        "whom they named stays; nobody gets what he keeps away from"
    )
    duties = {(row.day.day, row.leader) for row in house.rows(DISTRICT, IntakeHallDuty)}
    assert duties == {(5, NEW), (6, OLD), (6, NEW)}
    answer = house.ask(DISTRICT, "intake", "handed_over", {"outcome": "stays"}, **LEADER)["result"]["handed"]
    assert sorted((each["kind"], each["why"]) for each in answer) == [
        ("board", "请撤下其挂牌"), ("booking", "接手人应当回避该事项,请改约"), ("hall_duty", "接手人该时段已有值班"),
    ]  # fmt: skip
    kinds = {(row.kind, row.outcome) for row in house.rows(DISTRICT, IntakeHanded)}
    assert {("schedule", "handed"), ("booking", "handed"), ("hall_duty", "handed")} <= kinds


def test_without_a_board_of_the_successor_receptions_stay_and_are_listed(house: House) -> None:
    board(house, DISTRICT, OLD, "王科长")
    act(house, DISTRICT, "set_schedule", weekly(OLD))
    do(house, DISTRICT, "hand_over_person", LEAVES)
    (plan,) = house.rows(DISTRICT, IntakeSchedule)
    (row,) = [row for row in house.rows(DISTRICT, IntakeHanded) if row.kind == "schedule"]
    assert (plan.leader, row.outcome, row.why) == (OLD, "stays", "接手人在本单位没有挂牌")


def test_orders_go_on_and_the_year_is_noted(house: House) -> None:
    one, two = entered(house, DISTRICT), entered(house, DISTRICT)
    for case in (one, two):
        handed(house, case, DISTRICT, TOWN)
        order = {"case": case, "kind": "dedicated", "supervisor": OLD, "demand": "抓紧办理", "due": "2026-03-20"}
        answer = house.command(DISTRICT, "supervision", "order", order, **LEADER)
        assert answer["ok"], answer
    recuse(house, two, NEW)
    do(house, DISTRICT, "hand_over_person", LEAVES)
    given = {row.case_id: row.supervisor for row in house.rows(DISTRICT, OrderRow) if row.given}
    assert given == {one: NEW, two: OLD}
    rows = {(row.kind, row.case_id): (row.outcome, row.why) for row in house.rows(DISTRICT, SupervisionHanded)}
    assert rows["order", one] == ("handed", "")
    assert rows["order", two] == ("stays", "接手人应当回避,请另行指定督办人")
    assert rows["score_year", ""] == ("stays", "年度考核以2026-03-02为界分段计算")


@pytest.mark.parametrize("recused", [False, True])
def test_a_seat_in_a_hearing_goes_on_unless_the_successor_has_to_withdraw(house: House, recused: bool) -> None:
    house.say(TOWN, "assignment", Tell(DISTRICT, "hearing", "opinion_served", CASE_ID, served()))
    house.post()
    panel = [{**each, "person": OLD} if each["role"] == "host" else each for each in HEAR["panel"]]
    planned = {**HEAR, "panel": panel, "planned_at": "2026-05-06T09:00:00+08:00"}
    assert house.command(DISTRICT, "hearing", "open_hearing", planned, **LEADER)["ok"]
    if recused:
        recuse(house, CASE_ID, NEW)
    do(house, DISTRICT, "hand_over_person", LEAVES)
    (session,) = house.ask(DISTRICT, "hearing", "sessions", {}, **LEADER)["result"]["sessions"]
    host = next(each for each in session["panel"] if each["role"] == "host")
    (row,) = house.rows(DISTRICT, HearingHanded)
    if recused:
        assert (host["person"], row.outcome, row.why) == (OLD, "stays", "应当回避的人员不能参加听证,请更换")
    else:
        assert (host["name"], host["person"], row.outcome) == ("P2某", NEW, "handed")


def test_the_word_of_a_leaver_is_the_own_offices_alone_and_counts_once(house: House) -> None:
    told = {
        "leaving": "e" * 32,
        "desk": "petition",
        "person": OLD,
        "successor": NEW,
        "successor_name": "李",
        "day": MON.date(),
    }
    house.say(TOWN, "assignment", Tell(DISTRICT, "supervision", "person_left", "", told))
    house.post()
    assert house.rows(DISTRICT, SupervisionHanded) == []
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        for row in uow.session.query(InboxRow).filter(InboxRow.state == "parked"):
            uow.session.delete(row)
    for _ in range(2):
        house.say(DISTRICT, "assignment", Tell(DISTRICT, "supervision", "person_left", "", told))
        house.post()
    assert len(house.rows(DISTRICT, SupervisionHanded)) == 1
