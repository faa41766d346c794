"""Handlers and case teams over a real database: by the batch, and nobody recused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.veils import veil
from network.ids import new_id
from services.assignment.models import AssignmentCase
from tests.services.assignment.cases import DISTRICT, TOWN
from tests.services.assignment.helped import asked, do, entered, open_house, refused
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
