"""Items that a flag brings onto this office's list, and the cases that ask for a supervisor."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from network.uow import UnitOfWork
from services.supervision.attention import rules
from services.supervision.clocks import ladder
from services.supervision.clocks import store as clocks
from services.supervision.clocks.models import StepRow
from services.supervision.clocks.rules import Clock
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line
from services.supervision.orders import store as orders

SCANNED = 200
"""How many lines are looked at in one go."""


def notice(uow: UnitOfWork, before: Line | None, after: Line) -> None:
    """Put what is newly flagged onto this office's list: a row beside the steps, which a person acknowledges."""
    for what in rules.new_items(before, after, uow.here):
        put_on_list(uow, after, what)


def put_on_list(uow: UnitOfWork, line: Line, what: str) -> None:
    """One row of a case for each such word, however often it is said."""
    key = f"{line.case_id}-{what}"
    if uow.session.get(StepRow, key) is not None:
        return
    row = StepRow(
        id=key,
        case_id=line.case_id,
        kind="",
        ref="",
        step=what,
        due=line.told_at,
        number=line.number,
        desk=line.desk,
        answerable=line.holder,
        fired_at=uow.now,
        by=uow.here.office,
        state="open",
        unconfirmed=False,
        why=rules.ITEMS[what],
        ended_by="",
        ended_at=None,
    )
    uow.session.add(row)
    uow.note("attention", line.case_id, row.why, {"step": key})


def candidates(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """A page of cases below that ask for a supervisor; ``next`` is the cursor of the page after, "" at the end."""
    found = []
    for candidate in _asking(session, here, data["desk"], data["after"]):
        found.append(candidate)
        if len(found) == data["limit"]:
            return {"candidates": found, "next": candidate["case"]}
    return {"candidates": found, "next": ""}


def _asking(session: Session, here: Here, desk: str, after: str) -> Iterator[dict[str, Any]]:
    below = {office.id for office in here.tree.descendants(here.office)}
    repeated = ledger.repeated_numbers(session, desk)
    while lines := ledger.lines(session, desk, None, None, SCANNED, after):
        after = lines[-1].case_id
        by_case = _clocks(session, here, [line.case_id for line in lines])
        for line in lines:
            repeats = bool(line.repeat_of) or line.number in repeated
            why = rules.reasons(line, by_case[line.case_id], repeats, here)
            if why and line.holder in below:
                yield _shown(session, line, why)


def _clocks(session: Session, here: Here, cases: list[str]) -> dict[str, list[Clock]]:
    by_case = defaultdict(list)
    for row in clocks.clocks_of(session, cases):
        if not ladder.is_right(here.policy, row.kind):
            clock = Clock(row.state, row.started_at, row.due, extended_from=row.extended_from)  # type: ignore[arg-type]
            by_case[row.case_id].append(clock)
    return by_case


def _shown(session: Session, line: Line, why: tuple[str, ...]) -> dict[str, Any]:
    names = ("number", "desk", "category", "place", "holder", "status", "entered_at")
    shown = {name: getattr(line, name) for name in names}
    supervised = any(order.given and order.state == "open" for order in orders.orders_of(session, line.case_id))
    return {"case": line.case_id, **shown, "reasons": list(why), "supervised": supervised}
