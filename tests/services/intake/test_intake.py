"""The register: numbers, custody, threads and notices, with real databases and without a broker."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from network.tables import InboxRow, JournalRow
from services.intake.models import IntakeCustody, IntakeNotice, IntakeRating, IntakeReport
from services.intake.service import IntakeService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE)
DISCIPLINE = {"desk": "discipline"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open(OFFICES, MON)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def envelope(case: str, *desks: str) -> dict[str, Any]:
    return {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": dict.fromkeys(desks, "k")}


def petition(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": new_id() * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    return {**plain, "text": "排水渠被填", "real_name": True, "contactable": True, **other}


def report(office: str = DISTRICT, **other: Any) -> dict[str, Any]:
    case = new_id()
    plain = {"case": case, "receipt_hash": new_id() * 2, "channel": "letter", "nature": "accuse", "real_name": True}
    to = {"recipient_office": office, "recipient_desk": "discipline"}
    return {**plain, "contactable": True, **to, "sealed": envelope(case, f"{office}/discipline"), **other}


def filed(**other: Any) -> dict[str, Any]:
    """A report as the portal tells it."""
    plain = {"case": new_id(), "filed_at": MON, "desk": "petition", "urgent": False, "reporter": None, "sealed": None}
    return {**petition(), **plain, **other}


def arrives(house: House, office: str, type_: str, data: dict[str, Any], case: str = "") -> None:
    """A letter reaches an office's intake from its own office."""
    comes_from(house, office, office, type_, data, case)


def comes_from(house: House, sender: str, office: str, type_: str, data: dict[str, Any], case: str = "") -> None:
    if sender not in house.offices:
        house.open([sender], MON)
    house.say(sender, "intake", Tell(office, "intake", type_, case or data.get("case", ""), data))
    house.post()


def told(house: House, type_: str) -> list[Any]:
    return [row for row in house.unread if row.type == type_]


def parked(house: House, office: str) -> list[str]:
    return [row.reason for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_numbers_are_gap_free_by_office_desk_and_year_in_china(house: House) -> None:
    assert house.command(VILLAGE, "intake", "register", petition())["result"]["number"] == f"{VILLAGE}-2026-00001"
    refused = house.command(VILLAGE, "intake", "register", petition(category="C15"))
    assert refused["error"]["code"] == "must_be_sealed"
    assert house.command(VILLAGE, "intake", "register", petition())["result"]["number"] == f"{VILLAGE}-2026-00002"
    assert house.command(TOWN, "intake", "register", petition())["result"]["number"] == f"{TOWN}-2026-00001"
    house.set_time(datetime(2027, 1, 1, 0, 30, tzinfo=SHANGHAI))
    assert house.command(VILLAGE, "intake", "register", petition())["result"]["number"] == f"{VILLAGE}-2027-00001"


def test_a_registration_is_told_to_assignment_and_portal(house: House) -> None:
    case = house.command(VILLAGE, "intake", "register", petition(urgent=True))["result"]["case"]
    house.post()
    file = told(house, "case_registered")[0].body["data"]["file"]
    assert (file["case"], file["entry_office"], file["text"]) == (case, VILLAGE, "排水渠被填")
    assert file["urgent"], "it travels with the case (K14)"
    row = house.rows(VILLAGE, IntakeReport)[0]
    assert (row.clerk, row.registered_at) == ("张三", MON), "who registered it and when (S15)"
    step = told(house, "case_progress")[0].body["data"]
    assert (step["step"], step["tier"], step["number"]) == ("registered", "village", f"{VILLAGE}-2026-00001")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"receipt_hash": "x"}, "receipt_hash"),
        ({"entered_at": "2026-03-02T10:00:00+08:00"}, "entered_at"),
        ({"case": "f" * 32, "reporter": envelope("e" * 32, f"{VILLAGE}/petition")}, "reporter"),
        ({"case": "f" * 32, "reporter": envelope("f" * 32, f"{TOWN}/petition")}, "reporter"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(house: House, change: dict[str, Any], field: str) -> None:
    answer = house.command(VILLAGE, "intake", "register", petition(**change))
    assert field in answer["error"]["fields"]
    assert house.rows(VILLAGE, IntakeReport) == []


def test_a_sealed_report_for_a_desk_above_leaves_a_custody_line_and_no_number(house: House) -> None:
    given = report()
    assert house.command(TOWN, "intake", "register_sealed", given)["result"] == {"custody": True}
    house.post()
    assert house.rows(TOWN, IntakeReport) == []
    rows = house.rows(DISTRICT, IntakeReport)
    assert [(row.desk, row.place, row.text) for row in rows] == [("discipline", "", None)]
    assert re.fullmatch(rf"{DISTRICT}-J2026-[0-9]{{6}}", rows[0].number)
    assert house.command(TOWN, "intake", "register_sealed", given)["error"]["code"] == "known_case"


def test_a_report_for_a_body_outside_is_never_entered(house: House) -> None:
    outside = report("city-discipline", sealed=None)
    kept = house.command(DISTRICT, "intake", "register_sealed", outside)["result"]
    (row,) = house.rows(DISTRICT, IntakeCustody)
    assert (kept["custody"], kept["number"], row.recipient) == (True, row.number, "city-discipline/discipline")
    house.post()
    assert [(each.office, each.service, each.type) for each in house.unread] == [
        (DISTRICT, "supervision", "case_milestone")
    ]
    content = report("city-discipline")
    assert house.command(DISTRICT, "intake", "register_sealed", content)["error"]["code"] == "outside"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"recipient_office": VILLAGE}, "no_route"),
        ({"recipient_desk": "petition"}, "wrong_desk"),
        ({"sealed": None}, "not_sealed_for"),
    ],
)
def test_a_sealed_report_goes_up_to_the_desk_that_can_open_it(house: House, change: dict[str, Any], code: str) -> None:
    assert house.command(TOWN, "intake", "register_sealed", report(**change))["error"]["code"] == code


