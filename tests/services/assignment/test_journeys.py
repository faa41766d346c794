"""Whole cases through intake and assignment of several offices, with real databases and letters, without a broker."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from contracts.calendar import SHANGHAI
from contracts.commands import assignment, intake
from network.ids import new_id
from network.keys import DeskId, Keyring, make_keys
from network.sealing import Envelope, open_envelope, reseal, seal
from network.tables import InboxRow, JournalRow, OutboxRow
from services.assignment.models import AssignmentCase, AssignmentOffer
from services.assignment.service import AssignmentService
from services.intake.models import IntakeReport
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE, DEPARTMENT)
WORD = "青苗补偿款少发给我们组"
DISCIPLINE = {"desk": "discipline"}
LEADER = {"roles": ["clerk", "leader"]}


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def house(tmp_path: Path, key_folder: Path) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path)


class Desk:
    """A clerk at one desk of an office; every act must succeed and is followed by the post."""

    def __init__(self, house: House, office: str, **actor: Any) -> None:
        self.house, self.office, self.actor = house, office, actor

    def intake(self, method: str, **data: Any) -> dict[str, Any]:
        return self._do("intake", method, data)

    def do(self, method: str, case: str, **data: Any) -> dict[str, Any]:
        return self._do("assignment", method, {"case": case, **data})

    def _do(self, service: str, method: str, data: dict[str, Any]) -> dict[str, Any]:
        answer = self.house.command(self.office, service, method, data, **self.actor)
        assert answer["ok"], answer
        self.house.post()
        return dict(answer["result"])

    def sees(self, method: str, **data: Any) -> Any:
        return self.house.ask(self.office, "assignment", method, data, **self.actor)

    def case(self, case: str) -> dict[str, Any]:
        return dict(self.sees("get_case", case=case)["result"]["case"])


def petition(office: str, keyring: Keyring, **other: Any) -> dict[str, Any]:
    case = new_id()
    sealed = seal({"name": "乔满仓"}, case, {DeskId(office, "petition"): keyring.public(office, "petition")})
    plain = {"receipt_hash": new_id() * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": True, "contactable": True, "reporter": sealed.to_dict()}
    return {"case": case, **plain, **told, **other}


def sealed_report(keyring: Keyring, text: str = WORD, **other: Any) -> dict[str, Any]:
    case = new_id()
    to = DeskId(DISTRICT, "discipline")
    envelope = seal({"text": text, "accused": [{"name": "石某"}]}, case, {to: keyring.public(*_of(to))})
    plain = {"receipt_hash": new_id() * 2, "channel": "web", "nature": "accuse", "real_name": True, "contactable": True}
    whom = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": envelope.to_dict()}
    return {"case": case, **plain, **whom, **other}


def _of(desk: DeskId) -> tuple[str, Any]:
    return desk.office, desk.desk


def resealed(shown: dict[str, Any], keyring: Keyring, by: str, to: str) -> dict[str, Any]:
    """What the person at a discipline desk does before handing a report on."""
    own, other = DeskId(by, "discipline"), DeskId(to, "discipline")
    private: PrivateKey = keyring.private(by, "discipline", "口令")
    envelope = Envelope.from_dict(shown["sealed"])
    return reseal(envelope, own, private, other, keyring.public(to, "discipline")).to_dict()


def dump(house: House, office: str) -> str:
    """Every value of every table of an office's database file, as text."""
    connection = sqlite3.connect(house.folder / f"{office}.sqlite")
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type='table'")]
    text = "\n".join(str(row) for table in tables for row in connection.execute(f"select * from {table}"))  # noqa: S608
    connection.close()
    return text


def test_r01_a_village_settles_its_own(house: House, keys: Keyring) -> None:
    desk = Desk(house, VILLAGE)
    entered = desk.intake("register", **petition(VILLAGE, keys))
    assert entered["number"] == f"{VILLAGE}-2026-00001"
    case = entered["case"]
    desk.do("take", case)
    desk.do("accept", case)
    desk.do("settle", case, what="已清渠")
    done = desk.do("confirm_settlement", case, how="本人当面确认")
    assert (done["status"], done["holder"]) == ("concluded", VILLAGE)
    notices = house.ask(VILLAGE, "intake", "get_report", {"case": case})["result"]["notices"]
    assert [notice["number"] for notice in notices] == ["望塬村告〔2026〕1号"]
    ledger = house.ask(DISTRICT, "supervision", "ledger", {})["result"]
    assert case in str(ledger), "the district knows of it by its milestones"


