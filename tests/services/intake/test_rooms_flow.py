"""Calls for help, custody, sayings, split letters and retaliation, through real databases and every service of the line."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nacl.public import PrivateKey

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from network.keys import DeskId, Keyring, make_keys
from network.receipts import part_hash
from network.sealing import Envelope, open_envelope, seal
from network.tables import InboxRow, JournalRow
from services.assignment.models import AssignmentCase
from services.assignment.service import AssignmentService
from services.intake.emergency.models import IntakeCall, IntakeEmergency
from services.intake.models import IntakeCustody, IntakeReport
from services.intake.sayings.models import IntakeSaying
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

NIGHT = datetime(2026, 4, 17, 22, 40, tzinfo=SHANGHAI)  # a Friday
HEAD = {"desk": "discipline", "roles": ["clerk", "leader", "triage"]}


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, (VILLAGE,), lambda _office: "p", interactive=True)
    return Keyring(folder)


@pytest.fixture
def house(tmp_path: Path, keys: Keyring) -> Iterator[House]:
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open((DISTRICT, TOWN, VILLAGE), NIGHT)
    opened.offices[VILLAGE].keyring = keys
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def petition(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": new_id() * 2, "channel": "phone", "nature": "seek", "category": "C17", "place": VILLAGE}
    return {**plain, "text": "有人要跳渠", "real_name": False, "contactable": False, **other}


def done(answer: dict[str, Any]) -> dict[str, Any]:
    assert answer["ok"], answer
    result: dict[str, Any] = answer["result"]
    return result


def ask(house: House, office: str, method: str, data: dict[str, Any] | None = None, **actor: Any) -> dict[str, Any]:
    return done(house.ask(office, "intake", method, data or {}, **actor))


def act(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
    result = done(house.command(office, "intake", method, data, **actor))
    house.post()
    return result


def refused(house: House, office: str, method: str, data: dict[str, Any], **actor: Any) -> str:
    answer = house.command(office, "intake", method, data, **actor)
    return str(answer["error"]["code"])


def arrives(house: House, office: str, type_: str, data: dict[str, Any], case: str = "", by: str = "") -> None:
    house.say(by or office, "intake", Tell(office, "intake", type_, case, data))
    house.post()


def portal_files(house: House, data: dict[str, Any]) -> None:
    house.open(["portal"], NIGHT)
    arrives(house, DISTRICT, "report_filed", data, data["case"], "portal")


def clock(house: House, office: str, case: str, kind: str, **actor: Any) -> dict[str, Any]:
    found = done(house.ask(office, "supervision", "clocks", {"case": case}, **actor))["clocks"]
    return next(each for each in found if each["kind"] == kind)


def parked(house: House, office: str) -> list[str]:
    return [row.reason for row in house.rows(office, InboxRow) if row.state == "parked"]


# --- calls for help (R28) ---


def test_the_chain_is_called_until_one_answers(house: House) -> None:
    persons = [{"name": "赵一", "phone": "029-1001"}, {"name": "钱二", "phone": "029-1002"}]
    assert refused(house, VILLAGE, "set_duty_chain", {"persons": persons}) == "leader_needed"
    act(house, VILLAGE, "set_duty_chain", {"persons": persons[::-1]}, roles=["leader"])
    act(house, VILLAGE, "set_duty_chain", {"persons": persons}, roles=["leader"])
    assert ask(house, VILLAGE, "duty_chain")["persons"] == persons
    case = act(house, VILLAGE, "register", petition(emergency=True))["case"]
    for office in (VILLAGE, TOWN, DISTRICT):
        (signal,) = ask(house, office, "emergencies")["emergencies"]
        assert (signal["case"], signal["office"], signal["what"], signal["state"]) == (
            case, VILLAGE, f"{VILLAGE} 有人要跳渠", "open",
        )  # fmt: skip
        assert clock(house, office, case, "K14")["state"] == "running"
    assert ask(house, VILLAGE, "emergencies")["emergencies"][0]["next"] == {"who": "赵一", "phone": "029-1001"}
    assert refused(house, VILLAGE, "record_call", {"case": case, "who": "钱二", "answered": True}) == "call_order"
    act(house, VILLAGE, "record_call", {"case": case, "who": "赵一", "answered": False, "note": "无人接听"})
    house.set_time(NIGHT + timedelta(minutes=6))
    told = act(house, VILLAGE, "record_call", {"case": case, "who": "钱二", "answered": True})
    assert [(each["turn"], each["who"], each["answered"], each["clerk"]) for each in told["calls"]] == [
        (1, "赵一", False, "张三"), (2, "钱二", True, "张三"),
    ]  # fmt: skip
    assert [each["at"] for each in told["calls"]] == ["2026-04-17T14:40:00+00:00", "2026-04-17T14:46:00+00:00"]
    assert (told["state"], told["next"]) == ("answered", None)
    for office in (VILLAGE, TOWN, DISTRICT):
        assert ask(house, office, "emergencies")["emergencies"][0]["state"] == "answered"
        assert clock(house, office, case, "K14")["state"] == "stopped"
    act(house, VILLAGE, "clear_emergency", {"case": case, "what": "人已劝离"})
    for office in (VILLAGE, TOWN, DISTRICT):
        (signal,) = ask(house, office, "emergencies")["emergencies"]
        assert (signal["state"], signal["what"]) == ("cleared", "")
    assert refused(house, VILLAGE, "record_call", {"case": case, "who": "x", "answered": True}) == "no_emergency"
    assert refused(house, VILLAGE, "clear_emergency", {"case": case, "what": "x"}) == "no_emergency"


def test_a_recused_office_hears_nothing_and_one_signal_stands_at_a_time(house: House) -> None:
    case = act(house, VILLAGE, "register", petition())["case"]
    help_wanted = {"case": case, "what": "有人堵门", "excluded": [TOWN]}
    signal = act(house, VILLAGE, "raise_emergency", help_wanted)
    assert signal["next"]["who"] == house.tree.office(DISTRICT).name
    assert refused(house, VILLAGE, "raise_emergency", help_wanted) == "known_emergency"
    assert ask(house, TOWN, "emergencies")["emergencies"] == []
    assert len(ask(house, DISTRICT, "emergencies")["emergencies"]) == 1
    act(house, VILLAGE, "clear_emergency", {"case": case, "what": "已散"})
    act(house, VILLAGE, "raise_emergency", help_wanted)
    shown = ask(house, VILLAGE, "emergencies")["emergencies"]
    assert [each["state"] for each in shown] == ["open", "cleared"], "open ones first"


def test_the_two_desks_share_no_signal(house: House) -> None:
    act(house, VILLAGE, "register", petition(emergency=True))
    assert ask(house, DISTRICT, "emergencies", **HEAD)["emergencies"] == []
    assert refused(house, VILLAGE, "raise_emergency", {"case": "f" * 32, "what": "x"}) == "not_found"


def test_signals_page_open_ones_first(house: House) -> None:
    cases = [act(house, VILLAGE, "register", petition(emergency=True))["case"] for _ in range(3)]
    act(house, VILLAGE, "clear_emergency", {"case": cases[2], "what": "已散"})
    first = ask(house, VILLAGE, "emergencies", {"limit": 2})
    rest = ask(house, VILLAGE, "emergencies", {"limit": 2, "after": first["next"]})
    assert [each["case"] for each in (*first["emergencies"], *rest["emergencies"])] == [cases[1], cases[0], cases[2]]
    assert rest["next"] == ""


def test_a_signal_is_heard_once_and_from_below_only(house: House) -> None:
    data = {"emergency": "e" * 32, "office": VILLAGE, "desk": "petition", "at": NIGHT, "due": NIGHT, "what": "x"}
    for _ in range(2):
        house.say(VILLAGE, "intake", Tell(TOWN, "intake", "emergency_raised", "c" * 32, data))
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "emergency_raised", "d" * 32, {**data, "emergency": "f" * 32}))
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "emergency_ended", "c" * 32, {
        "emergency": "e" * 32, "state": "cleared", "at": NIGHT,
    }))  # fmt: skip
    house.say(VILLAGE, "intake", Tell(TOWN, "intake", "emergency_ended", "c" * 32, {
        "emergency": "0" * 32, "state": "cleared", "at": NIGHT,
    }))  # fmt: skip
    house.post()
    assert [(row.emergency, row.state) for row in house.rows(TOWN, IntakeEmergency)] == [("e" * 32, "open")]
    assert [reason.split(":")[0] for reason in parked(house, TOWN)] == ["not_below"]
    assert "emergency_unknown" in [row.action for row in house.rows(TOWN, JournalRow)]


def test_a_recall_takes_signals_calls_and_sayings_along(house: House) -> None:
    given = petition(emergency=True)
    case = act(house, VILLAGE, "register", given)["case"]
    who = ask(house, VILLAGE, "emergencies")["emergencies"][0]["next"]["who"]
    act(house, VILLAGE, "record_call", {"case": case, "who": who, "answered": False})
    act(house, VILLAGE, "say", {"receipt_hash": given["receipt_hash"], "what": "withdraw", "text": "算了"})
    house.say(DISTRICT, "assignment", Tell(VILLAGE, "intake", "case_recalled", case, {"term": {"override": 1, "n": 0}}))
    house.post()
    for model in (IntakeEmergency, IntakeCall, IntakeSaying):
        assert house.rows(VILLAGE, model) == []


def test_the_portal_s_call_for_help_reaches_the_duty_chain(house: House) -> None:
    data = {**petition(emergency=True), "case": new_id(), "filed_at": NIGHT, "desk": "petition", "reporter": None}
    portal_files(house, {**data, "sealed": None, "head_count": 4})
    (signal,) = ask(house, DISTRICT, "emergencies")["emergencies"]
    assert signal["what"] == f"{VILLAGE} 有人要跳渠"
    assert [row.head_count for row in house.rows(DISTRICT, IntakeReport)] == [4]


# --- custody (R17) ---


def above(**other: Any) -> dict[str, Any]:
    plain = {"case": new_id(), "receipt_hash": new_id() * 2, "channel": "letter", "nature": "accuse"}
    plain |= {"real_name": False, "contactable": False, "sealed": None}
    return {**plain, "recipient_office": "city-discipline", "recipient_desk": "discipline", **other}


def test_a_letter_that_belongs_above_is_sent_there_within_five_working_days(house: House) -> None:
    given = above()
    number = act(house, DISTRICT, "register_sealed", given, **HEAD)["number"]
    assert number.startswith(f"{DISTRICT}-C2026-")
    (line,) = ask(house, DISTRICT, "custody", **HEAD)["lines"]
    assert line == {
        "number": number,
        "case": given["case"],
        "recipient": "city-discipline/discipline",
        "day": "2026-04-17",
        "due": "2026-04-24T15:59:59+00:00",
        "late": False,
        "sent_at": None,
        "way": "",
        "document_no": "",
    }
    running = clock(house, DISTRICT, given["case"], "K19", **HEAD)
    assert (running["state"], running["due"]) == ("running", "2026-04-24T15:59:59+00:00")
    send = {"case": given["case"], "way": "机要", "document_no": "秦纪送〔2026〕1号"}
    assert refused(house, DISTRICT, "send_up", send, desk="discipline") == "not_found"
    assert refused(house, DISTRICT, "send_up", {**send, "case": "f" * 32}, **HEAD) == "not_found"
    house.pass_time(2)
    act(house, DISTRICT, "send_up", send, **HEAD)
    assert clock(house, DISTRICT, given["case"], "K19", **HEAD)["state"] == "stopped"
    assert refused(house, DISTRICT, "send_up", send, **HEAD) == "sent_already"
    (line,) = ask(house, DISTRICT, "custody", **HEAD)["lines"]
    assert (line["way"], line["document_no"], line["sent_at"]) == (
        "机要",
        send["document_no"],
        "2026-04-19T14:40:00+00:00",
    )


def test_nobody_above_learns_of_a_town_s_letter_about_the_district(house: House) -> None:
    given = above()
    act(house, TOWN, "register_sealed", given, **HEAD)
    assert [row.case for row in house.rows(TOWN, IntakeCustody)] == [given["case"]]
    assert house.rows(DISTRICT, IntakeCustody) == house.rows(DISTRICT, InboxRow) == []
    assert clock(house, TOWN, given["case"], "K19", **HEAD)["state"] == "running"
    assert done(house.ask(DISTRICT, "supervision", "ledger", {"desk": "discipline"}, **HEAD))["lines"] == []


def test_the_head_of_an_office_without_a_discipline_desk_sees_that_a_paper_waits(house: House) -> None:
    """R17 at a village's desk: number, day, recipient and due day, for the principal head alone (JK art. 15)."""
    given, chief = above(), {"roles": ["clerk", "leader", "head"]}
    number = act(house, VILLAGE, "register_sealed", given)["number"]
    (line,) = ask(house, VILLAGE, "custody", **chief)["lines"]
    names = ("number", "day", "recipient", "due", "late", "sent_at")
    outside, until = "city-discipline/discipline", "2026-04-24T15:59:59+00:00"
    assert tuple(line[name] for name in names) == (number, "2026-04-17", outside, until, False, None)
    send = {"case": given["case"], "way": "专人", "document_no": "秦村送〔2026〕1号"}
    for others in ({}, {"roles": ["clerk", "leader"]}, {"desk": "discipline", "roles": ["head"]}):
        assert house.ask(VILLAGE, "intake", "custody", {}, **others)["error"]["code"] == "not_found"
        assert refused(house, VILLAGE, "send_up", send, **others) == "not_found"
    assert house.ask(TOWN, "intake", "custody", {}, **chief)["error"]["code"] == "not_found"
    act(house, VILLAGE, "send_up", send, **chief)
    assert ask(house, VILLAGE, "custody", **chief)["lines"][0]["document_no"] == send["document_no"]
    assert house.rows(TOWN, InboxRow) == house.rows(DISTRICT, InboxRow) == []


