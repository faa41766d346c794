"""The collector: takes an office's mailboxes on the network's broker in, over one outbound connection.

Also reads the office's dead-letter queue there: what killed a process five times, or could not be decoded, is kept as a
parked row with its bytes.
"""

import logging
from collections.abc import Mapping
from functools import partial

import eventlet
from kombu import Connection

from network.dead import park_dead
from network.inbox import Handlers, deliver
from network.office import OfficeRuntime
from network.relay import BACKOFF_SECONDS, Relay
from network.topology import dead_box, mailbox
from network.wire import Receiver, connect, drop

log = logging.getLogger(__name__)
WAIT_SECONDS = 4.0


class Collector:
    """Delivers what arrives for ``services`` (name → handlers) of one office."""

    def __init__(self, office: OfficeRuntime, uri: str, services: Mapping[str, Handlers], relay: Relay) -> None:
        self.office = office
        self.uri = uri
        self.services = services
        self.relay = relay
        self._connection: Connection | None = None
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True

    def run(self) -> None:
        """Collect until stopped; a lost link is tried again after a pause."""
        failures = 0
        while not self._stopping:
            try:
                receiver = self._connect()
                failures = 0
                while not self._stopping:
                    receiver.wait(WAIT_SECONDS)
            except Exception as error:  # noqa: BLE001 a link may fail in any way; the broker keeps the mail
                if failures == 0:
                    log.warning("%s: mailboxes out of reach: %s", self.office.id, error)
                drop(self._connection)
                eventlet.sleep(BACKOFF_SECONDS[min(failures, len(BACKOFF_SECONDS) - 1)])
                failures += 1
        drop(self._connection)

    def _connect(self) -> Receiver:
        self._connection = connect(self.uri)
        receiver = Receiver(self._connection)
        for service, handlers in self.services.items():
            receiver.consume(mailbox(self.office.id, service), partial(self._take, service, handlers))
        receiver.consume(dead_box(self.office.id), partial(park_dead, self.office))
        return receiver

    def _take(self, service: str, handlers: Handlers, body: bytes, routing_key: str) -> None:
        deliver(self.office, service, handlers, body, routing_key)
        self.relay.ack_wanted = True
        self.relay.wake()
