"""Receipts of commands that were just sent, so that a command sent again shows the receipt it was given at first.

In memory only, for an hour: a receipt is stored nowhere.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from threading import Lock

from network.ids import new_id
from network.receipts import make_receipt, receipt_hash

Key = tuple[str, str, int]

KEPT_SECONDS = 3600
MAX_KEPT = 5000


@dataclass(frozen=True)
class Prepared:
    """A case and its receipt, made before the office was asked; ``matter`` is its number among those of the receipt."""

    case: str
    receipt: str
    matter: int = 1

    @property
    def hashed(self) -> str:
        """What the case is stored under."""
        return receipt_hash(self.receipt, self.matter)


class ShownReceipts:
    """What was prepared for each (office/user, command id, matter)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[Key, tuple[Prepared, float]] = {}

    def prepared(self, who: str, command_id: str, matter: int = 1) -> Prepared:
        """The same for the same command, for an hour; for a further ``matter`` of a letter under the same receipt."""
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            first = self._of((who, command_id, 1), lambda: Prepared(new_id(), make_receipt()), now)
            if matter == 1:
                return first
            # An id without a moment in it: two rows of one letter must not be known by having been made together.
            return self._of((who, command_id, matter), lambda: Prepared(token_hex(16), first.receipt, matter), now)

    def _of(self, key: Key, make: Callable[[], Prepared], now: float) -> Prepared:
        if key not in self._kept:
            self._kept[key] = (make(), now)
        return self._kept[key][0]

    def _forget(self, now: float) -> None:
        old = [key for key, (_, since) in self._kept.items() if now - since > KEPT_SECONDS]
        surplus = list(self._kept)[: max(0, len(self._kept) - MAX_KEPT)]
        for key in {*old, *surplus}:
            del self._kept[key]
