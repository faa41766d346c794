"""Letters that a handler could not take are held as rows; here they are tried again, each in its own commit."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from network.forget import HELD
from network.inbox import Handlers, apply_letter, mark_failed, system
from network.office import OfficeRuntime
from network.tables import InboxRow


def retry_due(office: OfficeRuntime, service: str, handlers: Handlers, batch: int = 100) -> int:
    """Try again the letters whose time has come, and those that wait behind none any more; how many were tried."""
    tried = 0
    while tried < batch and (ids := _ready(office, service, batch - tried)):
        for row_id in ids:
            retry(office, service, handlers, row_id)
        tried += len(ids)
    return tried


def _ready(office: OfficeRuntime, service: str, limit: int) -> Sequence[str]:
    """Ids of the letters to be tried now, in the order of their streams.

    Whether a blocked letter may go on is looked up, not told by the one before it: it may have come while that one was
    being applied, and a killed program tells nobody.
    """
    with office.reading() as session:
        return session.scalars(_READY, {"service": service, "now": office.now(), "most": limit}).all()


def _ready_ones() -> Select[str]:
    """The query, which every service asks at every tick: put together once."""
    before = aliased(InboxRow)
    same = (before.office == InboxRow.office, before.service == InboxRow.service, before.case_id == InboxRow.case_id)
    ahead = exists().where(*same, before.state.in_(HELD), before.seq < InboxRow.seq)
    come = and_(InboxRow.state == "retry", InboxRow.retry_at <= bindparam("now"))
    free = and_(InboxRow.state == "blocked", ~ahead)
    ready = select(InboxRow.id).where(InboxRow.service == bindparam("service"), or_(come, free))
    return ready.order_by(InboxRow.seq).limit(bindparam("most"))


_READY = _ready_ones()


def retry(office: OfficeRuntime, service: str, handlers: Handlers, row_id: str) -> bool:
    """Apply a held letter now; whether it went through."""
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
    return True
