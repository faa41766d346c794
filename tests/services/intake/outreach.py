"""What the tests of outreach begin with: an office that reaches people, and how it is asked."""

from datetime import datetime
from pathlib import Path
from typing import Any

from contracts.calendar import SHANGHAI
from network.ids import new_id
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

NOW = datetime(2026, 5, 8, 10, tzinfo=SHANGHAI)
DAYS = {"since": "2026-05-01", "until": "2026-05-31"}
LEADER = {"roles": ["clerk", "leader"]}
SERVICES = {
    "intake": IntakeService,
    "assignment": AssignmentService,
    "supervision": SupervisionService,
    "hearing": HearingService,
}
CAMPAIGN = {
    "campaign": "big_visit",
    "name": "万名干部大走访",
    "since": "2026-05-01",
    "until": "2026-12-31",
    "leaders_target": 1000,
    "cadres_target": 10000,
    "visits_due": {VILLAGE: 120, TOWN: 30},
    "cadres": ["gb-011", "gb-012"],
}


def opened(folder: Path) -> House:
    """The district, a town and a village with a campaign that all three know."""
    house = House(folder, SERVICES).open([DISTRICT, TOWN, VILLAGE], NOW)
    do(house, DISTRICT, "set_campaign", CAMPAIGN, **LEADER)
    return house


def do(house: House, office: str, command: str, data: dict[str, Any], **actor: Any) -> Any:
    """A command of intake that is taken, and the post after it."""
    answer = house.command(office, "intake", command, data, **actor)
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def refused(house: House, office: str, command: str, data: dict[str, Any], **actor: Any) -> tuple[str, list[str]]:
    """The code of a refusal, and the fields that it names."""
    answer = house.command(office, "intake", command, data, **actor)
    assert not answer["ok"], answer
    return answer["error"]["code"], list(answer["error"]["fields"])


def ask(house: House, office: str, query: str, data: dict[str, Any], **actor: Any) -> Any:
    answer = house.ask(office, "intake", query, data, **actor)
    assert answer["ok"], answer
    return answer["result"]


def figures(house: House, asked: str, **cut: Any) -> dict[str, Any]:
    """name → (value, base)."""
    found = ask(house, asked, "figures", {**DAYS, **cut})["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}


def ledger(house: House, office: str, name: str, **cut: Any) -> list[dict[str, Any]]:
    """The rows of a ledger, by key."""
    found = ask(house, office, "export", {**DAYS, **cut, "ledger": name})
    keys = [key for key, _ in found["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in found["rows"]]


def petition(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": new_id() * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    return {**plain, "text": "排水渠被填", "real_name": False, "contactable": False, **other}
