"""Identifiers that sort by time (UUID version 7, RFC 9562), as 32 hex digits."""

import os
import time


def new_id() -> str:
    """A new UUIDv7: 48 bits of Unix milliseconds, then randomness."""
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return f"{value:032x}"
