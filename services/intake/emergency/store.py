"""Queries of this room."""

from collections.abc import Sequence

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session

from services.intake.emergency.models import IntakeCall, IntakeDuty, IntakeEmergency

CLEARED = "cleared"
RANKS = {"open": 0, "answered": 1, CLEARED: 2}
standing_first = case(RANKS, value=IntakeEmergency.state)


def duty(session: Session) -> Sequence[IntakeDuty]:
    """The own duty chain, in its order."""
    return session.scalars(select(IntakeDuty).order_by(IntakeDuty.place)).all()


def standing(session: Session, case: str) -> IntakeEmergency | None:
    """The call for help of a case that is not over."""
    query = select(IntakeEmergency).where(IntakeEmergency.case == case, IntakeEmergency.state != CLEARED)
    return session.scalars(query.with_for_update()).first()


def calls(session: Session, emergency: str) -> Sequence[IntakeCall]:
    """The calls made, in their order."""
    return session.scalars(select(IntakeCall).where(IntakeCall.emergency == emergency).order_by(IntakeCall.turn)).all()


def not_over(session: Session, desk: str) -> Sequence[IntakeEmergency]:
    """The calls for help that the desk knows of and that are not over: those that nobody answered first."""
    query = select(IntakeEmergency).where(IntakeEmergency.desk == desk, IntakeEmergency.state != CLEARED)
    return session.scalars(query.order_by(standing_first, IntakeEmergency.due, IntakeEmergency.emergency)).all()


def page(session: Session, desk: str, limit: int, after: str) -> Sequence[IntakeEmergency]:
    """Calls for help that the desk knows of: the open ones, the answered, the cleared, of each the newest first.

    ``after`` is the last one shown; one that is not known begins anew.
    """
    query = select(IntakeEmergency).where(IntakeEmergency.desk == desk)
    last = session.get(IntakeEmergency, after) if after else None
    if last is not None:
        turn = RANKS[last.state]
        query = query.where(
            or_(standing_first > turn, and_(standing_first == turn, IntakeEmergency.emergency < last.emergency))
        )
    return session.scalars(query.order_by(standing_first, IntakeEmergency.emergency.desc()).limit(limit)).all()


def of_case(session: Session, case: str) -> list[IntakeEmergency | IntakeCall]:
    """Every row that says something of a case."""
    raised = session.scalars(select(IntakeEmergency).where(IntakeEmergency.case == case)).all()
    made = session.scalars(select(IntakeCall).where(IntakeCall.case == case)).all()
    return [*raised, *made]
