"""Which persons a step of the ladder is put before, and who takes it where they may know nothing of the case.

Petitions go to the covering leaders of the holder's town (S27, S28); discipline reports to the holder of the town's area
(S65), then to the discipline secretary. A recused person is jumped: where nobody of a rung is left, the rung above has the
step at once (design.md section 4, "Two ladders that never cross").
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from contracts.veils import is_veiled

COVERING = "covering_leader"
AREA_HOLDER = "area_holder"
SECRETARY = "discipline_secretary"
PRINCIPAL = "town_principal"
OWN_DUTIES = (PRINCIPAL, SECRETARY, "reception_leader")
WHOLE_DISTRICT = ""
"""The scope of the district's own secretary; that of a town's is the town."""

CITY = "city"
CLIMBS = (("leaders", "other_leaders", "bulletin"), ("area_holder", "secretary", CITY))
"""The rungs that are persons, each with those above it; the last of each is a paper, not a person."""


@dataclass(frozen=True)
class OfficialDuty:
    """A duty (分工) of an official: ``scope`` is a town, an area of the policy, or "". ``until`` None means still."""

    person: str
    duty: str
    scope: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it is held on that day; first and last day count."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Rung:
    """Who has a step: the rung that it came to, and its persons. No persons means the whole list of the desk."""

    name: str
    persons: tuple[str, ...] = ()

    @property
    def is_by_document(self) -> bool:
        """Whether it leaves the network: a person writes to the city (the network has nobody there)."""
        return self.name == CITY


def persons_of(rung: str, town: str, area: str, duties: Iterable[OfficialDuty], day: date) -> tuple[str, ...]:
    """The officials who stand on a rung for a town and its area on a day, by id."""
    wanted: Mapping[str, tuple[str, str | None]] = {
        "leaders": (COVERING, town or None),
        "other_leaders": (COVERING, None),
        "area_holder": (AREA_HOLDER, area),
        "secretary": (SECRETARY, WHOLE_DISTRICT),
    }
    if rung not in wanted or (rung == "leaders" and not town):
        return ()
    duty, scope = wanted[rung]
    found = {each.person for each in duties if each.duty == duty and scope in (None, each.scope) and each.holds_on(day)}
    return tuple(sorted(found))


def any_veiled(case: str, persons: Iterable[str], recused: Collection[str]) -> bool:
    """Whether one of the persons is recused from the case."""
    return any(is_veiled(case, person, recused) for person in persons)


def persons_of_unit(unit: str, duties: Iterable[OfficialDuty], day: date) -> tuple[str, ...]:
    """The officials known by a duty to belong to a unit, by id: its heads and whom people may ask for there."""
    own = [each for each in duties if each.duty in OWN_DUTIES and each.scope == unit and each.holds_on(day)]
    return tuple(sorted({each.person for each in own}))


def rung_of(
    who: str, case: str, at: tuple[str, str], duties: Collection[OfficialDuty], recused: Collection[str], day: date
) -> Rung:
    """The rung that has a step for ``who``; ``at`` is the holder's town and its area.

    A rung on which nobody is registered stays a list of the desk's. One whose persons are all recused is jumped.
    """
    rungs = next((climb[climb.index(who) :] for climb in CLIMBS if who in climb), ())
    if not rungs or not persons_of(who, *at, duties, day):
        return Rung(who)
    for rung in rungs:
        free = tuple(each for each in persons_of(rung, *at, duties, day) if not is_veiled(case, each, recused))
        if free:
            return Rung(rung, free)
    return Rung(rungs[-1])
