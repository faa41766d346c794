"""To whom a discipline report is sealed: a pure choice from who is accused.

Source: 《纪检监察机关处理检举控告工作规则》 (2020) art. 15: a report about the upper level's people, or about
the own principal head, goes to the upper organ and is not entered below.

One desk, and by default the district's discipline desk, which decides the next hop. When that desk or a leader of the
district is accused, the report goes to the body above, outside the network, and only a custody line stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from contracts.accused import Accused, Rank
from network.keys import DeskId

# Above whose reach each rank lies; "unknown" is sorted out by the district's desk.
OUTSIDE_BODY: Mapping[Rank, str] = {
    "district_leader": "city-discipline",
    "district_discipline": "city-discipline",
}


class OfficeWithDesks(Protocol):
    """What the choice needs of an office."""

    @property
    def id(self) -> str: ...

    @property
    def discipline_name(self) -> str: ...


class Offices(Protocol):
    """What the choice needs of a district; network.offices.District fits."""

    @property
    def root(self) -> OfficeWithDesks: ...

    @property
    def offices(self) -> Mapping[str, OfficeWithDesks]: ...


@dataclass(frozen=True)
class Recipient:
    """The one desk; ``outside`` when it belongs to a body outside the network, ``office`` being that body's id."""

    office: str
    outside: bool

    @property
    def desk(self) -> DeskId:
        """The desk to seal to."""
        return DeskId(self.office, "discipline")


def recipient(accused: Sequence[Accused], offices: Offices) -> Recipient:
    """The desk to seal a report to; one person who lies above the district is enough to send it outside."""
    bodies = [body for body in (_outside(person, offices) for person in accused) if body]
    if bodies:
        return Recipient(bodies[0], outside=True)
    return Recipient(offices.root.id, outside=False)


def _outside(person: Accused, offices: Offices) -> str | None:
    """The body outside that must have it. Whoever works in the district's discipline body counts as of its desk: a
    report is not read by the colleagues of the accused, whatever rank the reporter gave him."""
    rank = "district_discipline" if _runs_district_discipline(person.office, offices) else person.rank
    return OUTSIDE_BODY.get(rank)


def _runs_district_discipline(office: str, offices: Offices) -> bool:
    """Whether the office is the one whose people sit at the district's discipline desk: both desks bear one name."""
    desk = offices.root.discipline_name
    found = offices.offices.get(office)
    return found is not None and found.id != offices.root.id and bool(desk) and found.discipline_name == desk
