"""Load, decide, save: suspensions and removals."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.accountability import rules, store
from services.supervision.accountability.models import RemovalCaseRow, RemovalRow
from services.supervision.city import store as city
from services.supervision.city.rules import Alert
from services.supervision.ledger import store as ledger
from services.supervision.orders.rules import visible


def propose(uow: UnitOfWork, alert: Alert) -> None:
    """What a leader's decision on an alert to suspend begins; any other decision begins nothing."""
    if alert.decision != rules.SUSPEND:
        return
    counted = sorted((each for each in city.visits(uow.session) if each.id in alert.visits), key=lambda each: each.at)
    line = ledger.line(uow.session, alert.case_id)
    draft = rules.propose(alert, counted, line.number if line else "", uow.here)
    store.keep(uow.session, draft)
    uow.note("suspension_proposed", alert.case_id, alert.reason, {"suspension": draft.id, "unit": draft.unit})


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    alerts = {alert.id: alert for alert in city.alerts(uow.session)}
    known = alerts.get(cmd["suspension"])
    principals = known.principals if known else ()
    decision = rules.decide(store.suspension(uow.session, cmd["suspension"]), principals, cmd, uow.here)
    store.keep(uow.session, decision.state)
    uow.apply(decision, decision.state.case_id)
    return vars(decision.state)


def end(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    decision = rules.end(store.suspension(uow.session, cmd["suspension"]), cmd, uow.here)
    store.keep(uow.session, decision.state)
    uow.apply(decision, decision.state.case_id)
    return vars(decision.state)


def remove(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound for a case that is not known at the petition desk, Refused."""
    lines = [visible(ledger.line(uow.session, case), uow.actor) for case in dict.fromkeys(cmd["cases"])]
    decision = rules.remove(lines, new_id(), cmd, uow.here)
    uow.session.add(RemovalRow(**vars(decision.state)))
    rows = (RemovalCaseRow(removal=decision.state.id, case_id=line.case_id, number=line.number) for line in lines)
    uow.session.add_all(rows)
    uow.apply(decision)
    uow.session.flush()
    return shown(uow.session, decision.state)


def shown(session: Session, removal: rules.Removal) -> dict[str, Any]:
    """A removal with the cases that show why."""
    return {**vars(removal), "cases": store.evidence(session, removal.id)}
