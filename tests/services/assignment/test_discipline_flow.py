"""Discipline reports through real offices: conclusion, feedback, clearing, order of lists, and those that go above."""

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
from network.sealing import Envelope, reseal, seal
from network.tables import InboxRow, OutboxRow
from services.assignment.discipline.models import (
    AssignmentAccusation,
    AssignmentClearing,
    AssignmentDisposal,
    AssignmentFeedback,
)
from services.assignment.models import AssignmentCase
from services.assignment.persons.models import AssignmentRecusal
from services.assignment.service import AssignmentService
from services.intake.models import IntakeCustody, IntakeReport, IntakeSupplement
from services.intake.sayings.models import IntakeSaying
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, SYSTEM, TOWN, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN)
STREET = "610402902"
HEAD = {"desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
CONCLUSION = {"facts": "查无此事", "opinion": "予以了结", "basis": "《工作规则》", "no_visit_reason": "查阅账册即可"}
TOLD = {"way": "phone", "told_by": "秦某"}
BESIDE = (AssignmentDisposal, AssignmentFeedback, AssignmentClearing, AssignmentAccusation)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return Keyring(folder)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def report(house: House, keys: Keyring, **other: Any) -> str:
    """A report registered at the district's discipline desk. → its case."""
    case, desk = new_id(), DeskId(DISTRICT, "discipline")
    sealed = seal({"text": "账目不清", "accused": []}, case, {desk: keys.public(DISTRICT, "discipline")}).to_dict()
    plain = {"receipt_hash": new_id() * 2, "channel": "web", "nature": "accuse", "real_name": True, "contactable": True}
    given = {"case": case, **plain, "recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": sealed}
    answer = house.command(DISTRICT, "intake", "register_sealed", {**given, **other}, **HEAD)
    assert answer["ok"], answer
    house.post()
    return case


def do(house: House, method: str, case: str, office: str = DISTRICT, **data: Any) -> dict[str, Any]:
    answer = house.command(office, "assignment", method, {"case": case, **data}, **HEAD)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def found_to_belong_above(house: House, case: str) -> None:
    """By another leader than the one who will say that it went."""
    given = {"case": case, "body": "city-discipline"}
    assert house.command(DISTRICT, "assignment", "belongs_above", given, **{**HEAD, "id": "李四"})["ok"]
    house.post()


def refused(house: House, method: str, case: str, **data: Any) -> str:
    return str(house.command(DISTRICT, "assignment", method, {"case": case, **data}, **HEAD)["error"]["code"])


def conclude(house: House, case: str, verdict: str = "untrue") -> dict[str, Any]:
    do(house, "accept", case)
    do(house, "dispose", case, disposal="preliminary", reason="线索具体")
    do(house, "draft_opinion", case, verdict=verdict, **CONCLUSION)
    return do(house, "issue_opinion", case)


def beside(house: House, case: str) -> dict[str, Any]:
    return dict(house.ask(DISTRICT, "assignment", "discipline_file", {"case": case}, **HEAD)["result"])


def clocks(house: House, case: str) -> dict[str, str]:
    found = house.ask(DISTRICT, "supervision", "clocks", {"case": case}, **HEAD)["result"]["clocks"]
    return {each["kind"]: each["state"] for each in found}


def dump(house: House, office: str) -> str:
    connection = sqlite3.connect(house.folder / f"{office}.sqlite")
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type='table'")]
    text = "\n".join(str(row) for table in tables for row in connection.execute(f"select * from {table}"))  # noqa: S608
    connection.close()
    return text


def test_the_conclusion_is_fed_back_and_new_evidence_opens_the_case_again(house: House, keys: Keyring) -> None:
    case = report(house, keys)
    assert conclude(house, case)["status"] == "concluded"
    assert clocks(house, case)["K18"] == "running"
    assert refused(house, "serve", case, way="direct") == "not_for_discipline"
    house.pass_time(3)
    told = do(house, "feed_back", case, **TOLD, objection="不认可", explanation="已说明理由")
    assert (told["status"], clocks(house, case)["K18"]) == ("concluded", "stopped")
    house.pass_time(1)
    again = do(house, "feed_back", case, **TOLD, new_evidence="新账册")
    assert (again["status"], again["due"]["kind"], clocks(house, case)["K5"]) == ("accepted", "K5", "running")
    kept = beside(house, case)
    assert [(each["round"], each["objection"], each["new_evidence"]) for each in kept["feedback"]] == [
        (0, "不认可", ""), (0, "", "新账册")
    ]  # fmt: skip
    assert [(each["disposal"], each["reason"]) for each in kept["disposals"]] == [("preliminary", "线索具体")]


def test_the_same_command_again_keeps_one_record(house: House, keys: Keyring) -> None:
    case = report(house, keys)
    conclude(house, case)
    payload = {"data": {"case": case, **TOLD}, "command_id": new_id()}
    service, who = AssignmentService.of(house.offices[DISTRICT]), {"id": "张三", "office": DISTRICT, **HEAD}
    first, again = (service.feed_back({"actor": who, **payload}) for _ in range(2))
    assert first == again
    assert len(beside(house, case)["feedback"]) == 1


def test_an_anonymous_report_is_concluded_and_nobody_is_told(house: House, keys: Keyring) -> None:
    case = report(house, keys, real_name=False, contactable=False)
    conclude(house, case)
    assert "K18" not in clocks(house, case)
    assert refused(house, "feed_back", case, **TOLD) == "anonymous"
    assert beside(house, case)["feedback"] == []


def test_clearing_and_good_faith_follow_a_conclusion_of_untrue(house: House, keys: Keyring) -> None:
    case, proved = report(house, keys), report(house, keys)
    conclude(house, proved, "proved")
    assert refused(house, "propose_clearing", proved, way="letter", words="查无此事") == "not_untrue"
    conclude(house, case)
    do(house, "propose_clearing", case, way="unit_notice", words="查无此事")
    assert refused(house, "record_clearing", case, done_by="秦某") == "no_clearing"
    assert refused(house, "approve_clearing", case) == "same_person"
    assert house.command(DISTRICT, "assignment", "approve_clearing", {"case": case}, **{**HEAD, "id": "李四"})["ok"]
    do(house, "record_clearing", case, done_by="秦某")
    do(house, "propose_clearing", case, way="face_to_face", words="当面说明")
    assert [each["state"] for each in beside(house, case)["clearings"]] == ["done", "proposed"]
    do(house, "suggest_false_accusation", case, facts="捏造票据")
    do(house, "register_city_decision", case, document_no="咸纪〔2026〕8号", recognised=False)
    found = beside(house, case)["accusation"]
    assert (found["state"], found["document_no"]) == ("not_recognised", "咸纪〔2026〕8号")
    assert refused(house, "find_mistaken", case, reason="听错") == "found"
    do(house, "find_mistaken", report_untrue(house, keys), reason="听错")


def report_untrue(house: House, keys: Keyring) -> str:
    case = report(house, keys)
    conclude(house, case)
    return case


def test_what_stands_beside_a_case_is_for_its_desk_and_goes_with_it(house: House, keys: Keyring) -> None:
    case = report(house, keys)
    at_home = Envelope.from_dict(house.rows(DISTRICT, AssignmentCase)[0].sealed)
    private = keys.private(DISTRICT, "discipline", "口令")
    to = DeskId(TOWN, "discipline")
    sealed = reseal(at_home, DeskId(DISTRICT, "discipline"), private, to, keys.public(TOWN, "discipline")).to_dict()
    do(house, "offer", case, to=TOWN, sealed=sealed)
    do(house, "sign_for", case, office=TOWN)
    do(house, "accept", case, office=TOWN)
    do(house, "dispose", case, office=TOWN, disposal="petition_supervision", reason="轻微,宜提醒")
    petition_desk = house.ask(TOWN, "assignment", "discipline_file", {"case": case})
    assert petition_desk["error"]["code"] == "not_found"
    do(house, "override", case, reason="提级", exclude_holder=True)
    assert [house.rows(TOWN, table) for table in BESIDE] == [[], [], [], []]
    assert "宜提醒" not in dump(house, TOWN)
    gone = house.ask(TOWN, "assignment", "discipline_file", {"case": case}, **HEAD)
    assert gone["error"]["code"] == "not_found"


def test_real_name_reports_come_first_page_by_page_and_in_hand(house: House, keys: Keyring) -> None:
    cases = [report(house, keys, real_name=named, contactable=named) for named in (True, False, True, False)]
    wanted = [cases[2], cases[0], cases[3], cases[1]]
    seen, after = [], ""
    for _ in range(4):
        page = house.ask(
            DISTRICT, "assignment", "list_cases", {"desk": "discipline", "limit": 1, "after": after}, **HEAD
        )["result"]
        seen += [each["case"] for each in page["cases"]]
        after = page["next"]
    assert seen == wanted
    last = house.ask(DISTRICT, "assignment", "list_cases", {"desk": "discipline", "after": after}, **HEAD)["result"]
    assert last["cases"] == []
    todo = house.ask(DISTRICT, "assignment", "todo", {"desk": "discipline"}, **HEAD)["result"]["cases"]
    assert [each["real_name"] for each in todo] == [True, True, False, False]


def test_repeats_are_counted_apart(house: House, keys: Keyring) -> None:
    first, repeat = report(house, keys), report(house, keys, real_name=False, contactable=False)
    number = house.ask(DISTRICT, "assignment", "get_case", {"case": first}, **HEAD)["result"]["case"]["number"]
    do(house, "link_repeat", repeat, repeat_of=number)
    do(house, "accept", first)
    do(house, "dispose", first, disposal="pending", reason="暂无可查线索")

    def counted() -> Any:
        return house.ask(DISTRICT, "assignment", "discipline_counts", {"desk": "discipline"}, **HEAD)["result"]

    assert counted() == {
        "held": 2, "first": 1, "repeats": 1, "real_name": 1, "anonymous": 1, "by_disposal": {"pending": 1}
    }  # fmt: skip
    do(house, "first_again", repeat, reason="另有三笔账")
    assert (counted()["first"], counted()["repeats"]) == (2, 0)
    other_desk = house.ask(DISTRICT, "assignment", "discipline_counts", {"desk": "petition"})
    assert other_desk["error"]["code"] == "not_found"


def test_a_report_that_belongs_above_goes_up_in_time_and_leaves_no_word(house: House, keys: Keyring) -> None:
    case = report(house, keys)
    ciphertext = house.rows(DISTRICT, IntakeReport)[0].sealed["ciphertext"]
    number = house.rows(DISTRICT, IntakeReport)[0].number
    assert ciphertext in dump(house, DISTRICT)
    found_to_belong_above(house, case)
    assert clocks(house, case)["K19"] == "running"
    assert refused(house, "accept", case) == "belongs_above"
    clerk = {"desk": "discipline", "roles": ["clerk", "triage"]}
    opened = house.command(DISTRICT, "assignment", "open_sealed", {"case": case, "reason": "看看"}, **clerk)
    assert opened["error"]["code"] == "not_leader"
    do(house, "open_sealed", case, reason="报主要负责人")
    house.pass_time(1)
    with house.offices[DISTRICT].uow("intake", SYSTEM) as uow:
        _acknowledge(uow.session)
    sent = do(house, "sent_up", case, way="courier", document_no="秦纪报〔2026〕1号")
    assert (sent["status"], sent["number"]) == ("outside", number)
    assert clocks(house, case)["K19"] == "stopped"
    husk = house.rows(DISTRICT, IntakeReport)[0]
    assert (husk.recalled, husk.sealed, husk.number) == (True, None, number)
    custody = house.rows(DISTRICT, IntakeCustody)[0]
    assert (custody.case, custody.recipient, custody.document_no) == (case, "city-discipline", "秦纪报〔2026〕1号")
    assert ciphertext not in dump(house, DISTRICT)
    assert "报主要负责人" not in dump(house, DISTRICT)
    assert refused(house, "sent_up", case, way="courier", document_no="2号") == "not_belonging"


def test_what_is_added_to_a_report_that_went_up_is_kept_nowhere(house: House, keys: Keyring) -> None:
    case = report(house, keys)
    receipt = house.rows(DISTRICT, IntakeReport)[0].receipt_hash
    found_to_belong_above(house, case)
    do(house, "sent_up", case, way="courier", document_no="秦纪报〔2026〕1号")
    plain = {"receipt_hash": receipt, "entry_office": "", "at": MON, "text": None, "sealed": {"ciphertext": "bWFueQ"}}
    supplement = Tell(DISTRICT, "intake", "supplement_filed", case, {**plain, "supplement": "5" * 32})
    said = {**plain, "saying": "6" * 32, "what": "withdraw", "person": ""}
    before = len(steps(house))
    for tell in (supplement, Tell(DISTRICT, "intake", "reporter_said", case, said)):
        house.say(DISTRICT, "assignment", tell)
    house.post()
    assert [each["step"] for each in steps(house)[before:]] == ["outside"] * 2
    assert [(row.case, row.recipient) for row in house.rows(DISTRICT, IntakeCustody)] == [(case, "city-discipline")]
    assert house.rows(DISTRICT, IntakeSupplement) == house.rows(DISTRICT, IntakeSaying) == []
    assert "bWFueQ" not in str([row.body for row in house.rows(DISTRICT, InboxRow)])


def test_where_a_corrected_accused_works_is_counted_on_that_ground(house: House, keys: Keyring) -> None:
    case, desk = report(house, keys), DeskId(DISTRICT, "discipline")
    excluding = {"case": case, "office": TOWN, "reason": "回避"}
    assert house.command(DISTRICT, "assignment", "exclude", excluding, **HEAD)["ok"]
    assert [row.ground for row in house.rows(DISTRICT, AssignmentRecusal)] == ["other"]
    sealed = seal({"accused": []}, case, {desk: keys.public(DISTRICT, "discipline")}).to_dict()
    corrected = {"what": "accused", "sealed": sealed, "accused_offices": [TOWN, STREET], "reason": "姓名有误"}
    for _ in range(2):
        do(house, "correct", case, **corrected)
    rows = [(row.who, row.ground, row.is_person) for row in house.rows(DISTRICT, AssignmentRecusal)]
    assert sorted(rows) == [(TOWN, "works_there", False), (STREET, "works_there", False)]
    figures = house.ask(DISTRICT, "assignment", "recusals", {"desk": "discipline"}, **HEAD)["result"]
    assert (figures["offices"], figures["by_ground"]) == (2, {"works_there": 2})


def steps(house: House) -> list[dict[str, Any]]:
    """What the portal was told of."""
    return [row.body["data"] for row in house.unread if row.type == "case_progress"]


def _acknowledge(session: Any) -> None:
    """What the relay does when the office hears of its own letters: they are acknowledged."""
    for row in session.query(OutboxRow).filter(OutboxRow.state == "sent", OutboxRow.office == DISTRICT):
        row.state = "acked"
