"""Opening what is sealed is written down first, and only for the case's own desk."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from contracts.calendar import SHANGHAI
from network.ids import new_id
from network.keys import DeskId, Keyring, make_keys
from network.sealing import seal
from network.tables import CommandRow, JournalRow
from services.assignment.service import AssignmentService
from services.intake.service import IntakeService
from tests.services.house import DISTRICT, House

DISCIPLINE = {"desk": "discipline"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    make_keys(tmp_path, [DISTRICT], lambda _: "口令", interactive=True)
    services = {"intake": IntakeService, "assignment": AssignmentService}
    opened = House(tmp_path, services).open([DISTRICT], datetime(2026, 3, 2, 9, tzinfo=SHANGHAI))
    yield opened
    opened.offices[DISTRICT].engine.dispose()


@pytest.fixture
def case(house: House, tmp_path: Path) -> str:
    case, desk = new_id(), DeskId(DISTRICT, "discipline")
    sealed = seal({"text": "x"}, case, {desk: Keyring(tmp_path).public(DISTRICT, "discipline")}).to_dict()
    plain = {"receipt_hash": new_id() * 2, "channel": "web", "nature": "accuse", "real_name": True, "contactable": True}
    whom = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": sealed}
    given = {"case": case, **plain, **whom}
    assert house.command(DISTRICT, "intake", "register_sealed", given, **DISCIPLINE)["ok"]
    house.post()
    return case


def test_who_opens_and_why_is_kept_and_the_answer_keeps_no_envelope(house: House, case: str) -> None:
    answer = house.command(DISTRICT, "assignment", "open_sealed", {"case": case, "reason": "初步核实"}, **DISCIPLINE)
    assert answer["result"]["case"] == case
    line = house.rows(DISTRICT, JournalRow)[-1]
    assert (line.action, line.case_id, line.actor) == ("opened", case, f"{DISTRICT}/张三")
    assert [row[0] for row in line.rows] == ["assignment_note"]
    shown = house.ask(DISTRICT, "assignment", "get_case", {"case": case}, **DISCIPLINE)["result"]
    assert [(note["about"], note["text"], note["by"]) for note in shown["notes"]] == [("opened", "初步核实", "张三")]
    assert all("ciphertext" not in str(row.result) for row in house.rows(DISTRICT, CommandRow))


def test_the_other_desk_knows_of_no_such_case_and_a_reason_is_needed(house: House, case: str) -> None:
    before = len(house.rows(DISTRICT, JournalRow))
    answer = house.command(DISTRICT, "assignment", "open_sealed", {"case": case, "reason": "好奇"})
    assert answer["error"]["code"] == "not_found"
    answer = house.command(DISTRICT, "assignment", "open_sealed", {"case": case, "reason": " "}, **DISCIPLINE)
    assert list(answer["error"]["fields"]) == ["reason"]
    assert len(house.rows(DISTRICT, JournalRow)) == before
