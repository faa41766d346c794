"""The relay: takes the outbox to the broker. One greenlet for the office's own letters, one for those to others.

Order within a stream is kept, a batch is published before its confirms are awaited, and nothing is marked before the
broker said that it has it. What the broker refuses is parked on its row; the rest flows.
"""

import contextlib
import logging
import math
import time
from collections.abc import Sequence
from typing import Any

import eventlet
from eventlet.queue import Empty, LightQueue
from kombu import Connection
from sqlalchemy.orm import Session

from contracts.letters import Tell, routing_key
from network import bare, copies, outbox, restore
from network.crash import crash_point
from network.dead import DeadBox
from network.ids import new_id
from network.inbox import system
from network.journal import canonical
from network.office import OfficeRuntime
from network.tables import OutboxRow
from network.wire import Outcome, Parcel, Sender, connect, drop, keep_alive

log = logging.getLogger(__name__)
EXCHANGE = "post"
BATCH = 100
BACKOFF_SECONDS = (0.5, 1, 2, 5, 10)
ACK_SECONDS = 1.0
HELLO_SECONDS = 3600  # takes the journal head to every office above
PRUNE_SECONDS = 3600
PASS_SECONDS = 60


class Relay:
    """Publishes the rows of one office's outbox: ``own`` ones to its own vhost, the others to the network's."""

    def __init__(self, office: OfficeRuntime, uri: str, *, own: bool, poll_seconds: float) -> None:
        self.office = office
        self.uri = uri
        self.own = own
        self.poll_seconds = poll_seconds
        self.ack_wanted = not own
        self._next_hello = math.inf if own else 0.0
        self._next_prune = 0.0 if own else math.inf
        self._next_ack = 0.0
        self._wakes: LightQueue = LightQueue(maxsize=1)
        self._connection: Connection | None = None
        self._sender: Sender | None = None
        self._dead: DeadBox | None = None
        self._stopping = False
        office.on_commit.append(self.wake)

    def wake(self) -> None:
        """There is something to send; never blocks."""
        if self._wakes.empty():
            self._wakes.put_nowait(True)

    def stop(self) -> None:
        self._stopping = True
        self.wake()

    def run(self) -> None:
        """Relay until stopped. Every failure drops the connection and is tried again after a pause."""
        failures = 0
        while not self._stopping:
            try:
                with eventlet.Timeout(PASS_SECONDS, TimeoutError("a pass of the relay took too long")):
                    full = self._pass()
                failures = 0
                if not full:
                    self._wait()
            except Exception as error:  # noqa: BLE001 a link may fail in any way; the rows stay
                self._lost(error, failures)
                eventlet.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
                failures += 1
        drop(self._connection)

    def _lost(self, error: Exception, failures: int) -> None:
        if failures == 0:
            log.warning("%s: link to %s lost: %s", self.office.id, "own broker" if self.own else "network", error)
        drop(self._connection)
        self._connection = self._sender = None
        self._next_hello = math.inf if self.own else 0.0

    def _wait(self) -> None:
        seconds = self.poll_seconds
        if self.ack_wanted or self.office.bare_queue:
            seconds = max(0.01, min(seconds, self._next_ack - time.monotonic()))
        with contextlib.suppress(Empty):
            self._wakes.get(timeout=seconds)
        if self._connection is not None:
            keep_alive(self._connection)

    def _ready(self) -> Sender:
        if self._sender is None:
            self._connection = connect(self.uri)
            self._sender = Sender(self._connection, EXCHANGE)
            self._dead = DeadBox(self.office, self._connection, self.poll_seconds) if self.own else None
            log.info("%s: link to %s is up", self.office.id, "own broker" if self.own else "network")
        return self._sender

    def _pass(self) -> bool:
        """One round; whether there is more to send."""
        sender = self._ready()
        if self._dead is not None:
            self._dead.empty()
        if time.monotonic() >= self._next_prune:
            self._prune()
        if not self.own:
            self._send_bare(sender)
            self._resend()
        with self.office.reading() as session:
            rows = outbox.due_rows(session, self.own, self.office.id, self.office.now(), BATCH)
        if not rows:
            return False
        outcome = sender.send([self._parcel(row) for row in rows])
        for service in {row.by_service for row in rows}:
            crash_point("before_mark", service)
        self._mark(outcome, {row.id: row for row in rows})
        return len(rows) == BATCH

    def _parcel(self, row: OutboxRow) -> Parcel:
        return Parcel(row.id, routing_key(self.office.id, row.office, row.service, row.type), canonical(row.body))

    def _mark(self, outcome: Outcome, rows: dict[str, OutboxRow]) -> None:
        with self.office.uow("network", system(self.office)) as uow:
            self.office.lock(uow.session)
            outbox.mark_sent(uow.session, outcome.confirmed, uow.now)
            for row_id, reason in outcome.refused.items():
                outbox.park(uow.session, row_id, reason)
            for stream in {(rows[row_id].office, rows[row_id].service) for row_id in outcome.full}:
                outbox.hold_stream(uow.session, *stream, uow.now)
        for office in sorted({rows[row_id].office for row_id in outcome.refused}):
            log.warning("%s: the broker refused post to %s; it is parked", self.office.id, office)

    def _prune(self) -> None:
        with self.office.uow("network", system(self.office)) as uow:
            self.office.lock(uow.session)
            pruned = outbox.prune(uow.session, uow.now, BATCH)
        if pruned < BATCH:
            self._next_prune = time.monotonic() + PRUNE_SECONDS

    def _resend(self) -> None:
        with self.office.reading() as session:
            late = outbox.streams_overdue(session, self.office.now()) or restore.is_asking(session, self.office.now())
            alone = self.office.superior is not None and copies.waits(session, self.office.now())
        if late:
            with self.office.uow("network", system(self.office)) as uow:
                self.office.lock(uow.session)
                outbox.resend_overdue(uow.session, uow.now)
                restore.ask_again(uow)
        if alone:
            with self.office.uow("network", system(self.office)) as uow:
                uow.tell(Tell(self.office.superior or "", "supervision", "void", "", {"of": "copy"}))

    def _send_bare(self, sender: Sender) -> None:
        if time.monotonic() >= self._next_hello:
            self.office.bare_queue.extend((peer, "hello", {}) for peer in sorted(self.office.peers))
            self._next_hello = time.monotonic() + HELLO_SECONDS
        if time.monotonic() < self._next_ack or not (self.ack_wanted or self.office.bare_queue):
            return
        words = self.office.bare_queue[:BATCH]
        self.ack_wanted = False
        parcels = self._bare_parcels(words)
        if parcels:
            sender.send(parcels)
        del self.office.bare_queue[: len(words)]
        self._next_ack = time.monotonic() + ACK_SECONDS

    def _bare_parcels(self, words: Sequence[tuple[str, str, Any]]) -> list[Parcel]:
        with self.office.uow("network", system(self.office)) as uow:
            acks = [(to, "ack", data) for to, data in bare.acks_due(uow.session, self.office.id)]
            said = [self._bare_parcel(uow.session, *word, uow.now.isoformat()) for word in (*acks, *words)]
        return [parcel for parcel in said if parcel is not None]

    def _bare_parcel(self, session: Session, to: str, type_: str, data: Any, now: str) -> Parcel | None:
        if type_ == "returned":
            data = bare.returned_data(session, data)
        if type_ == "hello":
            data = bare.hello_data(session, to)
        if not self.office.tree.in_network(to):
            return None
        letter_id = new_id()
        body = bare.body_of(session, self.office.id, type_, data, now, letter_id)
        box = self.office.tree.office(to).services[0]
        return Parcel(letter_id, routing_key(self.office.id, to, box, type_), body)
