"""K12, K13, K15, K21 to K23, K25 and K27: what is owed outside any case, each at its last lawful second and one after."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.supervision.models import StepRow
from services.supervision.periods.rules import period_id
from services.supervision.service import SupervisionService
from tests.services.bench import SECOND, last_second, morning, parked, spans
from tests.services.house import DISTRICT, TOWN, VILLAGE, House, demo_policy

ROLES = ["clerk", "leader"]


@dataclass
class Owed:
    """Something that ``office`` owes at a desk, as every office of ``line`` (itself first) has it."""

    house: House
    id: str
    office: str
    line: tuple[str, ...]
    desk: str
    listed: str

    def at(self, office: str) -> dict[str, Any]:
        """The row as an office shows it."""
        rows = self.house.ask(office, "supervision", self.listed, {"desk": self.desk, "limit": 500}, desk=self.desk)
        (found,) = [row for row in rows["result"][self.listed] if self.id in (row.get("id"), row.get("demand"))]
        return {**found, "due": datetime.fromisoformat(found["due"])}

    def late_steps(self, office: str) -> dict[str, str]:
        rows = [row for row in self.house.rows(office, StepRow) if row.case_id == self.id and row.step != "reminder"]
        return {row.step: row.state for row in rows}

    def to(self, moment: datetime) -> None:
        self.house.set_time(moment)
        self.house.poll()

    def hear(self) -> None:
        """Those above hear of the office: they ask for an audit, which is answered by letter."""
        for above in self.line[1:]:
            assert self.house.command(above, "supervision", "request_audit", {"office": self.office})["ok"]
        self.house.post()


def opened(folder: Path, now: datetime, **policy: Any) -> House:
    """Village, town and district with supervision, under the demo's policy but for ``policy``."""
    changed = replace(demo_policy(), **{"periods": {}, **policy})
    return House(folder, {"supervision": SupervisionService}, policy=changed).open((VILLAGE, TOWN, DISTRICT), now)


@pytest.fixture
def house(tmp_path: Path, start: datetime) -> House:
    return opened(tmp_path, start)


def is_in_time(owed: Owed, due: datetime, act: Callable[[], None]) -> None:
    """Open in its last second everywhere; done in that second it is on time, and no step is taken."""
    owed.to(due)
    assert {(owed.at(each)["due"], owed.at(each)["stands"]) for each in owed.line} == {(due, "open")}
    act()
    assert {owed.at(each)["stands"] for each in owed.line} == {"on_time"}
    owed.to(due + timedelta(days=1, seconds=1))
    assert [owed.late_steps(each) for each in owed.line] == [{} for _ in owed.line]
    assert parked(owed.house) == []


def is_late(owed: Owed, due: datetime, act: Callable[[], None], step: str) -> None:
    """Late one second after, everywhere; ordered from above after a day; what is done then undoes nothing."""
    owed.to(due + SECOND)
    owed.hear()
    assert {owed.at(each)["stands"] for each in owed.line} == {"late"}
    taker = (owed.line * 2)[1]
    owed.to(due + timedelta(days=1))
    assert owed.late_steps(taker) == {}
    owed.to(due + timedelta(days=1, seconds=1))
    act()
    owed.to(due + timedelta(days=2))
    assert owed.late_steps(taker) == {step: "open"}
    assert {owed.at(each)["stands"] for each in owed.line} == {"late"}
    assert parked(owed.house) == []


def period(folder: Path, now: datetime, kind: str, office: str, last_day: str) -> tuple[Owed, Callable[[], None]]:
    """What ``office`` owes for the period ending that day, opened by the calendar; and its return."""
    of = demo_policy().periods[kind]
    house = opened(folder, now, periods={kind: of})
    house.poll()
    line = (office, *(above.id for above in house.tree.ancestors(office)))

    def give() -> None:
        data = {"kind": kind, "period": last_day, "nil": True}
        assert house.command(office, "supervision", "return_period", data, desk=of.desk)["ok"]
        house.post()

    return Owed(house, period_id(office, kind, last_day), office, line, of.desk, "periods"), give


def demand(house: House, giver: str, to: str, kind: str, desk: str = "petition", **other: Any) -> str:
    data = {
        "kind": kind,
        "to": to,
        "points": "请完善" if desk == "petition" else house.policy.neutral_points[0],
        **other,
    }
    answer = house.command(giver, "supervision", "demand", data, desk=desk, roles=ROLES)
    assert answer["ok"], answer
    house.post()
    return str(answer["result"]["demand"])


