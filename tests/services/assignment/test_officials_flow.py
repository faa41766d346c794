"""The register imported at the district, its copies elsewhere, and matching, over real databases and letters."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.letters import Letter, Tell
from contracts.veils import veil
from network.tables import InboxRow, JournalRow
from services.assignment.models import AssignmentCase
from services.assignment.officials import acts
from services.assignment.officials.models import OfficialPart
from services.assignment.persons.models import AssignmentRecusal
from services.assignment.service import AssignmentService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.assignment.officials import COVERING, DEPUTY, HEAD, MOVED, REGISTER, SECRETARY, plain
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
OFFICES = (DISTRICT, TOWN, VILLAGE)
LEADER: dict[str, Any] = {"roles": ["clerk", "leader"]}
DISCIPLINE: dict[str, Any] = {"desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
MARKS = ["1" * 64]
IMPORTS = {"desk": "discipline", "roles": ["clerk", "leader"]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {"intake": IntakeService, "assignment": AssignmentService, "supervision": SupervisionService}
    opened = House(tmp_path, services).open(OFFICES, MON)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def imported(house: House, version: str = "2026.1", officials: Any = None, **actor: Any) -> dict[str, Any]:
    data = {"version": version, "officials": plain() if officials is None else officials}
    answer = house.command(DISTRICT, "assignment", "import_officials", data, **{**IMPORTS, **actor})
    house.post()
    return answer


def listed(house: House, office: str, **actor: Any) -> list[dict[str, Any]]:
    answer = house.ask(office, "assignment", "officials", {}, **actor)
    found: list[dict[str, Any]] = answer["result"]["officials"]
    return found


def reported(house: House, case: str) -> str:
    """A sealed report at the district's discipline desk."""
    sealed = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    data = {
        "case": case, "receipt_hash": case * 2, "channel": "letter", "nature": "accuse", "real_name": False,
        "contactable": False, "recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": sealed,
    }  # fmt: skip
    answer = house.command(DISTRICT, "intake", "register_sealed", data, **DISCIPLINE)
    assert answer["ok"], answer
    house.post()
    return case


def matched(house: House, case: str, *officials: str, marks: list[str], office: str = DISTRICT) -> dict[str, Any]:
    data = {"case": case, "officials": list(officials), "marks": marks}
    answer = house.command(office, "assignment", "match_accused", data, **DISCIPLINE)
    house.post()
    return answer


def test_every_office_gets_a_copy_without_relations_and_without_who_supervises(house: House) -> None:
    assert imported(house)["result"] == {
        "version": "2026.1", "serial": 1, "officials": len(REGISTER), "changed": True,
    }  # fmt: skip
    copy = {each["id"]: each for each in listed(house, VILLAGE)}
    assert list(copy) == [each.id for each in REGISTER]
    assert "配偶" not in json.dumps([row.officials for row in house.rows(VILLAGE, OfficialPart)], ensure_ascii=False)
    assert [duty["duty"] for duty in copy[COVERING.id]["duties"]] == ["covering_leader"]
    assert all("relations" not in each for each in copy.values())


def test_declared_relations_are_shown_at_the_district_s_discipline_desk_alone(house: House) -> None:
    imported(house)
    shown = {each["id"]: each for each in listed(house, DISTRICT, **DISCIPLINE)}
    assert shown[HEAD.id]["relations"] == [{"person": "gb-004", "kind": "配偶"}]
    assert "relations" not in listed(house, DISTRICT)[0]
    assert "relations" not in listed(house, TOWN, **DISCIPLINE)[0]


def test_the_same_again_changes_nothing_and_another_under_the_same_version_is_refused(house: House) -> None:
    imported(house)
    assert imported(house)["result"]["changed"] is False
    assert imported(house, "2026.2")["result"] == {
        "version": "2026.1", "serial": 1, "officials": len(REGISTER), "changed": False,
    }  # fmt: skip
    assert imported(house, officials=plain(HEAD, DEPUTY, REGISTER[3]))["error"]["code"] == "version_taken"
    assert len(house.rows(DISTRICT, OfficialPart)) == 1


def test_a_new_version_takes_the_place_of_the_copy_and_the_district_keeps_both(house: House) -> None:
    imported(house)
    imported(house, "2026.2", officials=plain(DEPUTY, SECRETARY))
    assert [each["id"] for each in listed(house, TOWN)] == [SECRETARY.id, DEPUTY.id]
    assert [row.version for row in house.rows(TOWN, OfficialPart)] == ["2026.2"]
    kept = [(row.serial, row.version, row.by) for row in house.rows(DISTRICT, OfficialPart)]
    assert kept == [(1, "2026.1", "张三"), (2, "2026.2", "张三")]


