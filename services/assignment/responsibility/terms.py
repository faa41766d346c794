"""Terms of duties and posts over the days: who has a seat when, and from which day on nobody fits. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from contracts.context import OfficeTree
from contracts.officials import Duty, Official, Post, in_term
from contracts.policy_parts import Slot

CLASS_LEADER, COVERING = "class_leader", "covering_leader"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """A duty with the official who has it, and where both stand in the register."""

    official: Official
    duty: Duty
    place: int = 0
    at: int = 0


def held(officials: Sequence[Official]) -> tuple[Held, ...]:
    """Every duty of the register."""
    return tuple(
        Held(official, duty, place, at)
        for place, official in enumerate(officials)
        for at, duty in enumerate(official.duties)
    )


def overlap(one: Duty, other: Duty) -> bool:
    """Whether some day lies in both terms."""
    return _starts_by(one, other) and _starts_by(other, one)


def _starts_by(one: Duty, other: Duty) -> bool:
    return other.until is None or one.since <= other.until


def unfit_from(duty: Duty, terms: Iterable[Post | Duty]) -> date | None:
    """The first day of the duty that none of the terms covers; None where they cover all of it."""
    terms, day = list(terms), duty.since
    while True:
        here = [term for term in terms if in_term(term, day)]
        if not here:
            return day
        if any(term.until is None for term in here):
            return None
        day = max(term.until for term in here if term.until is not None) + DAY
        if duty.until is not None and day > duty.until:
            return None


def fits(post: Post, slot: Slot, town: str, tree: OfficeTree) -> bool:
    """Whether a post fits a seat of the town's group."""
    place = town if slot.in_town else tree.root.id
    return post.office == place and bool(fitting_part(post.post, slot))


def fitting_part(post: str, slot: Slot) -> str:
    """The part of a post (区委常委、组织部部长 has two) that fits the seat, "" when none does."""
    parts = post.replace(",", "、").replace(",", "、").split("、")
    return next((part for part in parts if _has(part, slot.posts) and not _has(part, slot.barred)), "")


def _has(text: str, words: Collection[str]) -> bool:
    return any(word in text for word in words)


def on_day(found: Iterable[Held], day: date) -> Iterator[Held]:
    """Those that hold on the day."""
    return (each for each in found if in_term(each.duty, day))
