"""K5, K6, K11, K16, K24 and K26: handling, its extension, report-back, the simple procedure, signing, what was promised."""

from datetime import datetime, timedelta

from tests.services.bench import (
    SECOND,
    Bench,
    is_late_one_second_after,
    last_second,
    morning,
    runs_to_its_last_second,
    spans,
)
from tests.services.house import DISTRICT, TOWN

SIXTY_DAYS = spans(
    ("plain", "2026-03-09", "2026-05-08"),
    ("rolled", "2026-03-02", "2026-05-06"),
    ("make_up", "2026-03-10", "2026-05-09"),
)
THIRTY_MORE = spans(
    ("plain", "2026-03-09", "2026-06-08"),  # from 8 May; 7 June is a Sunday
    ("rolled", "2026-03-21", "2026-06-22"),  # from 20 May; 19 June is a holiday
)
TWENTY_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-23"),  # 22 March is a Sunday
    ("rolled", "2026-03-16", "2026-04-07"),
    ("make_up", "2026-04-19", "2026-05-09"),
)
TEN_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-16"),
    ("holiday", "2026-03-31", "2026-04-15"),
    ("make_up", "2026-05-06", "2026-05-19"),
)
THREE_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-05"),
    ("holiday", "2026-02-13", "2026-02-25"),
    ("make_up", "2026-05-07", "2026-05-11"),
)
ONE_START = spans(("plain", "2026-03-09", "2026-05-08"))


def accepted(bench: Bench, **how: str) -> Bench:
    """The town registers and accepts a petition at once."""
    bench.register(TOWN).of_case("accept", **how)
    return bench


@SIXTY_DAYS
def test_k05_an_opinion_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(accepted(bench), "K5", due, bench.issue)


@SIXTY_DAYS
def test_k05_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(accepted(bench), "K5", due, bench.issue)


@ONE_START
def test_k05_ends_with_the_opinion_and_not_with_its_service(bench: Bench, due: datetime) -> None:
    accepted(bench).to(due).issue()
    bench.to(due + timedelta(days=3)).of_case("serve", way="direct")
    assert bench.clock(DISTRICT, "K5")["stopped_at"] == due
    assert bench.late_steps(DISTRICT, "K5") == {}


@ONE_START
def test_k05_goes_on_with_its_dates_across_a_recusal(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN).sign(TOWN).of_case("accept")
    bench.to(morning("2026-04-01")).of_case("override", DISTRICT, reason="承办机关应当回避", exclude_holder=True)
    bench.holder, bench.above = DISTRICT, ()
    assert datetime.fromisoformat(bench.clock(DISTRICT, "K5")["started_at"]) == morning("2026-03-09")
    is_late_one_second_after(bench, "K5", due, bench.issue)
    assert not bench.house.ask(TOWN, "supervision", "clocks", {"case": bench.case})["ok"]


@ONE_START
def test_k05_of_an_opinion_that_was_not_served_goes_on_with_who_takes_the_case_over(
    bench: Bench, due: datetime
) -> None:
    bench.register(DISTRICT).offer(TOWN).sign(TOWN).of_case("accept")
    bench.to(morning("2026-04-01")).issue()
    assert bench.clock(DISTRICT, "K5")["state"] == "stopped"
    bench.to(morning("2026-04-08")).of_case("override", DISTRICT, reason="承办机关应当回避", exclude_holder=True)
    bench.holder, bench.above = DISTRICT, ()
    runs_to_its_last_second(bench, "K5", due, bench.issue)


@THIRTY_MORE
def test_k06_across_the_extension_to_the_last_second(bench: Bench, due: datetime) -> None:
    accepted(bench).to(bench.clock(TOWN, "K5")["due"])
    bench.of_case("extend", days=30, reason="需要测绘")
    runs_to_its_last_second(bench, "K5", due, bench.issue)


@THIRTY_MORE
def test_k06_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    accepted(bench).to(bench.clock(TOWN, "K5")["due"])
    bench.of_case("extend", days=30, reason="需要测绘")
    is_late_one_second_after(bench, "K5", due, bench.issue)


