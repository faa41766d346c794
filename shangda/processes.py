"""Our children: their process groups, as Linux shows them under /proc, and how many files they may open."""

import contextlib
import os
import resource
import signal
import time
from pathlib import Path

_END_SECONDS = 30.0
# RabbitMQ sets three file handles aside for each quorum queue and takes no connection when none is left; it says nothing.
# More than this only costs it time and memory.
_OPEN_FILES = 65536


def allow_open_files() -> None:
    """Let this process, and what it starts, open many files: a log-in shell allows 1024, too few for thirty offices."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(most, _OPEN_FILES)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def kill_group(group: int) -> None:
    """End a process group by force; out: when none of it runs any more (what nobody has reaped does not run)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    until = time.monotonic() + _END_SECONDS
    while _runs(group) and time.monotonic() < until:
        time.sleep(0.02)


def group_has(group: int, setting: str) -> bool:
    """Whether a process of the group that we may look at was started with the environment `NAME=value`."""
    return any(setting in _environment(process) for process in _members(group))


def _runs(group: int) -> bool:
    """Whether a thread of the group lives; one that outlives its process's first thread still holds the ports."""
    return any(_field(stat, 0) != "Z" for process in _members(group) for stat in process.glob("task/*/stat"))


def _members(group: int) -> list[Path]:
    return [stat.parent for stat in Path("/proc").glob("[0-9]*/stat") if _field(stat, 2) == str(group)]


def _environment(process: Path) -> list[str]:
    try:
        return (process / "environ").read_text("utf-8", "replace").split("\0")
    except OSError:
        return []


def _field(stat: Path, index: int) -> str:
    """Of a /proc/*/stat file, the field `index` after the program's name: 0 state, 2 process group; Z if it is gone."""
    try:
        return stat.read_text().rpartition(")")[2].split()[index]
    except OSError:
        return "Z"
