"""Figures counted twice: by the services from events, and by an independent script from exported ledgers. 20 random months."""

import ast
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from contracts.calendar import SHANGHAI
from contracts.policy import Policy
from network.keys import make_keys
from shangda.composition import CASEWORK
from shangda.ledger_files import write_ledgers
from tests.ledgers import recount
from tests.ledgers.months import OFFICES, People
from tests.services.house import DISTRICT, TOWN, House, demo_policy

START = datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)
RARE = 3
"""So many of the figures may be nought: what happens seldom may not happen in twenty months."""
MONTHS = [date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 1) for month in range(1, 21)]


def last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def sweeps_alone() -> Policy:
    """The demo's policy without the other returns of the calendar, which nobody makes in these months."""
    policy = demo_policy()
    return replace(policy, periods={"sweep": policy.periods["sweep"]}, reports={})


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Twenty months gone by."""
    folder = tmp_path_factory.mktemp("months")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    house = House(folder, {service.name: service for service in CASEWORK}, policy=sweeps_alone())
    people = People(house.open(OFFICES, START), seed=20)
    for first in MONTHS:
        people.month(first)
    house.pass_time(40)
    house.poll()
    for office in OFFICES[1:]:
        house.command(DISTRICT, "supervision", "request_audit", {"office": office}, roles=["leader"])
    house.post()
    house.poll()
    return house


@pytest.mark.timeout(300)
@pytest.mark.parametrize("first", MONTHS, ids=[f"{each:%Y-%m}" for each in MONTHS])
def test_the_services_and_the_ledgers_come_to_the_same(lived: House, tmp_path: Path, first: date) -> None:
    until = last_day(first)
    for office in OFFICES[1:]:
        write_ledgers(lived.offices[office], first, until, tmp_path)
    counted = recount.recount(tmp_path)
    told: dict[str, int] = {}
    for service in ("intake", "supervision"):
        days = {"since": first.isoformat(), "until": until.isoformat(), "office": TOWN}
        answer = lived.ask(DISTRICT, service, "figures", days)
        told |= {each["name"]: each["value"] for each in answer["result"]["figures"]}
    here = {f"sweeps_{tier}_unknown" for tier in ("village", "town")}
    assert not any(told[name] for name in here), "every office was heard in the end"
    assert {name: told.get(name) for name in counted} == counted


def test_the_months_were_not_empty(lived: House) -> None:
    whole: Counter[str] = Counter()
    for days in (("2026-01-01", "2026-12-31"), ("2027-01-01", "2027-08-31")):
        for service in ("intake", "supervision"):
            answer = lived.ask(DISTRICT, service, "figures", {"since": days[0], "until": days[1]})
            whole.update({each["name"]: each["value"] for each in answer["result"]["figures"]})
    wanted = ("received", "collective_batches", "rated", "satisfied", "promises", "promises_kept", "promises_broken")
    wanted += ("receptions", "named_receptions", "receptions_resolved", "receptions_satisfied", "booking_no_shows")
    wanted += ("bookings_cancelled", "hall_duties", "hall_duties_attended", "hall_duties_by_substitutes")
    wanted += ("cards_printed", "slips_printed", "cards_issued", "cards_void", "demands_card", "demands_visit")
    wanted += ("demands_go_down", "home_visits", "households_visited", "visitors_cadres", "go_downs")
    wanted += ("cases_taken_down", "cases_taken_down_with_result", "cases_taken_down_resolved")
    wanted += (
        "key_cases_by_district_leaders",
        "disputes_found",
        "disputes_resolved",
        "sweeps_village_on_time",
        "sweeps_village_late",
        "sweeps_nil",
    )
    wanted += ("calls", "calls_to_case", "room_visits", "room_visits_rostered")
    wanted += ("box_letters", "box_letters_registered", "box_letters_aside", "box_letters_left", "channels_staffed")
    empty = [name for name in wanted if not whole[name]]
    assert len(empty) <= RARE, f"chance brought none of {empty}"


def test_the_script_stands_alone_and_runs_as_one(lived: House, tmp_path: Path) -> None:
    path = Path(recount.__file__)
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    assert imported == {"json", "sys", "collections", "collections.abc", "pathlib", "openpyxl"}
    write_ledgers(lived.offices[DISTRICT], MONTHS[0], last_day(MONTHS[0]), tmp_path)
    ran = subprocess.run(
        [sys.executable, str(path), str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert '"received"' in ran.stdout


def test_a_ledger_is_an_excel_file_with_its_official_columns(lived: House, tmp_path: Path) -> None:
    files = write_ledgers(lived.offices[DISTRICT], date(2026, 1, 1), date(2026, 12, 31), tmp_path)
    assert {path.name for path in files} >= {
        "intake.register.xlsx",
        "intake.promises.xlsx",
        "supervision.disputes.xlsx",
    }
    sheet = load_workbook(tmp_path / DISTRICT / "intake.promises.xlsx").active
    assert sheet is not None
    assert (sheet.title, [cell.value for cell in sheet[1]][:4]) == ("承诺台账", ["编号", "承诺时间", "来源", "承诺人"])
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row > 1
