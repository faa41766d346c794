"""Reports of every period through the real services: frozen once, served, objected to, corrected later (S30–S34)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.keys import make_keys
from network.tables import InboxRow, JournalRow
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.reception.records.models import IntakeReception
from services.intake.service import IntakeService
from services.supervision.reports.models import AnswerRow, ReportRow
from services.supervision.service import SupervisionService
from tests.services.assignment.test_journeys import petition
from tests.services.house import DISTRICT, SYSTEM, TOWN, House, demo_policy

LEADER = {"roles": ["clerk", "leader"]}
SERVICES = {
    "intake": IntakeService,
    "assignment": AssignmentService,
    "supervision": SupervisionService,
    "hearing": HearingService,
}
SIX = {"photo": "sha256:" + "a" * 64, "post": "副区长", "duties": "信访", "place": "信访大厅", "contact": "029-0"}


def day(month: int, number: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, number, hour, tzinfo=SHANGHAI)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The district and a town since the first of March; the calendar brings bulletins only."""
    make_keys(tmp_path, [DISTRICT, TOWN], lambda _: "口令", interactive=True)
    demo = demo_policy()
    policy = replace(demo, periods={}, reports={"bulletin": demo.reports["bulletin"]})
    house = House(tmp_path, SERVICES, policy=policy).open([DISTRICT, TOWN], day(3, 1))
    for office in (DISTRICT, TOWN):
        board = {"official": "gb-901", "name": "向东平", "level": "leader", **SIX}
        do(house, office, "intake", "set_board", board)
        do(house, office, "intake", "publish_board", {"official": "gb-901"})
    yield house
    for office in house.offices.values():
        office.engine.dispose()


def do(house: House, office: str, service: str, command: str, data: dict[str, Any], **actor: Any) -> Any:
    answer = house.command(office, service, command, data, **{**LEADER, **actor})
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def refused(house: House, office: str, command: str, data: dict[str, Any], **actor: Any) -> str:
    answer = house.command(office, "supervision", command, data, **{**LEADER, **actor})
    assert not answer["ok"], answer
    return str(answer["error"]["code"])


def see(house: House, office: str, query: str, data: dict[str, Any]) -> Any:
    answer = house.ask(office, "supervision", query, data)
    assert answer["ok"], answer
    return answer["result"]


def receive(house: House, office: str, resolved: bool) -> str:
    given = {"received_by": "gb-901", "place": "大厅", "summary": "反映修路", "detail": "named", "resolved": resolved}
    return str(do(house, office, "intake", "record_reception", given)["reception"])


def at(house: House, moment: datetime) -> None:
    house.set_time(moment)
    house.poll()
    house.poll()


def bulletins(house: House, office: str = DISTRICT) -> list[dict[str, Any]]:
    return list(see(house, office, "reports", {})["reports"])


def figure(house: House, report: str, office: str, name: str, where: str = DISTRICT) -> tuple[int, int | None]:
    found = see(house, where, "report", {"report": report})["offices"][office]
    return next((each["value"], each["base"]) for each in found if each["name"] == name)


def march(house: House) -> str:
    """March: two receptions at the town, one resolved. → the bulletin, frozen."""
    house.set_time(day(3, 10))
    receive(house, TOWN, True)
    receive(house, TOWN, False)
    at(house, day(4, 4))
    (report,) = bulletins(house)
    assert (report["state"], report["label"]) == ("draft", "2026年3月月通报")
    return str(report["report"])


def served(house: House) -> str:
    report = march(house)
    do(house, DISTRICT, "supervision", "approve_report", {"report": report})
    do(house, DISTRICT, "supervision", "publish_report", {"report": report})
    return report


