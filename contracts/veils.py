"""A veil stands for a recused person in rows and letters: it says for a given case and person whether they are the one,
and names nobody. Who has the whole register and the database can still try every person (docs/architecture.md).
"""

import hashlib
from collections.abc import Collection, Iterable

from contracts.context import OfficeTree


def veil(case: str, person: str) -> str:
    """32 hex digits for ``person`` (an official's id) in ``case``; another case gives the same person another veil."""
    return hashlib.blake2b(person.encode(), key=case.encode(), digest_size=16).hexdigest()


def veils(case: str, persons: Iterable[str]) -> tuple[str, ...]:
    """The veils of several persons, in an order that says nothing."""
    return tuple(sorted(veil(case, person) for person in set(persons) if person))


def believed(recused: Collection[str], sender: str, here: str, tree: OfficeTree) -> tuple[str, ...]:
    """The veils of a letter that count here: those from this office or one above. Nobody below hides a case from it."""
    return tuple(recused) if sender in {here, *(office.id for office in tree.ancestors(here))} else ()


def is_veiled(case: str, person: str, recused: Collection[str]) -> bool:
    """Whether ``person`` is among the recused of the case; nobody ("") is."""
    return bool(person) and veil(case, person) in recused
