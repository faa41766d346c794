"""The offices of one district as a tree (S17: district, town or street, village or community; departments beside).

Everything routes by `managed_by`; `code_parent` is only where the region code lies: a street managed by a body outside
the district stays in the list but is no part of the network. Values only; `load_district` alone touches files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from network.offices_check import check_tree
from network.offices_file import DistrictError, read_district_file, read_offices_csv

Tier = Literal["district", "town", "village", "department", "portal"]

PORTAL = "portal"
SERVICES = ("intake", "assignment", "supervision", "hearing")


@dataclass(frozen=True)
class Office:
    """One office. `managed_by` is an office, a body outside, or None for the district itself."""

    id: str
    name: str
    short_name: str
    tier: Tier
    managed_by: str | None
    code_parent: str | None
    phone: str = ""
    hours: str = ""
    address: str = ""
    discipline_name: str = ""
    petition_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    urban_rural: str = ""

    @property
    def services(self) -> tuple[str, ...]:
        """The names behind its mailboxes."""
        return (PORTAL,) if self.tier == PORTAL else SERVICES


@dataclass(frozen=True)
class Body:
    """A body outside the network (city, New Area), reached by document; `public_key` is base64 or empty."""

    id: str
    name: str
    address: str = ""
    phone: str = ""
    public_key: str = ""


@dataclass(frozen=True)
class District:
    """A district's offices and the bodies beside it. Unknown ids raise KeyError with the district's name."""

    id: str
    name: str
    offices: Mapping[str, Office]
    bodies: Mapping[str, Body]

    def office(self, office_id: str) -> Office:
        """The office with this id."""
        try:
            return self.offices[office_id]
        except KeyError:
            raise KeyError(f"no office {office_id!r} in district {self.id} {self.name}") from None

    def name_of(self, id_: str) -> str:
        """The name of an office or of a body outside; of a body that is not listed, what was given."""
        known = self.offices.get(id_) or self.bodies.get(id_)
        return known.name if known else id_

    @property
    def root(self) -> Office:
        """The district's own office."""
        return self.offices[self.id]

    @property
    def portal(self) -> Office:
        """The public portal, managed by the district."""
        return self.offices[PORTAL]

    @cached_property
    def _children(self) -> Mapping[str, tuple[Office, ...]]:
        found: dict[str, tuple[Office, ...]] = {}
        for office in sorted(self.offices.values(), key=lambda each: each.id):
            if office.managed_by is not None:
                found[office.managed_by] = (*found.get(office.managed_by, ()), office)
        return found

    def ancestors(self, office_id: str) -> tuple[Office, ...]:
        """The offices above by `managed_by`, nearest first; a body outside ends the chain."""
        above = self.office(office_id).managed_by
        if above is None or above not in self.offices:
            return ()
        return (self.offices[above], *self.ancestors(above))

    def children(self, office_id: str) -> tuple[Office, ...]:
        """The offices it manages itself, by id."""
        return self._children.get(self.office(office_id).id, ())

    def descendants(self, office_id: str) -> tuple[Office, ...]:
        """All offices below, each before those below it."""
        return tuple(office for child in self.children(office_id) for office in (child, *self.descendants(child.id)))

    def in_network(self, office_id: str) -> bool:
        """Whether its chain of `managed_by` reaches the district."""
        return self.root in (self.office(office_id), *self.ancestors(office_id))

    def network_offices(self) -> tuple[Office, ...]:
        """The district's own office first, then everything below it."""
        return (self.root, *self.descendants(self.id))

    def peers(self, office_id: str) -> frozenset[str]:
        """The offices it may write to: all above, all below and the portal; the portal to the district only.

        No post goes between siblings: that goes through the common superior. Empty outside the network.
        """
        if not self.in_network(office_id):
            return frozenset()
        if office_id == PORTAL:
            return frozenset({self.id})
        related = (*self.ancestors(office_id), *self.descendants(office_id), self.portal)
        return frozenset(office.id for office in related)


def load_district(path: Path) -> District:
    """The district of a TOML file and the offices CSV beside it.

    Raises DistrictError with every fault found, each with file, line and field: wrong cells, duplicate ids, unknown
    parents, cycles, tiers that do not fit.
    """
    content = read_district_file(path)
    csv_path = path.parent / content["offices"]
    rows = read_offices_csv(csv_path)
    bodies = [Body(**body) for body in content["bodies"]]
    faults = check_tree(content["id"], [body.id for body in bodies], rows, str(csv_path))
    if faults:
        raise DistrictError(faults)
    return District(
        id=content["id"],
        name=content["name"],
        offices=MappingProxyType({row["id"]: Office(**row) for _, row in rows}),
        bodies=MappingProxyType({body.id: body for body in bodies}),
    )
