"""Class × leader × town (S37): which covering leader answers for which class of problems, in a town or in all. Pure.

Confidential classes (C15) are outside: nobody of the petition side answers for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.context import Here
from contracts.officials import Official
from contracts.policy import Policy
from services.assignment.responsibility.groups import towns
from services.assignment.responsibility.terms import (
    CLASS_LEADER,
    COVERING,
    Held,
    held,
    on_day,
    overlap,
    unfit_from,
)

ALL_TOWNS = ""


@dataclass(frozen=True)
class ClassLeader:
    """Who answers for a class; ``scope`` is the town, "" for all towns."""

    code: str
    scope: str
    person: str
    name: str


def classes(policy: Policy) -> tuple[str, ...]:
    """The classes of the matrix, in the catalogue's order."""
    return tuple(code for code, each in policy.categories.items() if not each.confidential)


def leaders(officials: Sequence[Official], day: date) -> tuple[ClassLeader, ...]:
    """The matrix on a day, by class and scope; all towns first."""
    found = [
        ClassLeader(code, each.duty.scope, each.official.id, each.official.name)
        for each in on_day(held(officials), day)
        if each.duty.duty == CLASS_LEADER
        for code in each.duty.classes
    ]
    return tuple(sorted(found, key=lambda each: (each.code, each.scope)))


def leader_of(
    category: str, town: str, known: Iterable[ClassLeader], here: Here, is_recused: Iterable[str] = ()
) -> ClassLeader | None:
    """Who answers for a matter of a class in a town: the town's leader for the class, else the one for all towns.

    ``is_recused`` are persons who may know nothing of it: the next in order answers. None for a confidential class.
    """
    top = here.policy.category(category)
    if top.confidential:
        return None
    recused = set(is_recused)
    free = [each for each in known if each.code == top.code and each.person not in recused]
    order = {scope: place for place, scope in enumerate(dict.fromkeys((town, ALL_TOWNS)))}
    fitting = sorted((each for each in free if each.scope in order), key=lambda each: order[each.scope])
    return fitting[0] if fitting else None


def findings(officials: Sequence[Official], here: Here, day: date) -> Iterator[str]:
    """A sentence for each class that has no leader on the day: in no town, or in some."""
    known = leaders(officials, day)
    for code in classes(here.policy):
        zh = here.policy.categories[code].zh
        without = [town for town in towns(here) if leader_of(code, town, known, here) is None]
        if len(without) == len(towns(here)):
            yield f"{code} {zh}:没有包抓领导"
        elif without:
            names = "、".join(here.tree.office(town).name for town in without)
            yield f"{code} {zh}:在{names}没有包抓领导"


def faults(officials: Sequence[Official], here: Here) -> dict[tuple[int, int], dict[str, str]]:
    """What is wrong with the classes of a register: (place of the official, place of the duty) → field → sentence."""
    found: dict[tuple[int, int], dict[str, str]] = {}
    before: list[Held] = []
    for each in held(officials):
        if wrong := _wrong(each, before, here):
            found[each.place, each.at] = wrong
        if each.duty.duty == CLASS_LEADER:
            before.append(each)
    return found


def _wrong(one: Held, before: Iterable[Held], here: Here) -> dict[str, str]:
    duty = one.duty
    if duty.duty != CLASS_LEADER:
        return {"classes": "只有分类包抓填写分类"} if duty.classes else {}
    if duty.scope and duty.scope not in towns(here):
        return {"scope": "分类包抓的范围为镇(街道),全区留空"}
    unknown = [code for code in duty.classes if code not in classes(here.policy)]
    if unknown or not duty.classes:
        return {"classes": f"没有可包抓的分类{'、'.join(unknown)}" if unknown else "请填写分类"}
    covering = [each for each in one.official.duties if each.duty == COVERING and duty.scope in (ALL_TOWNS, each.scope)]
    if day := unfit_from(duty, covering):
        return {"duty": f"自{day}起不是包抓领导,不能分类包抓"}
    return {"classes": taken} if (taken := _taken(one, before)) else {}


def _taken(one: Held, before: Iterable[Held]) -> str:
    for other in before:
        both = [code for code in one.duty.classes if code in other.duty.classes]
        if both and other.duty.scope == one.duty.scope and overlap(other.duty, one.duty):
            return f"{'、'.join(both)}与{other.official.name}的任期重叠"
    return ""
