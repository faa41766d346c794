"""Receptions over real databases of three offices: who came, what came of it, what the person thinks; counted above."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.activities import matter_of
from contracts.letters import Tell
from network.keys import Keyring, make_keys
from network.tables import InboxRow, JournalRow
from services.intake.activities.models import IntakeActivity
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.records.models import IntakeCaseOutcome, IntakeReception
from services.intake.reception.schedules.models import IntakeSchedule
from tests.services.assignment.test_journeys import petition
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House
from tests.services.intake.receiving import (
    HE,
    LEADER,
    MON,
    SERVICES,
    SHE,
    act,
    ask,
    board,
    done,
    error,
    figures,
    ledger,
    received,
    slot,
    weekly,
)

OFFICES = (DISTRICT, TOWN, VILLAGE, DEPARTMENT)
MARCH = {"since": "2026-03-01", "until": "2026-03-31"}


@pytest.fixture(scope="module")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def house(tmp_path: Path, key_folder: Path) -> Iterator[House]:
    shutil.copytree(key_folder, tmp_path, dirs_exist_ok=True)
    opened = House(tmp_path, SERVICES).open(OFFICES, MON)
    board(opened, TOWN)
    board(opened, TOWN, SHE, "石副主任")
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def register(house: House, office: str = TOWN, **other: Any) -> dict[str, Any]:
    """A petition taken on the occasion; the answer has case and number."""
    given = petition(office, Keyring(house.folder), channel="named_reception", **other)
    return {**act(house, office, "register", given), "receipt_hash": given["receipt_hash"]}


def handle(house: House, office: str, method: str, case: str, **data: Any) -> None:
    done(house.command(office, "assignment", method, {"case": case, **data}, **LEADER))
    house.post()


def conclude(house: House, office: str, case: str) -> None:
    opinion = {"verdict": "support", "facts": "属实", "opinion": "限期清淤", "basis": "《信访工作条例》"}
    handle(house, office, "draft_opinion", case, **opinion, no_visit_reason="可凭材料查明")
    handle(house, office, "issue_opinion", case)
    handle(house, office, "serve", case, way="direct", receiver="本人")


def says(house: House, office: str, receipt_hash: str, what: str) -> None:
    act(house, office, "say", {"receipt_hash": receipt_hash, "what": what, "text": "如题"})


def result(house: House, office: str = TOWN) -> str:
    (row,) = house.rows(office, IntakeReception)
    return str(row.result)


def test_s92_a_reception_is_held_wherever_the_demand_is(house: House) -> None:
    held = act(house, TOWN, "record_reception", received(place="望塬村老槐树下", detail="go_down", head_count=3))
    assert (held["place"], held["head_count"], held["result"]) == ("望塬村老槐树下", 3, "answered")
    (row,) = house.rows(TOWN, IntakeReception)
    assert (row.booking, row.booked_for, row.recorded_by) == ("", None, "张三")
    (line,) = ledger(house, TOWN, "receptions")
    assert (line["place"], line["petitioner"], line["answer"]) == ("望塬村老槐树下", "见密封件", "请城管局说明依据")
    assert figures(house, DISTRICT)["receptions_go_down"] == (1, 1)
    assert figures(house, DISTRICT)["reception_people"] == (3, None)
    assert figures(house, DISTRICT)["named_receptions"] == (0, None)


def test_s96_a_reception_becomes_a_case_whose_clocks_run_and_whose_end_it_follows(house: House) -> None:
    """R11: the named leader receives, the matter goes to a department through the district, the person rates by receipt."""
    act(house, TOWN, "set_schedule", weekly())
    booking = act(house, TOWN, "book", slot())["booking"]
    house.pass_time(2.1)
    case = register(house)
    held = act(house, TOWN, "record_reception", received(booking=booking, case=case["case"]))
    assert (held["detail"], held["result"]) == ("named", "pending")
    clocks = done(house.ask(TOWN, "supervision", "clocks", {"case": case["case"]}))["clocks"]
    assert [each["kind"] for each in clocks if each["state"] == "running"] == ["K2"]
    for sender, receiver in ((TOWN, DISTRICT), (DISTRICT, DEPARTMENT)):
        handle(house, sender, "offer", case["case"], to=receiver, note="请依法处理")
        handle(house, receiver, "sign_for", case["case"])
    handle(house, DEPARTMENT, "accept", case["case"])
    assert result(house) == "pending"
    conclude(house, DEPARTMENT, case["case"])
    assert result(house) == "concluded", "concluded is not resolved"
    assert figures(house, DISTRICT)["named_receptions_resolved"] == (0, 1)
    says(house, TOWN, case["receipt_hash"], "performed")
    assert result(house) == "resolved"
    act(house, TOWN, "rate", {"receipt_hash": case["receipt_hash"], "rating": "satisfied"})
    for office in (TOWN, DISTRICT):
        found = figures(house, office)
        assert (found["named_receptions"], found["named_receptions_resolved"]) == ((1, None), (1, 1))
        assert (found["named_receptions_satisfied"], found["receptions_rated"]) == ((1, 1), (1, 1))
    (line,) = ledger(house, TOWN, "receptions")
    assert (line["matter"], line["resolved"], line["rating"]) == (case["number"], "是", "满意")
    assert (line["booked_for"], line["held_at"]) == ("2026-03-04 09:00", "2026-03-04 11:24")
    handle(house, DISTRICT, "reopen", case["case"], reason="过渡费没有到账")
    assert result(house) == "pending", "what is open again is resolved no more"
    assert figures(house, DISTRICT)["named_receptions_resolved"] == (0, 1)
    assert parked(house) == []


def parked(house: House) -> list[str]:
    return [row.reason for office in house.offices for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_s96_what_was_settled_on_the_spot_is_taken_back_when_it_is_disputed_or_opened_again(house: House) -> None:
    case = register(house)
    act(house, TOWN, "record_reception", received(case=case["case"], resolved=True))
    assert result(house) == "resolved"
    handle(house, TOWN, "accept", case["case"])
    conclude(house, TOWN, case["case"])
    assert result(house) == "resolved"
    says(house, TOWN, case["receipt_hash"], "not_performed")
    assert result(house) == "pending"
    says(house, TOWN, case["receipt_hash"], "performed")
    assert result(house) == "resolved"
    handle(house, TOWN, "reopen", case["case"], reason="又坏了")
    assert result(house) == "pending"
    act(house, TOWN, "record_reception", received(SHE, case=case["case"], resolved=True))
    assert [row.result for row in house.rows(TOWN, IntakeReception)] == ["pending", "resolved"]
    assert figures(house, TOWN)["receptions_resolved"] == (1, 2)


def test_s96_a_case_concluded_before_it_was_linked_and_one_that_came_from_elsewhere(house: House) -> None:
    case = register(house, DISTRICT)
    handle(house, DISTRICT, "offer", case["case"], to=TOWN, note="请依法处理")
    assert error(house, TOWN, "record_reception", received(case=case["case"]))[0] == "not_found", "not signed for yet"
    handle(house, TOWN, "sign_for", case["case"])
    handle(house, TOWN, "accept", case["case"])
    held = act(house, TOWN, "record_reception", received())
    conclude(house, TOWN, case["case"])
    linked = act(house, TOWN, "link_reception", {"reception": held["reception"], "case": case["case"]})
    assert (linked["case"], linked["result"]) == (case["case"], "concluded")
    again = {"reception": held["reception"], "case": case["case"]}
    assert error(house, TOWN, "link_reception", again) == ("linked", ["case"])
    assert error(house, TOWN, "link_reception", {**again, "reception": "e" * 32})[0] == "not_found"
    assert ledger(house, TOWN, "receptions")[0]["matter"] == matter_of(case["case"]), "another office's number"


def test_s97_receptions_resolved_and_satisfied_are_three_figures_with_their_own_bases(house: House) -> None:
    act(house, TOWN, "record_reception", received(resolved=True, rating="satisfied"))
    act(house, TOWN, "record_reception", received(resolved=True, rating="fair"))
    act(house, TOWN, "record_reception", received(resolved=True))
    act(house, TOWN, "record_reception", received(rating="dissatisfied"))
    case = register(house)["case"]
    for _ in range(2):
        act(house, TOWN, "record_reception", received(case=case))
    act(house, TOWN, "record_reception", received(detail="hall", resolved=True))
    for office in (TOWN, DISTRICT):
        found = figures(house, office)
        assert found["named_receptions"] == (6, None), "two receptions of one case are two"
        assert found["named_receptions_resolved"] == (3, 6)
        assert found["named_receptions_satisfied"] == (2, 3)
        assert found["named_receptions_rated"] == (3, 6)
        assert (found["receptions"], found["receptions_resolved"]) == ((7, None), (4, 7))
        assert found["receptions_hall"] == (1, 7)
    assert figures(house, DISTRICT, office=VILLAGE)["receptions"] == (0, None)
    rows = ledger(house, TOWN, "receptions")
    assert len([each for each in rows if each["detail"] == "点名接访" and each["resolved"] == "是"]) == 3


def test_s97_booked_in_december_and_held_in_january_counts_in_january(house: House) -> None:
    act(house, TOWN, "set_schedule", weekly(until="2027-01-31"))
    house.pass_time(300)
    booking = act(house, TOWN, "book", slot(day="2027-01-06"))["booking"]
    house.pass_time(11)
    early = received(booking=booking, at="2026-12-20T10:00:00+08:00")
    assert error(house, TOWN, "record_reception", early) == ("before_booking", ["at"])
    house.set_time(MON.replace(year=2027, month=1, day=6, hour=10))
    act(house, TOWN, "record_reception", received(booking=booking, at="2027-01-06T09:00:00+08:00"))
    assert figures(house, DISTRICT, "2026-12-01", "2026-12-31")["receptions"] == (0, None)
    assert figures(house, DISTRICT, "2027-01-01", "2027-01-31")["receptions"] == (1, None)
    assert ledger(house, TOWN, "receptions", "2026-12-01", "2026-12-31") == []
    assert len(ledger(house, TOWN, "receptions", "2027-01-01", "2027-01-31")) == 1


def test_s97_who_received_neither_rates_himself_nor_takes_his_own_out_of_the_figures(house: House) -> None:
    assert error(house, TOWN, "record_reception", received(rating="satisfied"), person=HE) == (
        "own_reception",
        ["rating"],
    )
    held = act(house, TOWN, "record_reception", received(rating="dissatisfied"))["reception"]
    own = {"reception": held, "rating": "satisfied"}
    assert error(house, TOWN, "rate_reception", own, person=HE) == ("own_reception", ["rating"])
    assert error(house, TOWN, "void_reception", {"reception": held, "why": "录错"}, person=HE)[0] == "own_reception"
    assert figures(house, DISTRICT)["receptions_satisfied"] == (0, 1)
    act(house, TOWN, "record_reception", received(), person=HE)
    act(house, TOWN, "void_reception", {"reception": held, "why": "录错"}, person=SHE)
    assert figures(house, DISTRICT)["receptions"] == (1, None)


def test_s97_a_rating_may_be_changed_once_and_a_double_click_counts_once(house: House) -> None:
    held = {"actor": {"id": "张三", "office": TOWN}, "data": received(), "command_id": "5" * 32}
    first, second = (SERVICES["intake"].of(house.offices[TOWN]).record_reception(held) for _ in range(2))
    assert first == second
    reception = first["result"]["reception"]
    act(house, TOWN, "rate_reception", {"reception": reception, "rating": "dissatisfied"})
    act(house, TOWN, "rate_reception", {"reception": reception, "rating": "fair"})
    late = {"reception": reception, "rating": "satisfied"}
    assert error(house, TOWN, "rate_reception", late) == ("rated", ["rating"])
    assert figures(house, DISTRICT)["receptions_satisfied"] == (1, 1)
    assert figures(house, DISTRICT)["receptions"] == (1, None)
    (told,) = [row for row in house.rows(DISTRICT, IntakeActivity) if row.kind == "reception"]
    assert (told.rev, told.rating, told.case) == (3, "fair", "")


def test_s97_a_rating_by_receipt_is_the_latest_reception_s_unless_it_was_rated_at_the_desk(house: House) -> None:
    case = register(house)
    act(house, TOWN, "record_reception", received(case=case["case"]))
    house.pass_time(1)
    act(house, TOWN, "record_reception", received(case=case["case"]))
    act(house, TOWN, "rate", {"receipt_hash": case["receipt_hash"], "rating": "fair"})
    assert [row.rating for row in house.rows(TOWN, IntakeReception)] == ["", "fair"]
    house.pass_time(1)
    act(house, TOWN, "record_reception", received(case=case["case"], rating="dissatisfied"))
    act(house, TOWN, "rate", {"receipt_hash": case["receipt_hash"], "rating": "satisfied"})
    assert [row.rating for row in house.rows(TOWN, IntakeReception)] == ["", "fair", "dissatisfied"]


def test_s51_a_substitute_keeps_the_count_and_the_record_says_who_came(house: House) -> None:
    act(house, TOWN, "set_schedule", weekly())
    booking = act(house, TOWN, "book", slot())["booking"]
    house.pass_time(2.1)
    wanted = received(SHE, booking=booking)
    assert error(house, TOWN, "record_reception", wanted) == ("no_reason", ["substitute_why"])
    held = act(house, TOWN, "record_reception", {**wanted, "substitute_why": "开会"})
    assert (held["named"], held["named_name"], held["received_by"]) == (HE, "卢主任", SHE)
    (row,) = [each for each in house.rows(DISTRICT, IntakeActivity) if each.kind == "reception"]
    assert (row.by, row.detail) == (SHE, "named_substitute")
    assert figures(house, DISTRICT)["named_receptions"] == (1, None)
    assert figures(house, DISTRICT)["named_receptions_by_substitutes"] == (1, 1)
    (line,) = ledger(house, TOWN, "receptions")
    assert (line["named"], line["received_by"], line["substitute_why"]) == ("卢主任", "石副主任", "开会")
    (kept,) = house.rows(TOWN, IntakeBooking)
    assert kept.state == "held"


def test_s52_distinct_leaders_are_counted_against_the_campaign_s_target(house: House) -> None:
    board(house, TOWN, "gb-009", "马干事", level="cadre")
    campaign = {"campaign": "big_reception", "name": "千名领导大接访", "since": "2026-03-01", "until": "2026-12-31"}
    act(house, DISTRICT, "set_campaign", {**campaign, "leaders_target": 1000})
    for who in (HE, HE, SHE, "gb-009"):
        act(house, TOWN, "record_reception", received(who, campaign="big_reception"))
    act(house, TOWN, "record_reception", received(HE))
    for office in (TOWN, DISTRICT):
        found = figures(house, office, campaign="big_reception")
        assert (found["reception_leaders"], found["receptions"]) == ((2, 1000), (4, None))
    assert figures(house, DISTRICT)["reception_leaders"] == (2, None)
    assert figures(house, DISTRICT)["receptions"] == (5, None)
    assert error(house, TOWN, "record_reception", received(campaign="no_such")) == ("unknown_campaign", ["campaign"])


def test_s56_key_cases_are_distinct_matters_that_a_district_leader_received_himself(house: House) -> None:
    board(house, DISTRICT, "qj-001", "区领导")
    board(house, DISTRICT, "qj-009", "科长", level="cadre")
    case, other = register(house, DISTRICT)["case"], register(house, DISTRICT)["case"]
    for _ in range(2):
        act(house, DISTRICT, "record_reception", received("qj-001", case=case, key=True))
    act(house, DISTRICT, "record_reception", received("qj-001", case=other))
    act(house, DISTRICT, "record_reception", received("qj-001", key=True))
    instead = {"named": "qj-001", "substitute_why": "开会", "case": other, "key": True}
    act(house, DISTRICT, "record_reception", received("qj-009", **instead))
    act(house, TOWN, "record_reception", received(HE, key=True))
    assert figures(house, DISTRICT)["key_cases_by_district_leaders"] == (2, None)
    assert len([each for each in ledger(house, DISTRICT, "receptions") if each["key"] == "是"]) == 4


def test_s56_a_case_flagged_hard_or_hot_makes_its_receptions_key(house: House) -> None:
    board(house, DISTRICT, "qj-001", "区领导")
    case = register(house, DISTRICT)["case"]
    act(house, DISTRICT, "record_reception", received("qj-001", case=case))
    assert figures(house, DISTRICT)["key_cases_by_district_leaders"] == (0, None)
    said = {"outcome": "open", "round": 0, "key": True, "at": MON}
    house.say(TOWN, "assignment", Tell(DISTRICT, "intake", "case_outcome", case, said))
    house.post()
    assert figures(house, DISTRICT)["key_cases_by_district_leaders"] == (0, None), "only the own assignment is believed"
    assert len(parked(house)) == 1
    handle(house, DISTRICT, "flag_matter", case, flag="hard", reason="三年未决")
    assert figures(house, DISTRICT)["key_cases_by_district_leaders"] == (1, None)
    other = act(house, DISTRICT, "record_reception", received("qj-001", case=case))
    assert other["key"], "one recorded later is key from the beginning"


def test_s56_no_office_below_the_district_has_district_leaders_whatever_it_says(house: House) -> None:
    act(house, TOWN, "record_reception", received(HE, key=True))
    (kept,) = [row for row in house.rows(TOWN, IntakeActivity) if row.kind == "reception"]
    names = ("activity", "kind", "office", "at", "by", "detail", "key")
    forged = {name: getattr(kept, name) for name in names} | {"level": "district_leader", "rev": 2}
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "activity_told", "", forged))
    house.post()
    assert figures(house, DISTRICT)["key_cases_by_district_leaders"] == (0, None)


def test_a_record_made_in_error_is_void_and_its_booking_stands_as_before(house: House) -> None:
    act(house, TOWN, "set_schedule", weekly())
    booking = act(house, TOWN, "book", slot())["booking"]
    house.pass_time(2.1)
    held = act(house, TOWN, "record_reception", received(booking=booking, resolved=True))["reception"]
    wrong = {"reception": held, "why": "记到别人名下"}
    assert error(house, TOWN, "void_reception", wrong, roles=["clerk"])[0] == "not_leader"
    act(house, TOWN, "void_reception", wrong)
    for office in (TOWN, DISTRICT):
        assert figures(house, office)["receptions"] == (0, None)
    assert [each.state for each in house.rows(TOWN, IntakeBooking)] == ["booked"]
    assert [each["state"] for each in ledger(house, TOWN, "receptions")] == ["作废"]
    assert error(house, TOWN, "void_reception", wrong) == ("void", ["reception"])
    assert error(house, TOWN, "rate_reception", {"reception": held, "rating": "fair"}) == ("void", ["reception"])
    act(house, TOWN, "record_reception", received(booking=booking))
    assert figures(house, DISTRICT)["named_receptions"] == (1, None)
    assert [each["state"] for each in ledger(house, TOWN, "receptions")] == ["作废", "已接访"]


def test_word_of_a_case_is_believed_only_from_who_signed_for_it(house: House) -> None:
    case = register(house, DISTRICT)
    act(house, TOWN, "record_reception", received())
    handle(house, DISTRICT, "offer", case["case"], to=TOWN, note="请依法处理")
    said = {"outcome": "resolved", "round": 0, "key": False, "at": MON}
    house.say(TOWN, "assignment", Tell(DISTRICT, "assignment", "outcome_told", case["case"], said))
    house.say(TOWN, "assignment", Tell(DISTRICT, "assignment", "outcome_told", "f" * 32, said))
    house.post()
    assert house.rows(DISTRICT, IntakeCaseOutcome) == []
    refused = [row.why for row in house.rows(DISTRICT, JournalRow) if row.action == "refused"]
    assert refused == [f"outcome_told by {TOWN}"] * 2
    handle(house, TOWN, "sign_for", case["case"])
    (row,) = house.rows(DISTRICT, IntakeCaseOutcome)
    assert (row.case, row.outcome) == (case["case"], "open")


def test_a_recall_takes_what_was_said_and_leaves_the_count(house: House) -> None:
    act(house, TOWN, "set_schedule", weekly())
    case = register(house)["case"]
    wanted = {"leader": SHE, "case": case, "day": "2026-03-05", "starts": "15:00", "place": "村委会"}
    act(house, TOWN, "appoint", wanted)
    act(house, TOWN, "book", {**slot(), "case": case})
    act(house, TOWN, "record_reception", received(case=case, resolved=True))
    handle(house, TOWN, "accept", case)
    term = {"term": {"override": 1, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "intake", "case_recalled", case, term))
    house.post()
    (row,) = house.rows(TOWN, IntakeReception)
    assert (row.case, row.summary, row.answer, row.result) == ("", "", "", "resolved")
    assert {(each.case, each.state) for each in house.rows(TOWN, IntakeBooking)} == {("", "cancelled")}
    assert [each.case for each in house.rows(TOWN, IntakeSchedule)] == ["", ""]
    assert house.rows(TOWN, IntakeCaseOutcome) == []
    assert ask(house, TOWN, "bookings_waiting")["bookings"] == []
    assert figures(house, TOWN)["receptions_resolved"] == (1, 1)
    (line,) = [each for each in ledger(house, TOWN, "receptions") if each["state"] == "已接访"]
    assert (line["matter"], line["summary"]) == ("", "")


def test_a_disposed_file_takes_what_was_said_at_its_receptions(house: House) -> None:
    case = register(house)
    act(house, TOWN, "record_reception", received(case=case["case"]))
    house.say(TOWN, "assignment", Tell(TOWN, "intake", "file_disposed", case["case"], {"at": MON}))
    house.post()
    (row,) = house.rows(TOWN, IntakeReception)
    assert (row.case, row.summary, row.answer) == (case["case"], "", "")


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"at": "2026-03-03T09:00:00+08:00"}, "in_future", "at"),
    ({"received_by": "gb-099"}, "not_found", ""),
    ({"named": SHE}, "no_reason", "substitute_why"),
    ({"summary": " "}, "invalid", "summary"),
    ({"head_count": 0}, "invalid", "head_count"),
    ({"rating": "great"}, "invalid", "rating"),
    ({"booking": "e" * 32}, "not_found", ""),
])  # fmt: skip
def test_a_wrong_record_is_named_and_nothing_is_kept(
    house: House, change: dict[str, Any], code: str, field: str
) -> None:
    assert error(house, TOWN, "record_reception", received(**change)) == (code, [field] if field else [])
    assert house.rows(TOWN, IntakeReception) == []


def test_a_booking_of_one_case_is_not_recorded_under_another(house: House) -> None:
    act(house, TOWN, "set_schedule", weekly())
    case, other = register(house)["case"], register(house)["case"]
    booking = act(house, TOWN, "book", {**slot(), "case": case})["booking"]
    house.pass_time(2.1)
    wrong = received(booking=booking, case=other)
    assert error(house, TOWN, "record_reception", wrong) == ("other_case", ["case"])
    assert act(house, TOWN, "record_reception", received(booking=booking))["case"] == case


def test_the_discipline_desk_records_no_reception(house: House) -> None:
    other = {"desk": "discipline"}
    held = act(house, TOWN, "record_reception", received())["reception"]
    assert error(house, TOWN, "record_reception", received(), **other)[0] == "wrong_desk"
    assert error(house, TOWN, "rate_reception", {"reception": held, "rating": "fair"}, **other)[0] == "wrong_desk"
    assert ask(house, TOWN, "receptions", MARCH, **other)["receptions"] == []
    assert len(ask(house, TOWN, "receptions", MARCH)["receptions"]) == 1
    assert ask(house, TOWN, "receptions", {**MARCH, "leader": SHE})["receptions"] == []
