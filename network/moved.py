"""A node under a test clock: as soon as the clock was moved every service looks at what is due, and a file says so.

Nothing of this runs in a real network. A year of a simulation has hundreds of mornings; without it each would cost a whole
round of polling, and nobody could tell when the round was over.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import eventlet

from network import clock

if TYPE_CHECKING:
    from network.node import OfficeNode

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.02


def written(path: Path) -> int:
    """When a file was written, in nanoseconds; 0 while it is not there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def watch(nodes: "list[OfficeNode]", done: Path) -> None:
    """For ever: after each move of the test clock one tick of every service, then ``done``.

    ``done`` holds when the clock's file was written that all have seen. Raises LookupError without a test clock.
    """
    if not os.environ.get(clock.VARIABLE):
        raise LookupError(f"{clock.VARIABLE} names no file: there is no clock to watch")
    path, seen = Path(os.environ[clock.VARIABLE]), 0
    while True:
        moved = written(path)
        if moved != seen:
            for _ in _looked_at(nodes):
                eventlet.sleep(0)
            seen = moved
            fresh = done.with_suffix(".new")
            fresh.write_text(str(seen))
            fresh.replace(done)
        eventlet.sleep(LOOK_SECONDS)


def _looked_at(nodes: "list[OfficeNode]") -> Iterator[None]:
    for node in nodes:
        for service in node.services:
            try:
                service.of(node.office).tick()
            except Exception:
                log.exception("%s %s: a tick failed", node.office.id, service.name)
            yield
