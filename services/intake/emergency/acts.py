"""Load, decide, save, say: calls for help."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.emergency import rules, store, views
from services.intake.emergency.models import IntakeCall, IntakeDuty, IntakeEmergency
from services.intake.emergency.rules import EmergencyState
from services.intake.rules import ReportState

LEADER = "leader"


def set_chain(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Who of this office is called from now on; a call for help that stands keeps its chain."""
    if LEADER not in uow.actor.roles:
        raise Refused("leader_needed", "值班链由负责人设定")
    for row in store.duty(uow.session):
        uow.session.delete(row)
    uow.session.flush()
    persons = [{"name": each["name"], "phone": each["phone"]} for each in cmd["persons"]]
    uow.session.add_all([IntakeDuty(place=place, **each) for place, each in enumerate(persons, 1)])
    uow.note("duty_chain_set", data={"persons": len(persons)})
    return {"persons": persons}


def wanted_by(uow: UnitOfWork, report: ReportState) -> None:
    """A report that was just registered asks for help."""
    given = {"emergency": new_id(), "what": rules.help_wanted(report.place, report.text), "excluded": []}
    _raise(uow, report, given)


def raise_emergency(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A clerk calls for help about a report registered here; once at a time."""
    report = _report(uow, cmd["case"])
    if store.standing(uow.session, report.case) is not None:
        raise Refused("known_emergency", "该事项的紧急情况尚未解除")
    given = {"emergency": new_id(), "what": cmd["what"], "excluded": cmd["excluded"]}
    return views.shown(_raise(uow, report, given), ())


def _raise(uow: UnitOfWork, report: ReportState, given: Mapping[str, Any]) -> EmergencyState:
    duty = [{"who": row.name, "phone": row.phone} for row in store.duty(uow.session)]
    decision = rules.raise_emergency(report, given, duty, uow.here)
    _add(uow, decision.state)
    uow.apply(decision, report.case)
    return decision.state


def _add(uow: UnitOfWork, state: EmergencyState) -> None:
    lists = {name: list(getattr(state, name)) for name in ("chain", "told", "excluded")}
    uow.session.add(IntakeEmergency(**{**vars(state), **lists}))


def record_call(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A call made down the chain."""
    report, row = _report(uow, cmd["case"]), _standing(uow, cmd["case"])
    decision = rules.record_call(as_state(EmergencyState, row), cmd, report, uow.here)
    names = ("who", "answered", "note")
    call = IntakeCall(emergency=row.emergency, case=row.case, turn=decision.state.calls, at=uow.now)
    call.who, call.answered, call.note = (cmd[name] for name in names)
    call.clerk = uow.actor.id
    uow.session.add(call)
    return _saved(uow, row, decision)


def clear(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The help signal ends."""
    report, row = _report(uow, cmd["case"]), _standing(uow, cmd["case"])
    return _saved(uow, row, rules.clear(as_state(EmergencyState, row), cmd["what"], report, uow.here))


def _saved(uow: UnitOfWork, row: IntakeEmergency, decision: Any) -> dict[str, Any]:
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    uow.session.flush()
    return views.shown(decision.state, store.calls(uow.session, row.emergency))


def _report(uow: UnitOfWork, case: str) -> ReportState:
    row = register.report_locked(uow.session, case)
    if row is None or row.recalled or row.desk != uow.actor.desk:
        raise NotFound("该登记")
    return as_state(ReportState, row)


def _standing(uow: UnitOfWork, case: str) -> IntakeEmergency:
    row = store.standing(uow.session, case)
    if row is None:
        raise Refused("no_emergency", "该事项没有未解除的紧急情况")
    return row


def raised(uow: UnitOfWork, letter: Letter) -> None:
    """An office below calls for help; the same letter again changes nothing."""
    if uow.session.get(IntakeEmergency, letter.data["emergency"]) is not None:
        return
    decision = rules.on_raised(letter.case, letter.data, letter.office, uow.here)
    _add(uow, decision.state)
    uow.apply(decision, letter.case)


def ended(uow: UnitOfWork, letter: Letter) -> None:
    """What became of a call for help from below; of one recalled from here nothing is kept."""
    row = uow.session.get(IntakeEmergency, letter.data["emergency"], with_for_update=True)
    if row is None:
        uow.note("emergency_unknown", letter.case)
        return
    decision = rules.on_ended(as_state(EmergencyState, row), letter.data, letter.office)
    write_state(row, decision.state)
    uow.apply(decision, letter.case)
