"""The dead-letter queue of an office's own vhost, emptied into parked rows."""

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
        body, key = message.body, message.delivery_info["routing_key"]
        raw = body if isinstance(body, bytes) else str(body).encode()
        service = ".".join(key.split(".")[4:5])  # of from.<office>.to.<office>.<service>.<type>
        park_raw(self.office, service, raw, f"死信:{key}")
        self._channel.basic_ack(message.delivery_tag)
