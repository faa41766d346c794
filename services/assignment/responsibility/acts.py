"""Load, decide, save: hand-overs of seats, awards and sanctions."""

from collections.abc import Mapping
from typing import Any

from contracts.towns import town_of
from contracts.veils import is_veiled
from network import veils
from network.ids import new_id
from network.uow import UnitOfWork
from services.assignment.models import AssignmentCase
from services.assignment.officials.store import in_force
from services.assignment.responsibility import rules, store, views
from services.assignment.responsibility.rules import HandOver


def open_hand_over(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Open a hand-over with the open matters of the town, but for those that one of the two may know nothing of."""
    known = [each.change for each in store.hand_overs(uow.session, cmd["town"])]
    decision = rules.open_hand_over(new_id(), cmd, in_force(uow.session).officials, known, uow.here)
    made = decision.state
    store.write_hand_over(uow.session, made)
    store.add_matters(uow.session, made.hand_over, _open_matters(uow, made))
    uow.apply(decision)
    uow.session.flush()
    return views.hand_over(uow.session, made, uow.here)


def _open_matters(uow: UnitOfWork, made: HandOver) -> list[AssignmentCase]:
    def may_be_told(row: AssignmentCase) -> bool:
        recused = (*row.recused, *veils.kept(uow.session, row.case))
        return not any(is_veiled(row.case, person, recused) for person in (made.outgoing, made.incoming))

    tree = uow.here.tree
    return [
        row
        for row in store.petitions(uow.session)
        if row.status in store.OPEN and town_of(row.holder, tree) == made.town and may_be_told(row)
    ]


def sign_hand_over(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """One of the two confirms."""
    decision = rules.sign(store.hand_over(uow.session, cmd["hand_over"]), cmd, uow.here)
    store.write_hand_over(uow.session, decision.state)
    uow.apply(decision)
    return views.hand_over(uow.session, decision.state, uow.here)


def record_merit(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A record for each of the five, in one commit."""
    decision = rules.record(new_id(), cmd, in_force(uow.session).officials, uow.here)
    store.add_merits(uow.session, decision.state)
    uow.apply(decision)
    return {"merit": decision.state[0].merit, "merits": [views.merit(each, uow.here) for each in decision.state]}
