"""Load, decide, save: the texts of the rules and the answers to the checklist."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from network.uow import UnitOfWork
from services.hearing.cases.rules import HearingCase
from services.hearing.sessions import store as sessions
from services.hearing.standards import rules, store
from services.hearing.work import known_case


def enter(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    rule = rules.enter(store.rules(uow.session, uow.actor.desk), cmd, uow.here)
    store.keep_rule(uow.session, rule)
    uow.note("hearing_rule_entered", data={"slot": rule.slot, "version": rule.version})
    return dict(vars(rule))


def answer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    case = known_case(uow, cmd["case"])
    rule = rules.in_force(store.rules(uow.session, case.desk)).get(cmd["slot"])
    check = rules.answer(case.case_id, sessions.hearings(uow.session, case.case_id), rule, cmd, uow.here)
    store.keep_check(uow.session, check)
    uow.note("hearing_checked", case.case_id, data={"slot": check.slot, "version": check.version, "met": check.met})
    return shown(check)


def may_go_on(uow: UnitOfWork, case: HearingCase, step: Sequence[str], ordinal: int) -> None:
    """Raises Refused while an item of the step's checklist is open."""
    texts = rules.in_force(store.rules(uow.session, case.desk))
    rules.may_go_on(step, ordinal, texts, store.checks(uow.session, case.case_id))


def listed(session: Session, actor: Actor) -> dict[str, Any]:
    """The five slots, each with what it is called and every version of its text."""
    known = store.rules(session, actor.desk)
    return {
        "slots": [
            {"slot": slot, "zh": zh, "versions": [dict(vars(each)) for each in known if each.slot == slot]}
            for slot, zh in rules.SLOTS.items()
        ]
    }


def of_hearing(session: Session, case_id: str, ordinal: int) -> list[dict[str, Any]]:
    """The answers for one hearing, with document and version of the text that each is by."""
    return [shown(each) for each in store.checks(session, case_id) if each.ordinal == ordinal]


def shown(check: rules.Check) -> dict[str, Any]:
    values = dict(vars(check))
    return {"case": values.pop("case_id"), **values}