def demanded(house: House, demand_id: str, office: str, desk: str = "petition") -> tuple[Owed, Callable[[], None]]:
    """What is demanded of ``office``, as the offices above it have it; and its answer."""
    line = (office, *(above.id for above in house.tree.ancestors(office)))

    def answer() -> None:
        data = {"demand": demand_id, "answer": "已办", "adopted": True, "signed_by": "罗某"}
        assert house.command(office, "supervision", "answer_demand", data, desk=desk)["ok"]
        house.post()

    return Owed(house, demand_id, office, line, desk, "demands"), answer


def periods(*days: tuple[str, str, str, str]) -> pytest.MarkDecorator:
    """(name, first day of the test, last day of the period, last lawful day)."""
    found = [pytest.param(morning(start), last, last_second(due), id=name) for name, start, last, due in days]
    return pytest.mark.parametrize(("start", "last_day", "due"), found)


ANNUAL = periods(
    ("rolled", "2026-01-02", "2025-12-31", "2026-02-02"),
    ("provisional", "2026-12-31", "2026-12-31", "2027-02-01"),
)
ASSESSED = periods(
    ("rolled", "2026-01-02", "2025-12-31", "2026-03-02"),
    ("provisional", "2026-12-31", "2026-12-31", "2027-03-01"),
)
QUARTERLY = periods(
    ("plain", "2026-06-30", "2026-06-30", "2026-07-14"),
    ("holiday", "2026-03-31", "2026-03-31", "2026-04-15"),
    ("make_up", "2026-09-30", "2026-09-30", "2026-10-20"),
)
TEN_DAYS = periods(
    ("plain", "2026-03-10", "2026-03-10", "2026-03-12"),
    ("rolled", "2026-02-20", "2026-02-20", "2026-02-24"),
    ("make_up", "2026-01-02", "2025-12-31", "2026-01-04"),
)
THIRTY_DAYS = spans(
    ("plain", "2026-03-02", "2026-04-01"),
    ("rolled", "2026-03-05", "2026-04-07"),
    ("make_up", "2026-04-09", "2026-05-09"),
)
FIFTEEN_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-23"),
    ("holiday", "2026-03-20", "2026-04-13"),
    ("make_up", "2026-04-20", "2026-05-13"),
)
TEN_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-16"),
    ("holiday", "2026-03-31", "2026-04-15"),
    ("make_up", "2026-05-06", "2026-05-19"),
)
THREE_MONTHS = spans(
    ("plain", "2026-03-02", "2026-06-02"),
    ("rolled", "2026-02-04", "2026-05-06"),
    ("make_up", "2026-02-09", "2026-05-09"),
    ("shorter_month", "2026-03-31", "2026-06-30"),
)
A_GIVEN_DAY = pytest.mark.parametrize(
    ("start", "given", "due"),
    [
        pytest.param(morning("2026-03-02"), morning("2026-03-20"), last_second("2026-03-20"), id="plain"),
        pytest.param(morning("2026-04-20"), morning("2026-05-02"), last_second("2026-05-06"), id="rolled"),
        pytest.param(morning("2026-04-20"), morning("2026-05-09"), last_second("2026-05-09"), id="make_up"),
    ],
)


@ANNUAL
def test_k12_returned_in_the_last_second(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "annual_report", DISTRICT, last_day)
    is_in_time(owed, due, give)


@ANNUAL
def test_k12_is_late_one_second_after(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "annual_report", DISTRICT, last_day)
    is_late(owed, due, give, "order")


@ASSESSED
def test_k13_returned_in_the_last_second(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "assessment", DISTRICT, last_day)
    is_in_time(owed, due, give)


@ASSESSED
def test_k13_is_late_one_second_after(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "assessment", DISTRICT, last_day)
    is_late(owed, due, give, "order")


@THIRTY_DAYS
def test_k15_answered_in_the_last_second(house: House, due: datetime) -> None:
    owed, answer = demanded(house, demand(house, TOWN, VILLAGE, "suggestion"), VILLAGE)
    is_in_time(owed, due, answer)


