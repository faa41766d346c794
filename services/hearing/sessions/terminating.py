"""The terminating opinion after a hearing (听证终结, S100, S107). It touches no right to review, and says so. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.authority import leader
from contracts.context import Decision, Here
from contracts.errors import Refused
from services.hearing.cases.rules import HearingCase, told
from services.hearing.reviews.standing import Standing, remedy
from services.hearing.sessions.rules import Hearing


@dataclass(frozen=True)
class Termination:
    """A terminating opinion; it says what can still be done."""

    session_id: str
    case_id: str
    number: str
    opinion: str
    standard: tuple[Any, ...]
    remedy: str
    at: datetime
    by: str


def terminate(
    case: HearingCase, hearings: Sequence[Hearing], now: Standing, organ: str, cmd: Mapping[str, Any], here: Here
) -> Decision[Termination]:
    """A terminating opinion on the latest completed hearing (S107). It touches no right to review and says so.

    Refused: no completed hearing, a point of the standard not met (S100).
    """
    leader(here)
    held = [each for each in hearings if each.state == "completed"]
    if not held:
        raise Refused("no_hearing", "须在听证完成后作出", {"case": ["没有已完成的听证"]})
    unmet = [point["point"] for point in cmd["standard_met"] if not point["met"]]
    if unmet:
        raise Refused("standard_not_met", "未达到终结标准", {"standard_met": unmet})
    termination = Termination(
        session_id=max(held, key=lambda each: each.ordinal).id,
        case_id=case.case,
        number="",
        opinion=cmd["opinion"],
        standard=tuple(dict(point) for point in cmd["standard_met"]),
        remedy=remedy(now, organ),
        at=here.now,
        by=here.actor.id,
    )
    return Decision(termination, told(case, "terminated", here), "terminate", "", {"remedy": now.word})


def with_number(termination: Termination, number: str) -> Termination:
    """The terminating opinion as its document goes out."""
    return replace(termination, number=number)
