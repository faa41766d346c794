"""The unit of work: state, journal, outbox and stream numbers in one commit, under the office lock.

Nothing inside may wait for the network. On SQLite the write lock is taken at BEGIN; on PostgreSQL the office row is
locked last, so that work on different cases runs side by side and number order is still commit order. Locks are taken
in one order everywhere: peer, incoming stream, rows of the service, office, outgoing streams.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import event
from sqlalchemy.orm import Session

from contracts.context import Actor, Decision, Here
from contracts.letters import Tell
from network import copies, outbox
from network.crash import crash_point
from network.journal import canonical, line_hash, row_digest, row_key, row_values
from network.sealing import seal_box
from network.tables import JournalRow, OfficeRow

if TYPE_CHECKING:
    from network.office import OfficeRuntime

NETWORK_PREFIX = "net_"


class UnitOfWork:
    """``with office.uow("intake", actor) as uow: …`` commits at the end of the block, rolls back on any exception."""

    def __init__(self, office: "OfficeRuntime", service: str, actor: Actor, now: datetime) -> None:
        self.office = office
        self.service = service
        self.actor = actor
        self.now = now
        self.session = Session(office.engine, expire_on_commit=False)
        self.topic = (service, "")
        self._tells: list[Tell] = []
        self._notes: list[dict[str, Any]] = []
        self._changed: dict[tuple[Any, ...], Any] = {}
        self._last: list[Callable[[], None]] = []
        event.listen(self.session, "after_flush", self._remember)

    @property
    def here(self) -> Here:
        """Where and when this work decides, under the policy in force now."""
        return self.office.here(self.actor, self.now)

    def tell(self, tell: Tell) -> None:
        """Send ``tell`` if, and only if, this work commits."""
        self._tells.append(tell)

    def tell_all(self, tells: Sequence[Tell]) -> None:
        self._tells.extend(tells)

    def note(self, action: str, case: str = "", why: str = "", data: Mapping[str, Any] | None = None) -> None:
        """The journal's words for what this work does."""
        self._notes.append({"action": action, "case_id": case, "why": why, "data": dict(data or {})})

    def apply(self, decision: Decision[Any], case: str = "") -> None:
        """Tell and note what a rule decided."""
        self.tell_all(decision.tells)
        self.note(decision.action, case, decision.why, decision.data)

    def last(self, act: Callable[[], None]) -> None:
        """Do this at the end, under the office lock: what touches outgoing streams besides the letters told here."""
        self._last.append(act)

    def restate(self, row: Any) -> None:
        """Let the journal say anew what an unchanged row holds: after a revision changed its columns."""
        self._changed[tuple(row_key(row))] = row

    def __enter__(self) -> Self:
        self.session.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
            else:
                self.session.rollback()
        finally:
            self.session.close()

    def _remember(self, session: Session, _context: Any) -> None:
        for row in (*session.new, *session.dirty):
            if not row.__tablename__.startswith(NETWORK_PREFIX):
                self._changed[tuple(row_key(row))] = row
        for row in session.deleted:
            if not row.__tablename__.startswith(NETWORK_PREFIX):
                self._changed[tuple(row_key(row))] = None

    def _commit(self) -> None:
        self.session.flush()
        if self._tells or self._notes or self._changed or self._last:
            self.session.autoflush = False
            self._under_lock(self.office.lock(self.session))
        self.session.commit()
        if self._tells:
            crash_point("after_commit", self.service)
            self.office.wake()

    def _under_lock(self, office: OfficeRow) -> None:
        if self._tells or self._notes or self._changed:
            self._write_journal_and_outbox(office)
        for act in self._last:
            act()

    def _write_journal_and_outbox(self, office: OfficeRow) -> None:
        values = {key: None if row is None else row_values(row) for key, row in self._changed.items()}
        rows = [[*key, None if row is None else row_digest(row)] for key, row in values.items()]
        notes = self._notes or [{"action": self.topic[0], "case_id": self.topic[1], "why": "", "data": {}}]
        for number, note in enumerate(notes):
            self._append_line(office, note, rows if number == len(notes) - 1 else [])
        head = {"epoch": office.epoch, "seq": office.journal_seq, "hash": office.journal_hash}
        copy = self._copy_for_superior(values)
        superior = self.office.superior
        for tell in self._tells:
            sealed = copy if tell.to == superior else None
            copy = None if sealed else copy
            outbox.append(self.session, tell, self.office.id, self.service, self.now, head, sealed)

    def _append_line(self, office: OfficeRow, note: dict[str, Any], rows: list[Any]) -> None:
        line = {
            **note,
            "seq": office.journal_seq + 1,
            "epoch": office.epoch,
            "at": self.now,
            "service": self.service,
            "actor": f"{self.actor.office}/{self.actor.id}",
            "rows": rows,
            "prev": office.journal_hash,
        }
        line["hash"] = line_hash(line)
        self.session.add(JournalRow(**line))
        office.journal_seq, office.journal_hash = line["seq"], line["hash"]

    def _copy_for_superior(self, values: dict[tuple[Any, ...], dict[str, Any] | None]) -> str | None:
        """The rows not yet copied, sealed to the own storage key, when a letter to the superior takes them along."""
        key = self.office.storage_key
        if key is None:
            return None
        copies.remember(self.session, values, self.now)
        if all(tell.to != self.office.superior for tell in self._tells):
            return None
        return seal_box(json.loads(canonical({"rows": copies.take(self.session, values)})), key)
