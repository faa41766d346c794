"""Every case that was sent down has its line (S72): counted from the clock of signing, which starts with each hand-over."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Here, OfficeTree
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.supervision.clocks.models import ClockRow
from services.supervision.ledger import store
from services.supervision.ledger.figures import MILESTONES, kept_from_reader
from services.supervision.ledger.rules import Line

SIGNING = "K24"


@dataclass(frozen=True)
class Sent:
    """A case handed on by ``by``, last at ``at``; ``line`` None where the ledger has none."""

    case: str
    by: str
    at: datetime
    line: Line | None


def sent_down(session: Session, tree: OfficeTree, desk: str) -> list[Sent]:
    """The cases of a desk whose last hand-over (转送、交办) went to an office below who sent them, the earliest first.

    The clock says who sent and when, the line who has it now. Without a line nobody knows desk and direction: it is among
    them all the same, so that it is missed.
    """
    lines = {line.case_id: line for line in store.all_lines(session, desk)}
    others = set(store.cases(session)) - set(lines)
    found = session.scalars(select(ClockRow).where(ClockRow.kind == SIGNING, ClockRow.started_at.is_not(None)))
    sent = [Sent(row.case_id, row.teller, row.started_at, lines.get(row.case_id)) for row in found if row.started_at]
    mine = [each for each in sent if each.case not in others and _is_down(each, tree)]
    return sorted(mine, key=lambda each: (each.at, each.case))


def _is_down(sent: Sent, tree: OfficeTree) -> bool:
    if sent.line is None:
        return True
    below = {office.id for office in tree.descendants(sent.by)}
    return (sent.line.offered_to or sent.line.holder) in below


def missing(sent: Iterable[Sent]) -> list[str]:
    """The cases that were sent down and have no line."""
    return [each.case for each in sent if each.line is None]


def check(session: Session, here: Here) -> dict[str, Any]:
    """→ ``{sent_down, lines, missing: [case]}`` of the actor's desk; ``missing`` must be empty."""
    found = sent_down(session, here.tree, here.actor.desk)
    gone = missing(found)
    return {"sent_down": len(found), "lines": len(found) - len(gone), "missing": gone}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``sent_down``: petitions whose last hand-over to an office below who sent them lies in these days and was made by, or
    to, an office that is wanted; ``sent_down_with_line``: those with a ledger line. Both are equal, or a line is missing.
    Not cut by campaign.
    """
    offices = wanted.offices(here)
    kept_from = kept_from_reader(session, Desk.PETITION.value, wanted)
    found = [
        each
        for each in sent_down(session, here.tree, Desk.PETITION.value)
        if wanted.begins <= each.at < wanted.ends and _is_wanted(each, offices) and each.case not in kept_from
    ]
    with_line = [each for each in found if each.line is not None]
    yield _figure("sent_down", "转送、交办下级", found)
    yield _figure("sent_down_with_line", "其中已建督办台账", with_line, len(found))


def _figure(name: str, zh: str, sent: Sequence[Sent], base: int | None = None) -> Figure:
    return Figure(name, zh, len(sent), base, tuple(each.case for each in sent), MILESTONES)


def _is_wanted(sent: Sent, offices: frozenset[str]) -> bool:
    return sent.by in offices or (sent.line is not None and sent.line.holder in offices)
