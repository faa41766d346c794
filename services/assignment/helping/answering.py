"""The helping office: it is asked, reports, or hears that help is no longer wanted. Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from services.assignment.helping.states import ASKED, RELEASED, REPORTED, HelpState
from services.assignment.helping.way import may_pass, on_the_way


def receive(
    known: HelpState | None, case: str, data: Mapping[str, Any], sender: str, here: Here
) -> Decision[HelpState | None]:
    """A request arrives here: a row. From a new holder it moves the answer there; one given already is given again."""
    if not may_pass(sender, data["asked_by"], here):
        return Decision(known, (), "refused", f"help_asked by {sender}")
    if known is None:
        lists: dict[str, Any] = {name: tuple(data[name]) for name in ("excluded", "recused")}
        fields = {name: told for name, told in data.items() if name != "to"}
        return Decision(HelpState(case, **{**fields, **lists}), (), "help_received", data={"by": data["asked_by"]})
    if known.asked_by == data["asked_by"]:
        return Decision(known, (), "refused", "help_asked again")
    moved = replace(known, asked_by=data["asked_by"], excluded=tuple(data["excluded"]))
    tells = (_answer(moved, here),) if moved.state == REPORTED else ()
    return Decision(moved, tells, "help_moved", data={"by": data["asked_by"]})


def report(state: HelpState, text: str, here: Here) -> Decision[HelpState]:
    """The helper says what it did; its part is done."""
    if state.state != ASKED:
        raise Refused("not_asked", "该协办事项已经反馈或者解除")
    done = replace(state, state=REPORTED, report=text, reported_at=here.now)
    return Decision(done, (_answer(done, here),), "help_reported", data={"ordinal": state.ordinal})


def _answer(state: HelpState, here: Here) -> Tell:
    data = {
        "ordinal": state.ordinal,
        "to": state.asked_by,
        "office": here.office,
        "at": state.reported_at,
        "report": state.report,
        "excluded": list(state.excluded),
    }
    return on_the_way("help_reported", state.case, data, here)


def on_released(state: HelpState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[HelpState | None]:
    """The helper hears it: the row stays with the reason, or goes when there is none."""
    if data["asked_by"] != state.asked_by or not may_pass(sender, data["asked_by"], here):
        return Decision(state, (), "refused", f"help_released by {sender}")
    if not data["reason"]:
        return Decision(None, (), "help_withdrawn")
    if state.state != ASKED:
        return Decision(state, (), "refused", "help_released after the report")
    return Decision(replace(state, state=RELEASED, why=data["reason"], text=None), (), "help_released")
