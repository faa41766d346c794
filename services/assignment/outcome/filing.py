"""The closed file (归档): a catalogue of what a case had, frozen, and its disposal when its time is over. Pure decisions."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import end_of_day, local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.policy_parts import Retention
from services.assignment import guards
from services.assignment.state import CaseState

CLOSED, SUPERSEDED, DISPOSED = "closed", "superseded", "disposed"


@dataclass(frozen=True)
class Document:
    """One document as a catalogue names it: its number where it has one, kind, date, and what its hash is taken of."""

    number: str
    kind: str
    at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class FileState:
    """The closed file of one round of a case; ``keep_until`` None means for good."""

    case: str
    round: int
    number: str
    desk: str
    retention: str
    keep_until: datetime | None
    closed_at: datetime
    closed_by: str
    catalogue: tuple[Mapping[str, Any], ...]
    state: str = CLOSED
    disposed_at: datetime | None = None
    disposed_by: str = ""
    disposal_reason: str = ""


def catalogue(documents: Iterable[Document]) -> tuple[dict[str, Any], ...]:
    """``{number, kind, at, hash}`` of each, by date; the hash is SHA-256 over the content as canonical JSON."""
    return tuple(
        {"number": each.number, "kind": each.kind, "at": each.at.isoformat(), "hash": _hash(each.content)}
        for each in sorted(documents, key=lambda each: (each.at, each.kind, each.number))
    )


def _hash(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else list(value)


def close(
    state: CaseState, documents: Iterable[Document], files: Sequence[FileState], retention: str, here: Here
) -> Decision[FileState]:
    """Close the file of a case that is over; it takes the place of the file of an earlier round."""
    guards.held(state, here)
    if state.is_open:
        raise Refused("still_open", "办结以后才能归档", {"case": ["尚未办结"]})
    if any(file.round == state.reopened for file in files):
        raise Refused("filed", "已经归档", {"case": ["已经归档"]})
    term = here.policy.retention.get(retention)
    if term is None:
        known = "、".join(here.policy.retention)
        raise Refused("unknown_retention", "保管期限不在目录中", {"retention": [f"可选:{known}"]})
    file = FileState(
        case=state.case,
        round=state.reopened,
        number=state.number,
        desk=state.desk,
        retention=retention,
        keep_until=keep_until(here.now, term),
        closed_at=here.now,
        closed_by=here.actor.id,
        catalogue=catalogue(documents),
    )
    return Decision(file, (), "file_closed", data={"retention": retention, "documents": len(file.catalogue)})


def keep_until(closed_at: datetime, term: Retention) -> datetime | None:
    """The last second of the last year: the years are counted from the one after the closing (档案保管期限, practice)."""
    if term.years is None:
        return None
    return end_of_day(date(local_day(closed_at).year + term.years, 12, 31))


def superseded(file: FileState) -> FileState:
    """A file of an earlier round, now that there is a new one."""
    return replace(file, state=SUPERSEDED) if file.state == CLOSED else file


def dispose(state: CaseState, file: FileState | None, reason: str, here: Here) -> FileState:
    """The content of a file whose time is over may be deleted (销毁); its catalogue stays.

    A leader's act, and not of who closed it; refused one second too early, and for what is kept for good. What goes with
    it, here and elsewhere, is decided in ``disposing``.
    """
    guards.leader(here)
    guards.held(state, here)
    if file is None or file.state != CLOSED or state.is_open:
        raise Refused("no_file", "没有可以销毁的档案", {"case": ["没有已归档的案卷"]})
    if file.closed_by == here.actor.id:
        raise Refused("same_person", "归档人不得自行决定销毁")
    if file.keep_until is None:
        raise Refused("kept_for_good", "永久保管的档案不得销毁")
    if here.now <= file.keep_until:
        raise Refused("too_early", "保管期限未满", {"case": [f"保管至{file.keep_until:%Y年%m月%d日}"]})
    return replace(file, state=DISPOSED, disposed_at=here.now, disposed_by=here.actor.id, disposal_reason=reason)
