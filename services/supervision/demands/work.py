"""Load, decide, save, say: what stands around a rule about a demand, and its place on the ladder."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Decision, Here
from contracts.letters import Letter
from network.uow import UnitOfWork
from services.supervision import dues
from services.supervision.clocks import store as clocks
from services.supervision.demands import answers, rules, store
from services.supervision.demands.rules import Demand
from services.supervision.ledger import store as ledger

RECUSED = "被要求的单位已回避"


def make(uow: UnitOfWork, demand_id: str, cmd: Mapping[str, Any]) -> dict[str, Any]:
    line = ledger.line(uow.session, cmd["case"]) if cmd["case"] else None
    return _done(uow, rules.make(line, demand_id, cmd, uow.here))


def answer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Answer; where the office demanded it of itself, what follows begins at once."""
    known = store.demand(uow.session, cmd["demand"])
    decision = answers.answer(known, cmd, _excluded(uow.session, known), uow.here)
    shown = _done(uow, decision)
    _follow(uow, decision.state)
    return shown


def accept(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    return _done(uow, answers.accept(store.demand(uow.session, cmd["demand"]), uow.here))


def withdraw(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = store.demand(uow.session, cmd["demand"])
    return _done(uow, answers.withdraw(known, cmd["why"], _excluded(uow.session, known), uow.here))


def take_made(uow: UnitOfWork, letter: Letter) -> None:
    """Keep a demand of an office above, or one that an office below made; once."""
    if store.row(uow.session, letter.data["demand"]) is None:
        _done(uow, rules.received(letter.data["demand"], letter.case, letter.office, letter.data, uow.here))


def take_answered(uow: UnitOfWork, letter: Letter) -> None:
    """The answer at the giver, or the word of it above. A demand that is gone with its case is not brought back."""
    known = store.demand(uow.session, letter.data["demand"])
    if known is None:
        uow.note("answer_not_kept", data={"demand": letter.data["demand"]})
        return
    decision = answers.take_answer(known, letter.data, letter.office, _excluded(uow.session, known), uow.here)
    _done(uow, decision)
    _follow(uow, decision.state)


def take_withdrawn(uow: UnitOfWork, letter: Letter) -> None:
    known = store.demand(uow.session, letter.data["demand"])
    if known is None:
        uow.note("withdrawal_not_kept", data={"demand": letter.data["demand"]})
        return
    _done(uow, answers.take_withdrawal(known, letter.data, letter.office))


def climb(uow: UnitOfWork, demand_id: str) -> None:
    """Take the steps of a demand that are due."""
    known = store.demand(uow.session, demand_id)
    if known is not None:
        _climb(uow, known)


def withdraw_from_recused(uow: UnitOfWork, case: str) -> None:
    """Withdraw what this office demands, about the case, of an office that is recused from it by now."""
    for known in store.open_of_case(uow.session, case, uow.here.office):
        excluded = _excluded(uow.session, known)
        if known.receiver in excluded:
            _done(uow, answers.withdrawn(known, RECUSED, excluded, uow.here))


def _done(uow: UnitOfWork, decision: Decision[Demand]) -> dict[str, Any]:
    uow.apply(decision, decision.state.case_id)
    _climb(uow, decision.state)
    return shown(uow.session, decision.state, uow.here)


def _follow(uow: UnitOfWork, answered: Demand) -> None:
    """Begin what follows an answer, once."""
    decision = answers.following(answered, _excluded(uow.session, answered), uow.here)
    if decision is not None and store.row(uow.session, decision.state.id) is None:
        _done(uow, decision)


def _climb(uow: UnitOfWork, demand: Demand) -> None:
    row = store.keep(uow.session, demand)
    row.next_at = dues.climb(uow, owed(uow.session, demand, uow.here))


def _excluded(session: Session, demand: Demand | None) -> tuple[str, ...]:
    """The offices recused from the demand's case, as the ledger knows them now."""
    line = ledger.line(session, demand.case_id) if demand is not None and demand.case_id else None
    return line.excluded if line is not None else ()


def owed(session: Session, demand: Demand, here: Here) -> dues.Owed:
    """The demand as something that climbs the ladder of its desk."""
    line = ledger.line(session, demand.case_id) if demand.case_id else None
    kind = here.policy.demand_kinds.get(demand.kind)
    return dues.Owed(
        id=demand.id,
        kind=demand.clock,
        number=demand.number or (kind.zh if kind is not None else demand.kind),
        desk=demand.desk,
        answerable=demand.receiver,
        started_at=demand.at,
        due=demand.due,
        done_at=demand.done_at,
        giver=demand.giver,
        case=demand.case_id,
        excluded=line.excluded if line is not None else (),
        recused=line.recused if line is not None else (),
    )


def shown(session: Session, demand: Demand, here: Here) -> dict[str, Any]:
    """A demand for its desk; ``stands`` says how it stands on time, ``role`` what this office has to do with it."""
    heard_at = clocks.heard_at(session, demand.receiver)
    return {
        "demand": demand.id,
        "case": demand.case_id,
        **{name: value for name, value in vars(demand).items() if name not in ("id", "case_id")},
        "role": rules.role(demand, here.office),
        "stands": dues.how_it_stands(owed(session, demand, here), here.now, heard_at, here.office),
    }
