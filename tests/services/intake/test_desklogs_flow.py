"""The books at the counter: rooms, rosters and visits, box openings, calls, counted above (S13, S14, S19, S20)."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.veils import veil
from network import veils
from services.intake.activities.models import IntakeActivity
from services.intake.desklogs.models import IntakeBoxOpening, IntakePhoneCall, IntakeRoomVisit, IntakeRoster
from services.intake.models import IntakeReport
from services.intake.service import IntakeService
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.intake.channels import (
    LEADER,
    LI,
    NOW,
    WANG,
    ZHAO,
    ask,
    do,
    figures,
    ledger,
    minded,
    petition,
    refused,
)

CLERK = {"id": "张三", "roles": ["clerk"]}
OFFICIAL = "gb-042"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open([DISTRICT, TOWN, VILLAGE], NOW)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def roster(house: House, room: str, day: str = "2026-05-08", **other: Any) -> dict[str, Any]:
    days = [{"day": day, "officer": WANG, "deputy": LI, **other}]
    return house.command(VILLAGE, "intake", "set_roster", {"channel": room, "days": days}, **LEADER)


def visit(room: str, **other: Any) -> dict[str, Any]:
    return {"channel": room, "heads": 3, "officer": WANG, **other}


def call(line: str, **other: Any) -> dict[str, Any]:
    return {"channel": line, "number_given": False, "name_given": False, "summary": "问低保怎么办", **other}


def opening(box: str, **other: Any) -> dict[str, Any]:
    return {"channel": box, "openers": [WANG, LI], "letters": 3, **other}


def registered(house: House, **other: Any) -> str:
    return str(do(house, VILLAGE, "register", petition(**other), **CLERK)["case"])


def recuse(house: House, case: str) -> None:
    with house.offices[VILLAGE].uow("assignment", SYSTEM) as uow:
        veils.keep(uow.session, case, (veil(case, OFFICIAL),))


def test_s19_s20_people_come_to_a_room_and_are_received_by_who_is_on_the_roster(house: House) -> None:
    room = minded(house, VILLAGE, "visit")
    assert roster(house, room)["ok"]
    do(house, VILLAGE, "log_room_visit", visit(room), **CLERK)
    do(house, VILLAGE, "log_room_visit", visit(room, officer=LI, heads=1), **CLERK)
    do(house, VILLAGE, "log_room_visit", visit(room, officer=ZHAO, heads=2, why="王五临时外出"), **CLERK)
    rows = {row.officer: row for row in house.rows(VILLAGE, IntakeRoomVisit)}
    assert [(rows[each].heads, rows[each].rostered, rows[each].clerk) for each in ("王五", "李四", "赵六")] == [
        (3, True, "张三"),
        (1, True, "张三"),
        (2, False, "张三"),
    ]
    for office in (VILLAGE, TOWN, DISTRICT):
        counted = figures(house, office)
        assert (counted["room_visits"], counted["room_visit_people"]) == ((3, None), (6, None))
        assert (counted["room_visits_rostered"], counted["room_visits_to_case"]) == ((2, 3), (0, 3))
    assert figures(house, DISTRICT, {"since": "2026-05-09", "until": "2026-05-31"})["room_visits"] == (0, None)
    (days,) = ask(house, VILLAGE, "room_roster", {"channel": room, "since": "2026-05-08", "until": "2026-05-08"})[
        "days"
    ]
    assert (days["officer_name"], days["deputy_name"]) == ("王五", "李四")


def test_s20_who_is_not_on_the_roster_says_why_and_past_days_are_not_rostered(house: House) -> None:
    room = minded(house, VILLAGE, "visit")
    for given in (visit(room), visit(room, officer=ZHAO, why=" ")):
        answer = house.command(VILLAGE, "intake", "log_room_visit", given)
        assert refused(answer) == ("not_on_roster", ["officer", "why"])
    assert house.rows(VILLAGE, IntakeRoomVisit) == []
    late = roster(house, room, "2026-05-07")
    assert (late["error"]["code"], late["error"]["fields"]) == ("roster_past", {"days": {0: {"day": ["已过去"]}}})
    assert refused(roster(house, room, deputy=WANG))[1] == ["days"]
    assert refused(roster(house, minded(house, VILLAGE, "box")))[1] == ["channel"], "a box is no room"
    days = {"channel": room, "days": [{"day": "2026-05-09", "officer": WANG}]}
    assert house.command(VILLAGE, "intake", "set_roster", days)["error"]["code"] == "leader_needed"
    assert house.rows(VILLAGE, IntakeRoster) == []


def test_s19_a_visit_that_became_a_case_is_linked_once_and_counted_above_without_it(house: House) -> None:
    room = minded(house, VILLAGE, "visit")
    roster(house, room)
    first = do(house, VILLAGE, "log_room_visit", visit(room), **CLERK)
    case = registered(house, channel="visit", via=room)
    do(house, VILLAGE, "link_room_visit", {"visit": first["visit"], "case": case}, **CLERK)
    do(house, VILLAGE, "log_room_visit", visit(room, case=case), **CLERK)
    assert [(row.case, row.became_case) for row in house.rows(VILLAGE, IntakeRoomVisit)] == [(case, True)] * 2
    again = house.command(VILLAGE, "intake", "link_room_visit", {"visit": first["visit"], "case": case})
    assert refused(again) == ("linked_already", ["case"])
    stranger = house.command(VILLAGE, "intake", "log_room_visit", visit(room, case="f" * 32))
    assert refused(stranger) == ("unknown_case", ["case"])
    for office in (VILLAGE, TOWN, DISTRICT):
        assert figures(house, office)["room_visits_to_case"] == (2, 2)
    assert {row.case for row in house.rows(DISTRICT, IntakeActivity)} == {""}


def test_s13_a_box_is_opened_by_two_people_and_each_letter_is_accounted_for(house: House) -> None:
    box = minded(house, VILLAGE, "box")
    found = do(house, VILLAGE, "open_box", opening(box), **CLERK)
    assert (found["letters"], found["left"]) == (3, 3)
    registered(house, channel="box", opening=found["opening"])
    (row,) = house.rows(VILLAGE, IntakeReport)
    assert (row.opening, row.via) == (found["opening"], box)
    for office in (VILLAGE, TOWN, DISTRICT):
        counted = figures(house, office)
        assert (counted["box_openings"], counted["box_letters"]) == ((1, None), (3, None))
        assert (counted["box_letters_registered"], counted["box_letters_left"]) == ((1, 3), (2, 3))
    house.pass_time(30)
    aside = {"opening": found["opening"], "letters": 2, "why": "广告"}
    done = do(house, VILLAGE, "set_letters_aside", aside, **CLERK)
    assert (done["set_aside"], done["left"], done["aside"][0]["by"]) == (2, 0, "张三")
    assert figures(house, DISTRICT)["box_letters_aside"] == (2, 3), "counted by the day of the opening"
    assert figures(house, DISTRICT)["box_letters_left"] == (0, 3)
    (line,) = ledger(house, VILLAGE, "box_openings")
    assert [line[name] for name in ("box", "openers", "letters", "registered", "set_aside", "left", "aside_why")] == [
        "大门信箱", "王五、李四", 3, 1, 2, 0, "2封 广告",
    ]  # fmt: skip


def test_s13_no_more_letters_are_registered_than_were_found_and_none_before_the_opening(house: House) -> None:
    box = minded(house, VILLAGE, "box")
    found = do(house, VILLAGE, "open_box", opening(box, letters=1), **CLERK)["opening"]
    early = petition(channel="box", opening=found, entered_at=(NOW - timedelta(days=1)).isoformat())
    assert refused(house.command(VILLAGE, "intake", "register", early)) == ("before_opening", ["entered_at"])
    by_phone = petition(channel="phone", opening=found)
    assert refused(house.command(VILLAGE, "intake", "register", by_phone)) == ("wrong_channel", ["opening"])
    unknown = petition(channel="box", opening="f" * 32)
    assert refused(house.command(VILLAGE, "intake", "register", unknown)) == ("unknown_opening", ["opening"])
    registered(house, channel="box", opening=found)
    another = petition(channel="box", opening=found)
    assert refused(house.command(VILLAGE, "intake", "register", another)) == ("no_letter_left", ["opening"])
    aside = {"opening": found, "letters": 1, "why": "广告"}
    assert refused(house.command(VILLAGE, "intake", "set_letters_aside", aside)) == ("no_letter_left", ["letters"])
    assert [(row.registered, row.aside) for row in house.rows(VILLAGE, IntakeBoxOpening)] == [(1, [])]
    assert len(house.rows(VILLAGE, IntakeReport)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"openers": [WANG]}, "openers"),
        ({"openers": [WANG, WANG]}, "openers"),
        ({"openers": [WANG, {"id": "w5", "name": "王五"}]}, "openers"),
        ({"letters": -1}, "letters"),
        ({"at": (NOW + timedelta(hours=1)).isoformat()}, "at"),
        ({"at": "2026-04-30T09:00:00+08:00"}, "channel"),
        ({"campaign": "no_such"}, "campaign"),
    ],
)
def test_s13_a_wrong_opening_is_named_by_field(house: House, change: dict[str, Any], field: str) -> None:
    box = minded(house, VILLAGE, "box")
    answer = house.command(VILLAGE, "intake", "open_box", opening(box, **change))
    assert refused(answer)[1] == [field]
    assert house.rows(VILLAGE, IntakeBoxOpening) == []


def test_s14_a_call_is_taken_without_name_and_may_become_a_case(house: House) -> None:
    line = minded(house, VILLAGE, "phone")
    first = do(house, VILLAGE, "log_call", call(line, recording="2026/05/08-1.wav"), **CLERK)
    do(house, VILLAGE, "log_call", call(line, name_given=True, number_given=True, operator=WANG), **CLERK)
    rows = {row.operator: row for row in house.rows(VILLAGE, IntakePhoneCall)}
    assert [(rows[each].name_given, rows[each].number_given) for each in ("张三", "王五")] == [
        (False, False),
        (True, True),
    ]
    assert not any(
        "number" in column.key and column.key != "number_given" for column in IntakePhoneCall.__table__.columns
    )
    case = registered(house, via=line)
    do(house, VILLAGE, "link_call", {"call": first["call"], "case": case}, **CLERK)
    for office in (VILLAGE, TOWN, DISTRICT):
        counted = figures(house, office)
        assert (counted["calls"], counted["calls_unnamed"], counted["calls_to_case"]) == ((2, None), (1, 2), (1, 2))
    shown = {each["call"]: each for each in ledger(house, VILLAGE, "calls")}
    assert (shown[first["call"]]["line"], shown[first["call"]]["became_case"]) == ("举报电话", "是")
    assert "低保" not in str([row.body for row in house.unread]), "what was said stays here"
    wrong = house.command(VILLAGE, "intake", "log_call", call(minded(house, VILLAGE, "box")))
    assert refused(wrong) == ("wrong_channel", ["channel"])


def test_whoever_is_recused_sees_no_visit_and_no_call_of_the_case(house: House) -> None:
    line, room = minded(house, VILLAGE, "phone"), minded(house, VILLAGE, "visit")
    roster(house, room)
    case = registered(house, via=line)
    taken = do(house, VILLAGE, "log_call", call(line, case=case), **CLERK)
    came = do(house, VILLAGE, "log_room_visit", visit(room, case=case), **CLERK)
    recuse(house, case)
    him = {"id": "石磊", "person": OFFICIAL}
    for query, lines in (("phone_calls", "calls"), ("room_visits", "visits")):
        assert len(ask(house, VILLAGE, query, id="张三")[lines]) == 1
        assert ask(house, VILLAGE, query, **him)[lines] == []
        assert ledger(house, VILLAGE, "calls" if lines == "calls" else "room_visits", **him) == []
    for method, data in (
        ("link_call", {"call": taken["call"], "case": case}),
        ("link_room_visit", {"visit": came["visit"], "case": case}),
        ("log_call", call(line, case=case)),
    ):
        answer = house.command(VILLAGE, "intake", method, data, **him)
        assert answer["error"]["code"] in ("not_found", "unknown_case"), method


def test_a_hidden_petition_leaves_no_gap_in_the_box(house: House) -> None:
    box = minded(house, VILLAGE, "box")
    found = do(house, VILLAGE, "open_box", opening(box, letters=1), **CLERK)["opening"]
    recuse(house, registered(house, channel="box", opening=found))
    (seen,) = ask(house, VILLAGE, "box_openings", id="石磊", person=OFFICIAL)["openings"]
    assert (seen["registered"], seen["left"]) == (1, 0)


def test_what_was_said_about_a_recalled_case_goes_and_the_counts_stay(house: House) -> None:
    line, room, box = (minded(house, VILLAGE, kind) for kind in ("phone", "visit", "box"))
    roster(house, room)
    found = do(house, VILLAGE, "open_box", opening(box, letters=1), **CLERK)["opening"]
    case = registered(house, channel="box", opening=found)
    do(house, VILLAGE, "log_call", call(line, case=case, recording="1.wav"), **CLERK)
    do(house, VILLAGE, "log_room_visit", visit(room, case=case), **CLERK)
    before = figures(house, VILLAGE)
    recall = Tell(VILLAGE, "intake", "case_recalled", case, {"term": {"override": 10_000, "n": 0}})
    house.say(DISTRICT, "assignment", recall)
    house.post()
    (taken,), (came,) = house.rows(VILLAGE, IntakePhoneCall), house.rows(VILLAGE, IntakeRoomVisit)
    assert (taken.summary, taken.recording, taken.case, taken.became_case) == ("", "", "", True)
    assert (came.case, came.became_case) == ("", True)
    assert [(row.via, row.opening) for row in house.rows(VILLAGE, IntakeReport)] == [("", "")]
    assert figures(house, VILLAGE) == before


def test_what_was_said_goes_with_the_file(house: House) -> None:
    line = minded(house, VILLAGE, "phone")
    case = registered(house, via=line)
    do(house, VILLAGE, "log_call", call(line, case=case), **CLERK)
    house.say(VILLAGE, "assignment", Tell(VILLAGE, "intake", "file_disposed", case, {"at": NOW}))
    house.post()
    (taken,) = house.rows(VILLAGE, IntakePhoneCall)
    assert (taken.summary, taken.case) == ("", case)


def test_the_books_are_the_petition_desks(house: House) -> None:
    line, room, box = (minded(house, VILLAGE, kind) for kind in ("phone", "visit", "box"))
    other = {"desk": "discipline", "roles": ["clerk", "head", "leader", "triage"]}
    acts = (
        ("log_call", call(line)),
        ("log_room_visit", visit(room)),
        ("open_box", opening(box)),
        ("link_call", {"call": "f" * 32, "case": "f" * 32}),
        ("link_room_visit", {"visit": "f" * 32, "case": "f" * 32}),
        ("set_letters_aside", {"opening": "f" * 32, "letters": 1, "why": "x"}),
    )
    for method, data in acts:
        assert house.command(VILLAGE, "intake", method, data, **other)["error"]["code"] == "not_found", method
    for query in ("phone_calls", "room_visits", "box_openings"):
        assert house.ask(VILLAGE, "intake", query, {}, **other)["error"]["code"] == "not_found", query


def test_a_book_is_paged_from_its_latest_line(house: House) -> None:
    line = minded(house, VILLAGE, "phone")
    for minute in range(3):
        at = (NOW - timedelta(minutes=minute)).isoformat()
        do(house, VILLAGE, "log_call", call(line, summary=f"第{minute}", at=at), **CLERK)
    first = ask(house, VILLAGE, "phone_calls", {"limit": 2})
    rest = ask(house, VILLAGE, "phone_calls", {"limit": 2, "after": first["next"]})
    assert [each["summary"] for each in (*first["calls"], *rest["calls"])] == ["第0", "第1", "第2"]
    assert rest["next"] == ""


def test_campaigns_cut_visits_calls_and_openings(house: House) -> None:
    campaign = {"campaign": "big_visit", "name": "大走访", "since": "2026-05-01", "until": "2026-12-31"}
    do(house, DISTRICT, "set_campaign", campaign)
    line, room, box = (minded(house, VILLAGE, kind) for kind in ("phone", "visit", "box"))
    roster(house, room)
    for word in ("", "big_visit"):
        do(house, VILLAGE, "log_call", call(line, campaign=word), **CLERK)
        do(house, VILLAGE, "log_room_visit", visit(room, campaign=word), **CLERK)
        do(house, VILLAGE, "open_box", opening(box, campaign=word), **CLERK)
    cut = figures(house, DISTRICT, campaign="big_visit")
    assert [cut[name][0] for name in ("calls", "room_visits", "box_openings", "box_letters")] == [1, 1, 1, 3]
    assert [figures(house, DISTRICT)[name][0] for name in ("calls", "room_visits", "box_openings")] == [2, 2, 2]
    assert len(ledger(house, VILLAGE, "room_visits", {"since": "2026-05-01", "until": "2026-05-31"})) == 2
