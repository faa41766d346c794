"""Identifiers that sort by time (UUID version 7, RFC 9562), as 32 hex digits; and numbers in which nobody sees a gap."""

import os
import secrets
import time
from collections.abc import Callable

from contracts.errors import Refused

DRAWS = 100
DIGITS = 6


def new_id() -> str:
    """A new UUIDv7: 48 bits of Unix milliseconds, then randomness."""
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return f"{value:032x}"


def drawn(stem: str, is_taken: Callable[[str], bool]) -> str:
    """``stem`` and six random digits that are not taken yet. Refused when a hundred draws found none."""
    for _ in range(DRAWS):
        number = f"{stem}{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        if not is_taken(number):
            return number
    raise Refused("numbers_used_up", f"{stem}之后没有空余的编号")
