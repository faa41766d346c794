"""A register with two whole 3+2 groups and a split of the classes, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from contracts.officials import Duty, Official, OfficialSchema, Post
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import MON
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

BEGAN = date(2024, 1, 1)
OTHER_TOWN = "610402902"
LEADER: dict[str, Any] = {"roles": ["clerk", "leader"]}
CODES = tuple(f"C{number:02}" for number in range(1, 18) if number != 15)


def leader(id_: str, post: str, *duties: Duty, rank: Any = "covering_leader", office: str = DISTRICT) -> Official:
    return Official(id_, f"{id_}某", rank, "district", posts=(Post(office, post, date(2020, 1, 1)),), duties=duties)


def seat(slot: str, town: str = TOWN, since: date = BEGAN, until: date | None = None) -> Duty:
    duty: Any = "town_principal" if slot in ("party", "head") else "covering_leader"
    return Duty(duty, town, since, until, slot=slot)


def split(*codes: str, town: str = "", since: date = BEGAN, until: date | None = None) -> Duty:
    return Duty("class_leader", town, since, until, classes=codes)


CW = leader("L1", "区委常委、统战部部长", seat("committee"), split(*CODES[:8]))
GOV = leader("L2", "副区长", seat("government"), split(*CODES[8:]), split("C03", town=TOWN))
RD = leader("L3", "区人大常委会副主任", seat("assembly"))
PARTY = leader("T1", "镇党委书记", seat("party"), rank="town_leader", office=TOWN)
HEAD = leader("T2", "镇党委副书记、镇长", seat("head"), rank="town_leader", office=TOWN)
HOLDER = leader(
    "A1", "区纪委副书记", Duty("area_holder", "east", BEGAN), rank="district_discipline", office="610402d09"
)
BEFORE = leader(
    "A0", "区纪委常委", Duty("area_holder", "east", date(2022, 1, 1), date(2023, 12, 31)),
    rank="district_discipline", office="610402d09",
)  # fmt: skip
GROUP = (CW, GOV, RD, PARTY, HEAD, HOLDER, BEFORE)


def with_duties(official: Official, *duties: Duty) -> Official:
    return replace(official, duties=duties)


def plain(*officials: Official) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = OfficialSchema(many=True).dump(officials)
    return shown


@contextmanager
def open_house(folder: Path, *more: str, **other: Any) -> Iterator[House]:
    services: dict[str, Any] = {
        "intake": IntakeService,
        "assignment": AssignmentService,
        "supervision": SupervisionService,
        "hearing": HearingService,
    }
    opened = House(folder, services, **other).open((DISTRICT, TOWN, VILLAGE, *more), MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def imports(house: House, version: str, *officials: Official) -> dict[str, Any]:
    data = {"version": version, "officials": plain(*officials)}
    answer = house.command(DISTRICT, "assignment", "import_officials", data, desk="discipline", **LEADER)
    house.post()
    return answer


def do(house: House, office: str, method: str, data: dict[str, Any], /, **actor: Any) -> dict[str, Any]:
    """A command of assignment that must succeed, by a leader; the post runs after it."""
    answer = house.command(office, "assignment", method, data, **{**LEADER, **actor})
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, office: str, method: str, data: dict[str, Any], /, **actor: Any) -> dict[str, Any]:
    """The error of a command that must be refused: ``{code, message, fields}``."""
    answer = house.command(office, "assignment", method, data, **{**LEADER, **actor})
    assert not answer["ok"], answer
    return dict(answer["error"])


def asked(house: House, office: str, method: str, data: dict[str, Any], /, **actor: Any) -> dict[str, Any]:
    answer = house.ask(office, "assignment", method, data, **{**LEADER, **actor})
    assert answer["ok"], answer
    return dict(answer["result"])


def figures(house: House, at: str = DISTRICT, **wanted: Any) -> dict[str, tuple[int, int | None]]:
    """Figure → (value, base), of March 2026 when nothing else is wanted."""
    days = {"since": "2026-03-01", "until": "2026-03-31", **wanted}
    found = asked(house, at, "figures", days)["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}


def ledger(house: House, name: str, at: str = DISTRICT, **wanted: Any) -> list[dict[str, Any]]:
    days = {"since": "2026-03-01", "until": "2026-03-31", "ledger": name, **wanted}
    answer = asked(house, at, "export", days)
    keys = [key for key, _ in answer["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in answer["rows"]]
