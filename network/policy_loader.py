"""Reading a district's policy from its folder, and finding the version that holds."""

import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from contracts.policy import Policy
from contracts.policy_schema import PolicyError, policy_from

FILES = ("policy.toml", "categories.toml")


class PolicyFileError(ValueError):
    """A policy folder that cannot be used; each line names file and key."""


def load_policy(folder: Path) -> Policy:
    """The policy of `policy.toml` and `categories.toml`. Raises PolicyFileError with every fault, file and key."""
    parts = {name: _read(folder / name) for name in FILES}
    if twice := sorted(set.intersection(*(set(part) for part in parts.values()))):
        raise PolicyFileError(f"{folder}: key {', '.join(twice)} stands in both {' and '.join(FILES)}")
    try:
        return policy_from({key: value for part in parts.values() for key, value in part.items()})
    except PolicyError as error:
        lines = [f"{folder / _file_of(key, parts)}, key {key}: {fault}" for key, fault in error.faults.items()]
        raise PolicyFileError("\n".join(lines)) from error


def in_force(policies: Iterable[Policy], at: datetime) -> Policy:
    """The version whose `valid_from` came last before `at` (aware). Raises LookupError when none holds yet."""
    begun = [policy for policy in policies if policy.valid_from <= at]
    if not begun:
        raise LookupError(f"no policy version is valid at {at.isoformat()}")
    return max(begun, key=lambda policy: (policy.valid_from, policy.version))


def by_version(policies: Iterable[Policy], version: str) -> Policy:
    """The named version. Raises LookupError when it is not among them."""
    for policy in policies:
        if policy.version == version:
            return policy
    raise LookupError(f"policy version {version!r} is not known here")


def _read(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyFileError(f"{path}: cannot be read: {error}") from error
    # As plain as the JSON in which the district publishes it.
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in content.items()}


def _file_of(key: str, parts: dict[str, dict[str, Any]]) -> str:
    top = key.split(".", maxsplit=1)[0]
    return next((name for name, part in parts.items() if top in part), FILES[0])
