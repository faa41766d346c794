"""K7 to K10: the right to ask for review and final review, and the days for deciding them (XF22 arts 35, 36)."""

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
from tests.services.hearing.known import ASKED, HEAR
from tests.services.house import DISTRICT, TOWN

THIRTY_DAYS = spans(
    ("plain", "2026-03-02", "2026-04-01"),
    ("rolled", "2026-03-05", "2026-04-07"),
    ("make_up", "2026-04-09", "2026-05-09"),
)
ONE_START = spans(("plain", "2026-03-02", "2026-04-01"))
WORDS = {"outcome": "uphold", "facts": "经复查", "opinion": "维持", "basis": "《信访工作条例》"}
GATES = ("findings", "opinion", "questions", "agreement")


def served(bench: Bench) -> Bench:
    """The town's opinion was served; from here on the district's hearing has the case."""
    bench.register(TOWN).of_case("accept")
    bench.issue().of_case("serve", way="direct")
    return bench


def hearing(bench: Bench, method: str, **data: object) -> dict[str, object]:
    return bench.do("hearing", method, DISTRICT, case=bench.case, **data)


def in_review(bench: Bench) -> Bench:
    """Review was asked for at once: K8 runs, which the district answers for."""
    hearing(served(bench), "request_review", points="面积有误")
    bench.holder, bench.above = DISTRICT, ()
    return bench


def reviewed(bench: Bench) -> Bench:
    hearing(in_review(bench), "decide_review", **WORDS)
    return bench


def in_final_review(bench: Bench) -> Bench:
    hearing(reviewed(bench), "request_final_review", points="不服")
    return bench


def registered(bench: Bench) -> dict[str, object]:
    """The city's final opinion of this moment is registered."""
    now = bench.house.offices[DISTRICT].moment.isoformat()
    return hearing(bench, "register_final_opinion", outcome="uphold", opinion_no="咸信复核9号", issued_at=now)


def heard(bench: Bench, level: str, first: datetime, last: datetime) -> None:
    """A hearing is called at ``first`` and its record closed at ``last``."""
    bench.to(first)
    called = {name: value for name, value in HEAR.items() if name not in ("case", "for_level")}
    session = hearing(bench, "open_hearing", for_level=level, planned_at=last.isoformat(), **called)["session"]
    bench.to(last)
    for gate in GATES:
        bench.do("hearing", "record_gate", DISTRICT, session=session, gate=gate, content="当场说明")
    bench.do("hearing", "ask_recusal", DISTRICT, session=session, answers=ASKED)
    bench.do("hearing", "complete_hearing", DISTRICT, session=session, minutes="笔录")


def lapsed(bench: Bench, kind: str, office: str = DISTRICT) -> bool:
    return bench.clock(office, kind)["state"] == "expired" and bench.late_steps(office, kind) == {}


@THIRTY_DAYS
def test_k07_asked_for_in_the_last_second(bench: Bench, due: datetime) -> None:
    served(bench).to(due)
    assert bench.clock(DISTRICT, "K7")["due"] == due
    hearing(bench, "request_review", points="面积有误")
    assert {bench.clock(office, "K7")["stopped_at"] for office in (TOWN, DISTRICT)} == {due}


@THIRTY_DAYS
def test_k07_lapses_one_second_after_and_nobody_is_late(bench: Bench, due: datetime) -> None:
    served(bench).to(due + SECOND)
    asked = {"case": bench.case, "points": "面积有误"}
    assert bench.refused("hearing", "request_review", DISTRICT, **asked) == "late"
    bench.to(due + timedelta(days=20))
    assert [lapsed(bench, "K7", office) for office in (TOWN, DISTRICT)] == [True, True]


@THIRTY_DAYS
def test_k08_decided_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(in_review(bench), "K8", due, lambda: hearing(bench, "decide_review", **WORDS))


@THIRTY_DAYS
def test_k08_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(in_review(bench), "K8", due, lambda: hearing(bench, "decide_review", **WORDS))


@ONE_START
def test_k08_does_not_stand_still_for_a_hearing(bench: Bench, due: datetime) -> None:
    in_review(bench)
    heard(bench, "handling", morning("2026-03-10"), morning("2026-03-20"))
    assert bench.clock(DISTRICT, "K8")["state"] == "running"
    is_late_one_second_after(bench, "K8", due, lambda: hearing(bench, "decide_review", **WORDS))


@THIRTY_DAYS
def test_k09_asked_for_in_the_last_second(bench: Bench, due: datetime) -> None:
    reviewed(bench).to(due)
    assert bench.clock(DISTRICT, "K9")["due"] == due
    hearing(bench, "request_final_review", points="不服")
    assert {bench.clock(office, "K9")["stopped_at"] for office in (TOWN, DISTRICT)} == {due}


@THIRTY_DAYS
def test_k09_lapses_one_second_after_and_nobody_is_late(bench: Bench, due: datetime) -> None:
    reviewed(bench).to(due + SECOND)
    asked = {"case": bench.case, "points": "不服"}
    assert bench.refused("hearing", "request_final_review", DISTRICT, **asked) == "late"
    bench.to(due + timedelta(days=20))
    assert lapsed(bench, "K9")


@THIRTY_DAYS
def test_k10_registered_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(in_final_review(bench), "K10", due, lambda: registered(bench))


@THIRTY_DAYS
def test_k10_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(in_final_review(bench), "K10", due, lambda: registered(bench))


@ONE_START
def test_k10_stands_still_for_a_hearing_and_goes_on_for_the_days_left(bench: Bench, due: datetime) -> None:
    in_final_review(bench)
    heard(bench, "final_review", morning("2026-03-10"), morning("2026-03-12"))
    moved = last_second("2026-04-07")  # three days are not counted: 4 April, a holiday, rolled
    assert moved > due
    runs_to_its_last_second(bench, "K10", moved, lambda: registered(bench))


@ONE_START
def test_k10_is_late_one_second_after_the_days_that_a_hearing_left(bench: Bench, due: datetime) -> None:
    in_final_review(bench)
    heard(bench, "final_review", morning("2026-03-10"), morning("2026-03-16"))
    moved = last_second("2026-04-08")  # seven days are not counted
    assert moved > due
    is_late_one_second_after(bench, "K10", moved, lambda: registered(bench))


@ONE_START
def test_k10_is_not_late_while_the_hearing_lasts(bench: Bench, due: datetime) -> None:
    in_final_review(bench)
    heard(bench, "final_review", morning("2026-03-30"), due + timedelta(days=3))
    assert bench.late_steps(DISTRICT, "K10") == {}
