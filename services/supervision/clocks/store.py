"""Queries of clocks and steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.words import ClockAct
from network.tables import PeerRow
from services.supervision.clocks.models import ClockRow, StepRow
from services.supervision.clocks.rules import Act, Clock

Key = tuple[str, str, str]


def due_keys(session: Session, now: datetime, limit: int) -> list[Key]:
    """Case, kind and ref of the clocks whose next step here is due, the oldest first."""
    query = select(ClockRow.case_id, ClockRow.kind, ClockRow.ref).where(ClockRow.next_at <= now)
    rows = session.execute(query.order_by(ClockRow.next_at).limit(limit))
    return [(case, kind, ref) for case, kind, ref in rows]


def clock(session: Session, key: Key) -> ClockRow | None:
    """A clock, locked."""
    return session.get(ClockRow, key, with_for_update=True)


def clocks_of(session: Session, cases: Iterable[str]) -> Sequence[ClockRow]:
    """The clocks of these cases, in the order they started."""
    query = select(ClockRow).where(ClockRow.case_id.in_(list(cases)))
    return session.scalars(query.order_by(ClockRow.case_id, ClockRow.started_at, ClockRow.kind, ClockRow.ref)).all()


def steps_of(session: Session, case: str) -> Sequence[StepRow]:
    query = select(StepRow).where(StepRow.case_id == case)
    return session.scalars(query.order_by(StepRow.fired_at, StepRow.id)).all()


def listed_steps(session: Session, desk: str, state: str, person: str = "") -> list[StepRow]:
    """The steps of a desk in a state; with ``person`` only those that stand before that official."""
    query = select(StepRow).where(StepRow.desk == desk, StepRow.state == state)
    found = session.scalars(query.order_by(StepRow.fired_at, StepRow.id))
    return [step for step in found if not person or person in step.persons]


def unconfirmed_steps(session: Session, office: str, heard_at: datetime, limit: int) -> Sequence[StepRow]:
    """Steps that were taken without knowing of ``office``, which has been heard since their due moment."""
    query = select(StepRow).where(StepRow.answerable == office, StepRow.unconfirmed, StepRow.state != "withdrawn")
    return session.scalars(query.where(StepRow.due < heard_at).limit(limit)).all()


def heard_since_due(session: Session) -> Sequence[str]:
    """The offices whose silence left a step unconfirmed and that have been heard since."""
    query = select(StepRow.answerable).join(PeerRow, PeerRow.office == StepRow.answerable)
    heard = query.where(StepRow.unconfirmed, StepRow.state != "withdrawn", StepRow.due < PeerRow.heard_at)
    return session.scalars(heard.distinct()).all()


def heard_at(session: Session, office: str) -> datetime | None:
    """Up to when ``office`` has been heard: the latest moment at which a letter of it was committed there."""
    peer = session.get(PeerRow, office)
    return None if peer is None else peer.heard_at


def count_steps(session: Session, desk: str) -> dict[str, int]:
    """How many steps of a desk stand in each state."""
    query = select(StepRow.state, func.count()).where(StepRow.desk == desk).group_by(StepRow.state)
    return dict(session.execute(query).all())


def acts_of(row: ClockRow) -> tuple[Act, ...]:
    """The acts that a clock keeps."""
    return tuple(_act(each) for each in row.acts)


def write_clock(row: ClockRow, acts: Sequence[Act], clock: Clock) -> None:
    """Keep the acts and what they make."""
    row.acts = [_plain(act) for act in acts]
    row.state, row.started_at, row.due = clock.state, clock.started_at, clock.due
    row.provisional, row.how = clock.provisional, list(clock.how)
    row.extended_from, row.stopped_at = clock.extended_from, clock.stopped_at


def _plain(act: Act) -> dict[str, Any]:
    return {
        "act": act.act.value,
        "at": act.at.isoformat(),
        "decided": act.decided.isoformat(),
        "arrived_at": act.arrived_at.isoformat(),
        "due": act.due.isoformat() if act.due else None,
        "provisional": act.provisional,
        "how": list(act.how),
        "term": list(act.term),
        "index": act.index,
        "teller": act.teller,
    }


def _act(kept: Mapping[str, Any]) -> Act:
    return Act(
        act=ClockAct(kept["act"]),
        at=datetime.fromisoformat(kept["at"]),
        decided=datetime.fromisoformat(kept["decided"]),
        arrived_at=datetime.fromisoformat(kept["arrived_at"]),
        due=datetime.fromisoformat(kept["due"]) if kept["due"] else None,
        provisional=kept["provisional"],
        how=tuple(kept["how"]),
        term=(kept["term"][0], kept["term"][1]),
        index=kept["index"],
        teller=kept.get("teller", ""),
    )
