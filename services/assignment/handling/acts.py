"""Load, decide, save, say: the acts of handling that need more than the case, in the given unit of work."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.words import Proof
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment import acts
from services.assignment import store as cases
from services.assignment.handling import linking, rules, settling
from services.assignment.outcome import acts as outcome
from services.assignment.outcome import calling, store
from services.assignment.state import CaseState


def accept(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Accept it; what a repeat brings that is new is kept as a note."""
    given = {name: cmd[name] for name in ("procedure", "new_facts")}
    return acts.command(uow, cmd, lambda state, here: rules.accept(state, here, **given), "new_facts", cmd["new_facts"])


def decline(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Refuse it; what is final is looked up by the number of the case that this one repeats."""

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        return rules.decline(state, cmd, here, store.final_opinions(uow.session, state.repeat_of, state.desk))

    return acts.command(uow, cmd, rule, "declined", cmd["guidance"])


def confirm_settlement(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Conclude it, or have an office above ask the person first."""
    if cmd["proof"] == Proof.CALL_BACK:
        return outcome.ask(uow, cmd, "settlement", cmd["how"], calling.may_be_settled)
    proof = cmd["proof"]
    return acts.command(uow, cmd, lambda state, here: settling.confirm(state, here, proof), "confirmed", cmd["how"])


def link_repeat(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Link it to a case of this desk that stands here; what stands nowhere here cannot be confirmed."""
    row = cases.by_number(uow.session, cmd["repeat_of"], uow.actor.desk)
    first = as_state(CaseState, row) if row is not None else None

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        followed = bool(state.number) and cases.is_followed(uow.session, state.number, state.desk)
        return linking.link(state, cmd, first, here, followed=followed)

    return acts.command(uow, cmd, rule)
