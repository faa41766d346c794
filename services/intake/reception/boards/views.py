"""What a desk is shown of boards: JSON-able dicts."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from services.intake.reception.boards import rules, store
from services.intake.reception.boards.models import IntakeBoardChange

CHANGE = ("at", "by", "what", "why", "old", "new")


def change(row: IntakeBoardChange) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CHANGE}


def check(session: Session, here: Here) -> dict[str, Any]:
    """Who is missing from the own boards, or listed beyond what the unit set; nothing to compare where nothing is set."""
    row = store.listing(session, here.office)
    if row is None:
        return {"listed": "", "missing": [], "beyond": []}
    found = rules.check(row.listed, row.members, store.owned(session, here.office), local_day(here.now))
    return {"listed": row.listed, **found}


def coverage(session: Session, here: Here) -> dict[str, Any]:
    """Which units of the own office and below have a live board today, and which owe one (S90); communities apart."""
    on = local_day(here.now)
    every = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    live = {board.office for board in store.known(session, here) if board.live(on)}
    owing = rules.units(here, every, rules.OWES_BOARD, on)
    communities = rules.units(here, every, ("village",), on)
    gaps = [here.tree.office(each) for each in owing if each not in live]
    return {
        "units": len(owing),
        "with_board": len(owing) - len(gaps),
        "gaps": [{"office": each.id, "name": each.name, "tier": each.tier} for each in gaps],
        "communities": len(communities),
        "communities_with_board": len([each for each in communities if each in live]),
    }