def test_what_left_a_village_sealed_is_not_on_its_head_s_list(house: House) -> None:
    case = new_id()
    envelope = seal({"text": "举报内容"}, case, {DeskId(DISTRICT, "discipline"): PrivateKey.generate().public_key})
    act(house, VILLAGE, "register_sealed", above(case=case, recipient_office=DISTRICT, sealed=envelope.to_dict()))
    assert [row.number for row in house.rows(VILLAGE, IntakeCustody)] == [""]
    assert ask(house, VILLAGE, "custody", roles=["head"])["lines"] == []


# --- sayings ---


def test_a_saying_goes_down_to_the_entry_office_and_stands_in_its_thread(house: House) -> None:
    given = petition()
    case = act(house, VILLAGE, "register", given)["case"]
    said = {"receipt_hash": given["receipt_hash"], "entry_office": VILLAGE, "saying": "5" * 32, "what": "withdraw"}
    said |= {"at": NIGHT, "text": "已修好", "sealed": None, "person": ""}
    for _ in range(2):
        arrives(house, DISTRICT, "reporter_said", said, case)
    (kept,) = ask(house, VILLAGE, "get_report", {"case": case})["sayings"]
    assert (kept["saying"], kept["what"], kept["text"]) == ("5" * 32, "withdraw", "已修好")
    assert parked(house, DISTRICT) == parked(house, VILLAGE) == []
    arrives(house, DISTRICT, "reporter_said", {**said, "entry_office": "", "receipt_hash": "9" * 64}, case)
    assert parked(house, DISTRICT) == ["unknown_receipt: 本机关没有该查询码对应的事项"]


