"""Who is told of a case's course: the milestone to supervision, and the step on the public status page.

Both are thin on purpose. A milestone bears neither persons nor text; for the discipline desk not even the place. A
public step bears neither names nor inner notes (design.md section 4, "Clocks and escalation" and "Recusal").
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from contracts.calendar import local_day
from contracts.context import Here, OfficeTree
from contracts.letters import Tell
from contracts.words import ClockAct, Desk

DISCIPLINE_CATEGORY = "C15"
PORTAL = "portal"


class CaseLike(Protocol):
    """What telling needs of a case's state, whichever service keeps it."""

    @property
    def case(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def receipt_hash(self) -> str: ...
    @property
    def desk(self) -> str: ...
    @property
    def entry_office(self) -> str: ...


class HeldCase(CaseLike, Protocol):
    """What a milestone needs besides: where the case stands and who holds it."""

    @property
    def status(self) -> str: ...
    @property
    def holder(self) -> str: ...
    @property
    def override(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def entered_at(self) -> datetime: ...
    @property
    def category(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def offered_to(self) -> str: ...
    @property
    def excluded(self) -> Sequence[str]: ...
    @property
    def recused(self) -> Sequence[str]: ...
    @property
    def flags(self) -> Sequence[str]: ...


class DueLike(Protocol):
    """A computed due date; ``contracts.calendar.Due`` is one."""

    @property
    def at(self) -> datetime: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def how(self) -> tuple[str, ...]: ...


def clock(kind: str, act: ClockAct, at: datetime, due: DueLike | None = None) -> dict[str, Any]:
    """An act on clock ``kind`` for a milestone (contracts.events.ClockSchema). START and EXTEND need ``due``."""
    told: dict[str, Any] = {"kind": kind, "act": act.value, "at": at}
    if due is not None:
        told |= {"due": due.at, "provisional": due.provisional, "how": list(due.how)}
    return told


def milestone(
    state: HeldCase,
    what: str,
    here: Here,
    clocks: Sequence[Mapping[str, Any]] = (),
    *,
    to: Sequence[str] | None = None,
) -> tuple[Tell, ...]:
    """``case_milestone`` to the own supervision and to that of every ancestor, or to the offices ``to`` instead.

    Excluded offices are never told.
    """
    data = _stub(state, what, here.now, clocks)
    offices = line(here.tree, here.office) if to is None else to
    return tuple(
        Tell(office, "supervision", "case_milestone", state.case, data)
        for office in offices
        if office not in state.excluded
    )


def line(tree: OfficeTree, office: str) -> tuple[str, ...]:
    """The office and those above it, nearest first."""
    return (office, *(above.id for above in tree.ancestors(office)))


def _stub(state: HeldCase, what: str, at: datetime, clocks: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    secret = state.desk == Desk.DISCIPLINE
    return {
        "number": state.number,
        "what": what,
        "at": at,
        "desk": state.desk,
        "status": state.status,
        "holder": state.holder,
        "term": {"override": state.override, "n": state.n},
        "entry_office": state.entry_office,
        "entered_at": state.entered_at,
        "category": DISCIPLINE_CATEGORY if secret else state.category,
        "place": "" if secret else state.place,
        "offered_to": state.offered_to,
        "excluded": list(state.excluded),
        "clocks": [dict(each) for each in clocks],
        "recused": list(state.recused),
        "flags": list(state.flags),
        "repeat_of": getattr(state, "repeat_of", ""),  # only assignment knows which case it repeats
    }


def progress(
    state: CaseLike,
    step: str,
    here: Here,
    due: datetime | None = None,
    how: Sequence[str] = (),
    *,
    note: str = "",
    as_case: str = "",
) -> Tell:
    """``case_progress`` to the portal: one step of the public status, at the tier of the acting office.

    ``due`` with ``how`` it was computed is the day by which the next answer is promised; ``note`` is public text;
    ``as_case`` is the case under which the receipt's further steps will come, where it goes on as another.
    For the discipline desk office, number and entry office stay blank.
    """
    secret = state.desk == Desk.DISCIPLINE
    data = {
        "receipt_hash": state.receipt_hash,
        "desk": state.desk,
        "entry_office": "" if secret else thread_office(state, here),
        "step": step,
        "at": here.now,
        "tier": here.tier,
        "office": "" if secret else here.office,
        "number": "" if secret else state.number,
        "due": due,
        "how": list(how),
        "note": note,
        "as_case": as_case,
    }
    return Tell(PORTAL, PORTAL, "case_progress", state.case, data)


def thread_office(state: CaseLike, here: Here) -> str:
    """The office that supplements and ratings go to: the entry office, unless it is recused or no more; then the acting one."""
    gone = state.entry_office in getattr(state, "excluded", ()) or is_over(state.entry_office, here)
    return here.office if gone else state.entry_office


def is_over(office: str, here: Here) -> bool:
    """Whether the district file says that an office ended before today, or has it no more."""
    try:
        until = here.tree.office(office).valid_to
    except KeyError:
        return True
    return until is not None and until < local_day(here.now)