def test_s33_a_month_s_figures_are_frozen_days_after_it_with_their_bases_and_sources(house: House) -> None:
    at(house, day(4, 3))
    assert bulletins(house) == [], "what is under way may still arrive"
    report = march(house)
    assert figure(house, report, TOWN, "named_receptions") == (2, None)
    assert figure(house, report, TOWN, "named_receptions_resolved") == (1, 2)
    assert figure(house, report, DISTRICT, "named_receptions") == (2, None)
    found = see(house, DISTRICT, "report", {"report": report})["offices"][TOWN]
    rates = [each for each in found if each["name"].startswith("named_receptions_")]
    assert all(each["base"] is not None and each["counted_from"] for each in rates)
    assert see(house, DISTRICT, "verify_report", {"report": report})["identical"] is True
    wanted = {"report": report, "office": TOWN, "service": "intake", "name": "named_receptions"}
    assert see(house, DISTRICT, "figure_sources", wanted) == {"cases": [], "others": 2}
    journal = [row.action for row in house.rows(DISTRICT, JournalRow)]
    assert journal.count("report_opened") == journal.count("report_frozen") == 1


def test_s32_a_figure_of_cases_opens_their_numbers(house: House) -> None:
    house.set_time(day(3, 12))
    made = do(house, TOWN, "intake", "register", petition(TOWN, house.offices[TOWN].keyring, reporter=None))
    at(house, day(4, 4))
    (report,) = bulletins(house)
    assert figure(house, report["report"], TOWN, "received") == (1, None)
    wanted = {"report": report["report"], "office": TOWN, "service": "supervision", "name": "received"}
    assert see(house, DISTRICT, "figure_sources", wanted) == {"cases": [made["number"]], "others": 0}


def test_what_is_frozen_stays_whatever_is_counted_or_known_later(house: House) -> None:
    report = march(house)
    (row,) = (row for row in house.rows(DISTRICT, ReportRow))
    wrong = [{"name": "named_receptions", "zh": "点名接访件次", "value": 99, "base": None}]
    forged = {"report": report, "about": report, "service": "intake", "counts": [{"office": TOWN, "figures": wrong}]}
    house.say(DISTRICT, "intake", Tell(DISTRICT, "supervision", "figures_counted", "", forged))
    house.say(TOWN, "intake", Tell(DISTRICT, "supervision", "figures_counted", "", forged))
    house.post()
    assert figure(house, report, TOWN, "named_receptions") == (2, None)
    assert [each.reason for each in house.rows(DISTRICT, InboxRow) if each.state == "parked"] == [
        f"not_own: figures_counted 只能来自本单位,{TOWN} 不是"
    ]
    assert see(house, DISTRICT, "verify_report", {"report": report})["digest"] == row.digest
    with house.offices[DISTRICT].reading() as session:  # somebody at the database
        session.get_one(AnswerRow, (report, report, TOWN, "intake")).figures = []
        session.commit()
    assert see(house, DISTRICT, "verify_report", {"report": report})["identical"] is False


def test_what_becomes_known_later_is_a_correction_in_the_next_bulletin(house: House) -> None:
    report = served(house)
    house.set_time(day(4, 6))
    (resolved,) = [row.reception for row in house.rows(TOWN, IntakeReception) if row.result == "resolved"]
    do(house, TOWN, "intake", "void_reception", {"reception": resolved, "why": "误录"})
    at(house, day(5, 4))
    april = bulletins(house)[0]
    assert figure(house, report, TOWN, "named_receptions") == (2, None), "March stays as it was published"
    found = see(house, DISTRICT, "report", {"report": april["report"]})["corrections"]
    said = {
        (each["office"], each["name"]): (each["was_value"], each["is_value"])
        for each in found
        if each["about"] == report and each["name"].startswith("named_receptions")
    }
    assert said[TOWN, "named_receptions"] == (2, 1)
    assert said[DISTRICT, "named_receptions_resolved"] == (1, 0)
    at(house, day(6, 4))
    may = see(house, DISTRICT, "report", {"report": bulletins(house)[0]["report"]})
    assert [each for each in may["corrections"] if each["about"] == report] == [], "said once"


