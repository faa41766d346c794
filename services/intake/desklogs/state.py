"""Lines of the books at the counter. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class RosterDay:
    """Who sits in a room on a ``day`` (ISO); ``deputy`` is "" for nobody."""

    channel: str
    day: str
    officer: str
    officer_name: str
    deputy: str
    deputy_name: str
    at: datetime
    by: str


@dataclass(frozen=True)
class RoomVisit:
    """``heads`` people came; ``rostered`` says that the officer stood on the roster, else ``why`` says why not."""

    visit: str
    channel: str
    at: datetime
    heads: int
    officer: str
    officer_name: str
    rostered: bool
    why: str
    campaign: str
    clerk: str
    case: str = ""
    became_case: bool = False


@dataclass(frozen=True)
class Opening:
    """``letters`` were found; so many were ``registered``, others set ``aside``: ``{at, by, letters, why}``."""

    opening: str
    channel: str
    at: datetime
    openers: tuple[Mapping[str, str], ...]
    letters: int
    note: str
    campaign: str
    clerk: str
    registered: int = 0
    aside: tuple[Mapping[str, Any], ...] = ()

    @property
    def set_aside(self) -> int:
        return sum(each["letters"] for each in self.aside)

    @property
    def left(self) -> int:
        """How many letters nobody has accounted for yet."""
        return self.letters - self.registered - self.set_aside


@dataclass(frozen=True)
class Call:
    """A call that ``operator`` took; ``number_given`` and ``name_given`` say what the caller told, never what it was."""

    call: str
    channel: str
    at: datetime
    operator: str
    operator_name: str
    number_given: bool
    name_given: bool
    summary: str
    recording: str
    campaign: str
    clerk: str
    case: str = ""
    became_case: bool = False