def part(house: House, number: int, officials: list[dict[str, Any]], serial: int = 1, parts: int = 2) -> None:
    """A part of a version comes to the town."""
    copies = [{name: value for name, value in each.items() if name != "relations"} for each in officials]
    data = {"version": f"2026.{serial}", "serial": serial, "part": number, "parts": parts, "officials": copies}
    house.say(DISTRICT, "assignment", Tell(TOWN, "assignment", "officials_published", "", data))
    house.post()


def test_a_copy_counts_only_when_all_its_parts_are_there(house: House) -> None:
    part(house, 1, plain(HEAD), serial=1, parts=1)
    part(house, 2, plain(DEPUTY), serial=2)
    part(house, 2, plain(DEPUTY), serial=2)
    assert [each["id"] for each in listed(house, TOWN)] == [HEAD.id]
    part(house, 1, plain(SECRETARY), serial=2)
    assert [each["id"] for each in listed(house, TOWN)] == [SECRETARY.id, DEPUTY.id]
    part(house, 1, plain(HEAD), serial=1, parts=1)
    assert [each["id"] for each in listed(house, TOWN)] == [SECRETARY.id, DEPUTY.id], "an older version is past"
    assert [row.serial for row in house.rows(TOWN, OfficialPart)] == [2, 2]


def test_a_large_register_goes_in_parts_and_is_read_in_pages(house: House) -> None:
    many = [{**plain(DEPUTY)[0], "id": f"gb-{number:04}"} for number in range(201)]
    imported(house, officials=many)
    assert [len(row.officials) for row in house.rows(TOWN, OfficialPart)] == [200, 1]
    answer = house.ask(TOWN, "assignment", "officials", {"limit": 200})["result"]
    assert (len(answer["officials"]), answer["next"], answer["version"]) == (200, "gb-0199", "2026.1")
    rest = house.ask(TOWN, "assignment", "officials", {"after": "gb-0199"})["result"]
    assert ([each["id"] for each in rest["officials"]], rest["next"]) == (["gb-0200"], "")


def test_search_by_words_and_office(house: House) -> None:
    imported(house)
    for wanted, ids in (
        ({"text": "主任"}, [HEAD.id, DEPUTY.id, COVERING.id]),
        ({"text": "欧阳"}, [MOVED.id]),
        ({"office": VILLAGE}, [HEAD.id, MOVED.id]),
        ({"office": VILLAGE, "text": "会计"}, [MOVED.id]),
        ({"text": "gb-00", "limit": 2, "after": HEAD.id}, [SECRETARY.id, DEPUTY.id]),
    ):
        answer = house.ask(TOWN, "assignment", "officials", wanted)["result"]
        assert [each["id"] for each in answer["officials"]] == ids, wanted


def test_who_changed_office_last_year_is_found_with_the_dates(house: House) -> None:
    imported(house)
    asked = {"name": "欧阳某", "post": "会计", "office": VILLAGE}
    found = house.ask(TOWN, "assignment", "candidates", asked)["result"]["candidates"]
    assert [(each["official"]["id"], each["score"]) for each in found] == [(MOVED.id, 85)]
    assert found[0]["why"] == [
        "姓氏相同:欧阳", "职务相符:会计(2020-01-01至2025-06-30)", "曾在该单位任职(2020-01-01至2025-06-30)",
    ]  # fmt: skip


def test_matching_excludes_the_office_recuses_persons_and_keeps_no_id(house: House) -> None:
    imported(house)
    case = reported(house, "a" * 32)
    assert matched(house, case, HEAD.id, marks=MARKS)["ok"]
    (row,) = [each for each in house.rows(DISTRICT, AssignmentCase) if each.case == case]
    assert (row.matched, row.marks, row.excluded) == ("matched", MARKS, [VILLAGE])
    assert set(row.recused) == {veil(case, HEAD.id), veil(case, "gb-004")}
    journal = json.dumps([(each.action, each.why, each.data) for each in house.rows(DISTRICT, JournalRow)])
    assert HEAD.id not in journal.replace('"officials": 8', "")


def test_repeats_are_linked_by_marks_and_stay_cases_of_their_own(house: House) -> None:
    imported(house)
    first, second, third = (reported(house, letter * 32) for letter in "abc")
    matched(house, first, HEAD.id, marks=MARKS)
    matched(house, second, HEAD.id, SECRETARY.id, marks=[*MARKS, "2" * 64])
    matched(house, third, SECRETARY.id, marks=["2" * 64])
    answers = {
        case: house.ask(DISTRICT, "assignment", "repeats", {"case": case}, **DISCIPLINE)["result"]["cases"]
        for case in (first, second)
    }
    assert [each["case"] for each in answers[first]] == [second]
    assert [each["case"] for each in answers[second]] == [third, first]
    assert house.ask(DISTRICT, "assignment", "repeats", {"case": first})["error"]["code"] == "not_found"


def test_an_unknown_official_is_named_by_place(house: House) -> None:
    imported(house)
    case = reported(house, "a" * 32)
    error = matched(house, case, HEAD.id, "gb-999", marks=[])["error"]
    assert (error["code"], error["fields"]) == ("unknown_official", {"officials": {1: ["名册中没有此人"]}})