def test_s33_approved_by_a_leader_served_on_each_unit_with_its_own_figures_and_acknowledged(house: House) -> None:
    report = march(house)
    assert refused(house, DISTRICT, "publish_report", {"report": report}) == "wrong_state"
    assert refused(house, DISTRICT, "approve_report", {"report": report}, roles=["clerk"]) == "not_leader"
    do(house, DISTRICT, "supervision", "approve_report", {"report": report})
    assert refused(house, DISTRICT, "approve_report", {"report": report}) == "wrong_state"
    do(house, DISTRICT, "supervision", "publish_report", {"report": report})
    at_town = see(house, TOWN, "report", {"report": report})
    assert list(at_town["offices"]) == [TOWN]
    assert figure(house, report, TOWN, "named_receptions", where=TOWN) == (2, None)
    assert [each["report"] for each in see(house, TOWN, "todo", {"desk": "petition"})["reports"]] == [report]
    do(house, TOWN, "supervision", "acknowledge_report", {"report": report})
    assert refused(house, TOWN, "acknowledge_report", {"report": report}) == "acknowledged"
    rows = see(house, DISTRICT, "report", {"report": report})["served"]
    assert [row["office"] for row in rows if row["acknowledged_at"]] == [TOWN]
    assert len(rows) > 1, "who has not acknowledged is named as well"


def test_an_objection_is_made_in_time_decided_by_a_leader_and_corrects_the_next(house: House) -> None:
    report = served(house)
    wrong = {"report": report, "service": "intake", "name": "named_receptions_resolved", "grounds": "两件都化解了"}
    assert refused(house, TOWN, "object_to_figure", {**wrong, "name": "no_such"}) == "no_such_figure"
    made = do(house, TOWN, "supervision", "object_to_figure", wrong)
    (open_,) = see(house, DISTRICT, "todo", {"desk": "petition"})["figure_objections"]
    assert (open_["office"], open_["name"]) == (TOWN, "named_receptions_resolved")
    decision = {"objection": made["objection"], "upheld": True, "why": "查有回访记录", "value": 2, "base": 2}
    assert refused(house, TOWN, "decide_objection", decision) == "not_yours"
    do(house, DISTRICT, "supervision", "decide_objection", decision)
    assert refused(house, DISTRICT, "decide_objection", decision) == "decided"
    (known,) = see(house, TOWN, "report", {"report": report})["objections"]
    assert (known["state"], known["why"]) == ("upheld", "查有回访记录")
    assert figure(house, report, TOWN, "named_receptions_resolved") == (1, 2)
    at(house, day(5, 4))
    april = see(house, DISTRICT, "report", {"report": bulletins(house)[0]["report"]})
    (found,) = [each for each in april["corrections"] if each["objection"]]
    assert (found["was_value"], found["is_value"], found["is_base"]) == (1, 2, 2)
    house.set_time(day(5, 20))
    assert refused(house, TOWN, "object_to_figure", wrong) == "too_late"


def test_no_figure_tells_a_unit_of_a_case_from_which_it_is_recused(house: House) -> None:
    house.set_time(day(3, 12))
    made = do(house, TOWN, "intake", "register", petition(TOWN, house.offices[TOWN].keyring, reporter=None))
    handed = {"case": made["case"], "to": DISTRICT, "kind": "transfer"}
    do(house, TOWN, "assignment", "offer", handed)
    do(house, DISTRICT, "assignment", "sign_for", {"case": made["case"]})
    do(house, DISTRICT, "assignment", "exclude", {"case": made["case"], "office": TOWN, "reason": "反映该镇"})
    at(house, day(4, 4))
    (report,) = bulletins(house)
    assert figure(house, report["report"], TOWN, "received") == (0, None)
    assert figure(house, report["report"], DISTRICT, "received") == (1, None)


def test_k12_the_published_annual_report_is_the_return_of_the_year(tmp_path: Path) -> None:
    demo = demo_policy()
    kept = {name: demo.periods[name] for name in ("annual_report",)}
    policy = replace(demo, periods=kept, reports={"annual_report": demo.reports["annual_report"]})
    house = House(tmp_path, SERVICES, policy=policy).open([DISTRICT], day(6, 1))
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        uow.note("begun")
    at(house, day(1, 11, 10, 2027))
    (report,) = bulletins(house)
    do(house, DISTRICT, "supervision", "approve_report", {"report": report["report"]})
    do(house, DISTRICT, "supervision", "publish_report", {"report": report["report"]})
    found = see(house, DISTRICT, "periods", {"desk": "petition", "kind": "annual_report"})["periods"]
    assert [(each["period"], each["stands"]) for each in found] == [("2026-12-31", "on_time")]
    assert report["digest"][:16] in found[0]["summary"]
