"""Which petitions are proposed for a hearing, and why (S103). Pure. Nothing follows by itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from contracts.authority import leader
from contracts.context import Here
from contracts.errors import Refused
from services.supervision.city.rules import head_of
from services.supervision.ledger.rules import Line

REPEATED, SKIPPED = "repeated", "level_skipped"


@dataclass(frozen=True)
class Candidate:
    """The latest open petition of a matter; ``repeats`` is how often the matter came again."""

    line: Line
    repeats: int
    reasons: tuple[str, ...]


def candidates(
    lines: Iterable[Line], repeats: Mapping[str, str], to_city: Collection[str], here: Here
) -> tuple[Candidate, ...]:
    """Matters that came again as often as the policy says, or were carried to the city, each by its latest open petition.

    ``repeats`` gives the case that a case repeats, ``to_city`` are the cases with a visit to the city.
    """
    known = list(lines)
    matter = {line.case_id: head_of(line.case_id, repeats) for line in known}
    times = Counter(matter.values())
    skipped = {matter[case] for case in to_city if case in matter}
    latest = {matter[line.case_id]: line for line in sorted(known, key=lambda line: line.entered_at) if line.is_open}
    found = []
    for head, line in latest.items():
        holds = {
            REPEATED: times[head] - 1 >= here.policy.hearing_after_repeats,
            SKIPPED: head in skipped,
        }
        why = tuple(word for word, true in holds.items() if true)
        if why:
            found.append(Candidate(line, times[head] - 1, why))
    return tuple(found)


def decide(found: Iterable[Candidate], case: str, decided: bool, here: Here) -> Candidate:
    """A leader decides on one that is proposed, once. Raises Refused."""
    leader(here)
    candidate = next((each for each in found if each.line.case_id == case), None)
    if candidate is None:
        raise Refused("not_proposed", "该事项不在听证建议清单内", {"case": ["不在清单内"]})
    if decided:
        raise Refused("decided", "已经决定", {"case": ["已经决定"]})
    return candidate
