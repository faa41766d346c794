"""From the generated definitions to a running broker: what left is known by the copy of what was applied last."""

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

from network.topology_apply import Ctl, NotEmptyError, Removed, apply, removed
from network.whole_files import write_private
from shangda.rabbitmq import BrokerError

NOTHING = Removed((), (), ())
CTL_SECONDS = 120


def what_left(definitions: Path) -> Removed:
    """What stood in the definitions that were applied last and stands in this file no more."""
    applied = _applied(definitions)
    return removed(_read(applied), _read(definitions)) if applied.exists() else NOTHING


def apply_what_left(ctl: Ctl, definitions: Path) -> str:
    """After a start with these definitions: remove what left. A sentence when something still holds letters, else ""."""
    left = what_left(definitions)
    if left != NOTHING:
        try:
            apply(ctl, definitions, left)
        except NotEmptyError as error:
            return f"{error};处理后请运行 shangda topology --apply,或加 --force 放弃这些信件"
    note_applied(definitions)
    return ""


def apply_all(ctl: Ctl, definitions: Path, *, force: bool) -> Removed:
    """Bring a running broker to the file. Raises NotEmptyError unless forced, BrokerError when it cannot be asked."""
    left = what_left(definitions)
    apply(ctl, definitions, left, force=force)
    note_applied(definitions)
    return left


def note_applied(definitions: Path) -> None:
    """Keep a copy of what the broker has now."""
    write_private(_applied(definitions), definitions.read_bytes())


def ctl_of(command: str) -> Ctl:
    """``rabbitmqctl`` of a broker that is not ours, called by this command line (it may go through ssh or docker)."""

    def ctl(*arguments: str) -> str:
        words = [*shlex.split(command), "--quiet", *arguments]
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=CTL_SECONDS)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrokerError(f"{command}: {error}") from error
        if done.returncode:
            raise BrokerError(f"{command} {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    return ctl


def _applied(definitions: Path) -> Path:
    return definitions.with_suffix(".applied.json")


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content
