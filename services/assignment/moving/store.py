"""Queries of this room."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.words import Status
from network.db import Base
from network.state import as_state, keep
from services.assignment.helping.models import AssignmentTeam
from services.assignment.models import AssignmentCase, AssignmentOffer
from services.assignment.moving.leaving import KeyTask, Leaver
from services.assignment.moving.models import (
    AssignmentKeyTask,
    AssignmentLeaver,
    AssignmentMoved,
    AssignmentOldFile,
    AssignmentSentUp,
    AssignmentSuccession,
)
from services.assignment.moving.rules import TAKEN, Moved, Succession

OPEN = [status.value for status in Status if status.is_open]


def handled(session: Session, desk: str, office: str, names: frozenset[str]) -> Sequence[AssignmentCase]:
    """The open cases of a desk that one of these handles here, locked."""
    query = select(AssignmentCase).where(
        AssignmentCase.desk == desk,
        AssignmentCase.holder == office,
        AssignmentCase.recalled.is_(False),
        AssignmentCase.status.in_(OPEN),
        AssignmentCase.handler.in_(names),
    )
    return session.scalars(query.order_by(AssignmentCase.case).with_for_update()).all()


def teams(session: Session, desk: str) -> Sequence[AssignmentTeam]:
    """The teams of a desk, locked."""
    query = select(AssignmentTeam).where(AssignmentTeam.desk == desk).order_by(AssignmentTeam.team)
    return session.scalars(query.with_for_update()).all()


def keep_leaver(session: Session, state: Leaver) -> None:
    keep(session, AssignmentLeaver, state.leaving, state)


def leavers(session: Session, desk: str) -> list[Leaver]:
    """Who left, as this desk handed over; the latest first."""
    query = select(AssignmentLeaver).where(AssignmentLeaver.desk == desk).order_by(AssignmentLeaver.leaving.desc())
    return [as_state(Leaver, row) for row in session.scalars(query)]


def key_task(session: Session, task: str) -> KeyTask | None:
    row = session.get(AssignmentKeyTask, task, with_for_update=True)
    return None if row is None else as_state(KeyTask, row)


def keep_key_task(session: Session, state: KeyTask) -> None:
    keep(session, AssignmentKeyTask, state.task, state)


def key_tasks(session: Session, desk: str) -> list[KeyTask]:
    """The key tasks of a desk, the open ones first, each in order of time."""
    query = select(AssignmentKeyTask).where(AssignmentKeyTask.desk == desk)
    rows = session.scalars(query.order_by(AssignmentKeyTask.done_day.is_not(None), AssignmentKeyTask.at))
    return [as_state(KeyTask, row) for row in rows]


def succession(session: Session, office: str) -> Succession | None:
    row = session.get(AssignmentSuccession, office, with_for_update=True)
    return None if row is None else as_state(Succession, row)


def keep_succession(session: Session, state: Succession) -> None:
    keep(session, AssignmentSuccession, state.office, state)


def successions(session: Session) -> list[Succession]:
    query = select(AssignmentSuccession).order_by(AssignmentSuccession.begun_at.desc())
    return [as_state(Succession, row) for row in session.scalars(query)]


def held_below(session: Session, office: str, desk: str, limit: int) -> Sequence[AssignmentCase]:
    """The open cases of a desk that an office below has, as far as is known here; locked."""
    there = (AssignmentCase.holder == office) | (AssignmentCase.offered_to == office)
    query = select(AssignmentCase).where(
        there, AssignmentCase.desk == desk, AssignmentCase.recalled.is_(False), AssignmentCase.status.in_(OPEN)
    )
    return session.scalars(query.order_by(AssignmentCase.case).limit(limit).with_for_update()).all()


def waiting(session: Session, office: str, desk: str) -> Sequence[AssignmentOffer]:
    """What that office handed up and nobody signed for yet."""
    query = select(AssignmentOffer).where(
        AssignmentOffer.office == office, AssignmentOffer.desk == desk, AssignmentOffer.state == "open"
    )
    return session.scalars(query.order_by(AssignmentOffer.case)).all()


def moved(session: Session, case: str) -> Moved | None:
    row = session.get(AssignmentMoved, case, with_for_update=True)
    return None if row is None else as_state(Moved, row)


def keep_moved(session: Session, state: Moved) -> None:
    keep(session, AssignmentMoved, state.case, state)


def to_move(session: Session, office: str, desk: str) -> list[Moved]:
    """The cases of a desk that came from that office and did not go on yet, the longest here first."""
    query = (
        select(AssignmentMoved)
        .join(AssignmentCase, AssignmentCase.case == AssignmentMoved.case)
        .where(AssignmentMoved.office == office, AssignmentMoved.state == TAKEN, AssignmentCase.desk == desk)
    )
    rows = session.scalars(query.order_by(AssignmentMoved.taken_at, AssignmentMoved.case))
    return [as_state(Moved, row) for row in rows]


def moved_of(session: Session, desk: str) -> list[Moved]:
    """Every case of a desk that came from an office that is no more."""
    query = select(AssignmentMoved).join(AssignmentCase, AssignmentCase.case == AssignmentMoved.case)
    return [as_state(Moved, row) for row in session.scalars(query.where(AssignmentCase.desk == desk))]


def mine(session: Session, office: str, *, open_: bool) -> Sequence[AssignmentCase]:
    """The cases held here that are not on their way, open or over; locked."""
    status = AssignmentCase.status.in_(OPEN) if open_ else AssignmentCase.status.not_in(OPEN)
    query = select(AssignmentCase).where(
        AssignmentCase.holder == office,
        AssignmentCase.offered_to == "",
        AssignmentCase.recalled.is_(False),
        status,
    )
    return session.scalars(query.order_by(AssignmentCase.case).with_for_update()).all()


def sent_up(session: Session) -> frozenset[str]:
    """The cases whose files went up."""
    return frozenset(session.scalars(select(AssignmentSentUp.case)))


def old_file(session: Session, case: str) -> AssignmentOldFile | None:
    return session.get(AssignmentOldFile, case)


def old_files(session: Session, office: str, limit: int, after: str) -> Sequence[AssignmentOldFile]:
    """A page of old files, by case."""
    query = select(AssignmentOldFile).where(AssignmentOldFile.case > after)
    if office:
        query = query.where(AssignmentOldFile.office == office)
    return session.scalars(query.order_by(AssignmentOldFile.case).limit(limit)).all()


def beside(session: Session, case: str) -> list[Base]:
    """What this room keeps of a case; a recall deletes it."""
    models = (AssignmentMoved, AssignmentOldFile, AssignmentSentUp)
    return [row for model in models if (row := session.get(model, case)) is not None]
