"""What has to follow every change of a case's recusals: its veils in this office, and the figures of who was recused."""

from contracts.words import Ground
from network import veils
from network.ids import new_id
from network.uow import UnitOfWork
from services.assignment.persons import store
from services.assignment.persons.models import AssignmentRecusal
from services.assignment.state import CaseState

SYSTEM = "system"


def hide(uow: UnitOfWork, state: CaseState, *, own: bool | None = None) -> None:
    """Hide the case from who is recused by now; end the wait for triage; count what was decided here.

    ``own`` says whether this office decided: by default when a person acts, as a letter brings another office's decision.
    """
    if state.recalled:
        return
    veils.keep(uow.session, state.case, state.recused)
    if state.matched:
        veils.triaged(uow.session, state.case)
    decided_here = SYSTEM not in uow.actor.roles if own is None else own
    if decided_here and (state.excluded or state.recused):
        _count(uow, state)


def _count(uow: UnitOfWork, state: CaseState) -> None:
    counted = {row.who for row in store.recusals_of(uow.session, state.case)}
    for who in (*state.excluded, *state.recused):
        if who not in counted:
            ground(uow, state.case, who, Ground.OTHER.value, is_person=who in state.recused)


def ground(uow: UnitOfWork, case: str, who: str, word: str, *, is_person: bool) -> None:
    """On which ground (a word of ``Ground``) this office recused an office, or the person of a veil; once for each."""
    known = next((row for row in store.recusals_of(uow.session, case) if row.who == who), None)
    if known is None:
        row = AssignmentRecusal(id=new_id(), case=case, who=who, is_person=is_person, ground=word, at=uow.now)
        uow.session.add(row)
    else:
        known.ground = word
