"""Two rooms follow the discipline reports that were sent down: both see how far they are, and who pressed when (S67)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.assignment.service import AssignmentService
from services.supervision.models import PressRow
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import MON
from tests.services.assignment.helped import entered, sealed
from tests.services.house import DISTRICT, TOWN, House

PETITION_ROOM: dict[str, Any] = {"id": "信访室甲", "desk": "discipline", "roles": ["clerk", "triage", "petition_room"]}
SUPERVISION_ROOM: dict[str, Any] = {
    "id": "监察室乙",
    "desk": "discipline",
    "roles": ["clerk", "triage", "supervision_room"],
}
SENDS: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage"]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {"assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open((DISTRICT, TOWN), MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def sent_down(house: House) -> str:
    """A sealed report that the town's discipline desk signed for."""
    case = entered(house, DISTRICT, category="C15", desk="discipline", nature="accuse", text=None, sealed=None)
    offer = {"case": case, "to": TOWN, "kind": "transfer", "sealed": sealed(case, f"{TOWN}/discipline")}
    for office, method, data in ((DISTRICT, "offer", offer), (TOWN, "sign_for", {"case": case})):
        answer = house.command(office, "assignment", method, data, **SENDS)
        assert answer["ok"], answer
        house.post()
    return case


def press(house: House, case: str, room: dict[str, Any], way: str = "phone") -> dict[str, Any]:
    data = {"case": case, "way": way, "whom": "镇纪委", "said": "请抓紧办理"}
    answer = house.command(DISTRICT, "supervision", "press", data, **room)
    assert answer["ok"], answer
    return dict(answer["result"])


def followed(house: House, room: dict[str, Any]) -> dict[str, Any]:
    answer = house.ask(DISTRICT, "supervision", "followed", {}, **room)
    assert answer["ok"], answer
    return dict(answer["result"])


def test_s67_both_rooms_see_progress_and_who_pressed_when(house: House) -> None:
    case, other = sent_down(house), sent_down(house)
    entered(house, DISTRICT, category="C15", desk="discipline", nature="accuse", text=None, sealed=None)
    assert press(house, case, PETITION_ROOM)["room"] == "petition_room"
    house.pass_time(1)
    press(house, case, PETITION_ROOM, "on_site")
    press(house, case, SUPERVISION_ROOM, "report")
    for room in (PETITION_ROOM, SUPERVISION_ROOM):
        seen = followed(house, room)
        assert (seen["followed"], seen["pressed"]) == (2, {"petition_room": 1, "supervision_room": 1})
        lines = {each["case"]: each for each in seen["cases"]}
        assert set(lines) == {case, other}, "what is held here is not sent down"
        assert (lines[case]["holder"], lines[case]["status"]) == (TOWN, "registered")
        assert {name: (each["by"], each["way"]) for name, each in lines[case]["pressed"].items()} == {
            "petition_room": ("信访室甲", "on_site"),
            "supervision_room": ("监察室乙", "report"),
        }
        assert lines[other]["pressed"] == {}
    assert {row.room for row in house.rows(DISTRICT, PressRow)} == {"petition_room", "supervision_room"}


def test_nobody_else_follows_and_a_leaders_press_is_of_no_room(house: House) -> None:
    case = sent_down(house)
    clerk: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "triage"]}
    petition: dict[str, Any] = {"roles": ["clerk", "leader", "petition_room"]}
    for other in (clerk, petition):
        assert house.ask(DISTRICT, "supervision", "followed", {}, **other)["error"]["code"] == "not_found"
    assert press(house, case, SENDS)["room"] == ""
    assert followed(house, SENDS)["pressed"] == {"petition_room": 0, "supervision_room": 0}
