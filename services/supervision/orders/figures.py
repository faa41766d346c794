"""Figures of supervision orders: cases, not orders (S78, S79)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.activities import campaign_flag
from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.ledger import store as ledger
from services.supervision.ledger.figures import kept_from_reader
from services.supervision.orders import store
from services.supervision.orders.rules import Order

GIVEN = ("supervision_order",)
KINDS = {"dedicated": "专人督办", "guidance": "指导督办", "key": "重点督办"}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Orders of the actor's desk count that a person of this office gave (专人、指导、重点督办) on a day of these, to an office
    that is wanted. The orders of the ladder, which nobody gave, are not counted; one withdrawn since is not either; one
    closed is. ``supervised_cases`` are the distinct cases of these orders: three orders on one case are one case.
    ``supervision_orders`` are the orders. ``supervised_<kind>`` are the distinct cases with an order of that kind: a case
    with two kinds is in both, so the kinds may add up to more than the cases. What was recalled from here is in none. With
    a campaign, cases of it alone.
    """
    given = _given(session, here, wanted)
    yield _cases("supervised_cases", "督办信访事项", given)
    yield Figure("supervision_orders", "发出督办", len(given), None, tuple(order.id for order in given), GIVEN)
    for kind, zh in KINDS.items():
        yield _cases(f"supervised_{kind}", f"其中{zh}", [order for order in given if order.kind == kind])


def _cases(name: str, zh: str, orders: Sequence[Order]) -> Figure:
    cases = sorted({order.case_id for order in orders})
    return Figure(name, zh, len(cases), None, tuple(cases), GIVEN)


def _given(session: Session, here: Here, wanted: Wanted) -> list[Order]:
    offices = wanted.offices(here)
    kept_from = kept_from_reader(session, here.actor.desk, wanted)
    found = [
        order
        for order in store.commanded(session, here.actor.desk)
        if wanted.begins <= order.at < wanted.ends and order.receiver in offices and order.case_id not in kept_from
    ]
    if not wanted.campaign:
        return found
    flag = campaign_flag(wanted.campaign)
    flagged = {line.case_id for line in ledger.all_lines(session, here.actor.desk) if flag in line.flags}
    return [order for order in found if order.case_id in flagged]
