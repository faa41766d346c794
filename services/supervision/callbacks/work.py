"""Load, decide, save: call-backs asked for by offices below, and samples."""

from collections.abc import Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.letters import Letter
from contracts.words import Status
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.supervision.attention import work as attention
from services.supervision.callbacks import rules, store
from services.supervision.callbacks.models import CallBackRow
from services.supervision.duties import store as duties
from services.supervision.duties.rules import persons_of_unit
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line


def take_wanted(uow: UnitOfWork, letter: Letter) -> None:
    """Keep a call-back to make, once; nothing of a case that was recalled from here."""
    call = rules.wanted(letter, uow.here)
    gone = ledger.recalled_term(uow.session, letter.case) is not None
    if not gone and store.call_back(uow.session, call.id) is None:
        uow.session.add(CallBackRow(**vars(call)))
        uow.note("call_back_wanted", letter.case, "", {"call_back": call.id, "purpose": call.purpose})


def make(uow: UnitOfWork, cmd: Mapping[str, Any]) -> rules.CallBack:
    """What the reporter said. Raises NotFound, Refused."""
    row = store.call_back(uow.session, cmd["call_back"])
    call = as_state(rules.CallBack, row) if row is not None else None
    line = ledger.line(uow.session, call.case_id, lock=True) if call else None
    of_unit = persons_of_unit(line.holder, duties.duties(uow.session), local_day(uow.now)) if line else ()
    decision = rules.make(call, line, of_unit, cmd, uow.here)
    write_state(row, decision.state)
    uow.apply(decision, decision.state.case_id)
    if line is not None and decision.state.result == rules.PRESSED:
        attention.put_on_list(uow, line, rules.PRESSED)
    return decision.state


def open_reporter(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Write down who opens whom to call, and why. Raises NotFound, Refused."""
    row = store.call_back(uow.session, cmd["call_back"])
    call = rules.waiting(as_state(rules.CallBack, row) if row is not None else None, uow.here)
    uow.note("open_call_back", call.case_id, cmd["reason"], {"call_back": call.id})
    return {"call_back": call.id}


def draw(uow: UnitOfWork, before: Line | None, after: Line) -> None:
    """Put a petition that was just concluded on the list of call-backs, if it is of its month's sample; once."""
    if rules.falls_to(before, after, uow.here) and after.case_id not in store.sampled_cases(uow.session):
        uow.session.add(CallBackRow(**vars(rules.sample(new_id(), after, uow.here))))
        uow.note("call_back_drawn", after.case_id)


def sample(uow: UnitOfWork, share: int) -> dict[str, Any]:
    """Draw concluded cases of offices below that were not drawn before. → ``{sampled: how many}``."""
    here, known = uow.here, store.sampled_cases(uow.session)
    below = {office.id for office in here.tree.descendants(here.office)}
    concluded = ledger.lines_of_status(uow.session, uow.actor.desk, Status.CONCLUDED)
    fresh = [line for line in concluded if line.holder in below and line.case_id not in known]
    drawn = [line for line in fresh if rules.is_drawn(line.case_id, share, here.office)]
    uow.session.add_all(CallBackRow(**vars(rules.sample(new_id(), line, here))) for line in drawn)
    uow.note("sample_call_backs", data={"share": share, "sampled": len(drawn)})
    return {"sampled": len(drawn)}