def test_retaliation_travels_with_no_case(house: House) -> None:
    """The catalogue itself refuses a saying of that kind: it is a report of its own."""
    given = petition()
    act(house, VILLAGE, "register", given)
    told = {"receipt_hash": given["receipt_hash"], "what": "retaliation", "text": "砸了玻璃"}
    answer = house.command(VILLAGE, "intake", "say", told)
    assert list(answer["error"]["fields"]) == ["what"]


@pytest.mark.parametrize(("change", "field"), [
    ({"what": "objection"}, "person"),
    ({"what": "withdraw", "person": "石某"}, "person"),
    ({"what": "withdraw", "text": "x" * 20_001}, "text"),
])  # fmt: skip
def test_an_incomplete_saying_is_named(house: House, change: dict[str, Any], field: str) -> None:
    answer = house.command(VILLAGE, "intake", "say", {"receipt_hash": "a" * 64, **change})
    assert list(answer["error"]["fields"]) == [field]


def test_a_report_of_retaliation_has_its_own_day(house: House) -> None:
    """R24: K28 runs beside the desk's other clock, over the weekend to the end of Monday."""
    case = new_id()
    sealed = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    data = {"case": case, "receipt_hash": new_id() * 2, "filed_at": NIGHT, "desk": "discipline", "channel": "web"}
    data |= {"nature": "accuse", "category": "C15", "place": "", "text": None, "real_name": False, "contactable": False}
    portal_files(house, {
        **data, "urgent": True, "flags": ["retaliation"], "reporter": None, "sealed": sealed,
    })  # fmt: skip
    (row,) = house.rows(DISTRICT, AssignmentCase)
    assert (row.flags, row.urgent, sorted(row.clocks)) == (["retaliation"], True, ["K20", "K28"])
    running = clock(house, DISTRICT, case, "K28", **HEAD)
    assert (running["state"], running["due"]) == ("running", "2026-04-20T15:59:59+00:00")
    assert [each.body["data"]["step"] for each in house.unread if each.type == "case_progress"] == [
        "registered", "protection",
    ]  # fmt: skip
    house.pass_time(1)
    answer = house.command(DISTRICT, "assignment", "accept", {"case": case}, **HEAD)
    assert answer["ok"], answer
    house.post()
    assert clock(house, DISTRICT, case, "K28", **HEAD)["state"] == "stopped"


