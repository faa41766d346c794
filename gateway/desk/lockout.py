"""Slows down who guesses passwords: five wrong ones close an account name for five minutes."""

import time
from collections.abc import Callable
from threading import Lock

WRONG_ALLOWED = 5
CLOSED_SECONDS = 300
MAX_NAMES = 10_000


class Lockout:
    """Counts wrong log-ins by name, whether or not there is such an account. ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._wrong: dict[str, tuple[int, float]] = {}

    def closed_for(self, name: str) -> int:
        """Seconds for which the name stays closed, 0 when it is open."""
        count, last = self._wrong.get(name, (0, 0.0))
        left = last + CLOSED_SECONDS - self._clock()
        return max(1, int(left)) if count >= WRONG_ALLOWED and left > 0 else 0

    def wrong(self, name: str) -> None:
        """One more wrong log-in; the count begins anew five minutes after the last."""
        now = self._clock()
        with self._lock:
            count, last = self._wrong.get(name, (0, now))
            recent = now - last < CLOSED_SECONDS
            self._wrong.pop(name, None)
            self._wrong[name] = (count + 1 if recent else 1, now)
            while len(self._wrong) > MAX_NAMES:
                del self._wrong[next(iter(self._wrong))]

    def right(self, name: str) -> None:
        """A right log-in clears the name."""
        with self._lock:
            self._wrong.pop(name, None)
