"""How the post of an office stands: figures per stream, for an operator and for monitoring."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network.office import OfficeRuntime
from network.tables import InboxRow, OutboxRow, StreamOut

OPEN = ("pending", "sent", "parked")


@dataclass(frozen=True)
class StreamFigures:
    """One stream (from ``office``, to ``to``, for ``service``).

    ``waiting`` are not yet at the broker, ``sent`` are there; ``unacknowledged`` is how many numbers the receiver has
    not confirmed; ``oldest_seconds`` the age of the oldest letter among them, None when there is none.
    ``held_until``: the mailbox was full, the stream rests.
    """

    office: str
    to: str
    service: str
    waiting: int
    sent: int
    unacknowledged: int
    parked: int
    oldest_seconds: int | None
    held_until: datetime | None


@dataclass(frozen=True)
class InboxFigures:
    """What an office received on a stream and has not applied: ``waiting`` for an earlier number, or ``held``."""

    office: str
    sender: str
    service: str
    waiting: int
    held: int


def streams_out(office: OfficeRuntime) -> list[StreamFigures]:
    """The streams that leave an office, by receiver and service."""
    now = office.now()
    with office.reading() as session:
        counts = _counts(session)
        return [
            _figures(office.id, stream, counts, now)
            for stream in session.scalars(select(StreamOut).order_by(StreamOut.office, StreamOut.service))
        ]


def streams_in(office: OfficeRuntime) -> list[InboxFigures]:
    """Where something received stands still, by sender and service; flowing streams are not listed."""
    query = (
        select(InboxRow.office, InboxRow.service, InboxRow.state, func.count())
        .where(InboxRow.state.in_(("waiting", "parked", "retry", "blocked")))
        .group_by(InboxRow.office, InboxRow.service, InboxRow.state)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    with office.reading() as session:
        for sender, service, state, number in session.execute(query):
            found.setdefault((sender, service), {})[state] = number
    return [
        InboxFigures(office.id, sender, service, states.pop("waiting", 0), sum(states.values()))
        for (sender, service), states in sorted(found.items())
    ]


Counts = dict[tuple[str, str, str], tuple[int, datetime]]


def _counts(session: Session) -> Counts:
    """(receiver, service, state) → how many, and when the oldest was written."""
    query = (
        select(OutboxRow.office, OutboxRow.service, OutboxRow.state, func.count(), func.min(OutboxRow.created_at))
        .where(OutboxRow.state.in_(OPEN))
        .group_by(OutboxRow.office, OutboxRow.service, OutboxRow.state)
    )
    return {(to, service, state): (number, oldest) for to, service, state, number, oldest in session.execute(query)}


def _figures(office: str, stream: StreamOut, counts: Counts, now: datetime) -> StreamFigures:
    own = {
        state: counts[stream.office, stream.service, state]
        for state in OPEN
        if (stream.office, stream.service, state) in counts
    }
    numbers = {state: number for state, (number, _) in own.items()}
    oldest = min((at for _, at in own.values()), default=None)
    return StreamFigures(
        office=office,
        to=stream.office,
        service=stream.service,
        waiting=numbers.get("pending", 0),
        sent=numbers.get("sent", 0),
        unacknowledged=stream.last_seq - stream.acked_seq,
        parked=numbers.get("parked", 0),
        oldest_seconds=None if oldest is None else int((now - oldest).total_seconds()),
        held_until=stream.hold_until if stream.hold_until and stream.hold_until > now else None,
    )
