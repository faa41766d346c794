"""Load, decide, save, say: incidents."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Decision, Here
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.incidents import rules, store
from services.supervision.incidents.rules import Incident, Said
from services.supervision.ledger import store as ledger
from services.supervision.orders.rules import visible


def report(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound for a case that is not known here, Refused."""
    return _said(uow, rules.report((new_id(), new_id()), cmd, uow.here), cmd["cases"])


def follow(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    known = store.incident(uow.session, cmd["incident"])
    return _said(uow, rules.follow(known, new_id(), cmd, uow.here), cmd["cases"])


def take_step(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    known = store.incident(uow.session, cmd["incident"])
    return _said(uow, rules.take_step(known, new_id(), cmd, uow.here))


def end(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Raises NotFound, Refused."""
    known = store.incident(uow.session, cmd["incident"])
    return _said(uow, rules.end(known, new_id(), cmd["words"], uow.here))


def _said(uow: UnitOfWork, decision: Decision[Said], cases: Iterable[str] = ()) -> dict[str, Any]:
    store.keep(uow.session, decision.state)
    for case in cases:
        line = visible(ledger.line(uow.session, case), uow.actor)
        store.link(uow.session, decision.state.incident.id, case, line.number)
    uow.apply(decision)
    uow.session.flush()
    return shown(uow.session, decision.state.incident, uow.here)


def told(uow: UnitOfWork, letter: Letter) -> None:
    """From an office below; the same letter again changes nothing."""
    said = rules.told(letter, uow.here)
    if not store.has_entry(uow.session, said.entry.id):
        store.keep(uow.session, said)
        uow.note("incident_told", data={"incident": said.incident.id, "kind": said.entry.kind})


def remind(uow: UnitOfWork, key: str) -> None:
    """Note once that a report is late."""
    known = store.incident(uow.session, key)
    if known is not None and rules.is_overdue(known, uow.now) and known.reminded_for != known.next_due:
        store.remind(uow.session, replace(known, reminded_for=known.next_due))
        uow.note("incident_reminder", data={"incident": known.id, "due": str(known.next_due)})


def shown(session: Session, incident: Incident, here: Here) -> dict[str, Any]:
    """An incident with its cases and all that was said of it; ``overdue``: the next report is late."""
    level = here.policy.incident_levels.get(incident.level, incident.level)
    return {
        **vars(incident),
        "incident": incident.id,
        "level_zh": level,
        "overdue": rules.is_overdue(incident, here.now),
        "cases": store.cases(session, incident.id),
        "entries": [vars(each) for each in store.entries(session, incident.id)],
    }


def listed(session: Session, state: str, here: Here) -> list[dict[str, Any]]:
    """Incidents in a state, the latest first."""
    return [shown(session, each, here) for each in store.incidents(session, state)]
