"""Queries of this room."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.figures import Wanted
from network.state import as_state
from network.state import keep as write
from services.hearing.held.models import HeldRow
from services.hearing.held.rules import Held


def known(session: Session, key: str) -> Held | None:
    row = session.get(HeldRow, key, with_for_update=True)
    return None if row is None else as_state(Held, row)


def keep(session: Session, state: Held) -> None:
    write(session, HeldRow, state.session, state)


def counted(session: Session, wanted: Wanted, offices: Collection[str]) -> Sequence[Held]:
    """The hearings held in the days that are wanted at these offices, by time."""
    query = select(HeldRow).where(HeldRow.at >= wanted.begins, HeldRow.at < wanted.ends)
    rows = session.scalars(query.order_by(HeldRow.at, HeldRow.session))
    return [as_state(Held, row) for row in rows if row.office in offices and wanted.reader not in row.hidden_from]
