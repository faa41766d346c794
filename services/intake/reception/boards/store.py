"""Queries of this room."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.reception import profile_id
from network.state import as_state, keep
from services.intake.reception.boards.models import IntakeBoard, IntakeBoardChange, IntakeListing
from services.intake.reception.boards.rules import Board


def board(session: Session, profile: str) -> Board | None:
    """A board as it stands, its row locked."""
    row = session.get(IntakeBoard, profile, with_for_update=True)
    return None if row is None else as_state(Board, row)


def own(session: Session, office: str, official: str) -> Board | None:
    """The board of an official of this office, draft or published."""
    return board(session, profile_id(office, official))


def write(session: Session, state: Board) -> None:
    keep(session, IntakeBoard, state.profile, state)


def known(session: Session, here: Here) -> Sequence[Board]:
    """Every board known here: the own ones first, then those told from below, by office."""
    rows = session.scalars(select(IntakeBoard).order_by(IntakeBoard.office, IntakeBoard.profile))
    return sorted((as_state(Board, row) for row in rows), key=lambda each: each.office != here.office)


def owned(session: Session, office: str) -> Sequence[Board]:
    """The boards of this office."""
    rows = session.scalars(select(IntakeBoard).where(IntakeBoard.office == office).order_by(IntakeBoard.official))
    return [as_state(Board, row) for row in rows]


def listing(session: Session, office: str) -> IntakeListing | None:
    return session.get(IntakeListing, office)


def changes(session: Session, official: str) -> Sequence[IntakeBoardChange]:
    """The changes of a board, the latest first."""
    found = select(IntakeBoardChange).where(IntakeBoardChange.official == official)
    return session.scalars(found.order_by(IntakeBoardChange.at.desc(), IntakeBoardChange.id.desc())).all()
