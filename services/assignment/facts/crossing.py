"""An ordinary petition turns out to accuse somebody: it crosses, sealed, to the district's discipline desk. Pure.

As with a report that was sealed from the first (R03, R14), only a custody line stays in the petition office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import DISCIPLINE_CATEGORY, line
from contracts.words import Desk, Nature, Status
from services.assignment import clocks, guards
from services.assignment.helping.states import HelperState
from services.assignment.helping.travelling import withdrawn
from services.assignment.recusal.rules import is_below, next_override, recall
from services.assignment.state import CaseState


def to_discipline(
    state: CaseState, cmd: Mapping[str, Any], here: Here, helpers: Sequence[HelperState] = ()
) -> Decision[CaseState]:
    """Send it on as a report of the same receipt, and forget it here, with its helpers, and in every office below.

    What came from above is returned first: whoever sent it has its text too, and sends it on itself.
    """
    _may_cross(state, cmd, here)
    desk = f"{here.tree.root.id}/{Desk.DISCIPLINE.value}"
    if cmd["sealed"] is None or desk not in cmd["sealed"]["keys"] or cmd["sealed"]["case"] != cmd["as_case"]:
        raise Refused("not_sealed_for", "密封件不是密封给区纪检窗口的", {"sealed": [f"没有{desk}的密钥"]})
    gone = replace(state.wiped(), override=next_override(state.override, here), n=0, allotted=0)
    bare = replace(state, desk=Desk.DISCIPLINE.value, clocks={}, from_office="", repeat_of="", came_at=state.entered_at)
    sealed, _ = clocks.begin(bare, here)  # as the district will register it
    had_it = [office for office in state.seen if is_below(office, here) and office not in state.excluded]
    knowing = [office for office in line(here.tree, here.office) if office not in state.excluded]
    tells = (
        *recall(had_it, gone, gone.term, here),
        *withdrawn(state, helpers, had_it, here),
        *(Tell(office, "supervision", "case_resealed", state.case, {"at": here.now}) for office in knowing),
        Tell(here.office, "intake", "case_sent_up", state.case, {"recipient": desk, "at": here.now}),
        clocks.public(sealed, "offered", here, as_case=cmd["as_case"]),
        Tell(here.tree.root.id, "intake", "report_filed", cmd["as_case"], _report(state, cmd)),
    )
    return Decision(gone, tells, "to_discipline")


def _may_cross(state: CaseState, cmd: Mapping[str, Any], here: Here) -> None:
    if state.desk != Desk.PETITION:
        raise Refused("not_petition", "该事项已在纪检窗口")
    guards.held(state, here)
    guards.status(state, Status.REGISTERED, Status.ACCEPTED)
    if state.opinion_no:
        raise Refused("has_opinion", "该事项已经出具过处理意见,请另行登记检举控告")
    if state.from_office in line(here.tree, here.office):
        raise Refused("from_above", "该事项由上级转来,请退回上级,由其转纪检窗口")
    if cmd["as_case"] == state.case:
        raise Refused("itself", "转纪检窗口后须另立事项", {"as_case": ["与原事项相同"]})


def _report(state: CaseState, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The petition as a report that was sealed where it was taken, received when the petition was."""
    kept = {name: getattr(state, name) for name in ("receipt_hash", "channel", "real_name", "contactable")}
    blank = {"place": "", "text": None, "reporter": None, "urgent": False}
    of_discipline = {
        "case": cmd["as_case"],
        "filed_at": state.entered_at,
        "desk": Desk.DISCIPLINE.value,
        "nature": Nature.ACCUSE.value,
        "category": DISCIPLINE_CATEGORY,
        "sealed": cmd["sealed"],
    }
    return {**kept, **blank, **of_discipline}
