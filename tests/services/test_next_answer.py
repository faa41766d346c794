"""What the public page is told with each step: by when the next answer comes, and how that day was computed."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from network.ids import new_id
from network.keys import DeskId, make_keys
from network.sealing import seal
from services.assignment.models import AssignmentCase
from services.assignment.service import AssignmentService
from services.intake.service import IntakeService
from tests.services.assignment.cases import MON
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

OFFICES = (DISTRICT, TOWN, VILLAGE)
LEADER: dict[str, Any] = {"roles": ["clerk", "leader"]}
HEAD: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
CONCLUSION = {
    "verdict": "untrue",
    "facts": "查无此事",
    "opinion": "予以了结",
    "basis": "《规则》",
    "no_visit_reason": "查账即可",
}
NONE: tuple[None, list[str]] = (None, [])


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def house(tmp_path: Path, key_folder: Path) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    opened = House(tmp_path, {"intake": IntakeService, "assignment": AssignmentService}).open(OFFICES, MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def act(house: House, office: str, method: str, case: str, actor: dict[str, Any] = LEADER, **data: Any) -> None:
    answer = house.command(office, "assignment", method, {"case": case, **data}, **actor)
    assert answer["ok"], answer
    house.post()
    house.pass_time(1)


def petition(house: House, office: str, *, contactable: bool = True) -> str:
    """An ordinary petition registered at an office. → its case."""
    case, desk = new_id(), DeskId(office, "petition")
    public = house.offices[office].keyring.public(office, "petition")
    reporter = seal({"name": "乔满仓"}, case, {desk: public}).to_dict() if contactable else None
    plain = {"receipt_hash": case * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": contactable, "contactable": contactable, "reporter": reporter}
    answer = house.command(office, "intake", "register", {"case": case, **plain, **told})
    assert answer["ok"], answer
    house.post()
    return case


def accusation(house: House, **other: Any) -> str:
    """A report registered at the district's discipline desk. → its case."""
    case, desk = new_id(), DeskId(DISTRICT, "discipline")
    public = house.offices[DISTRICT].keyring.public(DISTRICT, "discipline")
    sealed = seal({"text": "账目不清"}, case, {desk: public}).to_dict()
    plain = {"receipt_hash": case * 2, "channel": "web", "nature": "accuse", "real_name": True, "contactable": True}
    given = {"case": case, **plain, "recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": sealed}
    assert house.command(DISTRICT, "intake", "register_sealed", {**given, **other}, **HEAD)["ok"]
    house.post()
    return case


def steps(house: House, case: str) -> dict[str, tuple[Any, Any]]:
    """Step → (due, how), the last of each name."""
    told = [row.body["data"] for row in house.unread if (row.type, row.case_id) == ("case_progress", case)]
    return {each["step"]: (each["due"] and datetime.fromisoformat(each["due"]), each["how"]) for each in told}


def clock(house: House, office: str, case: str, kind: str) -> tuple[Any, Any]:
    """The same two of a running clock."""
    (row,) = (row for row in house.rows(office, AssignmentCase) if row.case == case)
    return datetime.fromisoformat(row.clocks[kind]["due"]), row.clocks[kind]["how"]


@pytest.mark.parametrize(("office", "contactable", "kind", "day"), [
    (DISTRICT, True, "K1", "2026-03-17"), (TOWN, True, "K2", "2026-03-17"), (VILLAGE, False, "K1", "2026-03-17"),
])  # fmt: skip
def test_a_petition_is_promised_a_day_when_it_is_registered(
    house: House, office: str, contactable: bool, kind: str, day: str
) -> None:
    case = petition(house, office, contactable=contactable)
    assert steps(house, case) == {"registered": clock(house, office, case, kind)}
    due, how = steps(house, case)["registered"]
    assert (due, how[0]) == (datetime.fromisoformat(f"{day}T23:59:59+08:00"), "自2026年3月2日起算,当日不计入")