def test_custody_lines_are_for_the_discipline_desk_alone(house: House) -> None:
    house.command(TOWN, "intake", "register_sealed", report())
    for actor in ({}, {"roles": ["leader"]}, {"desk": "discipline", "roles": ["clerk"]}):
        assert house.ask(TOWN, "intake", "custody", {}, **actor)["error"]["code"] == "not_found"
    lines = house.ask(TOWN, "intake", "custody", {}, roles=["head"], **DISCIPLINE)["result"]["lines"]
    assert [sorted(line) for line in lines] == [
        ["case", "day", "document_no", "due", "late", "number", "recipient", "sent_at", "way"]
    ]
    assert (lines[0]["case"], lines[0]["number"], lines[0]["day"]) == ("", "", "2026-03-02")
    note = house.rows(TOWN, JournalRow)[-1]
    assert (note.action, note.why, note.data) == ("custody", "", {})


def test_what_the_portal_sends_is_registered_once(house: House) -> None:
    data = filed()
    for _ in range(2):
        comes_from(house, "portal", DISTRICT, "report_filed", data)
    rows = house.rows(DISTRICT, IntakeReport)
    assert [(row.number, row.entered_at) for row in rows] == [(f"{DISTRICT}-2026-00001", MON)]


def test_an_unsealed_discipline_report_is_parked(house: House) -> None:
    comes_from(house, "portal", DISTRICT, "report_filed", filed(desk="discipline", text=None))
    comes_from(house, "portal", DISTRICT, "report_filed", filed(category="C15"))
    assert [reason.split(":")[0] for reason in parked(house, DISTRICT)] == ["not_sealed_for", "must_be_sealed"]
    assert house.rows(DISTRICT, IntakeReport) == []


