"""RPC to the offices' services, in nameko's wire form, with an end to every wait.

nameko's own standalone proxy is not used: on a half-open link its publisher waits for ever, a request that timed out is
still carried out later, and it brings eventlet into a program of plain threads. Here a request has a time to live, is
mandatory (no service, no waiting), and a connection that failed in any way is dropped.
"""

import json
import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any
from uuid import uuid4

from amqp.basic_message import Message
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError

from network.wire import connect, drop

EXCHANGE = "nameko-rpc"
IDLE_SECONDS = 15.0  # the broker gives up a connection that has been silent for two heartbeats of 10 s
BROKEN = (OSError, AMQPError, KombuError)

Payload = Mapping[str, Any]


class RpcError(Exception):
    """A call that gave no answer."""


class Unreachable(RpcError):
    """The request did not reach a service: the broker or the service is not there."""


class NoAnswer(RpcError):
    """The request was sent and no answer came in time. What became of it is unknown; the same command may be sent again."""


class ServiceFailed(RpcError):
    """The service answered with an exception that is no refusal: a fault of ours. The text is its kind."""


class RpcLink:
    """One connection with a reply queue of its own. Used by one thread at a time."""

    def __init__(self, uri: str) -> None:
        self._connection = connect(uri)
        self._replies: dict[str, dict[str, Any]] = {}
        self._returned: set[str] = set()
        self._address = uuid4().hex
        try:
            self._channel = self._connection.channel()
            self._listen()
        except BaseException:
            self.close()
            raise

    def _listen(self) -> None:
        queue = f"rpc.reply-desk-{self._address}"
        self._channel.auto_decode = False
        self._channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
        self._channel.queue_declare(queue, exclusive=True, auto_delete=True)
        self._channel.queue_bind(queue, EXCHANGE, self._address)
        self._channel.basic_consume(queue, callback=self._take, no_ack=True)
        self._channel.events["basic_return"].add(self._take_returned)

    def call(self, service: str, method: str, payload: Payload, seconds: float) -> Any:
        """The result of ``service.method(payload)``. Raises RpcError, or one of BROKEN when the connection is."""
        call = uuid4().hex
        message = Message(
            json.dumps({"args": [payload], "kwargs": {}}).encode(),
            content_type="application/json",
            content_encoding="utf-8",
            correlation_id=call,
            reply_to=self._address,
            expiration=str(int(seconds * 1000)),
        )
        self._channel.basic_publish(message, EXCHANGE, f"{service}.{method}", mandatory=True, timeout=seconds)
        return self._result(call, service, time.monotonic() + seconds)

    def _result(self, call: str, service: str, deadline: float) -> Any:
        while call not in self._replies:
            if call in self._returned:
                raise Unreachable(f"service {service} is not running")
            left = deadline - time.monotonic()
            if left <= 0:
                raise NoAnswer(f"{service} did not answer in time")
            try:
                self._connection.drain_events(timeout=left)
            except TimeoutError:
                continue
        reply = self._replies.pop(call)
        if reply.get("error"):
            raise ServiceFailed(str(reply["error"].get("exc_type")))
        return reply.get("result")

    def _take(self, message: Any) -> None:
        self._replies[message.properties.get("correlation_id", "")] = json.loads(message.body)

    def _take_returned(self, _error: Any, _exchange: str, _routing_key: str, message: Any) -> None:
        self._returned.add(message.properties["correlation_id"])

    def close(self) -> None:
        """Forget the connection without a good-bye."""
        drop(self._connection)


class OfficeLinks:
    """Connections to the vhosts of offices; each is lent to one thread for one call, and dropped on any error."""

    def __init__(self, uri_of: Callable[[str], str], seconds: float = 10.0) -> None:
        self._uri_of = uri_of
        self._seconds = seconds
        self._lock = Lock()
        self._idle: dict[str, list[tuple[RpcLink, float]]] = {}

    def call(self, office: str, service: str, method: str, payload: Payload) -> Any:
        """One RPC. A connection that died while it was idle is replaced once: commands bear ids, queries change nothing."""
        link, fresh = self._borrow(office)
        try:
            return self._through(link, office, service, method, payload)
        except BROKEN as error:
            if fresh:
                raise NoAnswer(type(error).__name__) from None
        link, _ = self._borrow(office, fresh=True)
        try:
            return self._through(link, office, service, method, payload)
        except BROKEN as error:
            raise NoAnswer(type(error).__name__) from None

    def _through(self, link: RpcLink, office: str, service: str, method: str, payload: Payload) -> Any:
        try:
            result = link.call(service, method, payload, self._seconds)
        except ServiceFailed:
            self._give_back(office, link)
            raise
        except BaseException:
            link.close()
            raise
        self._give_back(office, link)
        return result

    def _borrow(self, office: str, *, fresh: bool = False) -> tuple[RpcLink, bool]:
        link = None if fresh else self._idle_link(office)
        if link is not None:
            return link, False
        try:
            return RpcLink(self._uri_of(office)), True
        except BROKEN as error:
            raise Unreachable(f"the broker of {office}: {type(error).__name__}") from None

    def _idle_link(self, office: str) -> RpcLink | None:
        """The connection used last, if it can be alive still; older ones go."""
        while True:
            with self._lock:
                waiting = self._idle.get(office)
                if not waiting:
                    return None
                link, since = waiting.pop()
            if time.monotonic() - since < IDLE_SECONDS:
                return link
            link.close()

    def _give_back(self, office: str, link: RpcLink) -> None:
        with self._lock:
            self._idle.setdefault(office, []).append((link, time.monotonic()))

    def close(self) -> None:
        """Drop every idle connection."""
        with self._lock:
            links = [link for waiting in self._idle.values() for link, _ in waiting]
            self._idle.clear()
        for link in links:
            link.close()
