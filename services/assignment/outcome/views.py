"""What a desk is shown of visits, call-backs, sayings, closed files and outcomes: JSON-able dicts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from contracts.words import Performance, Status
from services.assignment.outcome import store
from services.assignment.outcome.models import AssignmentFile


def beside(session: Session, case: str) -> dict[str, Any]:
    """What stands beside a case in ``get_case``."""
    return {
        "visits": [columns(row) for row in store.visits(session, case)],
        "call_backs": [columns(row) for row in store.call_backs(session, case)],
        "sayings": [columns(row) for row in store.sayings(session, case)],
        "files": [columns(row) for row in store.files(session, case)],
    }


def file_line(row: AssignmentFile) -> dict[str, Any]:
    """A closed file in a list: without its catalogue, but how long that is."""
    shown = columns(row)
    return {**shown, "catalogue": len(shown["catalogue"])}


def moment(text: str) -> datetime:
    """A moment as JSON keeps it."""
    return datetime.fromisoformat(text)


def columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}


def outcomes(counted: Iterable[tuple[str, str, str, int]]) -> dict[str, Any]:
    """Figures from ``(status, performance, proof, count)``: 办结, 化解 and what nobody confirmed stand apart."""
    rows = list(counted)
    received = sum(count for *_, count in rows)

    def figure(numerator: int) -> dict[str, int]:
        return {"numerator": numerator, "denominator": received}

    def performed(word: Performance) -> dict[str, int]:
        return figure(sum(count for _, performance, _, count in rows if performance == word))

    proofs = sorted({proof for _, _, proof, _ in rows if proof})
    return {
        "received": received,
        "concluded": figure(sum(count for status, *_, count in rows if status == Status.CONCLUDED)),
        "resolved": performed(Performance.RESOLVED),
        "performed_unconfirmed": performed(Performance.PERFORMED),
        "promised": performed(Performance.PROMISED),
        "disputed": performed(Performance.DISPUTED),
        "by_proof": {each: sum(count for _, _, proof, count in rows if proof == each) for each in proofs},
    }
