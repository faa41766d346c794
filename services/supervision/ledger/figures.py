"""Figures of petitions by their course, of this office and those below, from what their milestones told (S4, S55, S63, S69)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from statistics import median

from sqlalchemy.orm import Session

from contracts.activities import campaign_flag
from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.supervision.clocks import store as clocks
from services.supervision.clocks.models import ClockRow
from services.supervision.ledger import store
from services.supervision.ledger.rules import Line

MILESTONES = ("case_milestone",)
NOTICES, HANDLING = ("K2", "K3"), ("K5", "K16")
MARKS = (("hot", "热点"), ("hard", "难点"), ("bounced", "多次退回"))


def counted(session: Session, here: Here, wanted: Wanted) -> list[Line]:
    """The petitions that count: entered at, or held by, an office that is wanted; of the campaign, where one is."""
    offices = wanted.offices(here)
    lines = store.all_lines(session, Desk.PETITION.value)
    mine = [line for line in lines if line.entry_office in offices or line.holder in offices]
    read = [line for line in mine if wanted.reader not in (*line.recused, *line.excluded)]
    return [line for line in read if not wanted.campaign or campaign_flag(wanted.campaign) in line.flags]


def kept_from_reader(session: Session, desk: str, wanted: Wanted) -> frozenset[str]:
    """The cases of a desk that the office which will read the figures is recused from; none where the own office reads."""
    if not wanted.reader:
        return frozenset()
    lines = store.all_lines(session, desk)
    return frozenset(line.case_id for line in lines if wanted.reader in (*line.recused, *line.excluded))


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``received``: entered in these days, repeats among them counted apart. ``concluded`` and ``resolved``: came to it in
    these days and stand so still; one that was opened again or disputed does not. ``first_time``: concluded ones that no
    other petition was linked to as a repeat of. Notices (K2, K3) and handling (K5 with its lawful extension, K16) count
    where they are due in these days: on time if stopped by then. ``median_days``: from entry to conclusion.
    Repeat rates are shown and never scored (domain section 7).
    """
    lines = counted(session, here, wanted)
    yield from _course(lines, wanted)
    rows = clocks.clocks_of(session, [line.case_id for line in lines])
    yield _on_time("notices_on_time", "按期告知率", _due(rows, NOTICES, wanted))
    yield _on_time("concluded_on_time", "按期办结率", _due(rows, HANDLING, wanted))


def _course(lines: Sequence[Line], wanted: Wanted) -> Iterator[Figure]:
    received = [line for line in lines if wanted.begins <= line.entered_at < wanted.ends]
    concluded = [line for line in lines if _within(line.concluded_at, wanted)]
    repeated = {line.repeat_of for line in lines if line.repeat_of}
    resolved = [line for line in lines if _within(line.resolved_at, wanted)]
    yield _of("received", "收到信访事项", received)
    yield _of("repeats", "其中重件", [line for line in received if line.repeat_of], len(received))
    for flag, zh in MARKS:
        yield _of(flag, f"其中{zh}", [line for line in received if flag in line.flags], len(received))
    yield _of("open", "其中尚未办结", [line for line in received if line.is_open], len(received))
    yield _of("concluded", "办结", concluded)
    yield _of("resolved", "化解", resolved)
    once = [line for line in concluded if line.number not in repeated]
    yield _of("first_time", "一次性化解率", once, len(concluded))
    yield Figure("median_days", "办结天数(中位数)", _median_days(concluded))


def _of(name: str, zh: str, lines: Sequence[Line], base: int | None = None) -> Figure:
    """So many cases, with which ones."""
    return Figure(name, zh, len(lines), base, tuple(line.case_id for line in lines), MILESTONES)


def _within(at: datetime | None, wanted: Wanted) -> bool:
    return at is not None and wanted.begins <= at < wanted.ends


def _median_days(concluded: Iterable[Line]) -> int:
    """Calendar days from entry to conclusion; 0 where none was concluded."""
    days = [(local_day(line.concluded_at) - local_day(line.entered_at)).days for line in concluded if line.concluded_at]
    return round(median(days)) if days else 0


def _due(rows: Iterable[ClockRow], kinds: Collection[str], wanted: Wanted) -> list[ClockRow]:
    return [row for row in rows if row.kind in kinds and row.started_at and _within(row.due, wanted)]


def _on_time(name: str, zh: str, due: Sequence[ClockRow]) -> Figure:
    in_time = [row for row in due if row.stopped_at is not None and row.due is not None and row.stopped_at <= row.due]
    return Figure(name, zh, len(in_time), len(due), tuple(f"{row.case_id}/{row.kind}" for row in in_time), MILESTONES)