@pytest.mark.parametrize(("given", "kind", "day"), [
    ({}, "K17", "2026-03-23"), ({"real_name": False, "contactable": False}, "K20", "2026-03-09"),
    ({"flags": ["retaliation"]}, "K28", "2026-03-03"),
])  # fmt: skip
def test_a_discipline_report_is_promised_a_day_when_it_is_registered(
    house: House, given: dict[str, Any], kind: str, day: str
) -> None:
    case = accusation(house, **given)
    due, how = clock(house, DISTRICT, case, kind)
    assert due == datetime.fromisoformat(f"{day}T23:59:59+08:00")
    assert all(step == (due, how) for step in steps(house, case).values())
    assert "registered" in steps(house, case)


def test_a_petition_has_a_next_day_at_every_step_until_it_is_answered(house: House) -> None:
    case = petition(house, DISTRICT)
    act(house, DISTRICT, "offer", case, to=TOWN)
    due, how = steps(house, case)["offered"]
    assert (due, how[1]) == (datetime.fromisoformat("2026-03-17T23:59:59+08:00"), "15日,最后一日为2026年3月17日")
    act(house, TOWN, "return_offer", case, reason="不是本镇的事")
    assert steps(house, case)["returned"] == clock(house, DISTRICT, case, "K1")
    act(house, DISTRICT, "offer", case, to=TOWN)
    act(house, TOWN, "sign_for", case)
    assert steps(house, case)["signed"] == clock(house, TOWN, case, "K3")
    act(house, TOWN, "return_offer", case, reason="不是本镇的事")
    act(house, DISTRICT, "sign_for", case)
    assert steps(house, case)["signed"] == clock(house, DISTRICT, case, "K1")
    act(house, DISTRICT, "accept", case)
    assert steps(house, case)["accepted"] == clock(house, DISTRICT, case, "K5")
    act(house, DISTRICT, "offer", case, to=TOWN)
    assert steps(house, case)["offered"] == clock(house, DISTRICT, case, "K5"), "the answer is promised still"
    act(house, TOWN, "sign_for", case)
    assert steps(house, case)["signed"] == clock(house, TOWN, case, "K5")
    act(house, TOWN, "extend", case, days=10, reason="案情复杂")
    assert steps(house, case)["extended"] == clock(house, TOWN, case, "K5")


def test_of_handling_a_discipline_report_nobody_outside_is_told_a_day(house: House) -> None:
    """K5 is for petitions (XF22 art. 34); who reported by real name hears the acceptance (K17) and the result (K18)."""
    case = accusation(house)
    act(house, DISTRICT, "accept", case, HEAD)
    clock(house, DISTRICT, case, "K5")
    assert steps(house, case)["accepted"] == NONE
    act(house, DISTRICT, "extend", case, HEAD, days=10, reason="案情复杂")
    assert steps(house, case)["extended"] == NONE
    act(house, DISTRICT, "draft_opinion", case, HEAD, **CONCLUSION)
    act(house, DISTRICT, "issue_opinion", case, HEAD)
    assert steps(house, case)["concluded"] == clock(house, DISTRICT, case, "K18")
    act(house, DISTRICT, "feed_back", case, HEAD, way="phone", told_by="秦某", response="知悉")
    assert steps(house, case)["fed_back"] == NONE
    act(
        house,
        DISTRICT,
        "feed_back",
        case,
        HEAD,
        way="phone",
        told_by="秦某",
        response="有新证据",
        new_evidence="新账册",
    )
    assert steps(house, case)["reopened"] == NONE


def test_a_report_sent_down_keeps_the_day_told_to_who_reported(house: House) -> None:
    named, anonymous = accusation(house), accusation(house, real_name=False, contactable=False)
    for case in (named, anonymous):
        house.pass_time(1)
        offer(house, case)
    assert steps(house, named)["offered"] == steps(house, named)["registered"]
    due, how = steps(house, anonymous)["offered"]
    assert (due, how[1]) == (datetime.fromisoformat("2026-03-11T23:59:59+08:00"), "5个工作日,最后一日为2026年3月11日")


def offer(house: House, case: str) -> None:
    """Sent on to the town's discipline desk, sealed for it."""
    public = house.offices[TOWN].keyring.public(TOWN, "discipline")
    sealed = seal({"text": "账目不清"}, case, {DeskId(TOWN, "discipline"): public}).to_dict()
    answer = house.command(DISTRICT, "assignment", "offer", {"case": case, "to": TOWN, "sealed": sealed}, **HEAD)
    assert answer["ok"], answer
    house.post()
