"""Receipts of commands that were just sent, so that a command sent again shows the receipt it was given at first.

In memory only, for an hour: a receipt is stored nowhere.
"""

import time
from dataclasses import dataclass
from threading import Lock

from network.ids import new_id
from network.receipts import make_receipt

KEPT_SECONDS = 3600
MAX_KEPT = 5000


@dataclass(frozen=True)
class Prepared:
    """A case and its receipt, made before the office was asked."""

    case: str
    receipt: str


class ShownReceipts:
    """What was prepared for each (office/user, command id)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str], tuple[Prepared, float]] = {}

    def prepared(self, who: str, command_id: str) -> Prepared:
        """The same for the same command, for an hour."""
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            key = (who, command_id)
            if key not in self._kept:
                self._kept[key] = (Prepared(new_id(), make_receipt()), now)
            return self._kept[key][0]

    def _forget(self, now: float) -> None:
        old = [key for key, (_, since) in self._kept.items() if now - since > KEPT_SECONDS]
        surplus = list(self._kept)[: max(0, len(self._kept) - MAX_KEPT)]
        for key in {*old, *surplus}:
            del self._kept[key]
