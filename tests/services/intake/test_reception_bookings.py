"""Schedules and bookings over real databases: named, booked, moved, held by another; never twice, never lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.veils import veil
from network import veils
from network.ids import new_id
from network.tables import CommandRow, JournalRow
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.records.models import IntakeReception
from tests.services.house import DISTRICT, TOWN, House
from tests.services.intake.receiving import (
    HE,
    LEADER,
    MON,
    SERVICES,
    SHE,
    WED,
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

THIRD = "gb-003"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, SERVICES).open([DISTRICT, TOWN], MON)
    board(opened, TOWN)
    board(opened, TOWN, SHE, "石副主任")
    act(opened, TOWN, "set_schedule", weekly())
    act(opened, TOWN, "set_schedule", weekly(SHE))
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def petition(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": new_id() * 2, "channel": "named_reception", "nature": "appeal", "category": "C03"}
    told = {"place": TOWN, "text": "占道经营罚了三次", "real_name": False, "contactable": True}
    return {**plain, **told, **other}


def case_of(house: House, office: str = TOWN, **other: Any) -> str:
    return str(act(house, office, "register", petition(**other))["case"])


def hide(house: House, case: str, *persons: str) -> None:
    """The persons are recused from the case, as assignment writes it."""
    with house.offices[TOWN].reading() as session:
        veils.keep(session, case, [veil(case, each) for each in persons])
        session.commit()


def places(house: House, leader: str = HE, day: str = WED, starts: str = "09:00") -> dict[str, int]:
    found = ask(house, TOWN, "slots", {"since": day, "until": day, "leader": leader})["slots"]
    return dict(next(each["places"] for each in found if each["starts"] == starts))


def waiting(house: House, **actor: Any) -> list[tuple[str, str]]:
    return [(each["booking"], each["waits"]) for each in ask(house, TOWN, "bookings_waiting", **actor)["bookings"]]


def test_s60_people_name_the_leader_they_want_to_see(house: House) -> None:
    case = case_of(house)
    made = act(house, TOWN, "book", {**slot(), "case": case}, roles=["clerk"])
    assert (made["named"], made["leader"], made["day"], made["starts"], made["state"]) == (
        HE,
        HE,
        WED,
        "09:00",
        "booked",
    )
    assert (made["whose"], made["case"], made["reachable"]) == ("case", case, False)
    assert places(house) == {"open": 0, "booked": 1, "held": 0, "no_show": 0, "closed": 0}
    assert places(house, starts="09:30")["open"] == 1
    (row,) = house.rows(TOWN, IntakeBooking)
    assert (row.leader, row.case, row.reporter) == (HE, case, None)
    listed = ask(house, TOWN, "bookings", {"since": WED, "until": WED, "leader": HE})["bookings"]
    assert [each["booking"] for each in listed] == [made["booking"]]
    assert ask(house, TOWN, "bookings", {"since": WED, "until": WED, "leader": SHE})["bookings"] == []


def test_s60_who_books_stands_nowhere_in_the_clear(house: House) -> None:
    booking = new_id()
    sealed = {"version": 1, "case": booking, "ciphertext": "c2VhbGVk", "keys": {f"{TOWN}/petition": "k"}}
    made = act(house, TOWN, "book", {**slot(), "booking": booking, "reporter": sealed})
    assert (made["booking"], made["whose"], made["reachable"]) == (booking, "walk_in", True)
    assert "reporter" not in made
    opened = act(house, TOWN, "open_booking", {"booking": booking, "reason": "领导外出,通知改期"})
    assert opened["reporter"] == sealed
    (line,) = [row for row in house.rows(TOWN, JournalRow) if row.action == "booking_opened"]
    assert line.why == "领导外出,通知改期"
    columns = {column.name for column in IntakeBooking.__table__.columns}
    assert columns & {"name", "person", "phone", "petitioner"} == set()
    again = {**slot(starts="09:30"), "booking": booking, "reporter": sealed}
    assert error(house, TOWN, "book", again) == ("known_booking", ["booking"])
    assert error(house, TOWN, "book", {**again, "booking": new_id()}) == ("invalid", ["reporter"])


def test_a_receipt_leads_to_its_petition_and_never_to_a_sealed_report(house: House) -> None:
    given = petition()
    case = act(house, TOWN, "register", given)["case"]
    made = act(house, TOWN, "book", {**slot(), "receipt_hash": given["receipt_hash"]})
    assert (made["case"], made["whose"]) == (case, "case")
    unknown = act(house, TOWN, "book", {**slot(starts="09:30"), "receipt_hash": "9" * 64})
    assert (unknown["case"], unknown["whose"]) == ("", "receipt")
    sealed_case = new_id()
    sealed = {"version": 1, "case": sealed_case, "ciphertext": "x", "keys": {f"{DISTRICT}/discipline": "k"}}
    report = {"case": sealed_case, "receipt_hash": "7" * 64, "channel": "visit", "nature": "accuse", "sealed": sealed}
    report |= {"real_name": False, "contactable": False, "recipient_office": DISTRICT, "recipient_desk": "discipline"}
    act(house, DISTRICT, "register_sealed", report, desk="discipline")
    board(house, DISTRICT, THIRD, "区领导")
    act(house, DISTRICT, "set_schedule", weekly(THIRD))
    made = act(house, DISTRICT, "book", {**slot(THIRD), "receipt_hash": "7" * 64})
    assert (made["case"], made["whose"]) == ("", "receipt")
    assert error(house, DISTRICT, "book", {**slot(THIRD, starts="09:30"), "case": sealed_case})[0] == "not_found"


def test_a_slot_is_not_booked_twice(house: House) -> None:
    act(house, TOWN, "book", slot())
    assert error(house, TOWN, "book", slot()) == ("slot_full", ["starts"])
    assert error(house, TOWN, "book", slot(starts="09:15")) == ("no_such_slot", ["starts"])
    assert error(house, TOWN, "book", slot(day="2026-03-05")) == ("no_such_slot", ["starts"])
    assert error(house, TOWN, "book", slot("gb-099"))[0] == "not_found"
    house.pass_time(2.1)
    assert error(house, TOWN, "book", slot(starts="09:30"))[0] == "slot_past"
    assert len(house.rows(TOWN, IntakeBooking)) == 1


def test_a_slot_that_a_hidden_case_takes_is_full_for_a_recused_person_too(house: House) -> None:
    """Who may not know of the case books nobody over it."""
    case = case_of(house)
    act(house, TOWN, "book", {**slot(), "case": case})
    hide(house, case, "gb-050")
    recused = {"person": "gb-050"}
    assert ask(house, TOWN, "bookings", {"since": WED, "until": WED}, **recused)["bookings"] == []
    assert error(house, TOWN, "book", slot(), **recused) == ("slot_full", ["starts"])


def test_the_same_click_twice_books_once(house: House) -> None:
    payload = {"actor": {"id": "张三", "office": TOWN}, "data": slot(), "command_id": "5" * 32}
    first, second = (SERVICES["intake"].of(house.offices[TOWN]).book(payload) for _ in range(2))
    assert first == second
    assert len(house.rows(TOWN, IntakeBooking)) == 1


def test_s61_days_of_rest_have_no_slot_unless_the_schedule_says_so(house: House) -> None:
    board(house, TOWN, THIRD, "马副主任")
    plan = {"since": "2026-09-28", "until": "2026-10-09", "month_days": [1, 9], "weekdays": []}
    act(house, TOWN, "set_schedule", weekly(THIRD, **plan))
    act(house, TOWN, "set_schedule", weekly(THIRD, **plan, on_rest_days=True, starts="14:00", ends="15:00"))
    found = ask(house, TOWN, "slots", {"since": "2026-09-28", "until": "2026-10-09", "leader": THIRD})["slots"]
    assert {(each["day"], each["starts"]) for each in found} == {
        ("2026-10-01", "14:00"), ("2026-10-01", "14:30"),
        *(("2026-10-09", at) for at in ("09:00", "09:30", "10:00", "10:30", "14:00", "14:30")),
    }  # fmt: skip
    assert {each["name"] for each in found} == {"马副主任"}


@pytest.mark.parametrize(("change", "code", "field"), [
    ({"weekdays": []}, "invalid", "weekdays"),
    ({"month_days": [1]}, "invalid", "weekdays"),
    ({"weekdays": [6]}, "invalid", "on_rest_days"),
    ({"ends": "09:00"}, "invalid", "ends"),
    ({"starts": "9:00"}, "invalid", "starts"),
    ({"until": "2026-03-01"}, "invalid", "until"),
    ({"until": "2028-03-01"}, "invalid", "until"),
    ({"since": "2026-03-01"}, "day_past", "since"),
    ({"minutes": 150}, "no_slot", "minutes"),
    ({"starts": "10:30", "ends": "12:00"}, "two_places", "starts"),
])  # fmt: skip
def test_s61_a_wrong_schedule_is_named(house: House, change: dict[str, Any], code: str, field: str) -> None:
    assert error(house, TOWN, "set_schedule", weekly(**change)) == (code, [field])


def test_s51_who_is_booked_with_a_leader_who_is_away_waits_until_dealt_with(house: House) -> None:
    first, second, third = (act(house, TOWN, "book", slot(starts=at))["booking"] for at in ("09:00", "09:30", "10:00"))
    closed = act(house, TOWN, "close_day", {"leader": HE, "day": WED, "why": "开会"})
    assert closed["displaced"] == [first, second, third]
    assert places(house) == {"open": 0, "booked": 1, "held": 0, "no_show": 0, "closed": 0}
    assert places(house, starts="10:30") == {"open": 0, "booked": 0, "held": 0, "no_show": 0, "closed": 1}
    assert error(house, TOWN, "book", slot(starts="10:30")) == ("leader_away", ["day"])
    assert error(house, TOWN, "close_day", {"leader": HE, "day": WED, "why": "x"}) == ("away_already", ["day"])
    assert waiting(house) == [(each, "leader_away") for each in (first, second, third)]
    moved = act(house, TOWN, "move_booking", {"booking": first, **slot(SHE), "why": "领导外出"})
    assert (moved["named"], moved["leader"], moved["moved_from"]) == (HE, SHE, first)
    act(house, TOWN, "cancel_booking", {"booking": second, "by": "person", "why": "不来了"})
    house.pass_time(2.1)
    act(house, TOWN, "record_reception", received(SHE, booking=third, substitute_why="开会"))
    assert waiting(house) == []
    assert (places(house)["closed"], places(house, starts="09:30")["closed"], places(house, starts="10:00")["held"]) == (
        1, 1, 1,
    )  # fmt: skip
    assert figures(house, DISTRICT)["bookings_moved"] == (1, None)
    assert figures(house, DISTRICT)["bookings_cancelled"] == (1, None)


def test_s51_a_day_closed_in_error_is_open_again(house: House) -> None:
    booking = act(house, TOWN, "book", slot())["booking"]
    act(house, TOWN, "close_day", {"leader": HE, "day": WED, "why": "误登记"})
    act(house, TOWN, "open_day", {"leader": HE, "day": WED})
    assert waiting(house) == []
    assert places(house)["booked"] == 1
    assert places(house, starts="10:30")["open"] == 1
    assert error(house, TOWN, "open_day", {"leader": HE, "day": WED})[0] == "not_away"
    house.pass_time(3)
    assert waiting(house) == [(booking, "not_recorded")]
    assert error(house, TOWN, "close_day", {"leader": HE, "day": WED, "why": "x"})[0] == "day_past"


def test_a_schedule_that_ends_leaves_its_booked_ones_to_be_told(house: House) -> None:
    plan = ask(house, TOWN, "schedules", {"leader": HE})["schedules"][0]["schedule"]
    booking = act(house, TOWN, "book", slot(day="2026-03-11"))["booking"]
    assert error(house, TOWN, "end_schedule", {"schedule": plan, "until": "2027-01-01"})[0] == "not_earlier"
    assert act(house, TOWN, "end_schedule", {"schedule": plan, "until": "2026-03-10"})["displaced"] == [booking]
    assert waiting(house) == [(booking, "schedule_ended")]
    assert error(house, TOWN, "end_schedule", {"schedule": "e" * 32, "until": "2026-03-10"})[0] == "not_found"


def test_s61_a_leader_invites_the_petitioner_of_a_case(house: House) -> None:
    case = case_of(house)
    wanted = {"leader": HE, "case": case, "day": "2026-03-07", "starts": "15:00", "place": "望塬村委会"}
    assert error(house, TOWN, "appoint", wanted, roles=["clerk"])[0] == "not_leader"
    act(house, TOWN, "close_day", {"leader": HE, "day": "2026-03-07", "why": "外出"})
    assert error(house, TOWN, "appoint", wanted) == ("leader_away", ["day"])
    act(house, TOWN, "open_day", {"leader": HE, "day": "2026-03-07"})
    made = act(house, TOWN, "appoint", wanted)
    (row,) = house.rows(TOWN, IntakeBooking)
    assert (row.booking, row.kind, row.case, row.place) == (made["booking"], "appointed", case, "望塬村委会")
    assert error(house, TOWN, "appoint", {**wanted, "starts": "15:30"}) == ("two_places", ["starts"])
    assert error(house, TOWN, "book", slot(day="2026-03-07", starts="15:00")) == ("appointed", ["starts"])
    assert error(house, TOWN, "appoint", {**wanted, "day": "2026-03-01"}) == ("day_past", ["day"])
    assert error(house, TOWN, "appoint", {**wanted, "starts": "23:30"}) == ("over_midnight", ["minutes"])
    assert error(house, TOWN, "appoint", {**wanted, "case": "f" * 32})[0] == "not_found"
    house.pass_time(6)
    act(house, TOWN, "record_reception", received(booking=made["booking"]))
    assert figures(house, DISTRICT)["receptions_appointed"] == (1, 1)
    assert "15:00" not in str(ask(house, TOWN, "schedules")), "an appointment is nobody else's business"


def test_s61_going_down_gives_slots_and_records(house: House) -> None:
    plan = weekly(kind="go_down", weekdays=[4], place="望塬村村委会", capacity=3, minutes=60)
    act(house, TOWN, "set_schedule", plan)
    for _ in range(3):
        booking = act(house, TOWN, "book", slot(day="2026-03-05"))["booking"]
    assert error(house, TOWN, "book", slot(day="2026-03-05"))[0] == "slot_full"
    house.pass_time(3.2)
    act(house, TOWN, "record_reception", received(booking=booking, place="望塬村村委会"))
    assert places(house, day="2026-03-05") == {"open": 0, "booked": 2, "held": 1, "no_show": 0, "closed": 0}
    assert figures(house, DISTRICT)["receptions_go_down"] == (1, 1)
    assert ledger(house, TOWN, "receptions")[0]["detail"] == "下访接访"


def test_r11_a_leader_does_not_receive_a_complaint_about_himself_and_reads_nothing_of_it(house: House) -> None:
    case = case_of(house)
    hide(house, case, HE)
    lines, kept = len(house.rows(TOWN, JournalRow)), len(house.rows(TOWN, CommandRow))
    assert error(house, TOWN, "book", {**slot(), "about_leader": True}) == ("about_the_leader", ["leader"])
    answer = house.command(TOWN, "intake", "book", {**slot(), "case": case}, **LEADER)
    assert answer["error"]["code"] == "about_the_leader"
    assert "另选一位领导" in answer["error"]["message"]
    assert "纪检" in answer["error"]["message"]
    wanted = {"leader": HE, "case": case, "day": "2026-03-07", "starts": "15:00", "place": "望塬村"}
    assert error(house, TOWN, "appoint", wanted)[0] == "about_the_leader"
    assert error(house, TOWN, "record_reception", received(case=case)) == ("about_the_leader", ["received_by"])
    assert error(house, TOWN, "record_reception", received(about_leader=True))[0] == "about_the_leader"
    assert (len(house.rows(TOWN, JournalRow)), len(house.rows(TOWN, CommandRow))) == (lines, kept), "no trace"
    assert house.rows(TOWN, IntakeBooking) == house.rows(TOWN, IntakeReception) == []
    himself = {"person": HE}
    assert error(house, TOWN, "book", {**slot(SHE), "case": case}, **himself)[0] == "not_found"
    made = act(house, TOWN, "book", {**slot(SHE), "case": case})
    assert (
        error(house, TOWN, "move_booking", {"booking": made["booking"], **slot(), "why": "x"})[0] == "about_the_leader"
    )
    days = {"since": WED, "until": WED}
    assert ask(house, TOWN, "bookings", days, **himself)["bookings"] == []
    assert len(ask(house, TOWN, "bookings", days)["bookings"]) == 1


def test_r11_a_leader_recused_later_has_the_booking_taken_from_him(house: House) -> None:
    case = case_of(house)
    booking = act(house, TOWN, "book", {**slot(), "case": case})["booking"]
    hide(house, case, HE)
    assert waiting(house) == [(booking, "leader_recused")]
    assert waiting(house, person=HE) == []
    house.pass_time(2.1)
    assert error(house, TOWN, "record_reception", received(booking=booking))[0] == "about_the_leader"
    held = act(house, TOWN, "record_reception", received(SHE, booking=booking, substitute_why="另一位领导接访"))
    assert (held["named"], held["received_by"]) == (HE, SHE)
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    assert ask(house, TOWN, "receptions", days, person=HE)["receptions"] == []
    rows = done(house.ask(TOWN, "intake", "export", {**days, "ledger": "receptions"}, person=HE))["rows"]
    assert rows == []


def test_no_shows_cancelled_and_moved_ones_are_counted_apart_and_are_no_receptions(house: House) -> None:
    one, two, three = (act(house, TOWN, "book", slot(starts=at))["booking"] for at in ("09:00", "09:30", "10:00"))
    assert error(house, TOWN, "no_show", {"booking": one}) == ("not_begun", ["booking"])
    act(house, TOWN, "move_booking", {"booking": three, **slot(starts="10:30"), "why": "堵车"})
    act(house, TOWN, "cancel_booking", {"booking": two, "by": "office", "why": "停电"})
    house.pass_time(2.1)
    act(house, TOWN, "no_show", {"booking": one})
    assert places(house) == {"open": 0, "booked": 0, "held": 0, "no_show": 1, "closed": 0}
    for method, more in (("no_show", {}), ("cancel_booking", {"by": "person", "why": "x"})):
        assert error(house, TOWN, method, {"booking": one, **more}) == ("booking_over", ["booking"])
    assert error(house, TOWN, "record_reception", received(booking=one))[0] == "booking_over"
    for office in (TOWN, DISTRICT):
        found = figures(house, office)
        names = ("receptions", "booking_no_shows", "bookings_cancelled", "bookings_moved")
        assert [found[name][0] for name in names] == [0, 1, 1, 1], office
    rows = ledger(house, TOWN, "receptions")
    assert {(each["state"], each["named"], each["summary"]) for each in rows} == {
        ("改期", "卢主任", "堵车"), ("取消", "卢主任", "单位取消:停电"), ("未到", "卢主任", ""),
    }  # fmt: skip
    assert {each["petitioner"] for each in rows} == {"见密封件"}


def test_the_discipline_desk_has_no_bookings(house: House) -> None:
    booking = act(house, TOWN, "book", slot())["booking"]
    other = {"desk": "discipline"}
    assert ask(house, TOWN, "bookings", {"since": WED, "until": WED}, **other)["bookings"] == []
    assert ask(house, TOWN, "bookings_waiting", **other)["bookings"] == []
    assert error(house, TOWN, "cancel_booking", {"booking": booking, "by": "person", "why": "x"}, **other)[0] == (
        "not_found"
    )
    assert error(house, TOWN, "book", slot(starts="09:30"), **other)[0] == "wrong_desk"
