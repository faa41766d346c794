"""Orders received, their withdrawal, and the asking and answering of audits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event

from contracts.calendar import local_day
from contracts.context import Decision
from contracts.errors import Invalid, NotFound, Refused
from contracts.events import MAX_HEADS
from contracts.letters import Letter, Tell
from contracts.policy_schema import PolicyError
from network import policies
from network.audit import Head, kept_heads
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.supervision.duties import store as duties
from services.supervision.duties.rules import persons_of_unit
from services.supervision.ledger import store as ledger
from services.supervision.orders import pressing, rules
from services.supervision.orders import store as orders
from services.supervision.orders.models import AuditRow, PressRow


def take_order(uow: UnitOfWork, letter: Letter) -> None:
    """Keep an order from above, once."""
    order = rules.received(letter.data["order"], letter.case, letter.office, letter.data, uow.here)
    if orders.keep(uow.session, order):
        why = rules.journalled(order.desk, order.demand)
        uow.note("order_received", letter.case, why, {"order": order.id, "from": letter.office})


def give_order(uow: UnitOfWork, cmd: Mapping[str, Any]) -> rules.Order:
    """A supervisor's own order. Raises NotFound, Refused."""
    line = ledger.line(uow.session, cmd["case"], lock=True)
    known = duties.duties(uow.session)
    of_unit = persons_of_unit(line.holder, known, local_day(uow.now)) if line else ()
    decision = rules.command_order(line, new_id(), cmd, of_unit, uow.here)
    orders.keep(uow.session, decision.state)
    uow.apply(decision, cmd["case"])
    return decision.state


def press(uow: UnitOfWork, cmd: Mapping[str, Any]) -> pressing.Pressing:
    """Keep what a supervisor did. Raises NotFound, Refused."""
    line = ledger.line(uow.session, cmd["case"], lock=True)
    decision = pressing.press(line, _order(uow, cmd["order"], given=True), new_id(), cmd, uow.here)
    uow.session.add(PressRow(**vars(decision.state)))
    uow.apply(decision, cmd["case"])
    return decision.state


def order_reopen(uow: UnitOfWork, cmd: Mapping[str, Any]) -> pressing.Pressing:
    """Order a case below to be opened again. Raises NotFound, Refused."""
    line = ledger.line(uow.session, cmd["case"], lock=True)
    decision = pressing.reopen(line, new_id(), cmd["reason"], uow.here)
    uow.session.add(PressRow(**vars(decision.state)))
    uow.apply(decision, cmd["case"])
    return decision.state


def close(uow: UnitOfWork, cmd: Mapping[str, Any]) -> rules.Order:
    """Close an order given here. Raises NotFound, Refused."""
    known = _order(uow, cmd["order"], given=True)
    presses = [
        as_state(pressing.Pressing, row) for row in orders.presses_of(uow.session, known.case_id if known else "")
    ]
    decision = pressing.close(known, presses, cmd, uow.here)
    _keep_changed(uow, decision)
    return decision.state


def withdraw(uow: UnitOfWork, cmd: Mapping[str, Any]) -> rules.Order:
    """Withdraw an order given here. Raises NotFound, Refused."""
    decision = pressing.withdraw(_order(uow, cmd["order"], given=True), cmd["why"], uow.here)
    _keep_changed(uow, decision)
    return decision.state


def take_closing(uow: UnitOfWork, letter: Letter) -> None:
    """An order received here was closed. Raises NotFound, Refused."""
    known = _order(uow, letter.data["order"], given=False)
    _keep_changed(uow, pressing.closed_above(known, letter.office, letter.data))


def _order(uow: UnitOfWork, order_id: str, given: bool) -> rules.Order | None:
    row = orders.order(uow.session, order_id, given)
    return None if row is None else as_state(rules.Order, row)


def _keep_changed(uow: UnitOfWork, decision: Decision[rules.Order]) -> None:
    order = decision.state
    write_state(orders.order(uow.session, order.id, order.given), order)
    uow.apply(decision, order.case_id)


def take_withdrawal(uow: UnitOfWork, letter: Letter) -> None:
    """Mark an order withdrawn, visibly; only who gave it may. Raises NotFound, Refused."""
    order = orders.order(uow.session, letter.data["order"], given=False)
    if order is None:
        raise NotFound("督办")
    if order.giver != letter.office:
        raise Refused("not_yours", f"督办由 {order.giver} 发出,{letter.office} 不能撤回")
    order.state, order.why = "withdrawn", letter.data["why"]
    why = rules.journalled(order.desk, order.why)
    uow.note("order_withdrawn", letter.case, why, {"order": order.id})


def keep_policy(uow: UnitOfWork, data: Mapping[str, Any]) -> None:
    """Keep a published version; from the commit on the office decides by it when it is in force.

    Raises Invalid with the faults by key, or when version and date are not those of the body.
    """
    try:
        policy = policies.keep(uow.session, data["version"], data["valid_from"], data["body"])
    except PolicyError as error:
        raise Invalid({"body": error.faults}) from error
    for name in ("version", "valid_from"):
        if getattr(policy, name) != data[name]:
            raise Invalid({name: ["与政策正文不一致"]})
    event.listen(uow.session, "after_commit", lambda _session: uow.office.forget_policies())


def request_audit(uow: UnitOfWork, audit: str, office: str) -> dict[str, Any]:
    """Ask an office below for its audit, and keep that it was asked."""
    heads = [vars(head) for head in kept_heads(uow.session, office, newest=MAX_HEADS)]
    decision = rules.ask_audit(audit, office, heads, uow.here)
    blank: dict[str, datetime | int | str | None] = dict.fromkeys(("answered_at", "epoch", "seq", "hash"))
    asked = {"requested_at": uow.now, "requested_by": uow.actor.id}
    uow.session.add(AuditRow(id=audit, office=office, findings=[], **asked, **blank))
    uow.apply(decision)
    return {"audit": audit, "office": office}


def answer_audit(uow: UnitOfWork, letter: Letter) -> None:
    """Answer an office above with the own findings and the journal's head."""
    rules.from_above(letter.office, uow.here)
    head = uow.office.lock(uow.session)
    data = {
        "audit": letter.data["audit"],
        "epoch": head.epoch,
        "seq": head.journal_seq,
        "hash": head.journal_hash,
        "findings": uow.office.audit(Head(**kept) for kept in letter.data["heads"]),
    }
    uow.tell(Tell(letter.office, "supervision", "audit_answered", "", data))
    uow.note("audit_answered", data={"audit": letter.data["audit"], "findings": len(data["findings"])})


def take_audit(uow: UnitOfWork, letter: Letter) -> None:
    """Keep the answer, with what the kept heads say of it. Raises NotFound, Refused."""
    row = uow.session.get(AuditRow, letter.data["audit"], with_for_update=True)
    if row is None:
        raise NotFound("自查要求")
    if row.office != letter.office:
        raise Refused("not_yours", f"自查要求是发给 {row.office} 的")
    answer = letter.data
    kept = orders.kept_head(uow.session, letter.office, answer["epoch"], answer["seq"])
    differs = rules.answer_finding(answer, kept)
    row.findings = [*answer["findings"], *([differs] if differs else [])]
    row.answered_at, row.epoch, row.seq, row.hash = uow.now, answer["epoch"], answer["seq"], answer["hash"]
    uow.note("audit_kept", data={"audit": row.id, "findings": len(row.findings)})
