"""Queries of this room."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from contracts.figures import Wanted
from contracts.words import Desk
from network.state import as_state, keep
from services.intake.channels.models import IntakeAbsence, IntakeChannel
from services.intake.channels.rules import Absence
from services.intake.channels.state import Channel
from services.intake.models import IntakeNotice, IntakeReport


def channel(session: Session, channel_id: str) -> Channel | None:
    """A channel as it stands, its row locked."""
    query = select(IntakeChannel).where(IntakeChannel.channel == channel_id, IntakeChannel.replaced_at.is_(None))
    row = session.scalars(query.with_for_update()).first()
    return None if row is None else as_state(Channel, row)


def named(session: Session, office: str, kind: str, label: str) -> Channel | None:
    """The channel of an office with this kind and label that is not closed."""
    query = select(IntakeChannel).where(
        IntakeChannel.office == office,
        IntakeChannel.replaced_at.is_(None),
        IntakeChannel.closed.is_(False),
        IntakeChannel.kind == kind,
        IntakeChannel.label == label,
    )
    row = session.scalars(query.order_by(IntakeChannel.channel).limit(1)).first()
    return None if row is None else as_state(Channel, row)


def write(session: Session, state: Channel) -> None:
    """Keep a new version; the one before it ends when this one begins."""
    for row in session.scalars(
        select(IntakeChannel).where(
            IntakeChannel.channel == state.channel, IntakeChannel.rev < state.rev, IntakeChannel.replaced_at.is_(None)
        )
    ):
        row.replaced_at = state.at
    keep(session, IntakeChannel, (state.channel, state.rev), state)
    session.flush()


def current(session: Session, offices: Collection[str]) -> list[Channel]:
    """The channels of these offices as they stand, by office, kind and label."""
    query = select(IntakeChannel).where(IntakeChannel.replaced_at.is_(None))
    return _of(session.scalars(query.order_by(*_ORDER)).all(), offices)


def versions(session: Session, offices: Collection[str]) -> list[Channel]:
    """Every version of the channels of these offices, the latest of each first."""
    return _of(session.scalars(select(IntakeChannel).order_by(*_ORDER, IntakeChannel.rev.desc())).all(), offices)


def at(session: Session, offices: Collection[str], moment: datetime) -> list[Channel]:
    """The channels of these offices as they were recorded just before that moment."""
    stood = or_(IntakeChannel.replaced_at.is_(None), IntakeChannel.replaced_at >= moment)
    query = select(IntakeChannel).where(IntakeChannel.at < moment, stood)
    return _of(session.scalars(query.order_by(*_ORDER)).all(), offices)


_ORDER = (IntakeChannel.office, IntakeChannel.kind, IntakeChannel.label, IntakeChannel.channel)


def _of(rows: Sequence[IntakeChannel], offices: Collection[str]) -> list[Channel]:
    return [as_state(Channel, row) for row in rows if row.office in offices]


def absence(session: Session, absence_id: str) -> Absence | None:
    row = session.get(IntakeAbsence, absence_id, with_for_update=True)
    return None if row is None else as_state(Absence, row)


def write_absence(session: Session, state: Absence) -> None:
    keep(session, IntakeAbsence, state.absence, state)
    session.flush()


def absences(session: Session) -> list[Absence]:
    """Every absence of this office's accounts, the latest first."""
    rows = session.scalars(select(IntakeAbsence).order_by(IntakeAbsence.since.desc(), IntakeAbsence.absence))
    return [as_state(Absence, row) for row in rows]


def reports(session: Session, wanted: Wanted) -> Sequence[tuple[str, datetime, datetime | None]]:
    """(channel, entered, first notice or None) of every petition registered through a channel in these days.

    Sealed reports and recalled ones are not among them.
    """
    first = select(IntakeNotice.case, func.min(IntakeNotice.at).label("at")).group_by(IntakeNotice.case).subquery()
    query = (
        select(IntakeReport.via, IntakeReport.entered_at, first.c.at)
        .outerjoin(first, first.c.case == IntakeReport.case)
        .where(
            and_(IntakeReport.entered_at >= wanted.begins, IntakeReport.entered_at < wanted.ends),
            IntakeReport.via != "",
            IntakeReport.desk == Desk.PETITION.value,
            IntakeReport.recalled.is_(False),
        )
    )
    return [(via, entered, notice) for via, entered, notice in session.execute(query)]
