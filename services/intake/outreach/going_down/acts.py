"""Load, decide, save, say: going down with cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from contracts.outreach import Source
from contracts.veils import is_veiled
from contracts.words import Desk
from network import veils
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.activities import acts as activities
from services.intake.activities import store as kept_activities
from services.intake.campaigns import acts as campaigns
from services.intake.outreach.demands.rules import Origin
from services.intake.outreach.going_down import rules, store, views
from services.intake.outreach.going_down.rules import CaseDown, GoingDown, State


def plan(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    campaigns.check(uow, cmd["campaign"])
    decision = rules.plan(new_id(), cmd, uow.here)
    uow.apply(decision)
    return _take_along(uow, decision.state, cmd["cases"])


def take_along(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = rules.may_change(store.going_down(uow.session, cmd["go_down"]), uow.here)
    for one in store.cases(uow.session, known.go_down):
        if one.case in cmd["leave"]:
            store.drop(uow.session, one)
    uow.session.flush()
    uow.note("go_down_changed", data={"go_down": known.go_down})
    return _take_along(uow, known, cmd["cases"])


def _take_along(uow: UnitOfWork, known: GoingDown, more: Sequence[str]) -> dict[str, Any]:
    """Cases of the register go along at once; the others are asked for."""
    taken = {one.case for one in store.cases(uow.session, known.go_down)}
    fresh = rules.along(known, taken, more)
    numbers = {case: number for case in fresh if (number := _registered(uow.session, case))}
    rules.not_recused([case for case in numbers if is_away(uow.session, case, known.leader)], numbers)
    asked = rules.ask(known, [case for case in fresh if case not in numbers], uow.here)
    store.write(uow.session, asked.state)
    for case, number in numbers.items():
        store.write_case(uow.session, CaseDown(new_id(), known.go_down, case, number))
    uow.tell_all(asked.tells)
    uow.session.flush()
    return views.going_down(uow.session, asked.state)


def _registered(session: Session, case: str) -> str:
    """The number of a petition of this register, "" for what is none or is hidden from who asks."""
    row = register.report_seen(session, case)
    return row.number if row is not None and row.desk == Desk.PETITION and not row.recalled else ""


def is_away(session: Session, case: str, leader: str) -> bool:
    """Whether the leader is recused from the case."""
    return is_veiled(case, leader, veils.kept(session, case))


def lines_found(uow: UnitOfWork, letter: Letter) -> None:
    """The ledger's answer: its cases go along; one from which the leader was recused meanwhile does not."""
    known = store.going_down(uow.session, letter.data["go_down"])
    if known is None:
        raise Refused("unknown_go_down", "没有这一下访记录")
    state, lines = rules.found(known, letter.data)
    store.write(uow.session, state)
    taken = {one.case for one in store.every_case(uow.session, known.go_down)}
    for case, number in ((case, number) for case, number in lines.items() if case not in taken):
        one = CaseDown(new_id(), known.go_down, case, number)
        store.write_case(uow.session, one)
        if state.state == State.HELD:
            activities.log(uow, rules.case_activity(state, one, uow.office.id))
    uow.note("go_down_cases", data={"go_down": known.go_down, "found": len(lines)})


def cancel(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = rules.may_change(store.going_down(uow.session, cmd["go_down"]), uow.here)
    decision = rules.cancel(known, cmd["reason"])
    store.write(uow.session, decision.state)
    uow.apply(decision)
    return views.going_down(uow.session, decision.state)


def hold(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """He went: it counts from now on, and so does each case that went along."""
    known = rules.may_change(store.going_down(uow.session, cmd["go_down"]), uow.here)
    decision = rules.hold(known, cmd, uow.here)
    state = decision.state
    store.write(uow.session, state)
    activities.log(uow, rules.activity(state, uow.office.id))
    for one in store.every_case(uow.session, state.go_down):
        if is_away(uow.session, one.case, state.leader):
            store.drop(uow.session, one)
        else:
            activities.log(uow, rules.case_activity(state, one, uow.office.id))
    uow.session.flush()
    uow.apply(decision)
    return views.going_down(uow.session, state)


def result(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = rules.may_change(store.going_down(uow.session, cmd["go_down"]), uow.here, held=True)
    taken = [one for one in store.cases(uow.session, known.go_down) if one.case == cmd["case"]]
    mine = next((one for one in taken if not is_away(uow.session, one.case, known.leader)), None)
    decision = rules.result(mine, cmd, uow.here)
    one = decision.state
    store.write_case(uow.session, one)
    counted = kept_activities.activity(uow.session, one.taken)
    if counted is None:
        raise NotFound("该次下访所带的这一件")
    activities.log(uow, counted.changed(result=one.result))
    uow.session.flush()
    uow.apply(decision, one.case)
    return views.going_down(uow.session, known)


def origin(uow: UnitOfWork, go_down: str) -> tuple[Origin, GoingDown]:
    """The going down on which a report was taken, planned or held. Raises Refused."""
    known = store.going_down(uow.session, go_down)
    if known is None or known.state == State.CANCELLED:
        raise Refused("unknown_go_down", "没有这一下访记录", {"go_down": ["没有这一下访记录"]})
    return Origin(Source.GO_DOWN, known.go_down, known.campaign), known
