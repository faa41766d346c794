"""Petitions: who reports, who accepts, settles, answers, sends down; and what the reporter says of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shangda.simulate.acts import named
from shangda.simulate.people import EVENING, MORNING, People

DRAFT = {
    "verdict": "support",
    "facts": "属实",
    "opinion": "限期办理",
    "basis": "《信访工作条例》",
    "no_visit_reason": "材料齐全",
}
NOON = 12


@dataclass
class Petition:
    """A petition as those know it who act on it: its case, the receipt, and which office has it in hand."""

    case: str
    receipt: str
    office: str
    entered: date


class Casework:
    """Acts on petitions; each is done on a day by the office that has it in hand."""

    def __init__(self, people: People) -> None:
        self.people = people

    def register(self, office: str, day: date, **other: Any) -> Petition:
        """Somebody reports at an office; by evening it is accepted or sent on."""
        case, words = self.people.new_id("case"), {"channel": "visit", "nature": "seek", "category": "C03"}
        receipt = named("receipt", case) * 2
        plain = {"place": office, "text": "门前排水渠被填", "real_name": False, "contactable": False}
        data = {"case": case, "receipt_hash": receipt, **words, **plain, **other}
        self.people.does(self.people.day(day, MORNING), office, "intake.register", data)
        return Petition(case, receipt, office, day)

    def act(self, petition: Petition, day: date, does: str, hour: int = NOON, /, **data: Any) -> str:
        """An act of assignment on the case by who has it in hand → the act."""
        at = self.people.day(day, hour)
        return self.people.does(at, petition.office, f"assignment.{does}", {"case": petition.case, **data}).id

    def send_down(self, petition: Petition, day: date, to: str) -> None:
        """The office offers it to one below, which signs in the evening."""
        self.act(petition, day, "offer", to=to)
        petition.office = to
        self.act(petition, day, "sign_for", EVENING)

    def answer(self, petition: Petition, day: date) -> date:
        """Accepted, and answered a week later with an opinion that is served → the day of service."""
        self.act(petition, day, "accept", EVENING)
        served = day + timedelta(days=self.people.chance.randint(5, 12))
        self.act(petition, served, "draft_opinion", MORNING, **DRAFT)
        self.act(petition, served, "issue_opinion", MORNING)
        self.act(petition, served, "serve", MORNING, way="direct")
        return served

    def settle(self, petition: Petition, day: date) -> None:
        """A village settles it on the spot."""
        self.act(petition, day, "accept", NOON)
        self.act(petition, day, "settle", NOON, what="已清渠")

    def say(self, petition: Petition, office: str, day: date, what: str, hour: int = EVENING) -> None:
        """The reporter says by receipt, at the office where it was registered, what came of it."""
        data = {"receipt_hash": petition.receipt, "what": what, "text": "以此为准"}
        self.people.does(self.people.day(day, hour), office, "intake.say", data)

    def rate(self, petition: Petition, office: str, day: date, rating: str) -> None:
        data = {"receipt_hash": petition.receipt, "rating": rating, "comment": ""}
        self.people.does(self.people.day(day, EVENING), office, "intake.rate", data)
