"""Handlers and case teams over a real database: by the batch, and nobody recused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.veils import veil
from network.ids import new_id
from services.assignment.helping.models import AssignmentTeamChange
from services.assignment.models import AssignmentCase
from tests.services.assignment.cases import DISTRICT, TOWN
from tests.services.assignment.helped import STREET, asked, do, entered, open_house, refused
from tests.services.house import SYSTEM, House

TEAM = {"team": "east-1", "name": "东片专班", "area": "east", "members": ["g001", "g002", "g001"]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def recuse(house: House, case: str, person: str) -> None:
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        row = uow.session.get(AssignmentCase, case)
        assert row is not None
        row.recused = [veil(case, person)]


def test_a_handler_is_named_and_has_his_list(house: House) -> None:
    case, other = entered(house, DISTRICT), entered(house, DISTRICT)
    assert do(house, DISTRICT, "assign_handler", {"case": case, "handler": "g001"})["handler"] == "g001"
    mine = asked(house, DISTRICT, "list_cases", {"desk": "petition", "handler": "g001"})["cases"]
    assert [(each["case"], each["handler"]) for each in mine] == [(case, "g001")]
    assert len(asked(house, DISTRICT, "list_cases")["cases"]) == 2
    do(house, DISTRICT, "assign_handler", {"case": case, "handler": ""})
    assert asked(house, DISTRICT, "list_cases", {"desk": "petition", "handler": "g001"})["cases"] == []
    do(house, DISTRICT, "assign_handler", {"case": other, "handler": "g001"})
    do(house, DISTRICT, "offer", {"case": other, "to": TOWN})
    do(house, TOWN, "sign_for", {"case": other})
    assert asked(house, DISTRICT, "list_cases", {"desk": "petition", "handler": "g001"})["cases"] == []
    assert [(each["handler"], each["team"]) for each in asked(house, TOWN, "list_cases")["cases"]] == [("", "")]


def test_a_batch_takes_what_it_may_and_names_the_rest(house: House) -> None:
    formed = do(house, DISTRICT, "form_team", TEAM)
    assert (formed["members"], formed["area"]) == (["g001", "g002"], "east")
    good, closed, recused, away = (entered(house, DISTRICT) for _ in range(4))
    do(house, DISTRICT, "decline", {"case": closed, "ground": "not_ours", "guidance": "请向法院起诉"})
    recuse(house, recused, "g002")
    do(house, DISTRICT, "offer", {"case": away, "to": TOWN})
    unknown = new_id()
    answer = do(
        house, DISTRICT, "assign_team", {"cases": [closed, good, recused, away, unknown, good], "team": "east-1"}
    )
    assert answer["done"] == [good]
    assert {each["case"]: each["code"] for each in answer["refused"]} == {
        closed: "closed",
        recused: "recused",
        away: "offered",
        unknown: "not_found",
    }
    assert "g002" not in str(answer["refused"])
    teams = {each["case"]: each["team"] for each in asked(house, DISTRICT, "list_cases")["cases"]}
    assert teams == {good: "east-1", closed: "", recused: "", away: ""}


def test_teams_of_a_desk(house: House) -> None:
    do(house, DISTRICT, "form_team", TEAM)
    do(house, DISTRICT, "form_team", {**TEAM, "members": ["g003"]})
    (team,) = asked(house, DISTRICT, "teams")["teams"]
    assert (team["team"], team["name"], team["members"], team["formed_by"]) == ("east-1", "东片专班", ["g003"], "张三")
    assert asked(house, DISTRICT, "teams", {"desk": "discipline"}, desk="discipline") == {"teams": []}
    assert refused(house, DISTRICT, "form_team", {**TEAM, "area": "north"}) == "unknown_area"
    assert refused(house, DISTRICT, "form_team", {**TEAM, "members": []}) == "invalid"
    case = entered(house, DISTRICT)
    assert refused(house, DISTRICT, "assign_team", {"cases": [case], "team": "west-1"}) == "not_found"
    assert refused(house, DISTRICT, "assign_team", {"cases": [case] * 201, "team": "east-1"}) == "invalid"


def test_s66_the_cases_of_an_area_go_to_its_team_by_the_batch(house: House) -> None:
    do(house, DISTRICT, "form_team", TEAM)
    east = [entered(house, DISTRICT, place=TOWN) for _ in range(3)]
    west = entered(house, DISTRICT, place=STREET)
    recused = entered(house, DISTRICT, place=TOWN)
    recuse(house, recused, "g002")
    first = do(house, DISTRICT, "assign_area", {"team": "east-1", "limit": 2})
    assert (first["done"], first["refused"], first["left"]) == (east[:2], [], 2)
    second = do(house, DISTRICT, "assign_area", {"team": "east-1", "limit": 2})
    assert (second["done"], [each["case"] for each in second["refused"]], second["left"]) == (east[2:], [recused], 0)
    of_team = {each["case"]: each["team"] for each in asked(house, DISTRICT, "list_cases")["cases"]}
    assert of_team == {**dict.fromkeys(east, "east-1"), west: "", recused: ""}
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    counted = {each["name"]: each for each in asked(house, DISTRICT, "figures", days)["figures"]}
    assert (counted["cases_by_team"]["value"], counted["cases_by_team"]["base"]) == (3, 5)
    do(house, DISTRICT, "form_team", {**TEAM, "team": "anywhere", "area": ""})
    assert refused(house, DISTRICT, "assign_area", {"team": "anywhere"}) == "no_area"
    assert refused(house, DISTRICT, "assign_area", {"team": "nobody"}) == "not_found"


def test_s66_a_teams_history_and_a_new_member_who_has_to_keep_away(house: House) -> None:
    do(house, DISTRICT, "form_team", TEAM)
    case = entered(house, DISTRICT)
    recuse(house, case, "g003")
    do(house, DISTRICT, "assign_team", {"cases": [case], "team": "east-1"})
    changed = do(house, DISTRICT, "form_team", {**TEAM, "members": ["g001", "g003"]})
    assert changed["let_go"] == [case]
    assert asked(house, DISTRICT, "list_cases")["cases"][0]["team"] == ""
    changes = asked(house, DISTRICT, "team_history", {"team": "east-1"})["changes"]
    assert [each["members"] for each in changes] == [["g001", "g002"], ["g001", "g003"]]
    assert asked(house, DISTRICT, "team_history", {"team": "east-1"}, desk="discipline") == {"changes": []}
    assert len(house.rows(DISTRICT, AssignmentTeamChange)) == 2
