"""The ledger of who answers for what (包抓责任表, domain section 7), and that of awards and sanctions."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.assignment.officials.store import in_force
from services.assignment.responsibility import groups, matrix, store

COLUMNS = (
    ("town", "镇(街道)编号"), ("town_name", "镇(街道)"), ("zh", "席位"), ("name", "姓名"), ("person", "编号"), ("post", "职务"),
    ("since", "起于"), ("until", "止于"), ("classes", "包抓的问题类别"),
)  # fmt: skip
MERIT_COLUMNS = (
    ("day", "日期"), ("document_no", "文号"), ("town_name", "镇(街道)"), ("kind", "种类"), ("what", "事由"),
    ("points", "分数(百分之一分)"), ("zh", "席位"), ("name", "姓名"), ("person", "编号"),
)  # fmt: skip


def rows(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """A row for each seat of each town on the last of the days, an empty one without a person; its classes there."""
    officials, day = in_force(session).officials, wanted.until
    known = matrix.leaders(officials, day)
    for town in groups.towns(here):
        if town not in wanted.offices(here):
            continue
        seats = {seat.slot: seat for seat in groups.group(town, officials, here, day)}
        for slot, kind in here.policy.slots.items():
            named = {"town": town, "town_name": here.tree.office(town).name, "zh": kind.zh}
            if slot not in seats:
                yield {**dict.fromkeys((key for key, _ in COLUMNS), ""), **named}
                continue
            own = [each.code for each in known if each.person == seats[slot].person and each.scope in ("", town)]
            yield {**vars(seats[slot]), **named, "classes": "、".join(own)}


def merits(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """A row for each person of an award, sanction or score whose document is of these days."""
    names = {each.id: each.name for each in in_force(session).officials}
    for each in store.merits_between(session, wanted.since, wanted.until):
        if each.town in wanted.offices(here):
            zh = here.policy.slots[each.slot].zh if each.slot in here.policy.slots else each.slot
            town = here.tree.name_of(each.town)
            yield {**vars(each), "zh": zh, "town_name": town, "name": names.get(each.person, "")}


LEDGERS = (
    Ledger("responsibility", "包抓责任表", COLUMNS, rows),
    Ledger("merits", "镇(街道)奖惩台账", MERIT_COLUMNS, merits),
)
