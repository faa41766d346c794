"""What a desk is shown of cards: JSON-able dicts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.outreach import Source
from services.intake.outreach.cards import rules, store
from services.intake.outreach.cards.rules import Batch
from services.intake.outreach.demands import store as demands


def card(session: Session, here: Here, serial: str) -> dict[str, Any]:
    """One serial: what is printed on it, where it is, which reports came in by it. Raises Refused."""
    rules.petition_desk(here)
    batch, known = store.batch_of(session, serial, here.office), store.card(session, serial)
    own = rules.printed(serial, batch, "serial")
    shown: Mapping[str, Any] = vars(known) if known is not None else {"state": "printed", "campaign": own.campaign}
    printed = {"contact": own.contact, "phone": own.phone, "url": own.url.replace("{serial}", serial)}
    cases = demands.cases_of(session, Source.CARD, serial)
    return {**shown, "serial": serial, "batch": own.batch, "kind": own.kind, **printed, "demands": cases}


def batches(session: Session, here: Here, limit: int, after: str) -> dict[str, Any]:
    """A page of batches with what became of their cards."""
    rules.petition_desk(here)
    found = store.batches(session, limit, after)
    return {
        "batches": [_batch(each, here.office, store.count_of(session, each.batch)) for each in found],
        "next": str(found[-1].first) if len(found) == limit else "",
    }


def _batch(batch: Batch, office: str, count: Mapping[str, int]) -> dict[str, Any]:
    ends = {name: rules.serial_of(office, getattr(batch, name)) for name in ("first", "last")}
    return {**vars(batch), **ends, "printed": batch.printed, **count}