@THIRTY_DAYS
def test_k15_is_late_one_second_after(house: House, due: datetime) -> None:
    owed, answer = demanded(house, demand(house, TOWN, VILLAGE, "suggestion"), VILLAGE)
    is_late(owed, due, answer, "order")


@QUARTERLY
def test_k21_returned_in_the_last_second(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "quarterly_feedback", TOWN, last_day)
    is_in_time(owed, due, give)


@QUARTERLY
def test_k21_is_late_one_second_after(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "quarterly_feedback", TOWN, last_day)
    is_late(owed, due, give, "discipline_room")


@FIFTEEN_WORKING_DAYS
def test_k22_answered_in_the_last_second(house: House, due: datetime) -> None:
    notice = demand(house, DISTRICT, TOWN, "petition_notice", "discipline")
    owed, answer = demanded(house, notice, TOWN, "discipline")
    is_in_time(owed, due, answer)


@FIFTEEN_WORKING_DAYS
def test_k22_is_late_one_second_after(house: House, due: datetime) -> None:
    notice = demand(house, DISTRICT, TOWN, "petition_notice", "discipline")
    owed, answer = demanded(house, notice, TOWN, "discipline")
    is_late(owed, due, answer, "discipline_room")


@TEN_WORKING_DAYS
def test_k23_held_in_the_last_second(house: House, due: datetime) -> None:
    owed, answer = demanded(house, demand(house, DISTRICT, TOWN, "reminder_talk", "discipline"), TOWN, "discipline")
    is_in_time(owed, due, answer)


@TEN_WORKING_DAYS
def test_k23_is_late_one_second_after(house: House, due: datetime) -> None:
    owed, answer = demanded(house, demand(house, DISTRICT, TOWN, "reminder_talk", "discipline"), TOWN, "discipline")
    is_late(owed, due, answer, "discipline_room")


def recheck(house: House) -> tuple[Owed, Callable[[], None]]:
    """A talk was held at once; the district, which wanted it, has to recheck."""
    _, held = demanded(house, demand(house, DISTRICT, TOWN, "reminder_talk", "discipline"), TOWN, "discipline")
    held()
    rows = house.ask(DISTRICT, "supervision", "demands", {"desk": "discipline"}, desk="discipline")["result"]["demands"]
    (found,) = [row["demand"] for row in rows if row["kind"] == "recheck"]
    return demanded(house, found, DISTRICT, "discipline")


@THREE_MONTHS
def test_k23_rechecked_in_the_last_second(house: House, due: datetime) -> None:
    owed, answer = recheck(house)
    is_in_time(owed, due, answer)


@THREE_MONTHS
def test_k23_a_recheck_is_late_one_second_after(house: House, due: datetime) -> None:
    owed, answer = recheck(house)
    is_late(owed, due, answer, "discipline_room")


@TEN_DAYS
def test_k25_returned_in_the_last_second(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "sweep", VILLAGE, last_day)
    is_in_time(owed, due, give)


@TEN_DAYS
def test_k25_is_late_one_second_after(tmp_path: Path, start: datetime, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "sweep", VILLAGE, last_day)
    is_late(owed, due, give, "order")


@pytest.mark.parametrize(
    ("start", "office", "last_day", "due"),
    [
        (morning("2026-03-15"), TOWN, "2026-03-15", last_second("2026-03-17")),
        (morning("2026-04-30"), DISTRICT, "2026-04-30", last_second("2026-05-06")),
    ],
    ids=["town", "district"],
)
def test_k25_of_the_other_tiers(tmp_path: Path, start: datetime, office: str, last_day: str, due: datetime) -> None:
    owed, give = period(tmp_path, start, "sweep", office, last_day)
    is_late(owed, due, give, "order")


@A_GIVEN_DAY
def test_k27_answered_in_the_last_second(house: House, given: datetime, due: datetime) -> None:
    instruction = demand(house, TOWN, VILLAGE, "instruction", due=given.isoformat())
    owed, answer = demanded(house, instruction, VILLAGE)
    is_in_time(owed, due, answer)


@A_GIVEN_DAY
def test_k27_is_late_one_second_after(house: House, given: datetime, due: datetime) -> None:
    instruction = demand(house, TOWN, VILLAGE, "instruction", due=given.isoformat())
    owed, answer = demanded(house, instruction, VILLAGE)
    is_late(owed, due, answer, "order")
