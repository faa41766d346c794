"""A letter about help on its way: from whom it is believed, and to which neighbour it goes next. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.telling import line
from services.assignment.routing.rules import step_towards
from services.assignment.state import CaseState


def on_the_way(type_: str, case: str, data: Mapping[str, Any], here: Here) -> Tell:
    """A letter for ``data["to"]``, to the next office on the way there that is not recused."""
    shunned = set(data["excluded"]) - {data["to"]}
    return Tell(step_towards(data["to"], here, shunned), "assignment", type_, case, data)


def may_pass(sender: str, asked_by: str, here: Here) -> bool:
    """Whether a letter said to be from ``asked_by`` may come from ``sender``: it itself, or one above it or this office."""
    try:
        return sender in (*line(here.tree, asked_by), *line(here.tree, here.office))
    except KeyError:
        return False


def pass_on(
    state: CaseState | None, type_: str, case: str, data: Mapping[str, Any], sender: str, by: str, here: Here
) -> Decision[CaseState | None]:
    """An office on the way passes a letter on. ``by`` is who it says it is from, ``state`` what this office has itself.

    What is for a recused office ends here; the case kept here learns that the receiver may have had a word of it.
    """
    to = data["to"]
    try:
        there = line(here.tree, to) if here.tree.in_network(to) else ()
    except KeyError:
        there = ()
    shunned = (*data["excluded"], *(state.excluded if state else ()))
    withheld = to in shunned and type_ != "help_released"
    if not there or withheld or not may_pass(sender, by, here):
        return Decision(state, (), "refused", f"{type_} by {sender}")
    if state is not None and not state.recalled:
        state = replace(state, seen=tuple(dict.fromkeys((*state.seen, *there))))
    return Decision(state, (on_the_way(type_, case, data, here),), "passed_on", "", {"type": type_})
