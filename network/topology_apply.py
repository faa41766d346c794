"""Bringing a running broker to a definitions file: import what stands in it, remove what left it."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Ctl = Callable[..., str]

# The broker renews the counts of a quorum queue every 5 seconds; an earlier look can miss a letter.
COUNTS_RENEWED_SECONDS = 6.0


class NotEmptyError(RuntimeError):
    """Something that left the topology still holds letters; nothing was removed."""


@dataclass(frozen=True)
class Removed:
    """What the old definitions had and the new have not; queues as (vhost, name), of vhosts that stay."""

    vhosts: tuple[str, ...]
    users: tuple[str, ...]
    queues: tuple[tuple[str, str], ...]


def removed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Removed:
    """What left between two definitions."""
    vhosts = _names(old, "vhosts") - _names(new, "vhosts")
    gone = {(each["vhost"], each["name"]) for each in old["queues"]}
    gone -= {(each["vhost"], each["name"]) for each in new["queues"]}
    return Removed(
        vhosts=tuple(sorted(vhosts)),
        users=tuple(sorted(_names(old, "users") - _names(new, "users"))),
        queues=tuple(sorted(queue for queue in gone if queue[0] not in vhosts)),
    )


def apply(
    ctl: Ctl,
    definitions_path: Path,
    left: Removed,
    *,
    force: bool = False,
    renewed_after: float = COUNTS_RENEWED_SECONDS,
) -> None:
    """Imports the file and removes what left, by rabbitmqctl calls through `ctl(*arguments) -> output`.

    Unless forced, raises NotEmptyError when a queue or vhost to remove holds messages: before the import, so that a
    mistake changes nothing, and again after it, when nobody else may write there any more. It waits `renewed_after`
    seconds for true counts each time. What is gone already is passed over, so it can be called again.
    """
    present = _present(ctl, left)
    if not force:
        _refuse_full(ctl, present, renewed_after)
    ctl("import_definitions", str(definitions_path))
    if not force:
        _refuse_full(ctl, present, renewed_after)
    for vhost, name in present.queues:
        ctl("delete_queue", "--vhost", vhost, name)
    for vhost in present.vhosts:
        ctl("delete_vhost", vhost)
    for user in present.users:
        ctl("delete_user", user)


def _present(ctl: Ctl, left: Removed) -> Removed:
    """What of `left` the broker really has."""
    vhosts = {each["name"] for each in _listed(ctl, "list_vhosts", "name")}
    users = {each["user"] for each in _listed(ctl, "list_users")}
    queues = {(vhost, name) for vhost in {vhost for vhost, _ in left.queues} & vhosts for name in _counts(ctl, vhost)}
    return Removed(
        vhosts=tuple(vhost for vhost in left.vhosts if vhost in vhosts),
        users=tuple(user for user in left.users if user in users),
        queues=tuple(queue for queue in left.queues if queue in queues),
    )


def _refuse_full(ctl: Ctl, present: Removed, renewed_after: float) -> None:
    if not present.vhosts and not present.queues:
        return
    time.sleep(renewed_after)
    counts = {vhost: _counts(ctl, vhost) for vhost in {*present.vhosts, *(vhost for vhost, _ in present.queues)}}
    full = [f"vhost {vhost}" for vhost in present.vhosts if any(counts[vhost].values())]
    full += [f"queue {name} of vhost {vhost}" for vhost, name in present.queues if counts[vhost].get(name)]
    if full:
        raise NotEmptyError(f"still hold letters, nothing was removed: {', '.join(full)}")


def _counts(ctl: Ctl, vhost: str) -> dict[str, int]:
    """Messages by queue, those handed out but not acknowledged included."""
    return {
        each["name"]: each["messages"] for each in _listed(ctl, "list_queues", "--vhost", vhost, "name", "messages")
    }


def _listed(ctl: Ctl, *arguments: str) -> Iterable[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(ctl(*arguments, "--formatter", "json", "--quiet"))
    return listed


def _names(definitions: Mapping[str, Any], kind: str) -> set[str]:
    return {each["name"] for each in definitions[kind]}
