"""A hearing is adjourned to another day, or cancelled. Neither makes it one that was held. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import clock
from contracts.words import ClockAct
from services.hearing.cases.rules import HearingCase, told
from services.hearing.reviews.standing import FINAL, Review
from services.hearing.sessions.rules import Hearing, resumed, still_open


def adjourn(case: HearingCase, hearing: Hearing, cmd: Mapping[str, Any], here: Here) -> Decision[Hearing]:
    """It goes on another day (休会、延期); what was recorded stays. Raises Refused."""
    still_open(hearing)
    if cmd["planned_at"] < here.now:
        raise Refused("planned_past", "听证时间不能早于现在", {"planned_at": ["早于现在"]})
    word = {
        "from": hearing.planned_at.isoformat(),
        "reason": cmd["reason"],
        "at": here.now.isoformat(),
        "by": here.actor.id,
    }
    state = replace(hearing, planned_at=cmd["planned_at"], adjourned=(*hearing.adjourned, word))
    return Decision(
        state, told(case, "hearing_adjourned", here), "adjourn_hearing", cmd["reason"], {"session": hearing.id}
    )


def cancel(
    case: HearingCase, hearing: Hearing, final: Review | None, cmd: Mapping[str, Any], here: Here
) -> Decision[tuple[Hearing, Review | None]]:
    """It is not held. Within a final review K10 runs again, the days since the call not counted. Raises Refused."""
    still_open(hearing)
    state = replace(hearing, state="cancelled", cancelled_why=cmd["reason"])
    again = resumed(final, here) if hearing.for_level == FINAL and final else None
    ends = Due(again.due, again.provisional, again.how) if again and again.due else None
    clocks = [clock("K10", ClockAct.RESUME, here.now, ends)] if ends else []
    tells = told(case, "hearing_cancelled", here, clocks, ends)
    return Decision((state, again), tells, "cancel_hearing", cmd["reason"], {"session": hearing.id})
