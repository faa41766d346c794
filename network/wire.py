"""A raw AMQP connection with everything the post needs and nothing that can hang: batches, confirms, deadlines.

kombu's pools are not used: on a half-open link they wait for ever for a polite good-bye. Here every wait has an end, and
on any error the socket is dropped without a handshake.
"""

import contextlib
import logging
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from amqp import ChannelError
from amqp.basic_message import Message
from kombu import Connection

log = logging.getLogger(__name__)
CONNECT_SECONDS = 5
CONFIRM_SECONDS = 10
HEARTBEAT_SECONDS = 10
TCP_USER_TIMEOUT_MS = 30_000  # amqp's own 1 s kills slow village links


@dataclass(frozen=True)
class Parcel:
    """One message to publish; ``id`` is the letter's."""

    id: str
    routing_key: str
    body: bytes


@dataclass
class Outcome:
    """What became of a batch: confirmed, refused by name (403, no route), or turned away by a full queue."""

    confirmed: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    full: list[str] = field(default_factory=list)

    def merge(self, other: "Outcome") -> None:
        self.confirmed += other.confirmed
        self.refused |= other.refused
        self.full += other.full


def connect(uri: str) -> Connection:
    """An open connection with heartbeats; raises kombu's connection errors or OSError within some seconds."""
    connection = Connection(
        uri,
        heartbeat=HEARTBEAT_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        transport_options={
            "confirm_publish": False,
            "socket_settings": {socket.TCP_USER_TIMEOUT: TCP_USER_TIMEOUT_MS},
            "read_timeout": HEARTBEAT_SECONDS * 3,
            "write_timeout": HEARTBEAT_SECONDS * 3,
        },
    )
    try:
        connection.connect()
    except BaseException:
        drop(connection)
        raise
    return connection


def drop(connection: Connection | None) -> None:
    """Forget a connection at once, without waiting for the other side."""
    if connection is not None:
        connection.collect(socket_timeout=1)


def keep_alive(connection: Connection) -> None:
    """Read what came in (heartbeats count only when read) and send a heartbeat when one is due."""
    with contextlib.suppress(TimeoutError, socket.timeout):
        connection.drain_events(timeout=0.001)
    connection.heartbeat_check()


class Sender:
    """Publishes batches to an exchange, mandatory, and waits for the broker's confirms."""

    def __init__(self, connection: Connection, exchange: str) -> None:
        self.connection = connection
        self.exchange = exchange
        self._open_channel()

    def _open_channel(self) -> None:
        self._channel = self.connection.channel()
        self._channel.confirm_select()
        self._tag = 0
        self._waiting: dict[int, str] = {}
        self._outcome = Outcome()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)

    def send(self, parcels: Sequence[Parcel]) -> Outcome:
        """Publish all and wait for every confirm. Raises TimeoutError or a connection error; then nothing is known.

        A 403 closes the channel without saying for which message, so the unsettled rest goes one by one.
        """
        try:
            return self._batch(parcels)
        except ChannelError:
            outcome = self._outcome
            settled = {*outcome.confirmed, *outcome.refused, *outcome.full}
            self._open_channel()
            for parcel in parcels:
                if parcel.id not in settled:
                    outcome.merge(self._single(parcel))
            return outcome

    def _single(self, parcel: Parcel) -> Outcome:
        try:
            return self._batch([parcel])
        except ChannelError as error:
            self._open_channel()
            return Outcome(refused={parcel.id: str(error)})

    def _batch(self, parcels: Iterable[Parcel]) -> Outcome:
        self._outcome, self._waiting = Outcome(), {}
        for parcel in parcels:
            self._publish(parcel)
        deadline = time.monotonic() + CONFIRM_SECONDS
        while self._waiting:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the broker did not confirm in time")
            self.connection.drain_events(timeout=left)
        return self._outcome

    def _publish(self, parcel: Parcel) -> None:
        self._tag += 1
        self._waiting[self._tag] = parcel.id
        message = Message(
            parcel.body,
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=2,
            message_id=parcel.id,
        )
        self._channel.basic_publish(message, self.exchange, parcel.routing_key, mandatory=True, timeout=CONFIRM_SECONDS)

    def _settled(self, tag: int, multiple: bool) -> list[str]:
        tags = [known for known in self._waiting if known <= tag] if multiple else [tag]
        return [self._waiting.pop(known) for known in tags if known in self._waiting]

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._outcome.confirmed += [id_ for id_ in self._settled(tag, multiple) if id_ not in self._outcome.refused]

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._outcome.full += self._settled(tag, multiple)

    def _on_return(self, error: Any, _exchange: str, routing_key: str, message: Any) -> None:
        self._outcome.refused[message.properties["message_id"]] = f"{error} ({routing_key})"


class Receiver:
    """Consumes several queues over one channel, calling back with the raw body and the routing key of each message."""

    def __init__(self, connection: Connection, prefetch: int = 50) -> None:
        self.connection = connection
        self._channel = connection.channel()
        self._channel.auto_decode = False
        self._channel.basic_qos(0, prefetch, False)

    def consume(self, queue: str, take: Callable[[bytes, str], None]) -> None:
        """From now on each message of ``queue`` goes to ``take``; acknowledged when it returned, put back when it raised."""

        def on_message(message: Any) -> None:
            body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
            try:
                take(body, message.delivery_info["routing_key"])
            except Exception:
                log.exception("a message of %s could not be kept; the broker keeps it", queue)
                time.sleep(2)
                self._channel.basic_reject(message.delivery_tag, requeue=True)
            else:
                self._channel.basic_ack(message.delivery_tag)

        self._channel.basic_consume(queue, callback=on_message)

    def wait(self, seconds: float) -> None:
        """Handle what arrives within ``seconds``; keeps the heartbeat."""
        try:
            self.connection.drain_events(timeout=seconds)
        except TimeoutError:
            self.connection.heartbeat_check()
