"""Which case a booking or a reception may name, and from whom it keeps away."""

from sqlalchemy.orm import Session

from contracts.errors import NotFound
from contracts.reception import KEY_FLAGS
from contracts.veils import is_veiled
from contracts.words import Desk
from network import veils
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.reception.bookings.rules import not_about_him
from services.intake.reception.records import store as records
from services.intake.reception.records.rules import Course


def of_receipt(session: Session, receipt_hash: str) -> str:
    """The petition of a receipt that is registered here; "" of any other, a sealed report among them."""
    row = register.by_receipt(session, receipt_hash)
    return row.case if row is not None and row.desk == Desk.PETITION else ""


def known(session: Session, case: str) -> Course:
    """How far a petition is that was registered here, or that this office has or had. Raises NotFound."""
    row, told = register.report_seen(session, case), records.course(session, case)
    registered = row is not None and row.desk == Desk.PETITION and not row.recalled
    if not registered and told is None:
        raise NotFound("该信访事项")
    flagged = row is not None and bool(set(KEY_FLAGS) & set(row.flags))
    course = told or Course()
    return Course(course.outcome, course.round, course.key or flagged)


def keep_away(uow: UnitOfWork, case: str, *officials: str, field: str = "leader") -> None:
    """Refused where one of them is recused from the case: nobody receives a complaint about himself (R11)."""
    if case:
        kept = veils.kept(uow.session, case)
        not_about_him(about=any(is_veiled(case, each, kept) for each in officials), field=field)


def is_recused(session: Session, case: str, official: str) -> bool:
    return bool(case) and is_veiled(case, official, veils.kept(session, case))