@ONE_START
def test_k06_cannot_be_had_one_second_late_or_twice_or_for_longer(bench: Bench, due: datetime) -> None:
    accepted(bench).to(due)
    asked = {"case": bench.case, "reason": "需要测绘"}
    assert bench.refused("assignment", "extend", days=31, **asked) == "too_long"
    bench.to(due + SECOND)
    assert bench.refused("assignment", "extend", days=30, **asked) == "too_late"


@ONE_START
def test_k06_is_had_once(bench: Bench, due: datetime) -> None:
    accepted(bench).to(due).of_case("extend", days=30, reason="需要测绘")
    assert bench.refused("assignment", "extend", case=bench.case, days=30, reason="仍需测绘") == "extended"


@TWENTY_DAYS
def test_k11_reported_back_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN, kind="hand_over", report_back_days=20).sign(TOWN).of_case("accept")
    bench.issue()
    runs_to_its_last_second(bench, "K11", due, lambda: bench.of_case("serve", way="direct"))


@TWENTY_DAYS
def test_k11_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN, kind="hand_over", report_back_days=20).sign(TOWN).of_case("accept")
    bench.issue()
    is_late_one_second_after(bench, "K11", due, lambda: bench.of_case("serve", way="direct"))


@TEN_WORKING_DAYS
def test_k16_a_simple_opinion_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(accepted(bench, procedure="simple"), "K16", due, bench.issue)


@TEN_WORKING_DAYS
def test_k16_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(accepted(bench, procedure="simple"), "K16", due, bench.issue)


@THREE_WORKING_DAYS
def test_k16_is_chosen_within_three_working_days_to_the_second(bench: Bench, due: datetime) -> None:
    bench.register(TOWN).to(due + SECOND)
    late = bench.refused("assignment", "accept", case=bench.case, procedure="simple")
    assert late == "too_late_for_simple"
    bench.to(due).of_case("accept", procedure="simple")
    assert bench.clock(DISTRICT, "K16")["state"] == "running"


@THREE_WORKING_DAYS
def test_k24_signed_for_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN)
    runs_to_its_last_second(bench, "K24", due, lambda: bench.of_case("sign_for", TOWN))


@THREE_WORKING_DAYS
def test_k24_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register(DISTRICT).offer(TOWN)
    bench.to(due + SECOND)
    bench.do("supervision", "request_audit", DISTRICT, office=TOWN)
    shown = bench.clock(DISTRICT, "K24")
    assert (shown["answerable"], shown["lateness"], shown["due"]) == (TOWN, "overdue", due)
    bench.to(due + timedelta(days=1))
    assert bench.late_steps(DISTRICT, "K24") == {}
    bench.to(due + timedelta(days=1, seconds=1))
    assert bench.late_steps(DISTRICT, "K24") == {"order": "open"}
    bench.of_case("sign_for", TOWN)
    assert bench.clock(DISTRICT, "K24")["state"] == "stopped"


def promised(bench: Bench, by: datetime) -> Bench:
    """The town's opinion promised something by a day; it is done, and the district is asked to call the reporter."""
    accepted(bench).issue(perform_by=by.isoformat())
    bench.of_case("serve", way="direct")
    bench.of_case("perform", what="渠已清")
    bench.of_case("resolve", proof="call_back")
    return bench


def called_back(bench: Bench) -> None:
    """The district calls the reporter, who confirms."""
    calls = bench.house.ask(DISTRICT, "supervision", "call_backs", {})["result"]["call_backs"]
    given = {"call_back": calls[0]["id"], "result": "confirmed", "note": "本人确认"}
    bench.do("supervision", "make_call_back", DISTRICT, **given)


AGREED = spans(("plain", "2026-03-09", "2026-04-20"), ("day_of_rest", "2026-03-09", "2026-05-03"))


@AGREED
def test_k26_confirmed_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(promised(bench, due), "K26", due, lambda: called_back(bench))


@AGREED
def test_k26_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(promised(bench, due), "K26", due, lambda: called_back(bench))


@ONE_START
def test_k26_is_as_agreed_and_does_not_roll(bench: Bench, due: datetime) -> None:
    agreed = last_second("2026-05-02")
    promised(bench, agreed)
    assert bench.clock(DISTRICT, "K26")["due"] == agreed
    assert due not in (agreed, None)
