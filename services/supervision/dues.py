"""What an office owes outside any case, on the ladder of its desk: the answer to a demand, the return of a period.

It climbs by the same clock, ladder, steps and orders as a case does, on a line that stands in no ledger. Every office above
has the row itself and takes its own steps, so that no office below has to tell it (docs/adr/0019-dues-without-a-case.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from contracts.context import OfficeTree
from contracts.policy_parts import Step
from contracts.words import Desk, Status
from network.uow import UnitOfWork
from services.supervision import firing, keeping
from services.supervision.clocks import ladder
from services.supervision.clocks import store as clocks
from services.supervision.clocks.models import ClockRow
from services.supervision.clocks.rules import Clock, Span
from services.supervision.ledger.rules import Line


@dataclass(frozen=True)
class Owed:
    """Something due of ``answerable`` by ``due``, done at ``done_at``. Its steps stand under its case, else its ``id``.

    ``giver`` is the office that demanded it, "" where the calendar did; ``case`` the case it is about, if any, with the
    offices and persons recused from it.
    """

    id: str
    kind: str
    number: str
    desk: str
    answerable: str
    started_at: datetime
    due: datetime
    done_at: datetime | None = None
    giver: str = ""
    case: str = ""
    excluded: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()


def clock_of(owed: Owed) -> Clock:
    """Its clock: one run, ended when it was done."""
    state, done = ("running", None) if owed.done_at is None else ("stopped", owed.done_at)
    span = Span(owed.started_at, owed.started_at, owed.due, done)
    return Clock(state, owed.started_at, owed.due, stopped_at=done, spans=(span,))  # type: ignore[arg-type]


def owner_of(owed: Owed, tree: OfficeTree) -> Callable[[Step], str | None]:
    """The one office that takes each step.

    What an office demanded is pressed by that office and those above it: the order is its own where the office next above
    the addressee stands below it and knows nothing of the demand; such an office's other steps are skipped.
    """
    duty = ladder.Duty(owed.answerable, owed.answerable)
    pressing = {owed.giver, *(office.id for office in tree.ancestors(owed.giver))} if owed.giver else None

    def owner(step: Step) -> str | None:
        found = ladder.step_owner(step, duty, tree, owed.excluded)
        if pressing is None or ladder.is_reminder(step) or found in (None, *pressing):
            return found
        return owed.giver if step.who == "nearest" else None

    return owner


def climb(uow: UnitOfWork, owed: Owed) -> datetime | None:
    """Take the steps due here by now, withdraw those undone by what came late. → when to look again, None if never."""
    row, line, clock = _row(owed), _line(owed, uow.here.tree), clock_of(owed)
    uow.session.flush()
    steps = [step for step in clocks.steps_of(uow.session, row.case_id) if (step.kind, step.ref) == (row.kind, row.ref)]
    for step in steps:
        keeping.withdraw_if_undone(uow, line, owed.kind, clock, step)
    taken = {(step.step, step.due) for step in steps}
    rungs = ladder.steps_of(uow.here.policy, owed.kind, Desk(owed.desk))
    found = ladder.firings(clock, rungs, owner_of(owed, uow.here.tree), uow.here.office)
    waiting = [each for each in found if (each.step.name, each.due) not in taken]
    for each in waiting:
        if each.at <= uow.now:
            firing.take(uow, row, line, each)
    return min((each.at for each in waiting if each.at > uow.now), default=None)


def how_it_stands(owed: Owed, now: datetime, heard_at: datetime | None, here: str) -> str:
    """``open``, ``on_time`` or ``late``; ``unconfirmed`` where the office was not heard past the due moment."""
    if owed.done_at is not None:
        return "on_time" if owed.done_at <= owed.due else "late"
    if now <= owed.due:
        return "open"
    silent = owed.answerable != here and ladder.is_unconfirmed(owed.due, heard_at)
    return "unconfirmed" if silent else "late"


def _row(owed: Owed) -> ClockRow:
    """The clock as a step is taken of it; it is kept nowhere. Under its case, so that whom the case hides from sees none."""
    ref = owed.id[:20] if owed.case else ""
    return ClockRow(case_id=owed.case or owed.id, kind=owed.kind, ref=ref, teller=owed.answerable)


def _line(owed: Owed, tree: OfficeTree) -> Line:
    """The line as a step is taken of it; it stands in no ledger."""
    return Line(
        case_id=owed.case or owed.id,
        number=owed.number,
        desk=owed.desk,
        category="",
        place="",
        entry_office=owed.giver or owed.answerable,
        entered_at=owed.started_at,
        arrived_at=owed.started_at,
        status=Status.REGISTERED.value,
        holder=owed.answerable,
        holder_tier=tree.office(owed.answerable).tier,
        override=0,
        n=0,
        offered_to="",
        excluded=owed.excluded,
        terms=(),
        what="",
        told_at=owed.started_at,
        told_by=owed.giver or owed.answerable,
        last_heard_at=owed.started_at,
        recused=owed.recused,
    )
