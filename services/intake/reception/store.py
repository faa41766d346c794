"""What the whole of named reception forgets with a case."""

from sqlalchemy.orm import Session

from services.intake.reception.bookings import store as bookings
from services.intake.reception.records import store as records
from services.intake.reception.schedules import store as schedules


def forget(session: Session, case: str) -> None:
    """A case left this office: the places it took stay counted, nothing says of which case or what was said."""
    schedules.forget(session, case)
    bookings.forget(session, case)
    records.forget(session, case)


def empty(session: Session, case: str) -> None:
    """The file of a case was disposed of: what was said at its receptions goes."""
    records.empty(session, case)