# --- matters of a letter ---


def test_a_matter_is_split_off_a_petition_with_its_reporter(house: House) -> None:
    given, whole = petition(), new_id()
    keys, own = house.offices[VILLAGE].keyring, DeskId(VILLAGE, "petition")
    who = {"name": "安小禾", "phone": "029", "address": ""}
    reporter = seal(who, whole, {own: keys.public(VILLAGE, "petition")}).to_dict()
    act(house, VILLAGE, "register", {**given, "case": whole, "reporter": reporter, "real_name": True})
    house.pass_time(1)
    part = {"case": whole, "category": "C11", "text": "夜市油烟", "place": TOWN, "nature": "seek"}
    first, second = (act(house, VILLAGE, "split", part) for _ in range(2))
    rows = {row.case: row for row in house.rows(VILLAGE, IntakeReport)}
    assert [first["number"][-5:], second["number"][-5:]] == ["00002", "00003"]
    for turn, made in enumerate((first, second), 1):
        row = rows[made["case"]]
        assert (row.receipt_hash, row.part_of) == (part_hash(given["receipt_hash"], turn), whole)
        assert (row.text, row.category, row.entered_at) == ("夜市油烟", "C11", NIGHT)
        envelope = Envelope.from_dict(row.reporter)
        assert envelope.case == row.case
        assert open_envelope(envelope, own, keys.private(VILLAGE, "petition")) == who
    assert rows[whole].parts == 2
    assert {row.case for row in house.rows(VILLAGE, AssignmentCase)} == set(rows)
    assert refused(house, VILLAGE, "split", {**part, "case": first["case"]}) == "split_the_whole"
    assert refused(house, VILLAGE, "split", {**part, "category": "C15"}) == "must_be_sealed"
    assert house.rows(VILLAGE, IntakeReport)[0].parts == 2, "what was refused used no number"


