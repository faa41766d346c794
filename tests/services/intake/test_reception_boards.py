"""Boards over real databases: six fields, published by a leader, known above and to the portal, every change kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.reception import profile_id
from network.tables import InboxRow, OutboxRow
from services.intake.reception.boards.models import IntakeBoard, IntakeBoardChange
from services.intake.reception.boards.rules import OWES_BOARD, units
from services.intake.service import IntakeService
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House, here_at
from tests.services.intake.receiving import HE, MON, SHE, SIX, act, ask, board, error, figures, weekly

DRAFT = {"official": HE, "name": "卢主任", "level": "leader", **SIX}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open([DISTRICT, TOWN, VILLAGE, DEPARTMENT], MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def to_portal(house: House) -> list[dict[str, Any]]:
    return [row.body["data"] for row in house.unread if (row.office, row.type) == ("portal", "board_published")]


def parked(house: House, office: str) -> list[str]:
    return [row.reason.split(":")[0] for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_s91_a_published_board_has_its_six_fields_above_and_at_the_portal(house: House) -> None:
    act(house, VILLAGE, "set_board", {**DRAFT, "level": "cadre"}, roles=["clerk"])
    assert house.rows(TOWN, IntakeBoard) == [], "a draft is told to nobody"
    assert to_portal(house) == []
    shown = act(house, VILLAGE, "publish_board", {"official": HE, "until": "2026-12-31"})
    assert (shown["since"], shown["until"]) == ("2026-03-02", "2026-12-31")
    for office in (TOWN, DISTRICT):
        (row,) = house.rows(office, IntakeBoard)
        assert (row.office, row.official, row.profile) == (VILLAGE, "", profile_id(VILLAGE, HE))
        assert {name: getattr(row, name) for name in ("name", *SIX)} == {"name": "卢主任", **SIX}
    (told,) = to_portal(house)
    assert {name: told[name] for name in SIX} == SIX
    assert "official" not in told
    assert HE not in str(told), "no official's id goes to the public"


def test_s91_every_change_keeps_the_old_with_who_and_when(house: House) -> None:
    board(house, TOWN)
    house.pass_time(1)
    act(house, TOWN, "set_board", {**DRAFT, "place": "302室"}, id="李四")
    act(house, TOWN, "expire_board", {"official": HE, "on": "2026-03-03", "why": "调离"})
    log = ask(house, TOWN, "board_log", {"official": HE})["changes"]
    assert [each["what"] for each in log] == ["board_expired", "board_changed", "board_published", "board_drawn_up"]
    changed = log[1]
    assert (changed["by"], changed["at"]) == ("李四", "2026-03-03T01:00:00+00:00")
    assert (changed["old"]["place"], changed["new"]["place"]) == ("街道办201室", "302室")
    assert log[0]["why"] == "调离"
    assert log[3]["old"] == {}
    assert len(house.rows(TOWN, IntakeBoardChange)) == 4
    (row,) = house.rows(DISTRICT, IntakeBoard)
    assert (row.place, row.until, row.rev) == ("302室", date(2026, 3, 3), 4)


def test_s91_only_a_leader_publishes_and_only_what_is_complete(house: House) -> None:
    act(house, TOWN, "set_board", {**DRAFT, "photo": "", "contact": " "})
    assert error(house, TOWN, "publish_board", {"official": HE}) == ("incomplete", ["contact", "photo"])
    act(house, TOWN, "set_board", DRAFT)
    assert error(house, TOWN, "publish_board", {"official": HE}, roles=["clerk"]) == ("not_leader", [])
    act(house, TOWN, "publish_board", {"official": HE})
    assert error(house, TOWN, "set_board", {**DRAFT, "post": "主任"}, roles=["clerk"]) == ("not_leader", [])
    assert error(house, TOWN, "set_board", {**DRAFT, "post": ""}) == ("incomplete", ["post"])
    assert error(house, TOWN, "expire_board", {"official": HE, "on": "2026-03-02", "why": "x"}, roles=["clerk"])[0] == (
        "not_leader"
    )
    assert error(house, TOWN, "publish_board", {"official": SHE})[0] == "not_found"
    assert error(house, TOWN, "set_board", {**DRAFT, "level": "district_leader"}) == ("not_district", ["level"])
    assert error(house, TOWN, "set_board", DRAFT, desk="discipline") == ("wrong_desk", [])


def test_s91_a_board_is_believed_only_from_the_leader_s_own_office(house: House) -> None:
    board(house, VILLAGE, level="cadre")
    (row,) = house.rows(DISTRICT, IntakeBoard)
    data = {"name": "别人", "level": "cadre", **SIX, "profile": row.profile, "days": [], "since": "2026-03-02"}
    data |= {"until": None, "rev": 9}
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "board_published", "", data))
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "board_published", "", {**data, "profile": "e" * 32}))
    district_leader = {**data, "profile": "d" * 32, "level": "district_leader"}
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "board_published", "", district_leader))
    older = {**data, "rev": 1}
    house.say(VILLAGE, "intake", Tell(DISTRICT, "intake", "board_published", "", older))
    house.post()
    assert [row.name for row in house.rows(DISTRICT, IntakeBoard)] == ["卢主任"]
    assert parked(house, DISTRICT) == ["not_yours", "not_district"]
    assert parked(house, TOWN) == ["not_below"]


def test_s61_a_board_says_when_the_leader_receives(house: House) -> None:
    board(house, TOWN)
    plan = act(house, TOWN, "set_schedule", weekly())
    words = "每周三 09:00–11:00 信访大厅(节假日除外)"
    assert house.rows(DISTRICT, IntakeBoard)[0].days == [words]
    assert to_portal(house)[-1]["days"] == [words]
    act(
        house,
        TOWN,
        "set_schedule",
        weekly(kind="go_down", weekdays=[], month_days=[10, 20], starts="14:00", ends="16:00", place="望塬村"),
    )
    assert house.rows(DISTRICT, IntakeBoard)[0].days[1:] == ["每月10、20日 14:00–16:00 下访 望塬村(节假日除外)"]
    act(house, TOWN, "end_schedule", {"schedule": plan["schedule"], "until": "2026-03-01"})
    assert len(house.rows(DISTRICT, IntakeBoard)[0].days) == 1


def test_s94_who_of_the_unit_is_missing_or_listed_beyond(house: House) -> None:
    board(house, TOWN)
    board(house, TOWN, "gb-009", "马干事", level="cadre")
    members = [
        {"official": HE, "name": "卢主任", "standing": "leading_group"},
        {"official": SHE, "name": "石科长", "standing": "middle"},
        {"official": "gb-009", "name": "马干事", "standing": "staff"},
    ]
    missing, beyond = [{"official": SHE, "name": "石科长"}], [{"official": "gb-009", "name": "马干事"}]
    assert ask(house, TOWN, "board_check") == {"listed": "", "missing": [], "beyond": []}
    assert error(house, TOWN, "set_listing", {"listed": "all", "members": members}, roles=["clerk"])[0] == "not_leader"
    act(house, TOWN, "set_listing", {"listed": "leading_group", "members": members})
    assert ask(house, TOWN, "board_check") == {"listed": "leading_group", "missing": [], "beyond": beyond}
    act(house, TOWN, "set_listing", {"listed": "middle_and_above", "members": members})
    assert ask(house, TOWN, "board_check") == {"listed": "middle_and_above", "missing": missing, "beyond": beyond}
    act(house, TOWN, "set_listing", {"listed": "all", "members": members})
    assert ask(house, TOWN, "board_check") == {"listed": "all", "missing": missing, "beyond": []}
    log = ask(house, TOWN, "board_log", {"official": HE})["changes"]
    assert [each["what"] for each in log] == ["board_published", "board_drawn_up"]
    kept = [row for row in house.rows(TOWN, IntakeBoardChange) if row.what == "listing"]
    assert [row.new["listed"] for row in kept] == ["leading_group", "middle_and_above", "all"]
    assert kept[2].old["listed"] == "middle_and_above"
    act(house, TOWN, "expire_board", {"official": HE, "on": "2026-03-01", "why": "调离"})
    assert {"official": HE, "name": "卢主任"} in ask(house, TOWN, "board_check")["missing"], "what is down lists nobody"
    twice = {"listed": "all", "members": [members[0], members[0]]}
    assert error(house, TOWN, "set_listing", twice) == ("invalid", ["members"])


def test_s90_coverage_of_boards_comes_from_the_tree_and_names_the_gaps(house: House) -> None:
    tree = house.tree
    owing = [each for each in (tree.root, *tree.children(DISTRICT)) if each.tier in ("district", "town", "department")]
    board(house, TOWN)
    board(house, DEPARTMENT)
    found = ask(house, DISTRICT, "board_coverage")
    assert (found["units"], found["with_board"]) == (len(owing), 2)
    assert {each["office"] for each in found["gaps"]} == {each.id for each in owing} - {TOWN, DEPARTMENT}
    assert {"office": DISTRICT, "name": "秦都区", "tier": "district"} in found["gaps"]
    assert "610402007" not in {each["office"] for each in found["gaps"]}, "others manage that street"
    board(house, DISTRICT)
    assert figures(house, DISTRICT)["board_coverage"] == (3, len(owing))
    assert figures(house, DISTRICT, office=TOWN)["board_coverage"] == (1, 1)
    act(house, TOWN, "expire_board", {"official": HE, "on": "2026-06-30", "why": "调离"})
    assert figures(house, DISTRICT, until="2026-06-30")["board_coverage"] == (3, len(owing))
    assert figures(house, DISTRICT, until="2026-07-01")["board_coverage"] == (2, len(owing))
    assert "board_coverage" not in figures(house, DISTRICT, campaign="big_visit")
    ended = replace(tree.office(DEPARTMENT), valid_to=date(2026, 6, 30))
    later = replace(tree, offices={**tree.offices, DEPARTMENT: ended})
    here = here_at(DISTRICT, MON, later, house.policy)
    every = {each.id for each in owing}
    counted = {day: units(here, every, OWES_BOARD, date(2026, *day)) for day in ((6, 30), (7, 1))}
    assert set(counted[6, 30]) - set(counted[7, 1]) == {DEPARTMENT}, "an office that has ended owes no board"


def test_s93_s95_community_cadres_are_listed_and_counted_apart(house: House) -> None:
    communities = [each for each in house.tree.descendants(DISTRICT) if each.tier == "village"]
    assert figures(house, DISTRICT)["community_boards"] == (0, len(communities))
    board(house, VILLAGE, level="cadre")
    assert figures(house, DISTRICT)["community_boards"] == (1, len(communities))
    assert figures(house, TOWN)["community_boards"] == (1, 2)
    found = ask(house, TOWN, "boards")["boards"]
    assert [(each["office"], each["level"], each["live"]) for each in found] == [(VILLAGE, "cadre", True)]
    assert ask(house, DISTRICT, "board_coverage")["communities_with_board"] == 1
    assert figures(house, DISTRICT)["board_coverage"][0] == 0, "a community is no unit that owes one"


def test_nothing_of_a_recusal_is_on_a_board(house: House) -> None:
    """A board has the published fields and no others; whoever adds one has to think of it here."""
    board(house, TOWN)
    (row,) = [row for row in house.rows(TOWN, OutboxRow) if row.office == "portal"]
    own = {"profile", "name", "photo", "post", "duties", "place", "contact", "level", "days", "since", "until", "rev"}
    assert set(row.body["data"]) == own
