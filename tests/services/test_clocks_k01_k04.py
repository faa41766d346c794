"""K1 to K4: sorting, the notice, and the objection (XF22 arts 22, 23), each at its last lawful second and one after.

``start`` and ``due`` are literal days: plain, ending on a day of rest and rolled, ending on a make-up working day.
"""

from datetime import datetime

import pytest

from tests.services.bench import (
    SECOND,
    Bench,
    is_late_one_second_after,
    morning,
    runs_to_its_last_second,
    spans,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE

FIFTEEN_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-17"),
    ("rolled", "2026-02-02", "2026-02-24"),
    ("make_up", "2026-02-13", "2026-02-28"),
)
FIVE_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-09"),
    ("holiday", "2026-02-12", "2026-02-26"),
    ("make_up", "2026-05-06", "2026-05-12"),
)
AN_EARLY_DAY = spans(("plain", "2026-03-02", "2026-03-17"))


@FIFTEEN_DAYS
def test_k01_the_bureau_passes_on_in_its_last_second(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT)
    runs_to_its_last_second(bench, "K1", due, lambda: bench.of_case("offer", to=TOWN))


@FIFTEEN_DAYS
def test_k01_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT)
    is_late_one_second_after(bench, "K1", due, lambda: bench.of_case("offer", to=TOWN))


@AN_EARLY_DAY
@pytest.mark.parametrize("how", ["accept", "take"])
def test_k01_stops_when_the_bureau_keeps_the_petition(bench: Bench, due: datetime, how: str) -> None:
    bench.register(DISTRICT)
    bench.to(due).of_case(how)
    assert bench.clock(DISTRICT, "K1")["stopped_at"] == due


@FIFTEEN_DAYS
def test_k02_a_notice_of_a_report_made_direct_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register(TOWN)
    runs_to_its_last_second(bench, "K2", due, lambda: bench.of_case("accept"))


@FIFTEEN_DAYS
def test_k02_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register(TOWN)
    is_late_one_second_after(bench, "K2", due, lambda: bench.of_case("accept"))


@AN_EARLY_DAY
def test_k02_does_not_run_where_nobody_can_be_told(bench: Bench, due: datetime) -> None:
    bench.register(TOWN, contactable=False)
    assert bench.clock(TOWN, "K1")["due"] == due


@FIFTEEN_DAYS
def test_k03_a_notice_of_what_was_passed_on_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN).sign(TOWN)
    runs_to_its_last_second(bench, "K3", due, lambda: bench.of_case("accept"))


@FIFTEEN_DAYS
def test_k03_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN).sign(TOWN)
    is_late_one_second_after(bench, "K3", due, lambda: bench.of_case("accept"))


@AN_EARLY_DAY
def test_k03_runs_from_the_receipt_whenever_it_was_signed_for(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN)
    bench.to(morning("2026-03-05")).sign(TOWN)
    assert bench.clock(DISTRICT, "K3")["due"] == due


@FIVE_WORKING_DAYS
@pytest.mark.parametrize("signed", [False, True])
def test_k04_an_objection_in_the_last_second(bench: Bench, due: datetime, signed: bool) -> None:
    bench.register(DISTRICT).offer(TOWN)
    if signed:
        bench.sign(TOWN)
    bench.to(due).of_case("return_offer", TOWN, reason="不属于本机关职权")
    shown = bench.house.ask(DISTRICT, "assignment", "get_case", {"case": bench.case})["result"]
    assert (shown["case"]["holder"], bool(shown["offers"])) == (TOWN if signed else DISTRICT, signed)
    assert bench.late_steps(DISTRICT, "K4") == {}


@FIVE_WORKING_DAYS
@pytest.mark.parametrize("signed", [False, True])
def test_k04_is_over_one_second_after(bench: Bench, due: datetime, signed: bool) -> None:
    bench.register(DISTRICT).offer(TOWN)
    if signed:
        bench.sign(TOWN)
    bench.to(due + SECOND)
    late = {"case": bench.case, "reason": "不属于本机关职权"}
    assert bench.refused("assignment", "return_offer", TOWN, **late) == "too_late"


@AN_EARLY_DAY
def test_k02_entry_and_arrival_are_both_kept_and_a_long_gap_is_shown(bench: Bench, due: datetime) -> None:
    bench.house.cut.add(VILLAGE)
    bench.register(VILLAGE)
    bench.to(morning("2026-03-03") + SECOND)
    bench.house.cut.clear()
    bench.house.post()
    (line,) = bench.house.ask(DISTRICT, "supervision", "ledger", {})["result"]["lines"]
    moments = [datetime.fromisoformat(line[name]) for name in ("entered_at", "arrived_at")]
    assert moments == [morning("2026-03-02"), morning("2026-03-03") + SECOND]
    assert line["late_arrival"] is True
    assert bench.clock(DISTRICT, "K2")["due"] == due, "the days run from the entry, not from the arrival"


@AN_EARLY_DAY
def test_k02_a_gap_within_the_policys_hours_is_not_shown(bench: Bench, due: datetime) -> None:
    bench.house.cut.add(VILLAGE)
    bench.register(VILLAGE)
    bench.to(morning("2026-03-03"))
    bench.house.cut.clear()
    bench.house.post()
    (line,) = bench.house.ask(DISTRICT, "supervision", "ledger", {})["result"]["lines"]
    assert line["late_arrival"] is False
    assert bench.clock(DISTRICT, "K2")["due"] == due


@AN_EARLY_DAY
def test_k02_a_dead_village_is_escalated_from_above(bench: Bench, due: datetime) -> None:
    bench.register(VILLAGE)
    bench.house.cut.add(VILLAGE)
    for days in (1, 3, 5):
        bench.to(due + SECOND * (1 + days * 86_400))
    assert bench.late_steps(TOWN, "K2") == {"order": "open", "town": "open"}
    assert bench.late_steps(DISTRICT, "K2") == {"district": "open"}
    assert bench.clock(DISTRICT, "K2")["lateness"] == "unconfirmed"
