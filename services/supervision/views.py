"""What the queries answer: plain dicts, for the actor's own desk only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.words import Desk
from network import veils
from network.state import as_state
from services.supervision.callbacks.rules import CallBack
from services.supervision.clocks import ladder, rules
from services.supervision.clocks import store as clocks
from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.duties.rules import CITY
from services.supervision.ledger import rules as ledger_rules
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line
from services.supervision.orders import rules as order_rules
from services.supervision.orders import store as orders
from services.supervision.orders.models import AuditRow, OrderRow
from services.supervision.orders.rules import Order


def ledger_page(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """A page of ledger lines with their clocks; ``next`` is the cursor of the page after, "" at the end."""
    order_rules.same_desk(here.actor, data["desk"])
    overdue = (here.now, _rights(here)) if data["overdue"] else None
    office = None if data["below"] else here.office
    found = ledger.lines(session, data["desk"], office, overdue, data["limit"], data["after"])
    by_case = defaultdict(list)
    for row in clocks.clocks_of(session, [line.case_id for line in found]):
        by_case[row.case_id].append(row)
    return {
        "lines": [_line(session, here, line, by_case[line.case_id]) for line in found],
        "next": found[-1].case_id if len(found) == data["limit"] else "",
    }


def case_clocks(session: Session, here: Here, case: str) -> dict[str, Any]:
    """All clocks of a case, with how each was computed, and the steps taken. Raises NotFound."""
    line = order_rules.visible(ledger.line(session, case), here.actor)
    return {
        "case": case,
        "clocks": [_clock(session, here, line, row) for row in clocks.clocks_of(session, [case]) if row.started_at],
        "steps": [step(row, here.office) for row in clocks.steps_of(session, case)],
    }


def _line(session: Session, here: Here, line: Line, rows: list[ClockRow]) -> dict[str, Any]:
    shown = {
        key: value
        for key, value in vars(line).items()
        if key not in ("case_id", "terms", "course", "told_by", "override", "n")
    }
    return {
        "case": line.case_id,
        **shown,
        "term": {"override": line.override, "n": line.n},
        "late_arrival": ledger_rules.is_late_arrival(line, here.policy.arrival_gap_hours),
        "clocks": [_clock(session, here, line, row) for row in rows if row.started_at],
    }


def _clock(session: Session, here: Here, line: Line, row: ClockRow) -> dict[str, Any]:
    clock = rules.Clock(state=row.state, started_at=row.started_at, due=row.due)  # type: ignore[arg-type]
    duty = ladder.duty(row.kind, row.teller, line.holder, line.offered_to)
    return {
        "kind": row.kind,
        "ref": row.ref,
        "state": row.state,
        "answerable": duty.answerable,
        "started_at": row.started_at,
        "due": row.due,
        "provisional": row.provisional,
        "how": row.how,
        "extended_from": row.extended_from,
        "stopped_at": row.stopped_at,
        "arrived_at": row.arrived_at,
        "lateness": ladder.lateness(here.policy, row.kind, clock, here.now, _is_silent(session, here, row, duty)),
    }


def _is_silent(session: Session, here: Here, row: ClockRow, duty: ladder.Duty) -> bool:
    if row.due is None or duty.answerable == here.office:
        return False
    return ladder.is_unconfirmed(row.due, clocks.heard_at(session, duty.answerable))


def step(row: StepRow, here: str) -> dict[str, Any]:
    """A step on the list; ``mine`` says whether this office took it, ``by_document`` that a person writes to the city."""
    names = ("id", "number", "desk", "kind", "ref", "step", "due", "answerable", "fired_at", "by", "state")
    shown = {
        name: getattr(row, name) for name in (*names, "unconfirmed", "why", "ended_by", "ended_at", "rung", "persons")
    }
    return {"case": row.case_id, **shown, "mine": row.by == here, "by_document": row.rung == CITY}


def order(row: Order | OrderRow) -> dict[str, Any]:
    state = row if isinstance(row, Order) else as_state(Order, row)
    return {"case": state.case_id, **{key: value for key, value in vars(state).items() if key != "case_id"}}


def call_back(call: CallBack) -> dict[str, Any]:
    """A call-back as its desk sees it."""
    return {("case" if key == "case_id" else key): value for key, value in vars(call).items()}


def counts(session: Session, here: Here, desk: str) -> dict[str, Any]:
    """Figures of one desk. ``missing_lines`` must be 0 (S72); ``supervised_cases`` counts cases, not orders (S79).

    ``discipline_total`` is all that the petition desk knows of discipline reports, and the district's alone.
    """
    order_rules.same_desk(here.actor, desk)
    missing = ledger_rules.missing_lines(ledger.cases_with_clocks(session), ledger.cases(session))
    return {
        "desk": desk,
        "by_status": ledger.count_by_status(session, desk),
        "overdue": ledger.count_overdue(session, desk, here.now, _rights(here)),
        "steps": clocks.count_steps(session, desk),
        "orders": orders.count_orders(session, desk),
        "supervised_cases": orders.count_supervised(session, desk),
        "missing_lines": len(missing),
        "discipline_total": _discipline_total(session, here),
    }


def _discipline_total(session: Session, here: Here) -> int | None:
    """How many discipline reports the district has, None below the policy's limit and at every other office.

    Counted without those that a discipline clerk of the same person who does not triage could not see.
    """
    if here.office != here.tree.root.id:
        return None
    clerk = replace(here.actor, desk=Desk.DISCIPLINE.value, roles=())
    total = ledger.count_but(session, Desk.DISCIPLINE, veils.hidden(session, clerk))
    return total if total >= here.policy.small_cell_limit else None


def audit(row: AuditRow, here: Here) -> dict[str, Any]:
    names = ("id", "office", "requested_at", "requested_by", "answered_at", "epoch", "seq", "hash", "findings")
    state = order_rules.audit_state(row.requested_at, row.answered_at, _grave(row.findings), here)
    return {**{name: getattr(row, name) for name in names}, "state": state}


def _grave(findings: Sequence[Mapping[str, Any]]) -> int:
    """How many findings somebody has to look at; that an office was restored from a backup is none."""
    return sum(bool(finding.get("grave", True)) for finding in findings)


def _rights(here: Here) -> list[str]:
    return [ladder.OBJECTION, *(kind for kind, clock in here.policy.clocks.items() if clock.of == "reporter")]
