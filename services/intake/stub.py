"""What intake can say of a case in a milestone: assignment alone knows who holds it and how far it is."""

from dataclasses import dataclass
from datetime import datetime

from contracts.words import Status


@dataclass(frozen=True)
class Stub:
    """``contracts.telling.HeldCase`` from the register: supervision reads of it only the clocks, never the course."""

    case: str
    number: str
    desk: str
    entry_office: str
    holder: str
    entered_at: datetime
    category: str
    place: str = ""
    receipt_hash: str = ""
    status: str = Status.REGISTERED.value
    override: int = 0
    n: int = 0
    offered_to: str = ""
    excluded: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
