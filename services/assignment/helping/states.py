"""What this room keeps, as its rules see it. Values only."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.calendar import Due

ASKED, REPORTED, RELEASED = "asked", "reported", "released"


@dataclass(frozen=True)
class HelperState:
    """At whoever holds the case: ``office`` was asked for help number ``ordinal``; due as a clock has it.

    ``reported_at`` is when the helper reported, ``heard_at`` when that arrived at the holder.
    """

    case: str
    ordinal: int
    office: str
    what: str
    asked_at: datetime
    due: datetime
    provisional: bool
    how: tuple[str, ...]
    state: str = ASKED
    report: str = ""
    reported_at: datetime | None = None
    heard_at: datetime | None = None
    why: str = ""

    @property
    def ends(self) -> Due:
        return Due(self.due, self.provisional, tuple(self.how))

    @property
    def ref(self) -> str:
        """What tells its clock from the others of the case."""
        return f"h{self.ordinal}"


@dataclass(frozen=True)
class HelpState:
    """At the helping office: what ``asked_by`` wants of it. It sees this and no more of the case.

    ``excluded`` are offices that the answer must not go through.
    """

    case: str
    ordinal: int
    desk: str
    asked_by: str
    number: str
    category: str
    place: str
    text: str | None
    what: str
    asked_at: datetime
    due: datetime
    excluded: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    state: str = ASKED
    report: str = ""
    reported_at: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class DisputeState:
    """At the common superior: which of ``offices`` is competent (XF22 art. 24). Due by the policy's ``dispute_days``.

    ``way`` is who decided ("" while open); of a joint conference (联席会议) who took part, its day and its document.
    """

    case: str
    desk: str
    number: str
    category: str
    place: str
    holder: str
    offices: tuple[str, ...]
    reason: str
    raised_by: str
    raised_at: datetime
    due: datetime
    recused: tuple[str, ...] = ()
    state: str = "open"
    decided: str = ""
    why: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    way: str = ""
    participants: tuple[str, ...] = ()
    held_on: date | None = None
    document_no: str = ""


@dataclass(frozen=True)
class TeamState:
    """A case team of one desk; ``members`` are officials' ids."""

    desk: str
    team: str
    name: str
    area: str
    members: tuple[str, ...]
    formed_at: datetime
    formed_by: str