def test_a_petition_climbs_with_its_reporter_resealed_at_every_hop(house: House, keys: Keyring) -> None:
    village, town, district, bureau = (Desk(house, office) for office in (VILLAGE, TOWN, DISTRICT, DEPARTMENT))
    case = village.intake("register", **petition(VILLAGE, keys))["case"]
    for sender, receiver in ((village, town), (town, district), (district, bureau)):
        sender.do("offer", case, to=receiver.office, note="请依法处理")
        assert [each["from"] for each in receiver.sees("offers", desk="petition")["result"]["offers"]] == [
            sender.office
        ]
        signed = receiver.do("sign_for", case)
        assert signed["holder"] == receiver.office
    shown = bureau.case(case)
    envelope = Envelope.from_dict(shown["reporter"])
    opened = open_envelope(envelope, DeskId(DEPARTMENT, "petition"), keys.private(DEPARTMENT, "petition"))
    assert opened == {"name": "乔满仓"}
    assert shown["term"] == {"override": 0, "n": 3}
    assert [desk.case(case)["holder"] for desk in (village, town, district)] == [TOWN, DISTRICT, DEPARTMENT]
    bureau.do("accept", case)
    words = {"verdict": "support", "facts": "属实", "opinion": "限期清淤", "basis": "条例"}
    bureau.do("record_visit", case, who="承办人", place="渠边", found="渠已填平")
    bureau.do("draft_opinion", case, **words)
    leader = Desk(house, DEPARTMENT, **LEADER)
    issued = leader.do("issue_opinion", case)
    assert issued["opinion_no"] == "区住建局意〔2026〕1号"
    assert bureau.do("serve", case, way="direct")["status"] == "concluded"
    told = [row.body["data"] for row in house.unread if row.type == "opinion_served"]
    assert {(each["holder"], each["review_office"]) for each in told} == {(DEPARTMENT, DISTRICT)}


def test_r03_r04_r05_the_compromised_town_loses_both(house: House, keys: Keyring) -> None:
    district, town = Desk(house, DISTRICT, **DISCIPLINE), Desk(house, TOWN, **DISCIPLINE)
    r03 = district.intake("register_sealed", **sealed_report(keys))
    r04 = district.intake("register_sealed", **sealed_report(keys, real_name=False, contactable=False))
    assert re.fullmatch(rf"{DISTRICT}-J2026-[0-9]{{6}}", r03["number"])
    for each in (r03, r04):
        district.do("exclude", each["case"], office=VILLAGE, reason="被反映人在该村任职")
        envelope = resealed(district.case(each["case"]), keys, DISTRICT, TOWN)
        district.do("offer", each["case"], to=TOWN, sealed=envelope)
        town.do("sign_for", each["case"])
    linked = {"case": r04["case"], "repeat_of": r03["number"]}
    against = house.command(TOWN, "assignment", "link_repeat", linked, **{**DISCIPLINE, "roles": ["leader"]})
    assert against["error"]["code"] == "against_us", "the town handles the first: who sent it down confirms"
    district.do("link_repeat", r04["case"], repeat_of=r03["number"])
    assert town.case(r04["case"])["repeat_of"] == r03["number"]
    town.do("accept", r03["case"])
    at_town = Envelope.from_dict(town.case(r03["case"])["sealed"])
    private = keys.private(TOWN, "discipline", "口令")
    assert open_envelope(at_town, DeskId(TOWN, "discipline"), private)["text"] == WORD

    district.intake("register_sealed", **sealed_report(keys, "镇纪委书记接受宴请"))
    for each in (r03, r04):
        taken = district.do("override", each["case"], reason="承办机关人员被反映", exclude_holder=True)
        assert taken["holder"] == DISTRICT
    shown = district.case(r03["case"])
    assert (shown["status"], set(shown["excluded"])) == ("accepted", {VILLAGE, TOWN})
    assert "K5" in shown["clocks"], "the handling time goes on"
    assert town.sees("get_case", case=r03["case"])["error"]["code"] == "not_found"
    assert town.sees("list_cases", desk="discipline")["result"]["cases"] == []
    assert town.sees("counts", desk="discipline")["result"] == {
        "held": 0, "by_status": {}, "passed_on": 0, "in_tray": 0
    }  # fmt: skip
    assert house.ask(TOWN, "supervision", "ledger", {"desk": "discipline"}, **DISCIPLINE)["result"]["lines"] == []
    for row in house.rows(TOWN, AssignmentCase):
        assert (row.recalled, row.sealed, row.number) == (True, None, "")
    assert all(row.file == {} for row in house.rows(TOWN, AssignmentOffer))
    assert house.rows(VILLAGE, InboxRow) == [], "the village never got a word of either"
    for office in (TOWN, VILLAGE):
        assert WORD not in dump(house, office)
    assert at_town.to_dict()["ciphertext"] not in dump(house, TOWN), "its letters are empty as well"
    late = house.command(TOWN, "assignment", "accept", {"case": r04["case"]}, **DISCIPLINE)
    assert late["error"]["code"] == "stale_term"