@pytest.mark.parametrize(("sender", "receiver", "data"), [
    (VILLAGE, DISTRICT, {}),
    (DISTRICT, DISTRICT, {}),
    (TOWN, VILLAGE, {"desk": "discipline", "text": None}),
    ("portal", TOWN, {}),
])  # fmt: skip
def test_an_open_petition_is_filed_by_the_portal_alone_and_nothing_downward(
    house: House, sender: str, receiver: str, data: dict[str, Any]
) -> None:
    given = filed(**data)
    sealed = envelope(given["case"], f"{receiver}/discipline") if data else None
    comes_from(house, sender, receiver, "report_filed", {**given, "sealed": sealed})
    (reason,) = parked(house, receiver)
    assert "只有门户可以报来普通信访事项" in reason
    assert house.rows(receiver, IntakeReport) == []


def test_a_village_files_what_is_sealed_for_the_discipline_desk_and_under_its_own_case(house: House) -> None:
    given = filed(desk="discipline", text=None)
    given["sealed"] = envelope(given["case"], f"{DISTRICT}/discipline")
    comes_from(house, VILLAGE, DISTRICT, "report_filed", given, new_id())
    assert "不是同一事项" in parked(house, DISTRICT)[0]
    comes_from(house, VILLAGE, DISTRICT, "report_filed", given)
    assert [row.case for row in house.rows(DISTRICT, IntakeReport)] == [given["case"]]


def test_supplements_and_ratings_go_to_the_entry_office(house: House) -> None:
    given = petition()
    case = house.command(VILLAGE, "intake", "register", given)["result"]["case"]
    thread = {"receipt_hash": given["receipt_hash"], "entry_office": VILLAGE, "at": MON}
    arrives(
        house, DISTRICT, "supplement_filed", {**thread, "supplement": new_id(), "text": "照片", "sealed": None}, case
    )
    arrives(house, DISTRICT, "rating_given", {**thread, "rating": "satisfied", "comment": ""}, case)
    shown = house.ask(VILLAGE, "intake", "get_report", {"case": case})["result"]
    assert ([each["text"] for each in shown["supplements"]], len(shown["ratings"])) == (["照片"], 1)
    onward = told(house, "supplement_filed")
    assert [(row.office, row.service) for row in onward] == [(VILLAGE, "assignment")]
    assert house.ask(VILLAGE, "intake", "counts", {})["result"]["rated"] == 1


def test_an_unknown_receipt_is_parked(house: House) -> None:
    data = {"receipt_hash": "9" * 64, "entry_office": "", "at": MON, "rating": "fair", "comment": ""}
    arrives(house, DISTRICT, "rating_given", data)
    assert parked(house, DISTRICT) == ["unknown_receipt: 本机关没有该查询码对应的事项"]


def test_a_request_for_review_goes_to_the_own_hearing(house: House) -> None:
    data = {"receipt_hash": "9" * 64, "entry_office": VILLAGE, "at": MON, "points": "不服"}
    arrives(house, DISTRICT, "review_requested", data)
    assert [(row.office, row.service) for row in told(house, "review_requested")] == [(DISTRICT, "hearing")]


def test_notices_have_a_series_of_their_own_by_desk(house: House) -> None:
    for desk in ("petition", "discipline", "petition"):
        data = {"kind": "accepted", "at": MON, "receipt_hash": "9" * 64, "desk": desk, "facts": {"number": "1"}}
        arrives(house, TOWN, "notice_wanted", data, new_id())
    numbers = sorted(row.number for row in house.rows(TOWN, IntakeNotice))
    assert numbers[:2] == ["槐川镇告〔2026〕1号", "槐川镇告〔2026〕2号"]
    assert re.fullmatch(r"槐川镇纪告〔2026〕[0-9]{6}号", numbers[2])


