"""Which case a report may be linked to as a repeat (重件, "同人+同事"), and who confirms it. Pure decisions.

What an office can know is its own register with the cases that passed through it: only a case of the same desk that stands
there may be named. Who sent the case down confirms, or the office that took it in, never the office that the first report
was handled by and that the repeat therefore speaks against (domain section 7, "No harm by counting").
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from services.assignment import guards
from services.assignment.handling import rules
from services.assignment.state import CaseState


def link(
    state: CaseState, cmd: Mapping[str, Any], first: CaseState | None, here: Here, *, followed: bool
) -> Decision[CaseState]:
    """Link it here, or as the one that sent it down have it linked where it is held by now.

    ``first`` is the case with that number as it stands here, ``followed`` whether a case is linked to this one.
    """
    if cmd["repeat_of"] != state.number:
        _known(state, first, followed=followed)
    if not _sent_down(state, here):
        held = rules.link_repeat(state, cmd, here)
        _not_against_us(state, first, here)
        return held
    guards.not_recalled(state)
    guards.open_case(state)
    if cmd["repeat_of"] == state.number:
        raise Refused("itself", "不能与自身关联", {"repeat_of": ["与本件编号相同"]})
    return _onward(state, {"repeat_of": cmd["repeat_of"], "at": here.now})


def _known(state: CaseState, first: CaseState | None, *, followed: bool) -> None:
    if first is None:
        raise Refused("unknown_number", "本窗口登记中没有这个编号", {"repeat_of": ["没有这个编号"]})
    if first.repeat_of:
        raise Refused("chain", "该件本身是重件,请关联初件", {"repeat_of": [f"初件编号{first.repeat_of}"]})
    if followed:
        raise Refused("followed", "已有重件关联到本件,本件是初件", {"repeat_of": ["本件已有重件"]})
    if first.entered_at > state.entered_at:
        raise Refused("later", "初件应当先于重件收到", {"repeat_of": ["晚于本件"]})


def _not_against_us(state: CaseState, first: CaseState | None, here: Here) -> None:
    above = [office.id for office in here.tree.ancestors(here.office)]
    if first is not None and first.holder == here.office and state.from_office in above:
        raise Refused("against_us", "初件由本机关办理,重件由转来机关确认", {"repeat_of": ["由转来机关确认"]})


def _sent_down(state: CaseState, here: Here) -> bool:
    """Whether an office below signed for it from here."""
    return state.holder != here.office and _below(state.passed_to, here)


def _below(office: str, here: Here) -> bool:
    return office in [each.id for each in here.tree.descendants(here.office)]


def _onward(state: CaseState, data: Mapping[str, Any]) -> Decision[CaseState]:
    linked = replace(state, repeat_of=data["repeat_of"])
    tell = Tell(state.passed_to, "assignment", "repeat_confirmed", state.case, dict(data))
    return Decision(linked, (tell,), "repeat_confirmed", "", {"repeat_of": data["repeat_of"]})


def on_confirmed(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """The office that sent it down says that it is a repeat; it goes on to the holder. From nobody else, and once."""
    above = [office.id for office in here.tree.ancestors(here.office)]
    believed = sender == state.from_office and sender in above and not state.recalled and state.is_open
    if not believed or state.repeat_of == data["repeat_of"]:
        return guards.unheard(state, f"repeat_confirmed by {sender}")
    if state.holder == here.office:
        return rules.linked(state, data["repeat_of"], here)
    return _onward(state, data) if _below(state.passed_to, here) else guards.unheard(state, "repeat_confirmed")
