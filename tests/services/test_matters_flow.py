"""Hot and hard matters, campaigns, collective visits, ratings and the figures of a case's course, over three real databases."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from network.tables import InboxRow
from services.intake.models import IntakeReport
from services.supervision.ledger import trend
from tests.services.bench import Bench
from tests.services.conftest import OFFICES
from tests.services.house import DISTRICT, TOWN, VILLAGE

MAY = {"since": "2026-05-01", "until": "2026-05-31"}


@pytest.fixture
def start() -> datetime:
    return datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)


@pytest.fixture
def village(bench: Bench) -> Iterator[Bench]:
    yield bench
    assert [
        row.reason for office in OFFICES for row in bench.house.rows(office, InboxRow) if row.state == "parked"
    ] == []


def figures(bench: Bench, service: str, at: str, **wanted: str) -> dict[str, tuple[int, int | None]]:
    answer = bench.house.ask(at, service, "figures", {**MAY, **wanted})
    assert answer["ok"], answer
    return {each["name"]: (each["value"], each["base"]) for each in answer["result"]["figures"]}


def rows(bench: Bench, service: str, office: str, ledger: str) -> list[dict[str, Any]]:
    answer = bench.house.ask(office, service, "export", {**MAY, "ledger": ledger})["result"]
    keys = [column[0] for column in answer["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in answer["rows"]]


def concluded(bench: Bench, office: str = TOWN, **report: Any) -> str:
    """A petition that the town registered, accepted, answered and served. → its receipt hash."""
    bench.register(office, **report)
    bench.of_case("accept")
    bench.issue()
    bench.of_case("serve", way="direct")
    (found,) = [row for row in bench.house.rows(office, IntakeReport) if row.case == bench.case]
    return str(found.receipt_hash)


def test_s4_a_mark_travels_with_the_case_and_is_counted_above_by_class_and_town(village: Bench) -> None:
    village.register(VILLAGE)
    village.of_case("flag_matter", flag="hot", reason="三个村反映同一问题")
    assert (
        village.refused("assignment", "flag_matter", case=village.case, flag="hot", reason="再标") == "flagged_already"
    )
    village.offer(TOWN, kind="transfer").sign(TOWN)
    village.of_case("flag_matter", flag="hard", reason="历史遗留")
    village.register(VILLAGE)
    for office in (TOWN, DISTRICT):
        counted = figures(village, "supervision", office)
        assert (counted["received"], counted["hot"], counted["hard"]) == ((2, None), (1, 2), (1, 2))
    answer = village.house.ask(DISTRICT, "supervision", "trend", MAY)["result"]
    (row,) = answer["rows"]
    assert row == {
        "class": "C03", "town": TOWN, "month": "2026-05", "received": 2, "hot": 1, "hard": 1, "open": 2, "change": 2,
    }  # fmt: skip
    assert answer["growing"] == []


def test_s4_only_the_holder_marks_and_only_petitions(village: Bench) -> None:
    village.register(VILLAGE)
    assert village.refused("assignment", "flag_matter", TOWN, case=village.case, flag="hot", reason="x") == "not_found"
    wrong = village.ask_for("assignment", "flag_matter", case=village.case, flag="urgent", reason="x")
    assert list(wrong["error"]["fields"]) == ["flag"]
    village.register_sealed()
    assert village.refused("assignment", "flag_matter", case=village.case, flag="hot", reason="x") == "petition_only"


def test_s8_a_campaign_cuts_every_figure(village: Bench) -> None:
    village.register(VILLAGE)
    village.of_case("flag_matter", flag="campaign_big_visit", reason="走访中收集")
    village.register(VILLAGE)
    whole, cut = (figures(village, "supervision", DISTRICT, **wanted) for wanted in ({}, {"campaign": "big_visit"}))
    assert (whole["received"], cut["received"]) == ((2, None), (1, None))
    assert figures(village, "supervision", DISTRICT, campaign="no_such")["received"] == (0, None)
    assert (
        len(village.house.ask(DISTRICT, "supervision", "trend", {**MAY, "campaign": "no_such"})["result"]["rows"]) == 0
    )


def test_s69_concluded_resolved_reopened_and_the_days_it_took(village: Bench) -> None:
    concluded(village)
    village.to(village.house.offices[TOWN].moment + timedelta(days=4))
    concluded(village)
    counted = figures(village, "supervision", DISTRICT)
    assert (counted["received"], counted["concluded"], counted["resolved"]) == ((2, None), (2, None), (0, None))
    assert (counted["first_time"], counted["open"], counted["median_days"]) == ((2, 2), (0, 2), (0, None))
    village.of_case("reopen", reason="发现新的事实")
    counted = figures(village, "supervision", DISTRICT)
    assert (counted["concluded"], counted["open"]) == ((1, None), (1, 2)), "opened again, it is concluded no more"


def test_s69_what_is_resolved_is_counted_apart_and_disputed_no_more(village: Bench) -> None:
    receipt = concluded(village)
    august = {"since": "2026-08-01", "until": "2026-08-31"}
    village.to(datetime(2026, 8, 10, 9, tzinfo=SHANGHAI))
    village.of_case("resolve", proof="ninety_days")
    assert figures(village, "supervision", DISTRICT, **august)["resolved"] == (1, None)
    assert figures(village, "supervision", DISTRICT)["concluded"] == (1, None)
    village.to(datetime(2026, 8, 12, 9, tzinfo=SHANGHAI))
    village.do("intake", "say", receipt_hash=receipt, what="not_performed", text="渠又堵了")
    assert figures(village, "supervision", DISTRICT, **august)["resolved"] == (0, None)


def test_s63_who_went_there_before_answering_is_counted(village: Bench) -> None:
    concluded(village)
    village.register(TOWN)
    village.of_case("accept")
    village.of_case("record_visit", who="张三、李四", place="望塬村", found="渠被填")
    village.issue(no_visit_reason="")
    counted = figures(village, "assignment", TOWN)
    assert (counted["opinions"], counted["visited"]) == ((2, None), (1, 2))


def test_s63_notices_and_opinions_on_time_each_with_its_base(village: Bench) -> None:
    concluded(village)
    village.register(TOWN)
    village.of_case("accept")
    june = {"since": "2026-05-01", "until": "2026-07-31"}
    village.to(village.house.offices[TOWN].moment + timedelta(days=70))
    counted = figures(village, "supervision", DISTRICT, **june)
    assert counted["concluded_on_time"] == (1, 2)
    assert counted["notices_on_time"][0] == counted["notices_on_time"][1]


def test_collective_visits_are_counted_by_band_where_they_came_and_above(village: Bench) -> None:
    for heads in (23, 4, 5):
        speakers = 5 if heads == 23 else 1
        village.register(VILLAGE, channel="visit", head_count=heads, representatives=speakers)
    village.register(VILLAGE, channel="phone", head_count=40, representatives=2)
    for office in (VILLAGE, DISTRICT):
        counted = figures(village, "intake", office)
        assert (counted["collective_batches"], counted["collective_people"]) == ((2, None), (28, None))
        assert (counted["collective_5_batches"], counted["collective_21_batches"]) == ((1, 2), (1, 2))
        assert counted["collective_11_batches"] == (0, 2)
    assert [row["head_count"] for row in rows(village, "intake", VILLAGE, "collective")] == [23, 5]
    assert rows(village, "intake", DISTRICT, "collective") == [], "a ledger has the own rows"
    assert len(rows(village, "intake", VILLAGE, "register")) == 4


def test_s97_satisfaction_has_its_own_base_and_the_latest_rating_counts(village: Bench) -> None:
    first = concluded(village)
    village.do("intake", "rate", receipt_hash=first, rating="dissatisfied", comment="")
    second = concluded(village)
    village.do("intake", "rate", receipt_hash=second, rating="fair", comment="")
    assert figures(village, "intake", DISTRICT)["satisfied"] == (1, 2)
    village.do("intake", "rate", receipt_hash=first, rating="satisfied", comment="")
    for office in (TOWN, DISTRICT):
        assert figures(village, "intake", office)["satisfied"] == (2, 2)
    assert figures(village, "intake", DISTRICT, office=VILLAGE)["rated"] == (0, None)


def test_s55_s57_what_is_open_and_what_was_sent_back_too_often_is_counted(village: Bench) -> None:
    village.register(VILLAGE)
    for _ in range(3):
        village.offer(TOWN, kind="transfer")
        village.of_case("return_offer", TOWN, reason="不属于本镇职权")
    counted = figures(village, "supervision", DISTRICT)
    assert (counted["bounced"], counted["open"]) == ((1, 1), (1, 1))
    concluded(village)
    counted = figures(village, "supervision", DISTRICT)
    assert (counted["bounced"], counted["open"]) == ((1, 2), (1, 2)), "what is concluded is open no more"


def test_a_class_grows_when_it_grew_three_months_running() -> None:
    def months(*counts: int) -> list[dict[str, Any]]:
        return [
            {"class": "C03", "town": TOWN, "month": month, "received": count}
            for month, count in zip(("2025-11", "2025-12", "2026-01", "2026-02"), counts, strict=False)
            if count
        ]

    assert trend.growing(months(1, 2, 3, 4)) == [{"class": "C03", "town": TOWN, "until": "2026-02"}]
    assert trend.growing(months(0, 2, 3, 4)) == [{"class": "C03", "town": TOWN, "until": "2026-02"}]
    assert trend.growing(months(1, 2, 2, 4)) == []
    assert trend.growing(months(4, 3, 2, 1)) == []
