"""Load, decide, save: visits to the city, and the alert that enough of them make."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.supervision.city import rules, store
from services.supervision.city.models import AlertRow, CityVisitRow
from services.supervision.duties import store as duties
from services.supervision.ledger import store as ledger


def record(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a visit; → it, with the alert that it made, if it did. Raises NotFound, Refused."""
    decision = rules.record(ledger.line(uow.session, cmd["case"], lock=True), new_id(), cmd, uow.here)
    uow.session.add(CityVisitRow(**vars(decision.state)))
    uow.apply(decision, cmd["case"])
    uow.session.flush()
    return {"visit": decision.state.id, "alert": look_again(uow, cmd["case"])}


def look_again(uow: UnitOfWork, case: str) -> str:
    """Whether the visits over a case's matter, as its repeats are linked now, make an alert; its id or ""."""
    if not store.has_visits(uow.session, case):
        return ""
    repeats = store.repeats(uow.session)
    head = rules.head_of(case, repeats)
    about = [each for each in store.visits(uow.session) if rules.head_of(each.case_id, repeats) == head]
    counted = {visit for alert in store.alerts(uow.session) for visit in alert.visits}
    visits = rules.triggering(about, counted, uow.here.policy.city_visit_trigger)
    line = ledger.line(uow.session, head)
    if not visits or line is None:
        return ""
    decision = rules.propose(new_id(), line, visits, duties.duties(uow.session), uow.here)
    row = AlertRow()
    write_state(row, decision.state)
    uow.session.add(row)
    uow.apply(decision, head)
    return decision.state.id


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> rules.Alert:
    """A leader's decision on an alert. Raises NotFound, Refused."""
    row = store.alert(uow.session, cmd["alert"])
    if row is None:
        raise NotFound("到市集访建议")
    decision = rules.decide(as_state(rules.Alert, row), cmd, uow.here)
    write_state(row, decision.state)
    uow.apply(decision, row.case_id)
    return decision.state