def test_r14_the_entering_street_keeps_a_custody_line_only(house: House, keys: Keyring) -> None:
    street = Desk(house, TOWN)
    given = sealed_report(keys)
    assert street.intake("register_sealed", **given) == {"custody": True}
    assert house.rows(TOWN, IntakeReport) == []
    assert house.ask(TOWN, "intake", "counts", {})["result"]["registered"] == 0
    lines = house.ask(TOWN, "intake", "custody", {}, **{**DISCIPLINE, "roles": ["leader"]})["result"]["lines"]
    assert [line["recipient"] for line in lines] == [f"{DISTRICT}/discipline"]
    district = Desk(house, DISTRICT, **DISCIPLINE)
    shown = district.case(given["case"])
    assert shown["entry_office"] == DISTRICT
    assert re.fullmatch(rf"{DISTRICT}-J2026-[0-9]{{6}}", shown["number"])
    assert WORD not in dump(house, TOWN)


def test_petition_staff_cannot_see_or_touch_a_discipline_case(house: House, keys: Keyring) -> None:
    case = Desk(house, DISTRICT, **DISCIPLINE).intake("register_sealed", **sealed_report(keys))["case"]
    clerk = Desk(house, DISTRICT)
    assert clerk.sees("get_case", case=case)["error"]["code"] == "not_found"
    assert clerk.sees("list_cases", desk="discipline")["error"]["code"] == "not_found"
    assert house.command(DISTRICT, "assignment", "take", {"case": case})["error"]["code"] == "not_found"
    assert clerk.sees("todo", desk="petition")["result"]["cases"] == []


def test_every_opening_is_on_record_with_its_reason(house: House, keys: Keyring) -> None:
    desk = Desk(house, DISTRICT, **DISCIPLINE)
    case = desk.intake("register_sealed", **sealed_report(keys))["case"]
    assert desk.do("open_sealed", case, reason="分办")["case"] == case
    opened = [line for line in house.rows(DISTRICT, JournalRow) if line.action == "opened"]
    assert [(line.case_id, line.actor) for line in opened] == [(case, f"{DISTRICT}/张三")]
    notes = desk.sees("get_case", case=case)["result"]["notes"]
    assert [(note["about"], note["text"]) for note in notes] == [("opened", "分办")]
    unseen = house.command(DISTRICT, "assignment", "open_sealed", {"case": case, "reason": "看看"})
    assert unseen["error"]["code"] == "not_found"


@pytest.mark.parametrize(("service", "asked"), [(AssignmentService, assignment), (IntakeService, intake)])
def test_every_command_and_query_of_the_contract_is_answered(service: Any, asked: Any) -> None:
    assert [name for name in (*asked.COMMANDS, *asked.QUERIES) if not callable(getattr(service, name, None))] == []


def test_the_same_letters_again_change_nothing(house: House, keys: Keyring) -> None:
    district, town = Desk(house, DISTRICT), Desk(house, TOWN)
    case = district.intake("register", **petition(DISTRICT, keys))["case"]
    district.do("offer", case, to=TOWN)
    with house.offices[DISTRICT].uow("assignment", _system()) as uow:
        for row in uow.session.query(OutboxRow).filter(OutboxRow.state == "sent"):
            row.state = "pending"
    house.post()
    assert len(town.sees("offers", desk="petition")["result"]["offers"]) == 1


def _system() -> Any:
    from contracts.context import Actor  # noqa: PLC0415

    return Actor("system", DISTRICT, roles=("system",))


def test_a_supplement_finds_the_holder_and_a_returned_offer_its_note(house: House, keys: Keyring) -> None:
    village, town = Desk(house, VILLAGE), Desk(house, TOWN)
    given = petition(VILLAGE, keys)
    case = village.intake("register", **given)["case"]
    village.do("offer", case, to=TOWN)
    town.do("return_offer", case, reason="村里可以解决")
    notes = village.sees("get_case", case=case)["result"]["notes"]
    assert ("returned", "村里可以解决", TOWN) in [(note["about"], note["text"], note["office"]) for note in notes]
    village.do("offer", case, to=TOWN, note="再次上报")
    town.do("sign_for", case)
    village.intake("supplement", receipt_hash=given["receipt_hash"], text="又淹了一次")
    assert [each["text"] for each in town.case(case)["supplements"]] == ["又淹了一次"]
    found = town.sees("search", text="排水渠", desk="petition")["result"]["cases"]
    assert [each["case"] for each in found] == [case]


def test_suggestions_follow_place_and_category(house: House, keys: Keyring) -> None:
    desk = Desk(house, DISTRICT)
    case = desk.intake("register", **petition(DISTRICT, keys))["case"]
    offered = desk.sees("suggest", case=case)["result"]["offices"]
    assert [(each["office"], each["next"]) for each in offered][:2] == [(VILLAGE, TOWN), (DEPARTMENT, DEPARTMENT)]
