"""A disposed file is gone from every office that has the case, not from its holder alone. Pure decisions.

The holder tells the offices that had the case on its way; each empties its copy by the same rule, with the years of its own
policy, and tells those that it knows of. What an office above or below says is not enough to delete anything too early.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.words import Desk
from services.assignment import guards
from services.assignment.outcome import filing
from services.assignment.outcome.filing import FileState
from services.assignment.state import CaseState


def emptied(state: CaseState) -> CaseState:
    """What stays of a case: its line, without what was said or who said it."""
    return replace(state, text=None, reporter=None, sealed=None, supplements=(), settled="", place="")


def tells(state: CaseState, file: FileState, here: Here) -> tuple[Tell, ...]:
    """The words of the holder that disposes of the file: to its own register where it was entered here, and along the line."""
    told = {"at": here.now, "closed_at": file.closed_at, "retention": file.retention}
    return (*_own_register(state, here), *_along(state, told, "", here))


def on_told(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The file was disposed of where it is kept: the copy goes here too, unless by this office's own count it is too early."""
    if state.recalled or state.holder == here.office or sender not in _others(state, here):
        return guards.unheard(state, f"copy_disposed by {sender}")
    term = here.policy.retention.get(data["retention"])
    until = filing.keep_until(data["closed_at"], term) if term is not None else None
    if until is None or here.now <= until or data["closed_at"] < state.entered_at:
        return Decision(state, (), "refused", f"copy_disposed too early by {sender}")
    gone = emptied(state)
    if gone == state:  # told by another already
        return Decision(state, (), "copy_disposed_before")
    return Decision(gone, (*_own_register(state, here), *_along(state, data, sender, here)), "copy_disposed")


def _own_register(state: CaseState, here: Here) -> tuple[Tell, ...]:
    """The own register, where it was entered here; of a discipline report the own supervision too, which has its measures."""
    own = ("intake",) if state.entry_office == here.office else ()
    to = (*own, "supervision") if state.desk == Desk.DISCIPLINE else own
    return tuple(Tell(here.office, service, "file_disposed", state.case, {"at": here.now}) for service in to)


def _along(state: CaseState, data: Mapping[str, Any], but: str, here: Here) -> tuple[Tell, ...]:
    others = [office for office in _others(state, here) if office != but]
    return tuple(Tell(office, "assignment", "copy_disposed", state.case, dict(data)) for office in others)


def _others(state: CaseState, here: Here) -> tuple[str, ...]:
    """The offices above and below that may have the case; a recused one has nothing of it and hears nothing."""
    related = (*here.tree.ancestors(here.office), *here.tree.descendants(here.office))
    reach = {office.id for office in related} - set(state.excluded)
    had = dict.fromkeys((state.from_office, state.passed_to, state.holder, state.entry_office, *state.seen))
    return tuple(office for office in had if office in reach)
