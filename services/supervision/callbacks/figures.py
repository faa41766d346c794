"""Figures of call-backs to a sample, and of what was not performed (S55, K26)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.supervision.callbacks import store
from services.supervision.ledger import figures as ledger
from services.supervision.ledger.rules import NOT_PERFORMED
from services.supervision.orders import store as orders


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``sample_due``: petitions drawn to be called back on these days, held by or entered at an office that is wanted;
    ``sample_made`` those of them called back by now. ``not_performed``: petitions of which it was said on these days that
    what was agreed, promised or decided was not carried out; ``not_performed_supervised`` those of them with an order of this
    office, a person's or the ladder's, given since and standing.
    """
    lines = {line.case_id: line for line in ledger.counted(session, here, wanted)}
    drawn = [
        row for row in store.samples(session) if row.case_id in lines and wanted.begins <= row.wanted_at < wanted.ends
    ]
    made = [row for row in drawn if row.state == "made"]
    yield _figure("sample_due", "抽查回访应访", [row.case_id for row in drawn])
    yield _figure("sample_made", "其中已回访", [row.case_id for row in made], len(drawn))
    said = {case: at for case, line in lines.items() if (at := _said(line.course, wanted)) is not None}
    given = {
        each.case_id
        for each in orders.given(session, Desk.PETITION.value)
        if each.case_id in said and each.at >= said[each.case_id]
    }
    yield _figure("not_performed", "反映未落实", sorted(said))
    yield _figure("not_performed_supervised", "其中已督办", sorted(given), len(said))


def _figure(name: str, zh: str, cases: Sequence[str], base: int | None = None) -> Figure:
    return Figure(name, zh, len(cases), base, tuple(cases), ledger.MILESTONES)


def _said(course: tuple[tuple[int, int, str, str], ...], wanted: Wanted) -> datetime | None:
    """When it was first said on these days that it was not performed."""
    moments = [datetime.fromisoformat(at) for _, _, at, word in course if word == NOT_PERFORMED]
    return min((at for at in moments if wanted.begins <= at < wanted.ends), default=None)
