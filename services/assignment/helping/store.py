"""Queries of this room. Rows of a case are found by ``case``, so that what is hidden from an actor stays hidden."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from contracts.words import Status
from network.db import Base
from network.state import as_state, write_state
from network.veils import UNSCREENED
from services.assignment.helping.models import (
    AssignmentDispute,
    AssignmentHelp,
    AssignmentHelper,
    AssignmentTeam,
    AssignmentTeamChange,
)
from services.assignment.helping.states import ASKED, HelperState
from services.assignment.models import AssignmentCase, AssignmentNote


def helpers(session: Session, case: str) -> tuple[HelperState, ...]:
    """The helpers of a case as they stand here, in the order they were asked."""
    return tuple(as_state(HelperState, row) for row in helper_rows(session, case))


def helper_rows(session: Session, case: str) -> Sequence[AssignmentHelper]:
    query = select(AssignmentHelper).where(AssignmentHelper.case == case).order_by(AssignmentHelper.ordinal)
    return session.scalars(query).all()


def keep_helpers(session: Session, case: str, states: Iterable[HelperState]) -> None:
    """Let these be the helpers of the case, and no others."""
    kept = {state.ordinal: state for state in states}
    known = {row.ordinal: row for row in helper_rows(session, case)}
    for ordinal, row in known.items():
        if ordinal in kept:
            write_state(row, kept[ordinal])
        else:
            session.delete(row)
    for ordinal, state in kept.items():
        if ordinal not in known:
            session.add(AssignmentHelper(**_plain(state)))


def help_of(session: Session, case: str, ordinal: int) -> AssignmentHelp | None:
    """What this office was asked for, locked."""
    return session.get(AssignmentHelp, (case, ordinal), with_for_update=True)


def helps(session: Session, case: str) -> Sequence[AssignmentHelp]:
    query = select(AssignmentHelp).where(AssignmentHelp.case == case).order_by(AssignmentHelp.ordinal)
    return session.scalars(query).all()


def asked_of_us(session: Session, desk: str) -> Sequence[AssignmentHelp]:
    """What this office still has to report on, the most pressing first."""
    open_ = select(AssignmentHelp).where(AssignmentHelp.desk == desk, AssignmentHelp.state == ASKED)
    return session.scalars(open_.order_by(AssignmentHelp.due, AssignmentHelp.case)).all()


def asked_by_us(session: Session, desk: str, office: str) -> Sequence[tuple[AssignmentHelper, str]]:
    """The helpers that have not reported, with the register number, of cases held here; the most pressing first."""
    held = (AssignmentCase.desk == desk, AssignmentCase.holder == office, AssignmentCase.recalled.is_(False))
    query = select(AssignmentHelper, AssignmentCase.number).join(
        AssignmentCase, AssignmentCase.case == AssignmentHelper.case
    )
    query = query.where(AssignmentHelper.state == ASKED, *held)
    found = session.execute(query.order_by(AssignmentHelper.due, AssignmentHelper.case))
    return [(row[0], row[1]) for row in found]


def dispute(session: Session, case: str) -> AssignmentDispute | None:
    return session.get(AssignmentDispute, case, with_for_update=True)


def disputes(session: Session, desk: str) -> Sequence[AssignmentDispute]:
    """The disputes that this office decides or decided: the open ones first, the most pressing first."""
    query = select(AssignmentDispute).where(AssignmentDispute.desk == desk)
    order = (AssignmentDispute.state.desc(), AssignmentDispute.due, AssignmentDispute.case)
    return session.scalars(query.order_by(*order)).all()


def last_objector(session: Session, case: str) -> str:
    """The office that last returned an offer of the case; "" when none did."""
    query = select(AssignmentNote.office).where(AssignmentNote.case == case, AssignmentNote.about == "returned")
    return session.scalars(query.order_by(AssignmentNote.id.desc())).first() or ""


def team(session: Session, desk: str, name: str) -> AssignmentTeam | None:
    return session.get(AssignmentTeam, (desk, name), with_for_update=True)


def teams(session: Session, desk: str) -> Sequence[AssignmentTeam]:
    query = select(AssignmentTeam).where(AssignmentTeam.desk == desk)
    return session.scalars(query.order_by(AssignmentTeam.team)).all()


def team_cases(session: Session, desk: str, office: str, name: str) -> Sequence[AssignmentCase]:
    """The open cases of a team, locked; those hidden from the actor too, as they must leave it when he changes it."""
    query = _held(desk, office).where(AssignmentCase.team == name).with_for_update()
    return session.scalars(query, execution_options=UNSCREENED).all()


def without_team(session: Session, desk: str, office: str) -> Sequence[AssignmentCase]:
    """The open cases here that no team has, the longest here first."""
    query = _held(desk, office).where(AssignmentCase.team == "", AssignmentCase.offered_to == "")
    return session.scalars(query.order_by(AssignmentCase.came_at, AssignmentCase.case)).all()


def _held(desk: str, office: str) -> Select[AssignmentCase]:
    open_ = [status.value for status in Status if status.is_open]
    held = (AssignmentCase.desk == desk, AssignmentCase.holder == office, AssignmentCase.recalled.is_(False))
    return select(AssignmentCase).where(*held, AssignmentCase.status.in_(open_))


def team_changes(session: Session, desk: str, name: str) -> Sequence[AssignmentTeamChange]:
    """A team's history, the first line first."""
    query = select(AssignmentTeamChange).where(AssignmentTeamChange.desk == desk, AssignmentTeamChange.team == name)
    return session.scalars(query.order_by(AssignmentTeamChange.at, AssignmentTeamChange.id)).all()


def beside(session: Session, case: str) -> Sequence[Base]:
    """What this room keeps of a case; a recall deletes it."""
    disputed = session.scalars(select(AssignmentDispute).where(AssignmentDispute.case == case)).all()
    return (*helper_rows(session, case), *helps(session, case), *disputed)


def new_row(session: Session, row_class: type[Any], state: Any) -> None:
    session.add(row_class(**_plain(state)))


def _plain(state: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(state).items()}
