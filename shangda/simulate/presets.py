"""Years whose amounts are given: a preset is a file of amounts, and says of itself that it is invented."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from shangda.simulate.acts import Plan
from shangda.simulate.casework import Casework
from shangda.simulate.hearing import Hearing
from shangda.simulate.people import EVENING, People
from shangda.simulate.receiving import HE, RECEIVING, SHE, Receiving
from shangda.simulate.supervising import KINDS, Supervising
from shangda.simulate.sweeping import Sweeping
from shangda.simulate.world import chosen, tiers

FOLDER = Path(__file__).parent / "presets"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@dataclass(frozen=True)
class Preset:
    """How often what is done in a year, by whom. ``rated`` of the named receptions are rated, ``pleased`` of these so."""

    says: str
    towns: int
    villages: int
    departments: int
    named_receptions: int
    resolved: int
    rated: int
    pleased: int
    key_cases: int
    supervised: int
    orders_each: int
    petition_supervisions: int
    hearings: int
    no_shows: int
    cancelled: int


def preset(name: str) -> Preset:
    """A preset by its name. Raises LookupError for one that is not there."""
    if name not in NAMES:
        raise LookupError(f"no preset {name!r}; there are {', '.join(NAMES)}")
    return Preset(**tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")))


def made(given: Preset, year: int, seed: int) -> Plan:
    """The plan of such a year: who comes when is chance, how many is the preset's."""
    return _Preset(given, year, seed).made()


class _Preset:
    def __init__(self, given: Preset, year: int, seed: int) -> None:
        self.given = given
        self.since, self.until = date(year, 1, 1), date(year, 12, 31)
        offices = tiers(chosen(given.towns, given.villages, given.departments))
        self.people = People(seed, offices, self.since - timedelta(days=8), self.until + timedelta(days=40))
        self.receiving, self.casework = Receiving(self.people), Casework(self.people)
        self.supervising = Supervising(self.people)
        self.below = self.people.of_tier("town", "department")

    def made(self) -> Plan:
        self.receiving.prepare()
        self._receptions()
        self._supervised()
        for day in self._days(self.given.petition_supervisions):
            self.supervising.measure(self.supervising.report(day), day, to=self.below[0])
        for day, office in zip(self._days(self.given.hearings), cycle(self.below), strict=False):
            petition = self.casework.register(office, day)
            self.casework.act(petition, day, "accept", EVENING)
            Hearing(self.people).hold([petition], day)
        Sweeping(self.people).sweep()
        return self.people.plan(self.given.says)

    def _days(self, many: int, until: date | None = None) -> Iterator[date]:
        """So many days of reception of the year, spread over it; the last weeks are left for what follows."""
        days = self.receiving.days(self.since + timedelta(days=9), until or self.until - timedelta(days=25))
        return (days[place * len(days) // many] for place in range(many))

    def _receptions(self) -> None:
        """The key ones are received by district leaders; which are resolved and rated is spread over all."""
        given, chance = self.given, self.people.chance
        offices = cycle(self.people.of_tier(*RECEIVING))
        numbers = [*range(given.named_receptions)]
        open_ = {*chance.sample(numbers, given.named_receptions - given.resolved)}
        rated = chance.sample(numbers, given.rated)
        pleased = {*rated[: given.pleased]}
        for number, day in enumerate(self._days(given.named_receptions)):
            turn, rest = divmod(number, given.named_receptions // given.key_cases)
            key = rest == 0 and turn < given.key_cases
            office = self.supervising.district if key else next(offices)
            leader = chance.choice((HE, SHE))
            booking = self.receiving.book(office, leader, day) if number % 2 else None
            said = {"resolved": number not in open_, "key": key}
            if number in rated:
                said["rating"] = chance.choice(("satisfied", "fair")) if number in pleased else "dissatisfied"
            self.receiving.hold(office, leader, day, booking, **said)
        for many, end in ((given.no_shows, self.receiving.stay_away), (given.cancelled, self.receiving.cancel)):
            for day in self._days(many):
                office = next(offices)
                if booking := self.receiving.book(office, SHE, day):
                    end(office, booking, day)

    def _supervised(self) -> None:
        """A case is sent down and supervised; several orders on one case are one case."""
        below = cycle(self.below)
        for day in self._days(self.given.supervised):
            petition = self.casework.register(self.supervising.district, day)
            self.casework.send_down(petition, day, next(below))
            for number in range(self.given.orders_each):
                self.supervising.order(petition, day + timedelta(days=1 + number), KINDS[number % len(KINDS)])
            self.casework.answer(petition, day + timedelta(days=4))
