"""The one clock of the programs. Rules never read it: they are given ``now``.

With ``SHANGDA_TEST_CLOCK`` naming a file, time starts at the ISO 8601 moment in it when the file was written and runs on
at its usual pace from there, so that a test or the demo can move every process of a network at once.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

VARIABLE = "SHANGDA_TEST_CLOCK"


def now() -> datetime:
    """The present moment, aware, in UTC."""
    path = os.environ.get(VARIABLE)
    if not path:
        return datetime.now(UTC)
    base, mtime = _read(path)
    return base + timedelta(seconds=time.time() - mtime)


def _read(path: str) -> tuple[datetime, float]:
    """The moment a test clock file holds and when (Unix seconds) it was written."""
    return datetime.fromisoformat(Path(path).read_text().strip()).astimezone(UTC), Path(path).stat().st_mtime


def set_test_clock(path: Path, moment: datetime) -> None:
    """Move the test clock to ``moment`` (aware). The file is replaced at once, never seen half-written."""
    fresh = path.with_suffix(".new")
    fresh.write_text(moment.isoformat())
    fresh.replace(path)
