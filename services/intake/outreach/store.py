"""What this room keeps of a case that leaves the office."""

from sqlalchemy.orm import Session

from services.intake.outreach.demands import store as demands
from services.intake.outreach.going_down import store as going_down


def forget(session: Session, case: str) -> None:
    """A case left this office: what was counted stays counted, which case it was is known no more."""
    demands.forget(session, case)
    going_down.forget(session, case)


def empty(session: Session, case: str) -> None:
    """The file of a case was disposed of: what was said of it on going down goes."""
    going_down.empty(session, case)
