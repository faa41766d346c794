"""Whose office, and who, has to keep away from a case: the grounds of recusal (domain 3.2 a–d; 监察法 art. 67). Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from contracts.context import OfficeTree
from contracts.officials import Official, in_term
from contracts.words import Ground

LEADING_RANKS = ("town_leader", "town_discipline", "department_head", "district_leader", "district_discipline")
LEADING_DUTIES = ("covering_leader", "town_principal", "discipline_secretary")
AREA_HOLDER = "area_holder"
FEBRUARY_28 = 28


@dataclass(frozen=True)
class Conflicts:
    """Offices and persons to be recused, each with its first ground. The district itself is never among the offices."""

    offices: Mapping[str, Ground]
    persons: Mapping[str, Ground]


def conflicts(
    accused: Collection[str],
    register: Iterable[Official],
    tree: OfficeTree,
    on: date,
    years: int,
    areas: Mapping[str, Collection[str]],
) -> Conflicts:
    """What the accused (ids) exclude on that day.

    Offices: where one works (a); what one leads, with everything below (b); where one worked within so many ``years``,
    the day they were full included (c). Persons: the accused, and whoever has a declared relation with one, by either
    side's declaration (d). ``areas`` are the towns of each area.
    """
    known = {official.id: official for official in register}
    meant = [known[each] for each in accused if each in known]
    offices: dict[str, Ground] = {}
    for ground, found in (
        (Ground.WORKS_THERE, (_works(each, on) for each in meant)),
        (Ground.LEADS_IT, (_leads(each, tree, on, areas) for each in meant)),
        (Ground.WORKED_THERE, (_worked(each, on, years_before(on, years)) for each in meant)),
    ):
        for office in (office for some in found for office in some):
            if office != tree.root.id:
                offices.setdefault(office, ground)
    persons = dict.fromkeys(accused, Ground.ACCUSED)
    for person in _related(accused, known.values()):
        persons.setdefault(person, Ground.RELATED)
    return Conflicts(offices, persons)


def years_before(on: date, years: int) -> date:
    """The same day so many years ago; of a 29 February the 28th where there is none."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=FEBRUARY_28)


def _works(official: Official, on: date) -> Iterator[str]:
    return (post.office for post in official.posts if in_term(post, on))


def _worked(official: Official, on: date, since: date) -> Iterator[str]:
    left = (post for post in official.posts if post.until is not None and post.until < on)
    return (post.office for post in left if post.until is not None and post.until >= since)


def _leads(official: Official, tree: OfficeTree, on: date, areas: Mapping[str, Collection[str]]) -> Iterator[str]:
    """What he leads by rank or duty, and every office below it."""
    led = [*_works(official, on)] if official.rank in LEADING_RANKS else []
    for duty in official.duties:
        if in_term(duty, on) and duty.duty in LEADING_DUTIES:
            led.append(duty.scope or tree.root.id)
        elif in_term(duty, on) and duty.duty == AREA_HOLDER:
            led.extend(areas.get(duty.scope, ()))
    for office in led:
        yield office
        yield from (below.id for below in tree.descendants(office))


def _related(accused: Collection[str], register: Iterable[Official]) -> Iterator[str]:
    for official in register:
        for relation in official.relations:
            if official.id in accused:
                yield relation.person
            if relation.person in accused:
                yield official.id
