"""Returns of every period over real databases: opened from above, returned, late, unconfirmed, climbing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.tables import InboxRow
from services.supervision.models import OrderRow, PeriodRow, StepRow
from services.supervision.periods.rules import period_id
from services.supervision.service import SupervisionService
from tests.services.house import DEPARTMENT, DISTRICT, TOWN, VILLAGE, House, demo_policy

FIRST_TEN = "2026-03-10"
DISCIPLINE = {"desk": "discipline"}


def day(month: int, number: int, hour: int = 0, second: int = 1, year: int = 2026) -> datetime:
    return datetime(year, month, number, hour, 0, second, tzinfo=SHANGHAI)


def end_of(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def opened(folder: Path, now: datetime, offices: Iterable[str] = (VILLAGE, TOWN, DISTRICT)) -> House:
    return House(folder, {"supervision": SupervisionService}, policy=demo_policy()).open(offices, now)


def give(house: House, office: str, kind: str, period: str, desk: str = "petition", **other: Any) -> dict[str, Any]:
    data = {"kind": kind, "period": period, "nil": not other.get("summary"), **other}
    answer = house.command(office, "supervision", "return_period", data, desk=desk)
    house.post()
    return answer


def listed(house: House, at: str, desk: str = "petition", **wanted: Any) -> dict[str, Any]:
    answer = house.ask(at, "supervision", "periods", {"desk": desk, "limit": 500, **wanted}, desk=desk)
    assert answer["ok"], answer
    return dict(answer["result"])


def stands(house: House, at: str, of: str, desk: str = "petition", **wanted: Any) -> dict[str, str]:
    """Period → how it stands, for what ``of`` owes."""
    return {each["period"]: each["stands"] for each in listed(house, at, desk, office=of, **wanted)["periods"]}


def run(house: House, *moments: datetime) -> None:
    for moment in moments:
        house.set_time(moment)
        house.poll()


def taken(house: House, office: str, of: str, kind: str, period: str) -> dict[str, str]:
    key = period_id(of, kind, period)
    return {row.step: row.state for row in house.rows(office, StepRow) if row.case_id == key}


def test_each_tier_owes_its_own_stretch(folder: Path) -> None:
    house = opened(folder, day(3, 31), (VILLAGE, TOWN, DEPARTMENT, DISTRICT))
    house.poll()
    owed = {
        (row.office, row.kind): (row.period, row.label)
        for row in house.rows(DISTRICT, PeriodRow)
        if row.office in (VILLAGE, TOWN, DEPARTMENT, DISTRICT)
    }
    feedback = ("2026-03-31", "办理结果季度反馈 2026年第一季度")
    assert owed == {
        (VILLAGE, "sweep"): ("2026-03-31", "矛盾纠纷排查 2026年3月下旬"),
        (TOWN, "sweep"): ("2026-03-31", "矛盾纠纷排查 2026年3月下半月"),
        (DEPARTMENT, "sweep"): ("2026-03-31", "矛盾纠纷排查 2026年3月下半月"),
        (DISTRICT, "sweep"): ("2026-03-31", "矛盾纠纷排查 2026年3月"),
        (TOWN, "quarterly_feedback"): feedback,
        (DEPARTMENT, "quarterly_feedback"): feedback,
    }
    assert {row.office for row in house.rows(VILLAGE, PeriodRow)} == {VILLAGE}
    assert {row.office for row in house.rows(DISTRICT, PeriodRow)}.isdisjoint({"portal", "610402007"})


def test_only_the_district_owes_the_annual_report_and_the_assessment(folder: Path) -> None:
    house = opened(folder, day(12, 31))
    house.poll()
    yearly = {(row.office, row.kind, row.clock) for row in house.rows(DISTRICT, PeriodRow) if row.clock < "K21"}
    assert yearly == {(DISTRICT, "annual_report", "K12"), (DISTRICT, "assessment", "K13")}


def test_a_return_goes_up_the_line_once_and_its_summary_stays(folder: Path) -> None:
    house = opened(folder, day(3, 9))
    house.poll()
    assert give(house, VILLAGE, "sweep", FIRST_TEN)["error"]["code"] == "too_early"
    run(house, day(3, 10))
    first = give(house, VILLAGE, "sweep", FIRST_TEN, summary="排查出邻里纠纷1起")
    assert first["result"]["stands"] == "on_time"
    assert give(house, VILLAGE, "sweep", FIRST_TEN)["error"]["code"] == "already_returned"
    for office in (VILLAGE, TOWN, DISTRICT):
        assert stands(house, office, VILLAGE) == {FIRST_TEN: "on_time"}
    assert {row.summary for row in house.rows(TOWN, PeriodRow)} == {""}
    run(house, day(3, 14))
    assert taken(house, TOWN, VILLAGE, "sweep", FIRST_TEN) == {}
    assert [row.reason for row in house.rows(TOWN, InboxRow) if row.state == "parked"] == []


def test_nil_or_a_summary_but_not_both_and_not_neither(folder: Path) -> None:
    house = opened(folder, day(3, 10))
    for data in ({"nil": True, "summary": "有"}, {"nil": False, "summary": " "}):
        assert give(house, VILLAGE, "sweep", FIRST_TEN, **data)["error"]["code"] == "nil_or_summary"
    assert give(house, VILLAGE, "sweep", FIRST_TEN)["result"]["nil"] is True


@pytest.mark.parametrize(
    ("office", "kind", "period", "desk", "code"),
    [
        (VILLAGE, "sweep", "2026-03-15", "petition", "no_such_period"),
        (VILLAGE, "sweep", "2026-02-30", "petition", "no_such_period"),
        (VILLAGE, "quarterly_feedback", "2026-03-31", "discipline", "not_owed"),
        (VILLAGE, "census", FIRST_TEN, "petition", "unknown_kind"),
        (VILLAGE, "sweep", FIRST_TEN, "discipline", "wrong_desk"),
    ],
)
def test_what_is_not_owed_cannot_be_returned(
    folder: Path, office: str, kind: str, period: str, desk: str, code: str
) -> None:
    house = opened(folder, day(4, 1))
    assert give(house, office, kind, period, desk)["error"]["code"] == code
    assert house.rows(office, PeriodRow) == []


def test_a_village_that_never_starts_is_late_above_and_climbs(folder: Path) -> None:
    house = opened(folder, day(3, 10), (TOWN, DISTRICT))
    run(house, day(3, 10), day(3, 13), day(3, 16), day(3, 18), day(3, 23), day(3, 28))
    assert taken(house, TOWN, VILLAGE, "sweep", FIRST_TEN) == {"order": "open", "town": "open"}
    above = {"district": "open", "leaders": "open", "bulletin": "open"}
    assert taken(house, DISTRICT, VILLAGE, "sweep", FIRST_TEN) == above
    assert {row.unconfirmed for row in house.rows(TOWN, StepRow) if row.answerable == VILLAGE} == {True}
    for office in (TOWN, DISTRICT):
        assert stands(house, office, VILLAGE, stands="unconfirmed") == {
            FIRST_TEN: "unconfirmed",
            "2026-03-20": "unconfirmed",
        }


def test_a_link_that_is_down_is_unconfirmed_until_the_village_is_heard(folder: Path) -> None:
    house = opened(folder, day(3, 10))
    house.cut.add(VILLAGE)
    run(house, day(3, 10), day(3, 14))
    assert taken(house, VILLAGE, VILLAGE, "sweep", FIRST_TEN) == {"reminder": "open"}
    assert stands(house, TOWN, VILLAGE) == {FIRST_TEN: "unconfirmed"}
    figures = listed(house, TOWN, office=VILLAGE)["figures"]
    assert figures == [{"kind": "sweep", "due": 1, "on_time": 0, "late": 0, "unconfirmed": 1}]
    house.cut.clear()
    house.say(
        VILLAGE,
        "supervision",
        Tell(TOWN, "supervision", "demand_withdrawn", "", {"demand": "0" * 32, "at": day(3, 14)}),
    )
    run(house, day(3, 14, 1), day(3, 14, 2))
    assert stands(house, TOWN, VILLAGE) == {FIRST_TEN: "late"}
    assert {row.unconfirmed for row in house.rows(TOWN, StepRow) if row.answerable == VILLAGE} == {False}


def test_a_return_in_time_that_arrives_late_withdraws_the_steps(folder: Path) -> None:
    house = opened(folder, day(3, 10))
    house.poll()
    house.cut.add(VILLAGE)
    house.set_time(end_of(3, 12))
    give(house, VILLAGE, "sweep", FIRST_TEN)
    run(house, day(3, 13), day(3, 14))
    assert taken(house, TOWN, VILLAGE, "sweep", FIRST_TEN) == {"order": "open"}
    house.cut.clear()
    house.post()
    assert taken(house, TOWN, VILLAGE, "sweep", FIRST_TEN) == {"order": "withdrawn"}
    assert [row.state for row in house.rows(VILLAGE, OrderRow)] == ["withdrawn"]
    assert listed(house, TOWN, office=VILLAGE)["figures"] == [
        {"kind": "sweep", "due": 1, "on_time": 1, "late": 0, "unconfirmed": 0}
    ]


def test_a_late_return_stays_late_and_leaves_the_order_standing(folder: Path) -> None:
    house = opened(folder, day(3, 10))
    run(house, day(3, 10), day(3, 14))
    assert give(house, VILLAGE, "sweep", FIRST_TEN)["result"]["stands"] == "late"
    run(house, day(3, 18))
    assert taken(house, TOWN, VILLAGE, "sweep", FIRST_TEN) == {"order": "open"}
    assert taken(house, DISTRICT, VILLAGE, "sweep", FIRST_TEN) == {}
    assert [(row.given, row.giver) for row in house.rows(VILLAGE, OrderRow)] == [(False, TOWN)]
    assert stands(house, DISTRICT, VILLAGE) == {FIRST_TEN: "late"}


def test_quarterly_feedback_is_the_discipline_desks_alone(folder: Path) -> None:
    house = opened(folder, day(3, 31))
    house.poll()
    assert give(house, TOWN, "quarterly_feedback", "2026-03-31", "discipline", summary="初核1件")["ok"]
    assert stands(house, DISTRICT, TOWN, "discipline") == {"2026-03-31": "on_time"}
    assert set(stands(house, DISTRICT, TOWN, kind="quarterly_feedback")) == set()
    asked = house.ask(DISTRICT, "supervision", "periods", {"desk": "discipline"})
    assert asked["error"]["code"] == "wrong_desk"


def test_an_office_that_was_down_opens_all_it_missed_and_a_new_one_only_what_can_be_in_time(folder: Path) -> None:
    house = opened(folder, day(3, 10), (TOWN,))
    run(house, day(3, 10), day(4, 15))
    assert set(stands(house, TOWN, VILLAGE)) == {FIRST_TEN, "2026-03-20", "2026-03-31", "2026-04-10"}
    late = opened(folder, day(4, 15), (DISTRICT,))
    late.poll()
    assert stands(late, DISTRICT, VILLAGE) == {}
    late.set_time(day(4, 20))
    late.poll()
    assert set(stands(late, DISTRICT, VILLAGE)) == {"2026-04-20"}


def test_a_return_for_a_period_from_before_the_town_was_there_is_kept_and_a_foreign_one_is_not(folder: Path) -> None:
    house = opened(folder, day(4, 1))
    told = {"kind": "sweep", "period": FIRST_TEN, "nil": True, "at": day(3, 12)}
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "period_returned", "", told))
    house.say(TOWN, "supervision", Tell(VILLAGE, "supervision", "period_returned", "", told))
    house.post()
    assert stands(house, TOWN, VILLAGE) == {FIRST_TEN: "on_time"}
    assert [row.reason.split(":")[0] for row in house.rows(VILLAGE, InboxRow) if row.state == "parked"] == ["not_below"]


def test_a_return_heard_twice_keeps_the_first(folder: Path) -> None:
    house = opened(folder, day(3, 10))
    give(house, VILLAGE, "sweep", FIRST_TEN)
    again = {"kind": "sweep", "period": FIRST_TEN, "nil": False, "at": day(3, 10) + timedelta(days=9)}
    house.say(VILLAGE, "supervision", Tell(TOWN, "supervision", "period_returned", "", again))
    house.post()
    (row,) = (row for row in house.rows(TOWN, PeriodRow) if row.office == VILLAGE)
    assert (row.returned_at, row.nil) == (day(3, 10), True)