def test_only_the_district_imports_and_a_register_of_another_office_is_no_register(house: House) -> None:
    answer = house.command(TOWN, "assignment", "import_officials", {"version": "1", "officials": plain()}, **LEADER)
    assert answer["error"]["code"] == "district_only"
    error = imported(house, officials=[{**plain(HEAD)[0], "id": "石"}])["error"]
    assert (error["code"], list(error["fields"]["officials"][0])) == ("invalid", ["id"])
    assert house.rows(DISTRICT, OfficialPart) == []


def test_the_petition_desk_s_leader_takes_nobody_out_of_the_register(house: House) -> None:
    imported(house)
    answer = imported(house, "2", plain(*[each for each in REGISTER if each not in (HEAD, COVERING)]), desk="petition")
    assert answer["error"]["code"] == "wrong_desk"
    case = reported(house, "a" * 32)
    assert matched(house, case, COVERING.id, marks=MARKS)["ok"]


def handed_down(house: House) -> str:
    """A petition of the district that the town signed for."""
    case = "d" * 32
    petition = {
        "case": case, "receipt_hash": "e" * 64, "channel": "visit", "nature": "seek", "category": "C03", "place": TOWN,
        "text": "账目不公开", "real_name": False, "contactable": False,
    }  # fmt: skip
    for office, service, method, data in (
        (DISTRICT, "intake", "register", petition),
        (DISTRICT, "assignment", "offer", {"case": case, "to": TOWN}),
        (TOWN, "assignment", "sign_for", {"case": case}),
    ):
        answer = house.command(office, service, method, data)
        assert answer["ok"], answer
        house.post()
    return case


def row_at(house: House, office: str, case: str) -> Any:
    return next(row for row in house.rows(office, AssignmentCase) if row.case == case)


def about(house: House, case: str, *officials: str) -> None:
    answer = house.command(
        DISTRICT, "assignment", "match_accused", {"case": case, "officials": list(officials)}, **LEADER
    )
    assert answer["ok"], answer
    house.post()


def test_the_town_of_the_accused_loses_the_case_and_keeps_nothing(house: House) -> None:
    imported(house)
    case = handed_down(house)
    about(house, case, SECRETARY.id)
    lost, taken = row_at(house, TOWN, case), row_at(house, DISTRICT, case)
    assert (lost.recalled, lost.text, lost.number) == (True, None, "")
    assert (taken.holder, taken.matched, taken.marks) == (DISTRICT, "matched", [])
    assert TOWN in taken.excluded
    assert house.ask(TOWN, "assignment", "list_cases", {"desk": "petition"})["result"]["cases"] == []


def test_the_holder_below_hides_the_case_from_whom_it_concerns(house: House) -> None:
    imported(house)
    case = handed_down(house)
    about(house, case, HEAD.id)
    held = row_at(house, TOWN, case)
    assert (held.holder, held.excluded) == (TOWN, [VILLAGE])
    assert set(held.recused) == {veil(case, HEAD.id), veil(case, "gb-004")}
    asked = {"case": case}
    assert house.ask(TOWN, "assignment", "get_case", asked)["ok"]
    assert house.ask(TOWN, "assignment", "get_case", asked, person="gb-004")["error"]["code"] == "not_found"


def test_the_grounds_are_counted_without_the_case(house: House) -> None:
    imported(house)
    about(house, handed_down(house), HEAD.id)
    rows = [(row.who, row.ground, row.is_person) for row in house.rows(DISTRICT, AssignmentRecusal)]
    veils = {row[0] for row in rows if row[2]}
    assert (VILLAGE, "works_there", False) in rows
    assert sorted(row[1] for row in rows if row[2]) == ["accused", "related"]
    assert not veils & {HEAD.id, "gb-004"}


def test_only_who_triages_may_match_a_sealed_report(house: House) -> None:
    imported(house)
    case = reported(house, "a" * 32)
    data = {"case": case, "officials": [HEAD.id]}
    clerk = {"desk": "discipline", "roles": ["clerk"]}
    assert house.command(DISTRICT, "assignment", "match_accused", data, **clerk)["error"]["code"] == "not_found"
    assert matched(house, case, HEAD.id, marks=MARKS)["ok"]
    assert house.ask(DISTRICT, "assignment", "get_case", {"case": case}, **clerk)["ok"]


def test_a_register_of_any_office_but_the_district_is_refused(house: House) -> None:
    data = {"version": "9", "serial": 9, "part": 1, "parts": 1, "officials": [HEAD]}
    forged = Letter("1", TOWN, "assignment", "officials_published", "", "2026-03-02T09:00:00+08:00", data)
    with pytest.raises(Refused) as refused, house.offices[VILLAGE].uow("assignment", SYSTEM) as uow:
        acts.take_copy(uow, forged)
    assert refused.value.code == "district_only"
    assert house.rows(VILLAGE, OfficialPart) == []
