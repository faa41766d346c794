"""Load, decide, save: petitions that are proposed for a hearing, and figures of what was decided.

``hearing_proposals``: the distinct petitions that a leader of this office decided on, on the days that are wanted;
``hearing_proposals_to_hear``: those of them of which he decided that a hearing be held.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.errors import NotFound
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from network.uow import UnitOfWork
from services.supervision.city import store as city
from services.supervision.ledger import store as ledger
from services.supervision.orders.rules import visible
from services.supervision.to_hear import rules
from services.supervision.to_hear.models import ToHearRow

TOLD = ("case_milestone",)


def _found(session: Session, here: Here) -> tuple[rules.Candidate, ...]:
    to_city = {visit.case_id for visit in city.visits(session)}
    return rules.candidates(ledger.all_lines(session, Desk.PETITION), city.repeats(session), to_city, here)


def listed(session: Session, here: Here) -> dict[str, Any]:
    """Those that nobody decided on yet. NotFound for another desk."""
    if here.actor.desk != Desk.PETITION:
        raise NotFound("该清单")
    open_ = [each for each in _found(session, here) if session.get(ToHearRow, each.line.case_id) is None]
    return {"candidates": [_shown(each) for each in open_]}


def _shown(each: rules.Candidate) -> dict[str, Any]:
    line = each.line
    shown = {name: getattr(line, name) for name in ("number", "category", "place", "holder", "status", "entered_at")}
    return {"case": line.case_id, **shown, "repeats": each.repeats, "reasons": list(each.reasons)}


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    visible(ledger.line(uow.session, cmd["case"], lock=True), uow.actor)
    decided = uow.session.get(ToHearRow, cmd["case"]) is not None
    found = rules.decide(_found(uow.session, uow.here), cmd["case"], decided, uow.here)
    row = ToHearRow(case_id=cmd["case"], reasons=list(found.reasons), hear=cmd["hear"], why=cmd["reason"])
    row.at, row.by = uow.now, uow.actor.id
    uow.session.add(row)
    uow.note("hearing_proposal_decided", cmd["case"], cmd["reason"], {"hear": cmd["hear"]})
    return {**_shown(found), "hear": row.hear, "why": row.why, "by": row.by, "at": row.at}


def rows_of(session: Session, case: str) -> list[ToHearRow]:
    """Everything kept of a case here."""
    return list(session.scalars(select(ToHearRow).where(ToHearRow.case_id == case)))


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    if wanted.campaign or here.office not in wanted.offices(here):
        return
    query = select(ToHearRow).where(ToHearRow.at >= wanted.begins, ToHearRow.at < wanted.ends)
    rows = [row for row in session.scalars(query.order_by(ToHearRow.case_id)) if _may(session, row.case_id, wanted)]
    heard = tuple(row.case_id for row in rows if row.hear)
    yield Figure("hearing_proposals", "听证建议", len(rows), None, tuple(row.case_id for row in rows), TOLD)
    yield Figure("hearing_proposals_to_hear", "其中决定听证", len(heard), len(rows), heard, TOLD)


def _may(session: Session, case: str, wanted: Wanted) -> bool:
    line = ledger.line(session, case)
    return line is not None and wanted.reader not in line.excluded
