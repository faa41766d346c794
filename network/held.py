"""Letters that a handler could not take are held as rows; here they are tried again, each in its own commit."""

from sqlalchemy import select

from network.forget import HELD
from network.inbox import Handlers, apply_letter, mark_failed, system
from network.office import OfficeRuntime
from network.tables import InboxRow


def retry_due(office: OfficeRuntime, service: str, handlers: Handlers, batch: int = 100) -> int:
    """Try again the letters whose time has come; how many were tried."""
    with office.reading() as session:
        due = select(InboxRow.id).where(InboxRow.state == "retry", InboxRow.service == service)
        ids = session.scalars(
            due.where(InboxRow.retry_at <= office.now()).order_by(InboxRow.retry_at).limit(batch)
        ).all()
    for row_id in ids:
        retry(office, service, handlers, row_id)
    return len(ids)


def retry(office: OfficeRuntime, service: str, handlers: Handlers, row_id: str) -> bool:
    """Apply a held letter now, then those of its case that waited behind it; whether it went through."""
    try:
        with office.uow(service, system(office)) as uow:
            row = uow.session.get(InboxRow, row_id, with_for_update=True)
            if row is None or row.state not in HELD or row.body is None:
                return False
            row.state, row.retry_at = "applied", None
            apply_letter(uow, handlers, row)
    except Exception as error:  # noqa: BLE001 whatever a handler raises, the letter is kept with it
        with office.uow(service, system(office)) as uow:
            kept = uow.session.get_one(InboxRow, row_id)
            mark_failed(uow, kept, error)
        return False
    _release_case(office, service, handlers, row.office, row.case_id)
    return True


def _release_case(office: OfficeRuntime, service: str, handlers: Handlers, sender: str, case: str) -> None:
    """Apply the sender's letters that waited behind a held one of this case, in the order in which they came."""
    with office.reading() as session:
        blocked = (
            select(InboxRow)
            .where(InboxRow.state.in_(HELD), InboxRow.service == service, InboxRow.case_id == case)
            .where(InboxRow.office == sender)
        )
        rows = session.scalars(blocked.order_by(InboxRow.received_at, InboxRow.seq)).all()
    if rows and rows[0].state == "blocked":
        retry(office, service, handlers, rows[0].id)
