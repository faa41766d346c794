"""What the tests of named reception have in common: offices with boards and schedules, and short words for acts."""

from datetime import datetime
from typing import Any

from contracts.calendar import SHANGHAI
from services.assignment.service import AssignmentService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
WED = "2026-03-04"
LEADER = {"roles": ["clerk", "leader"]}
SERVICES = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
HE, SHE = "gb-001", "gb-002"
SIX = {
    "photo": "https://img.example/1.jpg",
    "post": "副主任",
    "duties": "城市管理、环境卫生",
    "place": "街道办201室",
    "contact": "029-00000000",
}


def done(answer: dict[str, Any]) -> dict[str, Any]:
    assert answer["ok"], answer
    return dict(answer["result"])


def act(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
    """A command of a leader's account that must succeed; the post runs after it."""
    found = done(house.command(office, "intake", method, data, **{**LEADER, **actor}))
    house.post()
    return found


def ask(house: House, office: str, method: str, data: dict[str, Any] | None = None, **actor: Any) -> dict[str, Any]:
    return done(house.ask(office, "intake", method, data or {}, **actor))


def error(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> tuple[str, list[str]]:
    """The code of a refusal, and the fields that it names."""
    answer = house.command(office, "intake", method, data, **{**LEADER, **actor})
    assert not answer["ok"], answer
    return answer["error"]["code"], sorted(answer["error"]["fields"])


def board(house: House, office: str, official: str = HE, name: str = "卢主任", **other: Any) -> None:
    """A published board."""
    level = "district_leader" if office == DISTRICT else "leader"
    act(house, office, "set_board", {"official": official, "name": name, "level": level, **SIX, **other})
    act(house, office, "publish_board", {"official": official})


def weekly(leader: str = HE, **other: Any) -> dict[str, Any]:
    """Every Wednesday morning from nine to eleven, four slots of one place."""
    when = {"since": "2026-03-02", "until": "2026-12-31", "weekdays": [3], "starts": "09:00", "ends": "11:00"}
    return {"leader": leader, "kind": "fixed", "minutes": 30, "place": "信访大厅", **when, **other}


def slot(leader: str = HE, day: str = WED, starts: str = "09:00") -> dict[str, Any]:
    return {"leader": leader, "day": day, "starts": starts}


def received(leader: str = HE, **other: Any) -> dict[str, Any]:
    said = {"place": "信访大厅", "summary": "占道经营罚了三次,标准不一", "answer": "请城管局说明依据"}
    return {"received_by": leader, **said, **other}


def figures(
    house: House, office: str, /, since: str = "2026-01-01", until: str = "2026-12-31", **cut: Any
) -> dict[str, Any]:
    """name → (value, base) of every figure of the office."""
    found = ask(house, office, "figures", {"since": since, "until": until, **cut})["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}


def ledger(
    house: House, office: str, name: str, since: str = "2026-01-01", until: str = "2026-12-31"
) -> list[dict[str, Any]]:
    """The rows of a ledger by column key."""
    found = ask(house, office, "export", {"since": since, "until": until, "ledger": name, "limit": 1000})
    keys = [key for key, _ in found["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in found["rows"]]
