"""The stage of the demo: the network with portal and desk, people who act at them, and what became of each report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.error import HTTPError

from sqlalchemy import select

from contracts.calendar import SHANGHAI
from network.tables import OutboxRow
from services.intake.models import IntakeReport
from shangda.samples import NOT_YET, Web
from shangda.stage import Stage
from shangda.story import stories

DISTRICT, TOWN, VILLAGE, STREET = "610402", "610402901", "610402901901", "610402902"
OFFICES = (DISTRICT, TOWN, VILLAGE, STREET, "portal")
FIRST_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Hop:
    """One line of a journal: what was done in which office."""

    office: str
    tier: str
    event: str
    case: str
    at: datetime
    name: str
    service: str
    seq: int
    detail: str


class Theatre(Stage):
    """Acts go through the portal's and the desk's HTTP interfaces, as people's programs send them."""

    def __enter__(self) -> Self:
        super().__enter__()
        self.set_clock(FIRST_DAY)
        self.portal = Web(self.web("portal"))
        self.desk = Web(self.web("desk"))
        self.node(*OFFICES)
        self.cases: dict[str, str] = {}
        self.receipts: dict[str, str] = {}
        self.shown: set[Hop] = set()
        return self

    def day(self, month: int, day: int) -> None:
        """Move every clock to nine in the morning of a day of 2026."""
        self.set_clock(datetime(2026, month, day, 9, 0, tzinfo=SHANGHAI))

    def days_after(self, moment: datetime, days: int) -> None:
        self.set_clock(moment + timedelta(days=days, minutes=1))

    def report_at_portal(self, no: str, report: Mapping[str, Any]) -> None:
        """A report from the public; the district's desk numbers it when it arrives."""
        known = set(self._discipline_cases())
        self.receipts[no] = self.portal.post("/api/v1/reports", report)["receipt"]
        self.cases[no] = self.until(f"{no} arrives", lambda: next(iter(set(self._discipline_cases()) - known), ""))

    def report_at_desk(self, no: str, office: str, user: str, report: Mapping[str, Any]) -> None:
        """A report taken at an office's desk. One that is sealed to the district is found there by its arrival."""
        known = set(self._discipline_cases())
        answer = self.desk.post("/api/v1/reports", report, self.token(office, user))
        self.receipts[no] = answer["receipt"]
        if answer.get("number"):
            self.cases[no] = answer["case"]
        else:
            self.cases[no] = self.until(f"{no} arrives", lambda: next(iter(set(self._discipline_cases()) - known), ""))

    def _discipline_cases(self) -> list[str]:
        with self.office(DISTRICT).reading() as session:
            return list(session.scalars(select(IntakeReport.case).where(IntakeReport.desk == "discipline")))

    def token(self, office: str, user: str) -> str:
        words = {"password": self.secrets.password(office)}
        if user == "discipline":
            words["discipline_passphrase"] = self.secrets.passphrase(office)
        return self.desk.log_in(office, user, words)

    def act(self, no: str, office: str, user: str, act: str, **data: Any) -> dict[str, Any]:
        """An act on a case at an office's desk, as soon as the office has the case."""
        path, token = f"/api/v1/cases/{self.cases[no]}/{act}", self.token(office, user)

        def once() -> dict[str, Any] | None:
            try:
                return self.desk.post(path, data, token)
            except HTTPError as error:
                if error.code in NOT_YET:
                    return None
                raise RuntimeError(f"{no} {office} {act}: {error.code} {error.read().decode()}") from error

        return self.until(f"{no}: {office} {act}", once, 40)

    def seen(self, no: str, office: str, user: str = "clerk") -> dict[str, Any] | None:
        """The case as the desk of an office shows it; None when it does not."""
        desk = "discipline" if user == "discipline" else "petition"
        answer = self.answer(office, "assignment.get_case", {"case": self.cases[no]}, desk=desk, query=True)
        return answer["result"]["case"] if answer["ok"] else None

    def new_hops(self) -> list[Hop]:
        """What the journals of all offices say of the reports' cases since this was last asked; waits for the post."""
        self.until("all post is acknowledged", self._is_quiet, 60)
        told = [
            Hop(
                line.office,
                line.tier,
                line.what,
                case,
                line.at.astimezone(SHANGHAI),
                line.name,
                line.service,
                line.seq,
                line.why,
            )
            for case in self.cases.values()
            for story in stories({office: self.office(office) for office in OFFICES}, case)
            for line in story.lines
        ]
        fresh = sorted(set(told) - self.shown, key=lambda hop: (hop.at, hop.seq))
        self.shown.update(fresh)
        return fresh

    def _is_quiet(self) -> bool:
        waiting = select(OutboxRow.id).where(OutboxRow.state != "acked", OutboxRow.office.in_(OFFICES)).limit(1)
        for office in OFFICES:
            with self.office(office).reading() as session:
                if session.scalars(waiting).first() is not None:
                    return False
        return True
