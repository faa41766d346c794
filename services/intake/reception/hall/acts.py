"""Load, decide, save, say: the roster of the hall."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound, Refused
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.activities import store as kept_activities
from services.intake.campaigns import acts as campaigns
from services.intake.reception.boards import acts as boards
from services.intake.reception.hall import rules, store
from services.intake.reception.hall.rules import HallDuty


def plan(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Further duties, all or none."""
    return {"duties": [_plan_one(uow, each) for each in cmd["duties"]]}


def _plan_one(uow: UnitOfWork, given: Mapping[str, Any]) -> dict[str, Any]:
    campaigns.check(uow, given["campaign"])
    board = boards.of(uow, given["leader"])
    if store.of_half_day(uow.session, given["leader"], given["day"], given["half"]) is not None:
        words = f"{board.name}{given['day']}已经排班"
        raise Refused("known_duty", words, {"duties": [words]})
    decision = rules.plan(new_id(), given, board, uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision)
    return dict(vars(decision.state))


def drop(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Off the roster."""
    rules.may_drop(_of(uow, cmd["duty"]), uow.here)
    uow.session.delete(store.row_of(uow.session, cmd["duty"]))
    uow.note("hall_duty_dropped", data={"duty": cmd["duty"]})
    return {"duty": cmd["duty"]}


def confirm(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Who sat there."""
    known = _of(uow, cmd["duty"])
    substitute = boards.of(uow, cmd["substitute"]) if cmd["substitute"] else None
    decision = rules.confirm(known, cmd, substitute, uow.here)
    uow.apply(decision)
    _count(uow, decision.state, substitute.level if substitute else known.level)
    return dict(vars(decision.state))


def over(uow: UnitOfWork, duty: str) -> None:
    """A half day is over: the duty counts as due, until somebody says who came."""
    known = store.duty(uow.session, duty)
    if known is not None and not known.counted:
        _count(uow, rules.over(known), known.level)


def _count(uow: UnitOfWork, state: HallDuty, level: str) -> None:
    store.write(uow.session, state)
    counted, known = rules.activity(state, level, uow.here), kept_activities.activity(uow.session, state.duty)
    if known is not None:
        counted = known.changed(by=counted.by, level=counted.level, result=counted.result)
    activities.log(uow, counted)


def _of(uow: UnitOfWork, duty: str) -> HallDuty:
    found = store.duty(uow.session, duty)
    if found is None:
        raise NotFound("该值班")
    return found
