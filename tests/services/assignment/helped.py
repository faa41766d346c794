"""A house of assignment and supervision without keys, and cases in it: petitions whose reporter is not known."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from contracts.letters import Tell
from network.ids import new_id
from network.tables import InboxRow
from services.assignment.service import AssignmentService
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import LEADER, MON, PLUMS, envelope, file
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House

STREET = "610402902"  # 云泉街道, in the western area
LANE = "610402902901"  # 文汇巷社区, a community of it
NEIGHBOUR = "610402001"  # 人民路街道, in the area of 槐川镇
OFFICES = (DISTRICT, TOWN, VILLAGE, PLUMS, STREET, LANE, NEIGHBOUR, DEPARTMENT)
LEADS = {"roles": list(LEADER)}


@contextmanager
def open_house(folder: Path, now: datetime = MON) -> Iterator[House]:
    """Every letter that arrives must have been applied when the house closes."""
    services = {"assignment": AssignmentService, "supervision": SupervisionService}
    house = House(folder, services).open(OFFICES, now)
    yield house
    assert [row.reason for office in OFFICES for row in house.rows(office, InboxRow) if row.state != "applied"] == []
    for office in house.offices.values():
        office.engine.dispose()


def entered(house: House, office: str, accused: tuple[str, ...] = (), **other: Any) -> str:
    """A report numbered by the intake of ``office``. → its case."""
    case = str(other.pop("case", new_id()))
    now = house.offices[office].now()
    told = file(office, **{"case": case, "receipt_hash": new_id() * 2, "entered_at": now, **other})
    house.say(
        office,
        "intake",
        Tell(office, "assignment", "case_registered", case, {"file": told, "accused_offices": list(accused)}),
    )
    house.post()
    return case


def sealed(case: str, *offices: str) -> dict[str, Any]:
    return {**envelope(*(f"{office}/discipline" for office in offices)), "case": case}


def do(house: House, office: str, command: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
    """A command that must succeed, a minute after what was before; then the post. → its result."""
    house.pass_time(1 / 1440)
    answer = house.command(office, "assignment", command, data, **actor)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, office: str, command: str, data: dict[str, Any], **actor: Any) -> str:
    """The code that a command is refused with."""
    answer = house.command(office, "assignment", command, data, **actor)
    assert not answer["ok"], answer
    return str(answer["error"]["code"])


def asked(house: House, office: str, query: str, data: dict[str, Any] | None = None, **actor: Any) -> dict[str, Any]:
    answer = house.ask(office, "assignment", query, data if data is not None else {"desk": "petition"}, **actor)
    assert answer["ok"], answer
    return dict(answer["result"])


def handed(house: House, case: str, *way: str) -> None:
    """The case goes from office to office and is signed for at each."""
    for sender, receiver in pairwise(way):
        do(house, sender, "offer", {"case": case, "to": receiver})
        do(house, receiver, "sign_for", {"case": case})


def clocks(house: House, office: str, case: str, **actor: Any) -> dict[tuple[str, str], str]:
    """(kind, ref) → state of the clocks of a case as the supervision of ``office`` has them."""
    answer = house.ask(office, "supervision", "clocks", {"case": case}, **actor)
    assert answer["ok"], answer
    return {(each["kind"], each["ref"]): each["state"] for each in answer["result"]["clocks"]}
