"""What the tests of the portal look at: its outbox, its database file, and steps told by offices."""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from contracts.letters import Letter
from gateway.portal.mail import PortalMail
from gateway.portal.models import FiledRow
from network.db import Base
from network.ids import new_id
from network.inbox import system
from network.office import OfficeRuntime
from network.receipts import receipt_hash
from network.tables import OutboxRow

MORNING = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
PETITION = {"text": "村口水渠塌了两个月没人修", "place": "610402901901"}
ACCUSING = {
    "text": "会计虚报十二亩复垦补贴",
    "place": "610402901901",
    "accused": [{"name": "秦某", "office": "610402901901", "post": "会计", "rank": "village_cadre"}],
}


def letters(office: OfficeRuntime) -> list[OutboxRow]:
    with office.reading() as session:
        return list(session.scalars(select(OutboxRow).order_by(OutboxRow.seq)))


def rows_in_all_tables(office: OfficeRuntime) -> int:
    with office.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(t)) for t in Base.metadata.sorted_tables]
    return sum(count or 0 for count in counts)


def on_disk(folder: Path) -> bytes:
    """Every byte of the database, its write-ahead log included."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("portal.db*")))


def tell_step(portal: OfficeRuntime, receipt: str, step: str, at: datetime = MORNING, **other: Any) -> Letter:
    """A step as an office tells it."""
    data = {
        "receipt_hash": receipt_hash(receipt),
        "desk": "petition",
        "entry_office": "610402901901",
        "step": step,
        "at": at,
        "tier": "town",
        "office": "610402901",
        "number": "610402901901-2026-00001",
        "due": None,
        "how": [],
        "note": "",
        "as_case": "",
        **other,
    }
    with portal.reading() as session:
        filed = session.get(FiledRow, data["receipt_hash"])
    case = filed.case if filed else "c" * 32
    letter = Letter(new_id(), "610402901", "assignment", "case_progress", case, at.isoformat(), data)
    deliver(portal, letter)
    return letter


def deliver(office: OfficeRuntime, letter: Letter) -> None:
    with office.uow("portal", system(office)) as uow:
        PortalMail.of(office).handlers[letter.type](uow, letter)
