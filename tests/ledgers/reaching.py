"""What people do to reach others, by chance: cards, home visits, going down. Refused acts are part of it."""

import random
from typing import TYPE_CHECKING, Any

from tests.services.assignment.test_journeys import petition
from tests.services.house import DISTRICT

if TYPE_CHECKING:
    from tests.ledgers.months import People

DOORS = tuple(f"{number}号" for number in range(1, 9))
CADRES = ("gb-011", "gb-012", "gb-013")
RESULTS = ("resolved", "promised", "passed_on", "not_resolved")


class Reaching:
    """Card numbers, visits and goings down that there are, as (office, id)."""

    def __init__(self, people: "People", seed: int) -> None:
        self.people = people
        self.chance = random.Random(seed)  # noqa: S311  chances of its own: those of the other deeds stay as they were
        self.serials: list[tuple[str, str]] = []
        self.visits: list[tuple[str, str]] = []
        self.gone: list[tuple[str, str]] = []
        self.cases: list[str] = []

    def act(self, office: str, method: str, data: dict[str, Any]) -> dict[str, Any]:
        return self.people.act(office, "intake", method, data)

    def reach(self, offices: tuple[str, ...]) -> None:
        """One thing, by chance, at one office."""
        office = self.chance.choice(offices)
        deeds = (self.print_cards, self.hand_out, self.lose, self.by_card, self.visit, self.visit, self.visit_void)
        self.chance.choice((*deeds, self.by_visit, self.go_down, self.go_down, self.say_result))(office)

    def print_cards(self, office: str) -> None:
        kind, count = self.chance.choice(("card", "card", "slip")), self.chance.randint(1, 5)
        made = self.act(
            office, "print_cards", {"kind": kind, "count": count, "contact": "王秀兰", "phone": "029-33210000"}
        )
        stem, _, first = made["first"].rpartition("-")
        self.serials += [(office, f"{stem}-{int(first) + each:06d}") for each in range(count)]

    def hand_out(self, _office: str) -> None:
        if self.serials:
            office, serial = self.chance.choice(self.serials)
            self.act(office, "issue_cards", {"serials": [serial], "to": "household", "place": "三组"})

    def lose(self, _office: str) -> None:
        if self.serials:
            office, serial = self.chance.choice(self.serials)
            self.act(office, "void_cards", {"serials": [serial], "reason": "丢失"})

    def register(self, office: str, **source: str) -> None:
        report = petition(office, self.people.house.offices[office].keyring, **source)
        made = self.act(office, "register", report)
        self.cases += [made["case"]] if made else []

    def by_card(self, _office: str) -> None:
        if self.serials:
            office, serial = self.chance.choice(self.serials)
            self.register(office, channel="contact_card", card=serial)

    def visit(self, office: str) -> None:
        doors = self.chance.sample(DOORS, self.chance.randint(0, 3))
        given = {"visitor": self.chance.choice(CADRES), "place": "三组", "household": doors}
        given |= {"kind": self.chance.choice(("enterprise", "community", "village_group"))}
        given |= {"households": max(1, len(doors) + self.chance.randint(0, 1))}
        given |= {"level": self.chance.choice(("cadre", "cadre", "leader"))}
        made = self.act(office, "record_home_visit", given)
        self.visits += [(office, made["visit"])] if made else []

    def visit_void(self, _office: str) -> None:
        if self.visits:
            office, visit = self.chance.choice(self.visits)
            self.act(office, "void_home_visit", {"visit": visit, "reason": "误录"})

    def by_visit(self, _office: str) -> None:
        if self.visits:
            office, visit = self.chance.choice(self.visits)
            self.register(office, channel="walk", visit=visit)

    def go_down(self, office: str) -> None:
        """He plans, takes cases of any office along, and goes, or does not."""
        day = self.people.house.offices[DISTRICT].moment.date().isoformat()
        taken = self.chance.sample(self.cases, min(len(self.cases), self.chance.randint(0, 3)))
        given = {"leader": self.chance.choice(("gb-901", "gb-902")), "leader_name": "周远", "day": day, "place": "村口"}
        made = self.act(office, "plan_go_down", {**given, "cases": taken})
        self.people.house.post()
        if self.chance.random() < 0.2:
            self.act(office, "cancel_go_down", {"go_down": made["go_down"], "reason": "暴雨"})
            return
        self.act(office, "hold_go_down", {"go_down": made["go_down"]})
        self.gone.append((office, made["go_down"]))
        self.register(office, channel="go_down", go_down=made["go_down"])

    def say_result(self, _office: str) -> None:
        for office, go_down in self.gone[-2:]:
            answer = self.people.house.ask(office, "intake", "go_down", {"go_down": go_down})
            for each in answer["result"]["cases"]:
                said = {"go_down": go_down, "case": each["case"], "words": "说明"}
                self.act(office, "go_down_result", {**said, "result": self.chance.choice(RESULTS)})
