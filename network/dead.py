"""Dead letters become parked rows: what killed a process five times, or could not be decoded."""

import time
from typing import Any

from kombu import Connection

from network.inbox import park_raw
from network.office import OfficeRuntime

QUEUE = "dead"
BATCH = 50


class DeadBox:
    """Asks at most once in ``seconds``; a queue that is nearly always empty deserves no consumer of its own."""

    def __init__(self, office: OfficeRuntime, connection: Connection, seconds: float) -> None:
        self.office = office
        self.seconds = seconds
        self._channel = connection.channel()
        self._channel.auto_decode = False
        self._next = 0.0

    def empty(self) -> None:
        """Keep every dead message as a parked row with its bytes, then acknowledge it."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self.seconds
        for _ in range(BATCH):
            message = self._channel.basic_get(QUEUE)
            if message is None:
                return
            self._keep(message)

    def _keep(self, message: Any) -> None:
        body = message.body
        raw = body if isinstance(body, bytes) else str(body).encode()
        park_dead(self.office, raw, message.delivery_info["routing_key"])
        self._channel.basic_ack(message.delivery_tag)


def park_dead(office: OfficeRuntime, raw: bytes, routing_key: str) -> None:
    """Keep a dead message as a parked row of the service it was for ("" where its routing key names none)."""
    service = ".".join(routing_key.split(".")[4:5])  # of from.<office>.to.<office>.<service>.<type>
    park_raw(office, service, raw, f"死信:{routing_key}")
