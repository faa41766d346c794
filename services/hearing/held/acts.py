"""Load, decide, save, say: hearings that were held."""

from collections.abc import Sequence

from contracts.letters import Letter
from contracts.words import Desk
from network.uow import UnitOfWork
from services.hearing.cases.rules import HearingCase
from services.hearing.held import rules, store
from services.hearing.sessions.rules import Hearing


def completed(uow: UnitOfWork, hearing: Hearing, cases: Sequence[HearingCase], resolved: Sequence[str]) -> None:
    """A hearing of this office was completed: it counts here and above."""
    if any(case.desk != Desk.PETITION for case in cases):
        return
    state = rules.held(hearing, cases, resolved, uow.here)
    store.keep(uow.session, state)
    uow.tell_all(rules.tells(state, cases, uow.here))


def told(uow: UnitOfWork, letter: Letter) -> None:
    """A hearing below was completed; the first word counts."""
    state = rules.told(letter.office, letter.data, uow.here)
    if store.known(uow.session, state.session) is None:
        store.keep(uow.session, state)
    uow.note("hearing_held", data={"session": state.session, "office": letter.office})
