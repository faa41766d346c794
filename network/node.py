"""A node: the services, relays and collectors of the offices that one process hosts.

Import only in a process that was monkey-patched by eventlet first (``shangda.node`` does so). A container that dies is
started again alone; the network may be out of reach at start and at any time after; stopping has a hard deadline.
"""

import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import eventlet
from eventlet.event import Event
from nameko.containers import ServiceContainer

from network import moved
from network.collector import Collector
from network.hosting import network_uri, own_uri
from network.office import OfficeRuntime
from network.relay import Relay
from network.service import Service
from network.settings import Settings

log = logging.getLogger(__name__)
STOP_SECONDS = 8
RESTART_SECONDS = (1, 2, 5, 10, 30)
HEARTBEAT_SECONDS = 15
WORKERS = 10


class OfficeNode:
    """One office of the node."""

    def __init__(self, office: OfficeRuntime, services: Sequence[type[Service]], settings: Settings) -> None:
        self.office = office
        self.services = services
        own, network = own_uri(settings, office.id), network_uri(settings, office.tree, office.id)
        self.config: dict[str, Any] = {
            "office": office,
            "poll_seconds": settings.poll_seconds,
            "AMQP_URI": own,
            "HEARTBEAT": HEARTBEAT_SECONDS,
            "max_workers": WORKERS,
            "serializer": "json",
            "ACCEPT": ["json"],
        }
        self.own_relay = Relay(office, own, own=True, poll_seconds=settings.poll_seconds)
        self.link = Relay(office, network, own=False, poll_seconds=settings.poll_seconds)
        handlers = {service.name: service.of(office).handlers for service in services}
        self.collector = Collector(office, network, handlers, self.link)
        self.containers: dict[str, ServiceContainer] = {}
        self._stopping = False

    def start(self, started: Callable[[], None]) -> None:
        """Spawn everything; ``started`` is called once for each service that runs for the first time."""
        for runner in (self.own_relay, self.link, self.collector):
            eventlet.spawn(runner.run)
        for service in self.services:
            eventlet.spawn(self._keep, service, started)

    def _keep(self, service: type[Service], started: Callable[[], None]) -> None:
        """Run a service's container, again and again when it dies."""
        deaths, announced = 0, False
        while not self._stopping:
            container = ServiceContainer(service, self.config)
            self.containers[service.name] = container
            try:
                container.start()
                if not announced:
                    started()
                    announced = True
                container.wait()
            except Exception:
                log.exception("%s %s: the service died", self.office.id, service.name)
            if not self._stopping:
                eventlet.sleep(RESTART_SECONDS[min(deaths, len(RESTART_SECONDS) - 1)])
                deaths += 1

    def stop(self) -> None:
        """Stop taking things in, then wait for what is being worked on."""
        self._stopping = True
        for runner in (self.own_relay, self.link, self.collector):
            runner.stop()
        pool = eventlet.GreenPool()
        for container in self.containers.values():
            pool.spawn_n(container.stop)
        pool.waitall()


class Node:
    """All offices of this process."""

    def __init__(
        self,
        offices: Mapping[str, OfficeRuntime],
        services: Callable[[str], Sequence[type[Service]]],
        settings: Settings,
    ) -> None:
        self.offices = [OfficeNode(office, services(office.office.tier), settings) for office in offices.values()]
        self._waiting = sum(len(node.services) for node in self.offices)
        self._ready = Event()
        self._stop = Event()

    def run(self, ready_file: Path | None = None, moved_file: Path | None = None) -> None:
        """Start all, touch ``ready_file`` when every service consumes, stop on SIGTERM or SIGINT.

        With ``moved_file`` the test clock is watched, and the file says which of its moves every service has seen.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: eventlet.spawn(self._request_stop))
        for node in self.offices:
            node.start(self._one_started)
        eventlet.spawn(self._announce, ready_file)
        if moved_file is not None:
            eventlet.spawn(moved.watch, self.offices, moved_file)
        self._stop.wait()
        self._shut_down()

    def _request_stop(self) -> None:
        if not self._stop.ready():
            self._stop.send(None)

    def _one_started(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._ready.send(None)

    def _announce(self, ready_file: Path | None) -> None:
        self._ready.wait()
        log.info("node ready: %d offices", len(self.offices))
        if ready_file is not None:
            ready_file.touch()

    def _shut_down(self) -> None:
        pool = eventlet.GreenPool(len(self.offices) or 1)
        try:
            with eventlet.Timeout(STOP_SECONDS):
                for node in self.offices:
                    pool.spawn_n(node.stop)
                pool.waitall()
        except eventlet.Timeout:
            log.warning("not all services stopped within %d s; what was in hand is delivered again", STOP_SECONDS)
        logging.shutdown()
        os._exit(0)
