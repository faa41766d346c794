"""Named points at which a test may kill the process, to show that nothing is lost there.

``SHANGDA_CRASH=point:service`` kills this process with SIGKILL the first time it passes that point for that service;
``SHANGDA_CRASH_MARK`` names a file made just before, so that the restarted process runs on. Without the variable the
call costs one dictionary look-up.
"""

import os
import signal
from pathlib import Path


def crash_point(point: str, service: str) -> None:
    """Die here if the environment asks for it and it has not happened yet."""
    if os.environ.get("SHANGDA_CRASH") != f"{point}:{service}":
        return
    mark = Path(os.environ["SHANGDA_CRASH_MARK"])
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