def recall(house: House, case: str) -> None:
    data = {"term": {"override": 10_000, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(VILLAGE, "intake", "case_recalled", case, data))
    house.post()


def test_a_recalled_report_is_emptied_and_its_thread_goes_up(house: House) -> None:
    given = petition()
    case = house.command(VILLAGE, "intake", "register", given)["result"]["case"]
    recall(house, case)
    recall(house, case)
    row = house.rows(VILLAGE, IntakeReport)[0]
    assert (row.recalled, row.text, row.reporter, row.number) == (True, None, None, f"{VILLAGE}-2026-00001")
    assert house.ask(VILLAGE, "intake", "get_report", {"case": case})["error"]["code"] == "not_found"
    assert house.ask(VILLAGE, "intake", "list_reports", {})["result"]["reports"] == []
    assert house.ask(VILLAGE, "intake", "counts", {})["result"]["registered"] == 0
    assert house.command(VILLAGE, "intake", "register", petition())["result"]["number"].endswith("00002")
    thread = {"receipt_hash": given["receipt_hash"], "entry_office": VILLAGE, "at": MON}
    arrives(
        house, VILLAGE, "supplement_filed", {**thread, "supplement": new_id(), "text": "照片", "sealed": None}, case
    )
    arrives(house, VILLAGE, "rating_given", {**thread, "rating": "fair", "comment": ""}, case)
    onward = told(house, "supplement_filed")
    assert [(row.office, row.service) for row in onward] == [(DISTRICT, "assignment")]
    assert [row.case for row in house.rows(DISTRICT, IntakeRating)] == [case]


def test_a_recall_from_beside_or_below_is_refused(house: House) -> None:
    case = house.command(TOWN, "intake", "register", petition())["result"]["case"]
    house.say(VILLAGE, "assignment", Tell(TOWN, "intake", "case_recalled", case, {"term": {"override": 9, "n": 0}}))
    house.post()
    assert house.rows(TOWN, IntakeReport)[0].recalled is False


def test_lists_page_by_number(house: House) -> None:
    for _ in range(3):
        house.command(VILLAGE, "intake", "register", petition())
    first = house.ask(VILLAGE, "intake", "list_reports", {"limit": 2})["result"]
    rest = house.ask(VILLAGE, "intake", "list_reports", {"limit": 2, "after": first["next"]})["result"]
    assert [each["number"][-1] for each in (*first["reports"], *rest["reports"])] == ["1", "2", "3"]
    assert rest["next"] == ""


def test_a_discipline_report_is_not_rated_and_takes_sealed_supplements_only(house: House) -> None:
    given = report()
    house.command(DISTRICT, "intake", "register_sealed", given, **DISCIPLINE)
    thread = {"receipt_hash": given["receipt_hash"]}
    rated = house.command(DISTRICT, "intake", "rate", {**thread, "rating": "fair"}, **DISCIPLINE)
    plain = house.command(DISTRICT, "intake", "supplement", {**thread, "text": "还有"}, **DISCIPLINE)
    assert (rated["error"]["code"], plain["error"]["code"]) == ("not_rated", "must_be_sealed")
    other = house.command(DISTRICT, "intake", "supplement", {**thread, "text": "还有"})
    assert other["error"]["code"] == "not_found", "the petition desk knows of no such receipt"


def test_another_office_takes_no_notice_numbers(house: House) -> None:
    data = {"kind": "accepted", "at": MON, "receipt_hash": "0" * 64}
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "intake", "notice_wanted", "e" * 32, data))
    house.post()
    assert house.rows(DISTRICT, IntakeNotice) == []
    assert [reason.split(":")[0] for reason in parked(house, DISTRICT)] == ["not_own"]


def test_an_answer_is_for_who_asked(house: House) -> None:
    """A clerk of the other desk who knows a command's id does not read what it answered."""
    service = IntakeService.of(house.offices[DISTRICT])
    who = {"id": "纪检", "office": DISTRICT, **DISCIPLINE}
    call = {"actor": who, "command_id": "a" * 32, "data": report(DISTRICT)}
    first = service.register_sealed(call)
    assert service.register_sealed(call) == first
    other = {**call, "actor": {"id": "经办", "office": DISTRICT}, "data": report(DISTRICT)}
    assert service.register_sealed(other)["error"]["code"] == "command_id_used"
