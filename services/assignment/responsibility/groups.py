"""The 3+2 group of a town (S27, S28): five seats, each taken by one fitting person at a time. Pure.

The register's duties are the one source (docs/adr/0024): a group is read from them, for any day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from contracts.context import Here
from contracts.officials import Official
from services.assignment.responsibility.terms import DAY, Held, fits, held, on_day, overlap, unfit_from


@dataclass(frozen=True)
class Seat:
    """Who has a seat (席位) of a town's group, by which post, and for how long."""

    slot: str
    zh: str
    person: str
    name: str
    post: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Change:
    """A seat that goes from one person to another: ``day`` is the first day of ``incoming``."""

    town: str
    slot: str
    outgoing: str
    incoming: str
    day: date


def towns(here: Here) -> tuple[str, ...]:
    """The towns of the network, by id: each has one group."""
    found = (here.tree.root, *here.tree.descendants(here.tree.root.id))
    return tuple(office.id for office in found if office.tier == "town")


def group(town: str, officials: Sequence[Official], here: Here, day: date) -> tuple[Seat, ...]:
    """The seats of a town that are taken on a day, in the policy's order."""
    seated = {each.duty.slot: each for each in on_day(_of_town(town, officials), day)}
    return tuple(_seat(seated[slot], here) for slot in here.policy.slots if slot in seated)


def _of_town(town: str, officials: Sequence[Official]) -> tuple[Held, ...]:
    return tuple(each for each in held(officials) if each.duty.slot and each.duty.scope == town)


def _seat(one: Held, here: Here) -> Seat:
    slot, duty = here.policy.slots[one.duty.slot], one.duty
    post = next((post.post for post in one.official.posts if fits(post, slot, duty.scope, here.tree)), "")
    return Seat(duty.slot, slot.zh, one.official.id, one.official.name, post, duty.since, duty.until)


def empty(town: str, officials: Sequence[Official], here: Here, day: date) -> tuple[str, ...]:
    """The seats that nobody has on the day."""
    taken = {seat.slot for seat in group(town, officials, here, day)}
    return tuple(slot for slot in here.policy.slots if slot not in taken)


def findings(town: str, officials: Sequence[Official], here: Here, day: date) -> Iterator[str]:
    """What is wrong with a town's group on a day or later, a sentence for each: empty seats, gaps, leaders without a seat."""
    name, slots = here.tree.office(town).name, here.policy.slots
    for slot in empty(town, officials, here, day):
        yield f"{name}:“{slots[slot].zh}”席位自{day}起空缺"
    of_town = _of_town(town, officials)
    for slot in slots:
        yield from _gaps(name, slots[slot].zh, [each for each in of_town if each.duty.slot == slot], day)
    for each in on_day(held(officials), day):
        if each.duty.scope == town and not each.duty.slot and each.duty.duty in {slot.duty for slot in slots.values()}:
            yield f"{name}:{each.official.name}承担包抓,但未定席位"


def _gaps(town: str, zh: str, terms: Iterable[Held], day: date) -> Iterator[str]:
    """A seat that is left before another takes it, from the day on."""
    in_order = sorted(terms, key=lambda each: each.duty.since)
    for each, next_ in zip_longest(in_order, in_order[1:]):
        until = each.duty.until
        if until is None or until < day:
            continue
        if next_ is None:
            yield f"{town}:“{zh}”席位{until}期满后无人接任"
        elif next_.duty.since > until + DAY:
            yield f"{town}:“{zh}”席位{until + DAY}至{next_.duty.since - DAY}空缺"


def changes(town: str, officials: Sequence[Official]) -> Iterator[Change]:
    """Every change of a seat that the register knows, the earliest first. One person's second term is none."""
    of_town = sorted(_of_town(town, officials), key=lambda each: each.duty.since)
    last: dict[str, str] = {}
    for each in of_town:
        before, now = last.get(each.duty.slot), each.official.id
        if before is not None and before != now:
            yield Change(town, each.duty.slot, before, now, each.duty.since)
        last[each.duty.slot] = now


def faults(officials: Sequence[Official], here: Here) -> dict[tuple[int, int], dict[str, str]]:
    """What is wrong with the seats of a register: (place of the official, place of the duty) → field → sentence."""
    found: dict[tuple[int, int], dict[str, str]] = {}
    seated = [each for each in held(officials) if each.duty.slot]
    for number, each in enumerate(seated):
        if wrong := _unfit(each, here) or _taken(each, seated[:number]):
            found[each.place, each.at] = {"slot": wrong}
    return found


def _unfit(one: Held, here: Here) -> str:
    """Why the seat is none for him, "" when it is."""
    duty, slot = one.duty, here.policy.slots.get(one.duty.slot)
    if slot is None:
        return f"没有这个席位,可选:{'、'.join(here.policy.slots)}"
    if slot.duty != duty.duty:
        return f"“{slot.zh}”席位与该分工不符"
    if duty.scope not in towns(here):
        return "席位只属于镇(街道)"
    if one.official.rank not in slot.ranks:
        return f"类别不符合“{slot.zh}”席位"
    fitting = [post for post in one.official.posts if fits(post, slot, duty.scope, here.tree)]
    day = unfit_from(duty, fitting)
    return f"自{day}起所任职务不符合“{slot.zh}”席位" if day else ""


def _taken(one: Held, others: Iterable[Held]) -> str:
    """Whose seat it is meanwhile, or which other seat he has in the town; "" where neither."""
    for other in others:
        if other.duty.scope == one.duty.scope and overlap(other.duty, one.duty):
            if other.duty.slot == one.duty.slot:
                return f"与{other.official.name}的任期重叠,一个席位同时只能有一人"
            if other.official.id == one.official.id:
                return "同一人在同一镇(街道)不能同时占两个席位"
    return ""


def plain(seat: Seat) -> Mapping[str, Any]:
    """As an answer shows it."""
    return dict(vars(seat))