def test_a_part_needs_the_office_s_own_key(house: House) -> None:
    whole = new_id()
    reporter = {"version": 1, "case": whole, "ciphertext": "c2VhbGVk", "keys": {f"{VILLAGE}/petition": "k"}}
    act(house, VILLAGE, "register", petition(case=whole, reporter=reporter))
    part = {"case": whole, "category": "C11", "text": "夜市油烟", "place": TOWN, "nature": "seek"}
    assert refused(house, VILLAGE, "split", part) == "no_key"


def test_the_register_knows_which_matters_of_a_receipt_it_has(house: House) -> None:
    first, second = petition(), petition()
    act(house, VILLAGE, "register", first)
    act(house, VILLAGE, "register", second)
    hashes = [second["receipt_hash"], "9" * 64, first["receipt_hash"]]
    found = ask(house, VILLAGE, "matters", {"receipt_hashes": hashes})["matters"]
    assert [each["receipt_hash"] for each in found] == [first["receipt_hash"], second["receipt_hash"]]
    assert {"case", "number", "desk", "entered_at", "category"} <= set(found[0])
    assert ask(house, VILLAGE, "matters", {"receipt_hashes": hashes}, **HEAD)["matters"] == []


# --- repeats ---


def test_repeats_are_proposed_from_the_own_register(house: House) -> None:
    first = act(house, VILLAGE, "register", petition(text="排水渠被填,雨水灌进院子", external_no="12345-7"))
    other = act(house, VILLAGE, "register", petition(text="机井坏了二十天"))
    act(house, VILLAGE, "register", petition(text="排水渠被填,雨水灌进院子", place=TOWN))
    again = act(house, VILLAGE, "register", petition(text="排水渠被填了,雨水灌进院子里", external_no="12345-7"))
    found = ask(house, VILLAGE, "repeats", {"case": again["case"]})["repeats"]
    assert [each["number"] for each in found] == [first["number"]]
    assert found[0]["why"] == ["平台编号相同(12345-7)", f"类别、地点相同,文字相似{found[0]['similarity']}%"]
    assert 60 <= found[0]["similarity"] < 100
    assert ask(house, VILLAGE, "repeats", {"case": other["case"]})["repeats"] == []
    sealed = above(recipient_office=DISTRICT)
    sealed["sealed"] = {
        "version": 1,
        "case": sealed["case"],
        "ciphertext": "x",
        "keys": {f"{DISTRICT}/discipline": "k"},
    }
    act(house, DISTRICT, "register_sealed", sealed, **HEAD)
    answer = house.ask(DISTRICT, "intake", "repeats", {"case": sealed["case"]}, **HEAD)
    assert answer["error"]["code"] == "wrong_desk"


def test_how_many_came_travels_with_the_case(house: House) -> None:
    given = petition(channel="visit", head_count=23, representatives=5, external_no="12345-7")
    case = act(house, VILLAGE, "register", given)["case"]
    (row,) = house.rows(VILLAGE, AssignmentCase)
    assert (row.head_count, row.representatives, row.external_no) == (23, 5, "12345-7")
    (line,) = ask(house, VILLAGE, "list_reports")["reports"]
    assert (line["case"], line["head_count"], line["representatives"], line["external_no"]) == (case, 23, 5, "12345-7")
    answer = house.command(VILLAGE, "intake", "register", {**given, "representatives": 0})
    assert answer["error"]["fields"] == {"representatives": ["请推选代表,最多5人"]}
