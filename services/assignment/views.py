"""What a desk is shown of cases and offers: JSON-able dicts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from contracts.errors import NotFound
from contracts.words import Desk
from network.office import OfficeRuntime
from network.state import as_state
from services.assignment import store
from services.assignment.helping import views as helping
from services.assignment.models import AssignmentCase, AssignmentNote, AssignmentOffer, AssignmentOpinion
from services.assignment.outcome import views as outcome
from services.assignment.state import CaseState


def answer(state: CaseState) -> dict[str, Any]:
    """What a command answers: where the case stands now."""
    return {
        "case": state.case,
        "number": state.number,
        "desk": state.desk,
        "status": state.status,
        "holder": state.holder,
        "term": {"override": state.override, "n": state.n},
        "offered_to": state.offered_to,
        "opinion_no": state.opinion_no,
        "due": next_due(state),
    }


def line(row: AssignmentCase) -> dict[str, Any]:
    """A case in a list."""
    state = as_state(CaseState, row)
    names = ("category", "place", "channel", "urgent", "entered_at", "came_at", "repeat_of", "taken", "bounces", "todo")
    inner = ("handler", "team", "flags", "real_name")
    return {**answer(state), **{name: getattr(state, name) for name in (*names, *inner)}}


def get_case(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """A case with what was done; one that only waits in the in-tray as its offer shows it. NotFound otherwise."""
    row = store.case_seen(session, case)
    offers = store.offers_of(session, case)
    waiting = next((offer for offer in offers if offer.state == "open" and offer.desk == actor.desk), None)
    if row is not None and not row.recalled and row.desk == actor.desk:
        shown = whole(row)
    elif waiting is not None:
        shown = offered(waiting)
    else:
        raise NotFound("该事项")
    return {
        "case": shown,
        "opinions": [opinion(each) for each in store.opinions(session, case)],
        "notes": [note(each) for each in store.notes(session, case)],
        "offers": [offer_history(each) for each in offers],
        "helpers": helping.of_case(session, case),
        **outcome.beside(session, case),
    }


def whole(row: AssignmentCase) -> dict[str, Any]:
    """A case with its file. ``reporter`` and ``sealed`` stay envelopes; the desk program opens what it has a key for."""
    state = as_state(CaseState, row)
    return {**vars(state), **answer(state), "clocks": state.running}


def offered(row: AssignmentOffer) -> dict[str, Any]:
    """A case as its unsigned offer shows it: held by the offerer."""
    term = {"override": row.override, "n": row.n}
    return {**row.file, "status": row.carried["status"], "holder": row.office, "term": term, "offered_to": "here"}


def offer_line(row: AssignmentOffer, office: OfficeRuntime) -> dict[str, Any]:
    """An offer in the in-tray, with the days for signing (K24) and for objecting (K4) that its arrival started."""
    policy = office.policy()
    return {
        "case": row.case,
        "number": row.file.get("number", ""),
        "from": row.office,
        "kind": row.kind,
        "note": row.note,
        "arrived_at": row.arrived_at,
        "category": row.file.get("category", ""),
        "urgent": row.file.get("urgent", False),
        "sign_by": policy.due("K24", row.arrived_at).at,
        "return_by": policy.due("K4", row.arrived_at).at,
        "report_back_due": row.carried.get("report_back_due"),
    }


def offer_history(row: AssignmentOffer) -> dict[str, Any]:
    term = {"override": row.override, "n": row.n}
    return {"term": term, "from": row.office, "kind": row.kind, "arrived_at": row.arrived_at, "state": row.state}


def opinion(row: AssignmentOpinion) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def note(row: AssignmentNote) -> dict[str, Any]:
    return {"at": row.at, "office": row.office, "by": row.by, "about": row.about, "text": row.text}


def next_due(state: CaseState) -> dict[str, Any] | None:
    """The running clock that ends first, ``{kind, due, provisional, how}``; None when none runs."""
    running = state.running
    if not running:
        return None
    kind = min(running, key=lambda each: datetime.fromisoformat(running[each]["due"]))
    return {"kind": kind, **{name: running[kind][name] for name in ("due", "provisional", "how")}}


def by_due(rows: Iterable[AssignmentCase]) -> list[dict[str, Any]]:
    """Cases in hand, real-name discipline reports first (JK art. 25), then the most pressing; without a due date last."""
    lines = [line(row) for row in rows]
    return sorted(lines, key=_pressing)


def _pressing(shown: dict[str, Any]) -> tuple[Any, ...]:
    behind = shown["desk"] == Desk.DISCIPLINE and not shown["real_name"]
    due = shown["due"]
    return behind, due is None, due and datetime.fromisoformat(due["due"]), shown["case"]
