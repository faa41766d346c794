"""What must hold between the parts of a policy, beyond each single key."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from contracts.policy_duties import duty_faults
from contracts.policy_measures import measure_faults
from contracts.policy_parts import Area, Step

PETITION_WHO = ("holder", "nearest", "town", "district", "leaders", "bulletin")
DISCIPLINE_WHO = ("holder", "town_desk", "district_discipline", "area_holder", "secretary", "city")
WHO = {"petition": PETITION_WHO, "discipline": DISCIPLINE_WHO}


def crossing_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, sentence) for each fault between loaded parts."""
    for desk, steps in values["ladders"].items():
        yield from _ladder_faults(desk, steps)
    for code, clock in values["clocks"].items():
        yield from _clock_faults(code, clock)
    bounds = [level.below for level in values["lateness"]]
    if bounds[-1] is not None or None in bounds[:-1] or bounds[:-1] != sorted(set(bounds[:-1])):
        yield "lateness", "levels must rise, and only the last has no bound"
    yield from duty_faults(values)
    yield from measure_faults(values)
    yield from _category_faults(values["categories"])
    yield from _area_faults(values["areas"])


def _ladder_faults(desk: str, steps: list[Step]) -> Iterator[tuple[str, str]]:
    key = f"ladders.{desk}"
    if foreign := sorted({step.who for step in steps} - set(WHO[desk])):
        yield key, f"the two ladders never cross: {', '.join(foreign)} is no rung of this one"
    if twice := [name for name, count in Counter(step.name for step in steps).items() if count > 1]:
        yield key, f"step {', '.join(twice)} stands twice"
    offsets = [step.offset for step in steps]
    if offsets != sorted(set(offsets)):
        yield key, f"offsets must rise from step to step: {offsets}"
    if [step.name for step in steps if step.offset < 0] != [step.name for step in steps[:1]]:
        yield key, "the first step, and only it, is a reminder before the due moment"


def _clock_faults(code: str, clock: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    key = f"clocks.{code}"
    if bool(clock["extends"]) != bool(clock["times"]):
        yield key, "extends and times go together"
    if clock["extends"] and (clock["extends"] == code or clock["term"] is None):
        yield key, "an extension has a term and lengthens another clock"


def _area_faults(areas: Mapping[str, Area]) -> Iterator[tuple[str, str]]:
    """Each town is in one area at most, so that there is one holder of the area for it (S65)."""
    towns = Counter(town for area in areas.values() for town in area.towns)
    if twice := sorted(town for town, count in towns.items() if count > 1):
        yield "areas", f"town {', '.join(twice)} stands twice"


def _category_faults(categories: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    codes = Counter(code for key, each in categories.items() for code in (key, *each["second"]))
    if twice := sorted(code for code, count in codes.items() if count > 1):
        yield "categories", f"code {', '.join(twice)} stands twice"
    if not any(each["confidential"] for each in categories.values()):
        yield "categories", "none is confidential: discipline reports need one that is"
