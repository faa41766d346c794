"""What becomes, in each service, of what somebody who left had there: ``person_left`` as the services keep it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

HANDED, STAYS = "handed", "stays"
"""It went to the successor; it stays with the name that it bears, and a person has to see to it."""


@dataclass(frozen=True)
class Left:
    """The letter ``person_left``: who left, and who has what he had from ``day`` on."""

    leaving: str
    desk: str
    person: str
    account: str
    successor: str
    successor_name: str
    day: date

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Left":
        return cls(**data)

    @property
    def names(self) -> frozenset[str]:
        """What stands for him: his official's id, his account."""
        return frozenset({self.person, self.account} - {""})


@dataclass(frozen=True)
class Handed:
    """One thing that he had: a word of the service for its kind, its id, what became of it and why."""

    kind: str
    ref: str
    outcome: str
    why: str = ""
    case: str = ""
