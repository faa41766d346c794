"""What people do in a year, made by a seed. What comes of it is nowhere here."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from shangda.simulate.acts import Act, Plan, named

LEADER = ("clerk", "leader", "head")
MORNING, EVENING = 9, 17


class People:
    """Who writes the plan down: a seeded chance, and acts numbered in the order in which they were thought of."""

    def __init__(self, seed: int, offices: Mapping[str, str], begins: date, ends: date) -> None:
        self.seed = seed
        self.chance = random.Random(seed)  # noqa: S311  a seeded choice, no secret
        self.offices = offices
        self.begins = datetime.combine(begins, time(MORNING), SHANGHAI)
        self.ends = datetime.combine(ends, time(EVENING), SHANGHAI)
        self.acts: list[Act] = []
        self.stops: set[datetime] = set()

    def of_tier(self, *tiers: str) -> list[str]:
        """The offices of these tiers, in the plan's order."""
        return [office for office, tier in self.offices.items() if tier in tiers]

    def does(self, at: datetime, office: str, what: str, data: Mapping[str, Any], **other: Any) -> Act:
        """Somebody does something; by a leader's account where no roles are given."""
        number = f"a{len(self.acts) + 1:05d}"
        act = Act(number, at, office, what, dict(data), **{"roles": LEADER, **other})
        self.acts.append(act)
        return act

    def new_id(self, *words: object) -> str:
        """An id that a desk makes, the same at every making of the plan."""
        return named(self.seed, len(self.acts), *words)

    def plan(self, says: str = "") -> Plan:
        """The acts by their moments; those of one moment in the order in which they were thought of."""
        acts = sorted(self.acts, key=lambda act: act.at)
        return Plan(self.seed, self.begins, self.ends, self.offices, acts, says, sorted({*self.stops, self.ends}))

    def day(self, day: date, hour: int = MORNING, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), SHANGHAI)

    def days(self, since: date, until: date) -> Iterator[date]:
        """The days from ``since`` to ``until``, both counted."""
        day = since
        while day <= until:
            yield day
            day += timedelta(days=1)
