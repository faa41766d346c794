"""A case on real databases of three tiers, each act at a moment of its own: what the tests of the clocks have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI, end_of_day
from network.keys import Keyring
from network.tables import InboxRow
from services.supervision.models import StepRow
from tests.services.assignment.test_journeys import petition, resealed, sealed_report
from tests.services.house import DISTRICT, TOWN, House

SECOND = timedelta(seconds=1)
LEADER = {"roles": ["clerk", "leader", "head", "triage"]}
DISCIPLINE = {"desk": "discipline", **LEADER}
DRAFT = {
    "verdict": "support",
    "facts": "属实",
    "opinion": "限期清淤",
    "basis": "《信访工作条例》",
    "no_visit_reason": "可凭材料查明",
}


def morning(text: str) -> datetime:
    """Nine o'clock of an ISO day, in China."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), SHANGHAI) + timedelta(hours=9)


def last_second(text: str) -> datetime:
    """The last lawful second of an ISO day: 23:59:59 in China."""
    return end_of_day(date.fromisoformat(text))


def spans(*days: tuple[str, str, str]) -> pytest.MarkDecorator:
    """(name, first day, last lawful day) as the parameters ``start`` and ``due`` of a test."""
    moments = [pytest.param(morning(first), last_second(last), id=name) for name, first, last in days]
    return pytest.mark.parametrize(("start", "due"), moments)


@dataclass
class Bench:
    """One case and who looks at its clock: ``holder`` answers for it, ``above`` supervises."""

    house: House
    keys: Keyring
    case: str = ""
    holder: str = TOWN
    above: tuple[str, ...] = (DISTRICT,)
    desk: str = "petition"

    def to(self, moment: datetime) -> "Bench":
        """Let time pass until then; every service looks at its clocks."""
        self.house.set_time(moment)
        self.house.poll()
        return self

    def do(self, service: str, method: str, office: str = "", /, **data: Any) -> dict[str, Any]:
        """An act that must succeed, by the holder where no office is named; the post runs after it."""
        answer = self.ask_for(service, method, office, **data)
        assert answer["ok"], answer
        return dict(answer["result"])

    def ask_for(self, service: str, method: str, office: str = "", /, **data: Any) -> dict[str, Any]:
        """The whole answer of an act."""
        actor = DISCIPLINE if self.desk == "discipline" else LEADER
        answer = self.house.command(office or self.holder, service, method, data, **actor)
        self.house.post()
        return answer

    def of_case(self, method: str, office: str = "", /, **data: Any) -> dict[str, Any]:
        """An act of assignment on the case."""
        return self.do("assignment", method, office, case=self.case, **data)

    def refused(self, service: str, method: str, office: str = "", /, **data: Any) -> str:
        answer = self.ask_for(service, method, office, **data)
        assert not answer["ok"], answer
        return str(answer["error"]["code"])

    def register(self, office: str, **other: Any) -> "Bench":
        """A petition comes to an office, which holds it."""
        report = petition(office, self.keys, **other)
        self.case, self.holder = report["case"], office
        self.above = tuple(each.id for each in self.house.tree.ancestors(office) if each.id in self.house.offices)
        self.do("intake", "register", **report)
        return self

    def register_sealed(self, **other: Any) -> "Bench":
        """A discipline report comes to the district's discipline desk."""
        self.desk, self.holder, self.above = "discipline", DISTRICT, ()
        report = sealed_report(self.keys, **other)
        self.case = report["case"]
        self.do("intake", "register_sealed", **report)
        return self

    def offer(self, to: str, **other: Any) -> "Bench":
        """The holder offers the case; ``to`` has still to sign."""
        sealed: dict[str, Any] = {}
        if self.desk == "discipline":
            actor = {name: value for name, value in DISCIPLINE.items() if name != "id"}
            shown = self.house.ask(self.holder, "assignment", "get_case", {"case": self.case}, **actor)
            sealed = {"sealed": resealed(shown["result"]["case"], self.keys, self.holder, to)}
        self.of_case("offer", to=to, **sealed, **other)
        return self

    def sign(self, office: str) -> "Bench":
        """``office`` signs and holds the case from now on."""
        self.of_case("sign_for", office)
        self.holder = office
        self.above = tuple(each.id for each in self.house.tree.ancestors(office) if each.id in self.house.offices)
        return self

    def issue(self, **draft: Any) -> "Bench":
        self.of_case("draft_opinion", **{**DRAFT, **draft})
        self.of_case("issue_opinion")
        return self

    def clock(self, office: str, kind: str) -> dict[str, Any]:
        """The clock as the ledger of an office shows it."""
        actor = DISCIPLINE if self.desk == "discipline" else LEADER
        shown = self.house.ask(office, "supervision", "clocks", {"case": self.case}, **actor)["result"]["clocks"]
        (found,) = [each for each in shown if each["kind"] == kind]
        times = {name: found[name] and datetime.fromisoformat(found[name]) for name in ("due", "stopped_at")}
        return {**found, **times}

    def late_steps(self, office: str, kind: str) -> dict[str, str]:
        """The steps of the ladder past the due moment that stand on an office's own list, with their state."""
        rows = [row for row in self.house.rows(office, StepRow) if (row.case_id, row.kind) == (self.case, kind)]
        return {row.step: row.state for row in rows if row.step != "reminder" and row.by == office}

    def hear(self, office: str) -> None:
        """The office above hears of ``office``: it asks for an audit, which is answered by letter."""
        for each in self.above:
            self.do("supervision", "request_audit", each, office=office)


def runs_to_its_last_second(bench: Bench, kind: str, due: datetime, act: Callable[[], Any]) -> None:
    """Due then at the holder and above, not late in its last lawful second, and ``act`` in that second is in time."""
    offices = (bench.holder, *bench.above)
    bench.to(due)
    for office in offices:
        shown = bench.clock(office, kind)
        assert (shown["state"], shown["due"]) == ("running", due), office
        assert shown["lateness"] not in ("overdue", "unconfirmed"), office
    act()
    for office in offices:
        assert bench.clock(office, kind)["state"] == "stopped", office
        assert bench.clock(office, kind)["stopped_at"] == due, office
    bench.to(due + timedelta(days=1, seconds=1))
    assert [bench.late_steps(office, kind) for office in offices] == [{} for _ in offices]


def is_late_one_second_after(
    bench: Bench, kind: str, due: datetime, act: Callable[[], Any], step: str = "order"
) -> None:
    """Overdue one second later at the holder and above, ordered from above after a day; a late ``act`` undoes nothing."""
    offices = (bench.holder, *bench.above)
    bench.to(due + SECOND)
    bench.hear(bench.holder)
    for office in offices:
        shown = bench.clock(office, kind)
        assert (shown["state"], shown["due"], shown["lateness"]) == ("running", due, "overdue"), office
    taker = bench.above[0] if bench.above else bench.holder
    bench.to(due + timedelta(days=1))
    assert bench.late_steps(taker, kind) == {}
    bench.to(due + timedelta(days=1, seconds=1))
    assert bench.late_steps(taker, kind) == {step: "open"}
    act()
    for office in offices:
        assert bench.clock(office, kind)["state"] == "stopped", office
        assert bench.clock(office, kind)["stopped_at"] == due + timedelta(days=1, seconds=1), office
    bench.to(due + timedelta(days=2))
    assert bench.late_steps(taker, kind) == {step: "open"}


def parked(house: House) -> list[str]:
    return [row.reason for office in house.offices for row in house.rows(office, InboxRow) if row.state == "parked"]
