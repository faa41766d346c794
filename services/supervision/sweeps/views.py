"""What a desk is shown of sweeps: JSON-able dicts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from services.supervision.ledger import store as ledger
from services.supervision.sweeps import owed, rules, store, study
from services.supervision.sweeps.rules import Dispute


def dispute(session: Session, state: Dispute, here: Here) -> dict[str, Any]:
    """A dispute; ``days`` it has been open, and how the case stands that it became."""
    line = ledger.line(session, state.case_id) if state.case_id else None
    plain = {**vars(state), "helpers": list(state.helpers), "progress": list(state.progress)}
    days = ((state.closed_on or local_day(here.now)) - state.found_on).days
    return {
        **plain,
        "days": days,
        "case_status": line.status if line is not None else "",
        "mine": state.office == here.office,
    }


def disputes(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """The dispute ledger. ``to_say``: only those of which the next return has to say how they stand."""
    found = store.disputes(session, data)
    if data["to_say"]:
        found = rules.must_be_said(found, "9999-12-31", here)
    return {"disputes": [dispute(session, each, here) for each in found[: data["limit"]]], "found": len(found)}


def study_items(session: Session, here: Here, quarter: str) -> dict[str, Any]:
    """The key disputes of a quarter with why, and the study where it was held."""
    items = study.key_items(store.disputes(session, {}), study.quarter_named(quarter), here)
    held = store.study(session, quarter)
    return {
        "items": [{**dispute(session, each, here), "why": list(why)} for each, why in items],
        "study": None if held is None else vars(held),
    }


def owed_to_us(session: Session, here: Here) -> dict[str, Any]:
    """What we sent up and is still there: with whom, since when, how many days, and when we last nudged."""
    found = []
    for line, office in owed.owed(store.open_lines(session), here):
        made = [each for each in store.nudges(session, line.case_id) if each.office == here.office]
        found.append(
            {
                "case": line.case_id,
                "number": line.number,
                "category": line.category,
                "with": office,
                "what": line.what,
                "since": line.told_at,
                "days": (local_day(here.now) - local_day(line.told_at)).days,
                "nudges": [vars(each) for each in made],
            }
        )
    return {"owed": found}


def nudges(session: Session, here: Here) -> dict[str, Any]:
    """Nudges received and made."""
    known = store.nudges(session)
    received = [vars(each) for each in known if each.to == here.office]
    return {"received": received, "made": [vars(each) for each in known if each.office == here.office]}
