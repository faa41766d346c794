"""Programs that a run starts, watches and stops: each in a session of its own, with a log file of its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shangda.processes import group_has, kill_group

MARK = "SHANGDA_RUN"
# Where a library that sets process titles is installed, gunicorn's title would overwrite the environment and the mark in it.
KEPT = {"SPT_NOENV": "1"}
STOP_SECONDS = 12
QUICK_DEATH_SECONDS = 20
QUICK_DEATHS = 5


class RunError(RuntimeError):
    """The network cannot run here; the text says what is wrong and what to do."""


def end_orphans(home: Path) -> int:
    """End the children that a run of this home left behind when it was killed; how many. Call it with the home locked."""
    ended = 0
    for path in (home / "run").glob("*.pid"):
        with contextlib.suppress(ValueError):
            if group_has(group := int(path.read_text()), f"{MARK}={home}"):
                kill_group(group)
                ended += 1
        path.unlink()
    return ended


@dataclass
class Child:
    """A Python program of ours: ``python -m …`` with these arguments.

    It is ready when ``ready`` says so; ``environment`` adds to this process's own. Under ``home`` lie its log and the
    number of its process, by which ``end_orphans`` finds what a killed run left behind.
    """

    name: str
    arguments: Sequence[str]
    home: Path
    ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _quick_deaths: int = 0

    @property
    def log(self) -> Path:
        return self.home / "logs" / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.home / "run" / f"{self.name}.pid"

    def start(self) -> None:
        for folder in (self.log.parent, self._pid_file.parent):
            folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own programs
                [sys.executable, "-m", *self.arguments],
                env={**os.environ, **self.environment, **KEPT, MARK: str(self.home)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._pid_file.write_text(str(self._process.pid))
        self._started = time.monotonic()

    @property
    def died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def restart(self) -> int:
        """Start a dead child again; with which status it had ended. Raises RunError after 5 quick deaths in a row."""
        status = 0 if self._process is None else self._process.returncode
        quick = time.monotonic() - self._started < QUICK_DEATH_SECONDS
        self._quick_deaths = self._quick_deaths + 1 if quick else 0
        self.end()
        if self._quick_deaths >= QUICK_DEATHS:
            raise RunError(f"{self.name} ended {QUICK_DEATHS} times right after its start:\n{self.last_words()}")
        self.start()
        return status

    def ask_to_stop(self) -> None:
        """Send SIGTERM; ``end`` waits for it."""
        if self._process is not None and not self.died:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        """Wait for the child to stop, by force after some seconds; nothing of its group runs afterwards."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        kill_group(self._process.pid)
        self._process.wait()
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    def last_words(self) -> str:
        """The last lines of its log."""
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-15:]) if self.log.exists() else ""
