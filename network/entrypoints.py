"""nameko, with its traps closed: what a service's methods are reached by inside its own office.

One AMQP connection per service: RPC and the office's own letters share one queue consumer. A message that cannot be
decoded is dead-lettered, never acknowledged; an RPC without an address to answer to is parked, never kills the service;
a reply that cannot be sent is logged, and the caller asks again under the same command id. Replies are never written to the
broker's disk: they may hold names, and nobody reads one after its caller has gone.
"""

import functools
import logging
from typing import Any

import eventlet
from kombu import Queue
from nameko.constants import AMQP_URI_CONFIG_KEY, DEFAULT_SERIALIZER, NON_PERSISTENT
from nameko.extensions import DependencyProvider
from nameko.messaging import Consumer, QueueConsumer
from nameko.rpc import Responder, Rpc, RpcConsumer, get_rpc_exchange
from nameko.timer import Timer

from network.inbox import park_raw
from network.office import OfficeRuntime

log = logging.getLogger(__name__)
PAUSE_BEFORE_REQUEUE = 2.0


class SafeQueueConsumer(QueueConsumer):  # type: ignore[misc]  # nameko has no types
    """Rejects what cannot be decoded to the dead-letter queue, where kombu would acknowledge and so lose it."""

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        log.warning("a message on %s could not be decoded: %s", message.delivery_info.get("routing_key"), exc)
        message.reject(requeue=False)


class OfficeProvider(DependencyProvider):  # type: ignore[misc]
    """Gives a service the office that its container runs for."""

    def get_dependency(self, _worker: Any) -> OfficeRuntime:
        office: OfficeRuntime = self.container.config["office"]
        return office


class TransientResponder(Responder):  # type: ignore[misc]
    """nameko's responder, whose replies the broker need not keep over a restart, and so does not write down."""

    publisher_cls = staticmethod(functools.partial(Responder.publisher_cls, delivery_mode=NON_PERSISTENT))


class SafeRpcConsumer(RpcConsumer):  # type: ignore[misc]
    """Parks a request that names no reply queue: nameko would raise outside any worker and take the service down."""

    queue_consumer = SafeQueueConsumer()

    def handle_message(self, body: Any, message: Any) -> None:
        if not message.properties.get("reply_to"):
            raw = message.body if isinstance(message.body, bytes) else str(message.body).encode()
            park_raw(
                self.container.config["office"], self.container.service_name, raw, "RPC 请求没有回信地址 (reply_to)"
            )
            self.queue_consumer.ack_message(message)
            return
        super().handle_message(body, message)

    def handle_result(self, message: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        config = self.container.config
        responder = TransientResponder(
            config[AMQP_URI_CONFIG_KEY], get_rpc_exchange(config), DEFAULT_SERIALIZER, message
        )
        try:
            result, exc_info = responder.send_response(result, exc_info)
        except Exception:
            log.exception("%s: a reply could not be sent", self.container.service_name)
        self.queue_consumer.ack_message(message)
        return result, exc_info


class SafeRpc(Rpc):  # type: ignore[misc]
    """nameko's RPC entrypoint on the safe consumers."""

    rpc_consumer = SafeRpcConsumer()


class Mailbox(Consumer):  # type: ignore[misc]
    """The office's own letters for this service: the method gets the raw body and the routing key.

    Acknowledged when the method returned, that is after its commit. When even that failed (the database cannot be
    written), the message goes back after a pause; after five times the broker dead-letters it.
    """

    queue_consumer = SafeQueueConsumer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queue=None, requeue_on_error=True, **kwargs)

    def setup(self) -> None:
        self.queue = Queue(self.container.service_name, no_declare=True)
        super().setup()

    def handle_message(self, _body: Any, message: Any) -> None:
        raw = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        super().handle_message({"raw": raw, "routing_key": message.delivery_info["routing_key"]}, message)

    def handle_message_processed(self, message: Any, result: Any = None, exc_info: Any = None) -> None:
        if exc_info is not None:
            eventlet.sleep(PAUSE_BEFORE_REQUEUE)
        super().handle_message_processed(message, result, exc_info)


class PollTimer(Timer):  # type: ignore[misc]
    """A timer whose interval (seconds) is the node's, so that tests need not wait long."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(interval=5, **kwargs)

    def setup(self) -> None:
        self.interval = self.container.config["poll_seconds"]
        super().setup()


safe_rpc = SafeRpc.decorator
mailbox = Mailbox.decorator
poll_timer = PollTimer.decorator
