"""Corrections, petitions that cross to the discipline desk, and cases outside, through real offices."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from network.keys import DeskId, Keyring, make_keys
from network.sealing import seal
from network.tables import InboxRow, OutboxRow
from services.assignment.facts.models import AssignmentFact, AssignmentOutside
from services.assignment.models import AssignmentCase
from services.assignment.service import AssignmentService
from services.intake.models import IntakeCustody, IntakeReport
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE)
LEADER = {"roles": ["clerk", "leader"]}
HEAD = {"desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
WORD = "乡长侄子领了三份补偿"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return Keyring(folder)


@pytest.fixture
def house(tmp_path: Path, keys: Keyring) -> Iterator[House]:
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    for office in opened.offices.values():
        office.keyring = keys
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def petition(house: House, keys: Keyring, office: str = TOWN) -> str:
    """A petition registered at an office. → its case."""
    case, own = new_id(), DeskId(office, "petition")
    plain = {"receipt_hash": new_id() * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    who = seal({"name": "乔满仓"}, case, {own: keys.public(office, "petition")}).to_dict()
    told = {"text": WORD, "real_name": True, "contactable": True, "reporter": who}
    answer = house.command(office, "intake", "register", {"case": case, **plain, **told})
    assert answer["ok"], answer
    house.post()
    return case


def do(house: House, at: str, method: str, case: str, **data: Any) -> dict[str, Any]:
    answer = house.command(at, "assignment", method, {"case": case, **data}, **LEADER)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, office: str, method: str, case: str, **data: Any) -> str:
    return str(house.command(office, "assignment", method, {"case": case, **data}, **LEADER)["error"]["code"])


def facts(house: House, office: str, case: str) -> list[dict[str, Any]]:
    return list(house.ask(office, "assignment", "facts", {"case": case})["result"]["facts"])


def lines(house: House, office: str, desk: str = "petition") -> list[dict[str, Any]]:
    asked = {"desk": desk, "below": True}
    actor = HEAD if desk == "discipline" else LEADER
    return list(house.ask(office, "supervision", "ledger", asked, **actor)["result"]["lines"])


def dump(house: House, office: str) -> str:
    connection = sqlite3.connect(house.folder / f"{office}.sqlite")
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type='table'")]
    text = "\n".join(str(row) for table in tables for row in connection.execute(f"select * from {table}"))  # noqa: S608
    connection.close()
    return text


def acknowledge_all(house: House) -> None:
    """What the relay does when the offices hear of each other: what was sent is acknowledged."""
    for office in house.offices.values():
        with office.uow("intake", SYSTEM) as uow:
            for row in uow.session.query(OutboxRow).filter(OutboxRow.state == "sent"):
                row.state = "acked"


def test_a_wrong_class_and_place_are_put_right_and_the_old_stays(house: House, keys: Keyring) -> None:
    case = petition(house, keys)
    do(house, TOWN, "correct", case, what="category", to="C08", reason="实为诉讼事项")
    do(house, TOWN, "correct", case, what="place", to=TOWN, reason="发生在镇上")
    assert [(each["what"], each["old"], each["new"], each["reason"]) for each in facts(house, TOWN, case)] == [
        ("category", "C03", "C08", "实为诉讼事项"), ("place", VILLAGE, TOWN, "发生在镇上")
    ]  # fmt: skip
    (line,) = lines(house, DISTRICT)
    assert (line["category"], line["place"], line["what"]) == ("C08", TOWN, "corrected")
    assert refused(house, TOWN, "correct", case, what="category", to="C15", reason="反映干部") == "must_be_sealed"
    assert house.ask(TOWN, "assignment", "facts", {"case": case}, **HEAD)["error"]["code"] == "not_found"


def test_a_corrected_name_travels_with_the_case_and_goes_with_it(house: House, keys: Keyring) -> None:
    case = petition(house, keys, VILLAGE)
    own = DeskId(VILLAGE, "petition")
    renamed = seal({"name": "乔满囤"}, case, {own: keys.public(VILLAGE, "petition")}).to_dict()
    do(house, VILLAGE, "correct", case, what="name", sealed=renamed, reason="听写有误")
    assert facts(house, VILLAGE, case)[0]["old_sealed"] is not None
    do(house, VILLAGE, "offer", case, to=TOWN)
    do(house, TOWN, "sign_for", case)
    assert house.rows(TOWN, AssignmentCase)[0].reporter["ciphertext"] == renamed["ciphertext"]
    do(house, TOWN, "exclude", case, office=VILLAGE, reason="村干部被反映")
    assert house.rows(VILLAGE, AssignmentFact) == []
    assert "听写有误" not in dump(house, VILLAGE)


@pytest.mark.parametrize("office", [VILLAGE, TOWN, DISTRICT])
def test_a_petition_that_accuses_goes_sealed_and_leaves_no_word(house: House, keys: Keyring, office: str) -> None:
    case = petition(house, keys, office)
    receipt, as_case = house.rows(office, IntakeReport)[0].receipt_hash, new_id()
    acknowledge_all(house)
    desk = DeskId(DISTRICT, "discipline")
    sealed = seal({"text": WORD, "accused": []}, as_case, {desk: keys.public(DISTRICT, "discipline")}).to_dict()
    do(house, office, "to_discipline", case, as_case=as_case, sealed=sealed)
    assert [row.recalled for row in house.rows(office, AssignmentCase) if row.case == case] == [True]
    kept = [row for row in house.rows(office, IntakeCustody) if row.case == case]
    assert [(row.recipient, row.receipt_hash) for row in kept] == [(f"{DISTRICT}/discipline", receipt)]
    assert all(lines(house, each) == [] for each in OFFICES)
    listed = house.ask(office, "assignment", "list_cases", {"desk": "petition"})["result"]["cases"]
    assert listed == house.ask(office, "intake", "list_reports", {"desk": "petition"})["result"]["reports"] == []
    assert WORD not in dump(house, office)
    found = house.ask(DISTRICT, "intake", "matters", {"receipt_hashes": [receipt]}, **HEAD)["result"]["matters"][0]
    assert (found["case"], found["desk"]) == (as_case, "discipline")
    assert refused(house, office, "to_discipline", case, as_case=new_id(), sealed=sealed) == "stale_term"


def test_only_the_holder_may_say_that_a_petition_was_sealed(house: House, keys: Keyring) -> None:
    case = petition(house, keys)
    house.say(VILLAGE, "assignment", Tell(TOWN, "supervision", "case_resealed", case, {"at": MON}))
    house.post()
    assert [line["case"] for line in lines(house, TOWN)] == [case]


def test_what_came_from_above_is_returned_before_it_crosses(house: House, keys: Keyring) -> None:
    case = petition(house, keys, DISTRICT)
    do(house, DISTRICT, "offer", case, to=TOWN)
    do(house, TOWN, "sign_for", case)
    as_case, desk = new_id(), DeskId(DISTRICT, "discipline")
    sealed = seal({"text": WORD}, as_case, {desk: keys.public(DISTRICT, "discipline")}).to_dict()
    assert refused(house, TOWN, "to_discipline", case, as_case=as_case, sealed=sealed) == "from_above"
    do(house, TOWN, "return_offer", case, reason="反映干部,请转纪检窗口")
    do(house, DISTRICT, "sign_for", case)
    acknowledge_all(house)
    do(house, DISTRICT, "to_discipline", case, as_case=as_case, sealed=sealed)
    assert WORD not in dump(house, TOWN)
    assert WORD not in dump(house, DISTRICT)


def test_r27_a_street_managed_outside_goes_by_document_and_the_answer_is_waited_for(
    house: House, keys: Keyring
) -> None:
    case = petition(house, keys, DISTRICT)
    do(house, DISTRICT, "correct", case, what="place", to="610402007", reason="事发上林街道")
    offered = house.ask(DISTRICT, "assignment", "suggest", {"case": case})["result"]["offices"]
    assert (offered[0]["office"], offered[0]["name"], offered[0]["next"]) == ("xixian", "西咸新区管委会", "")
    sent = do(house, DISTRICT, "send_outside", case, body="xixian", document_no="秦信转〔2026〕7号", note="请函复")
    assert (sent["status"], sent["due"]) == ("outside", None)
    house.pass_time(12)

    def waited() -> Any:
        return house.ask(DISTRICT, "assignment", "outside", {"desk": "petition"})["result"]

    (line,) = waited()["cases"]
    assert (line["name"], line["age_days"], line["answered_at"], waited()["unanswered"]) == (
        "西咸新区管委会", 12, None, 1
    )  # fmt: skip
    do(house, DISTRICT, "register_outside_answer", case, document_no="西咸函〔2026〕2号", summary="已督促街道办理")
    house.pass_time(5)
    (line,) = waited()["cases"]
    assert (line["answer_no"], line["age_days"], waited()["unanswered"]) == ("西咸函〔2026〕2号", 12, 0)
    assert house.rows(DISTRICT, AssignmentCase)[0].status == "outside"
    assert len(house.rows(DISTRICT, AssignmentOutside)) == 1
    assert house.ask(DISTRICT, "assignment", "outside", {"desk": "discipline"})["error"]["code"] == "not_found"
    steps = [row.body["data"]["step"] for row in house.unread if row.type == "case_progress"]
    assert steps[-1] == "outside"


def test_the_letters_of_a_crossing_again_change_nothing(house: House, keys: Keyring) -> None:
    case, as_case, desk = petition(house, keys), new_id(), DeskId(DISTRICT, "discipline")
    sealed = seal({"text": WORD}, as_case, {desk: keys.public(DISTRICT, "discipline")}).to_dict()
    do(house, TOWN, "to_discipline", case, as_case=as_case, sealed=sealed)
    again = {"recipient": f"{DISTRICT}/discipline", "at": MON}
    house.say(TOWN, "assignment", Tell(TOWN, "intake", "case_sent_up", case, again))
    house.say(TOWN, "assignment", Tell(DISTRICT, "supervision", "case_resealed", case, {"at": MON}))
    house.post()
    assert len(house.rows(TOWN, IntakeCustody)) == 1
    assert lines(house, DISTRICT) == []
    assert [row.number[:8] for row in house.rows(DISTRICT, IntakeReport)] == [f"{DISTRICT}-J"]


def test_a_petition_is_sealed_away_by_its_own_office_only(house: House, keys: Keyring) -> None:
    case = petition(house, keys)
    house.say(VILLAGE, "assignment", Tell(TOWN, "intake", "case_sent_up", case, {"recipient": "x", "at": MON}))
    house.post()
    parked = [row for row in house.rows(TOWN, InboxRow) if row.state == "parked"]
    assert [(row.office, row.case_id) for row in parked] == [(VILLAGE, case)]
    assert house.rows(TOWN, IntakeReport)[0].text == WORD
    with house.offices[TOWN].uow("intake", SYSTEM) as uow:
        for row in uow.session.query(InboxRow).filter(InboxRow.state == "parked"):
            uow.session.delete(row)
