"""The stage of the demo: the network with portal and desk, people who act at them, and what became of each report."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.error import HTTPError

from sqlalchemy import select

from contracts.calendar import SHANGHAI
from network.tables import OutboxRow
from services.intake.models import IntakeReport
from shangda.officials_xlsx import read_officials, version_of
from shangda.samples import NOT_YET, Web
from shangda.stage import DEMO_DISTRICT, Stage
from shangda.story import stories

DISTRICT, TOWN, VILLAGE, STREET = "610402", "610402901", "610402901901", "610402902"
ORCHARD = "610402901902"  # 梨湾村
SIBLING = "610402001"  # a street of the same area as TOWN: it handles in its place (交叉办理)
HOUSING, LABOUR, URBAN, INDUSTRY = "610402d01", "610402d02", "610402d03", "610402d05"
TRAFFIC, LEGAL = "610402d06", "610402d07"
OFFICES = (
    DISTRICT,
    TOWN,
    VILLAGE,
    ORCHARD,
    STREET,
    SIBLING,
    HOUSING,
    LABOUR,
    URBAN,
    INDUSTRY,
    TRAFFIC,
    LEGAL,
    "portal",
)
REGISTER = DEMO_DISTRICT.parent / "officials.xlsx"
_PERIODS = re.compile(r"^\[periods\..*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
FIRST_DAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


def _without_periods(folder: Path) -> Path:
    """The demo district's files, without what every office owes by the calendar: nobody returns it in the stories, and
    its lateness would drown them. → the district file.
    """
    unneeded = shutil.ignore_patterns("samples.json", REGISTER.name)  # they hold in clear what the stories seal
    shutil.copytree(DEMO_DISTRICT.parent, folder, dirs_exist_ok=True, ignore=unneeded)
    policy = folder / "policy.toml"
    policy.write_text(_PERIODS.sub("", policy.read_text("utf-8")) + "\n[periods]\n", "utf-8")
    return folder / DEMO_DISTRICT.name


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

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, district=_without_periods(folder / "policy"))

    def __enter__(self) -> Self:
        super().__enter__()
        self.set_clock(FIRST_DAY)
        self.portal = Web(self.web("portal"))
        self.desk = Web(self.web("desk"))
        self.node(*OFFICES)
        self.cases: dict[str, str] = {}
        self.receipts: dict[str, str] = {}
        self.kept: dict[str, dict[str, Any]] = {}
        self.candidates_seen: dict[str, dict[str, Any]] = {}
        self.shown: set[Hop] = set()
        officials = read_officials(REGISTER).officials
        body = {"version": version_of(officials), "officials": officials}
        self.post(DISTRICT, "discipline", "/assignment/import_officials", body)
        return self

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of 2026 in China."""
        return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)

    def moment(self, month: int, day: int, hour: int = 9) -> str:
        """The same, as the interfaces take it."""
        return self.at(month, day, hour).isoformat()

    def day(self, month: int, day: int) -> None:
        """Move every clock to nine in the morning of a day of 2026."""
        self.set_clock(self.at(month, day))

    def days_after(self, moment: datetime, days: int) -> None:
        self.set_clock(moment + timedelta(days=days, minutes=1))

    def report_at_portal(self, no: str, report: Mapping[str, Any]) -> None:
        """A report from the public; the district's desk numbers it when it arrives."""
        known = self.discipline_cases()
        self.receipts[no] = self.portal.post("/api/v1/reports", report)["receipt"]
        self.cases[no] = self.arrived(no, known)

    def report_at_desk(self, no: str, office: str, user: str, report: Mapping[str, Any]) -> None:
        """A report taken at an office's desk. One that is sealed to the district is found there by its arrival."""
        known = self.discipline_cases()
        answer = self.register(no, office, user, report)
        self.cases[no] = answer["case"] if answer.get("number") else self.arrived(no, known)

    def register(self, no: str, office: str, user: str, report: Mapping[str, Any]) -> dict[str, Any]:
        """What a desk answers to a report; its receipt is kept."""
        answer = self.post(office, user, "/reports", report)
        self.receipts[no] = answer["receipt"]
        return answer

    def arrived(self, no: str, known: set[str]) -> str:
        """The discipline case that has come to the district since ``known``."""
        return self.until(f"{no} arrives", lambda: next(iter(self.discipline_cases() - known), ""))

    def discipline_cases(self) -> set[str]:
        with self.office(DISTRICT).reading() as session:
            return set(session.scalars(select(IntakeReport.case).where(IntakeReport.desk == "discipline")))

    def say_by_receipt(self, no: str, path: str, /, **data: Any) -> None:
        """What a reporter says at the portal with the receipt: a rating, a saying, a supplement."""
        self.settle()
        self.portal.post(f"/api/v1/reports/{self.receipts[no]}/{path}", data)

    def token(self, office: str, user: str) -> str:
        words = {"password": self.secrets.password(office)}
        if user == "discipline":
            words["discipline_passphrase"] = self.secrets.passphrase(office)
        return self.desk.log_in(office, user, words)

    def post(self, office: str, user: str, path: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """A request to an office's desk, as soon as the office knows what it is about. RuntimeError with its refusal."""
        token = self.token(office, user)

        def once() -> dict[str, Any] | None:
            try:
                return self.desk.post(f"/api/v1{path}", data, token)
            except HTTPError as error:
                if error.code in NOT_YET:
                    return None
                raise RuntimeError(f"{office} {path}: {error.code} {error.read().decode()}") from error

        return self.until(f"{office} {path}", once, 40)

    def act(self, no: str, office: str, user: str, act: str, **data: Any) -> dict[str, Any]:
        """An act on a case at an office's desk, as soon as the office has the case."""
        return self.post(office, user, f"/cases/{self.cases[no]}/{act}", data)

    def seen(self, no: str, office: str, user: str = "clerk") -> dict[str, Any] | None:
        """The case as the desk of an office shows it; None when it does not."""
        desk = "discipline" if user == "discipline" else "petition"
        answer = self.answer(office, "assignment.get_case", {"case": self.cases[no]}, desk=desk, query=True)
        return answer["result"]["case"] if answer["ok"] else None

    def new_hops(self) -> list[Hop]:
        """What the journals of all offices say of the reports' cases since this was last asked; waits for the post."""
        self.settle()
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

    def settle(self) -> None:
        """Wait until all post is delivered."""
        self.until("all post is acknowledged", self._is_quiet, 60)

    def _is_quiet(self) -> bool:
        waiting = select(OutboxRow.id).where(OutboxRow.state != "acked", OutboxRow.office.in_(OFFICES)).limit(1)
        for office in OFFICES:
            with self.office(office).reading() as session:
                if session.scalars(waiting).first() is not None:
                    return False
        return True
