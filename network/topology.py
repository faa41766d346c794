r"""What stands on the broker: one generated definitions file (RabbitMQ 3.10 format), the same bytes for the same input.

    vhost network.<district>                                     vhost <office>, one for each
    post ── from.*.to.<o>.<s>.# ──> mail.<o>.<s>                 post ── from.<o>.to.<o>.<s>.# ──> <s>
              rejected 5 times │                                              rejected 5 times │
    dead ── from.*.to.<o>.# ─────> dead.<o>                      dead ── # ─────────────────────> dead

All queues are quorum queues; limits are policies, so they can change later. A user's topic permission on `post` names
its own `from.` and the offices it may write to: the broker proves who sent a letter. It does not prove more: what the
letter says of its source is compared by the inbox.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from contracts.letters import BARE_WORDS
from network.credentials import ADMIN, Credential
from network.offices import District, Office
from network.topology_records import Definition, binding, exchange, permission, policy, quorum_queue, user
from network.whole_files import write_private

POST, DEAD = "post", "dead"
DELIVERY_LIMIT = 5
MAIL_MAX_LENGTH = 100_000
DEAD_MAX_LENGTH = 10_000
RPC_NAMES = r"nameko-rpc|rpc[-.].*"

Definitions = dict[str, Any]


def network_vhost(district: District) -> str:
    """The vhost through which the offices of this district write to each other."""
    return f"network.{district.id}"


def mailbox(office: str, service: str) -> str:
    """The queue in the network vhost that holds letters from other offices."""
    return f"mail.{office}.{service}"


def dead_box(office: str) -> str:
    """The queue in the network vhost for an office's letters that could not be taken in."""
    return f"{DEAD}.{office}"


def definitions(
    district: District,
    credentials: Mapping[str, Credential],
    *,
    offices: Iterable[str] | None = None,
    network: bool = True,
) -> Definitions:
    """The definitions of one broker: the vhosts of `offices` (None: all in the network) and the network vhost.

    `credentials` must have every office named and "admin". Raises ValueError for an office outside the network.
    """
    hosted = _hosted(district, offices)
    members = sorted(district.network_offices(), key=lambda office: office.id) if network else []
    parts = [_office_vhost(office) for office in hosted]
    if network:
        parts.insert(0, _network_vhost(district, members))
    users = sorted({office.id for office in (*hosted, *members)})
    vhosts = [definition["name"] for part in parts for definition in part["vhosts"]]
    parts.append(_users(users, credentials, vhosts))
    return {"rabbit_version": "3.10.8"} | {kind: _gathered(parts, kind) for kind in _KINDS}


def write_definitions(path: Path, content: Definitions) -> bool:
    """Writes the file with mode 0600, whole or not at all; False when it stood there already."""
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    return write_private(path, text.encode() + b"\n")


_KINDS = ("users", "vhosts", "permissions", "topic_permissions", "policies", "exchanges", "queues", "bindings")


def _gathered(parts: Iterable[Mapping[str, list[Definition]]], kind: str) -> list[Definition]:
    return [definition for part in parts for definition in part.get(kind, [])]


def _hosted(district: District, offices: Iterable[str] | None) -> list[Office]:
    chosen = {office.id for office in district.network_offices()} if offices is None else set(offices)
    outside = sorted(office for office in chosen if not district.in_network(office))
    if outside:
        raise ValueError(f"not in the network of district {district.id}, so no vhost: {', '.join(outside)}")
    return [district.office(office) for office in sorted(chosen)]


def _network_vhost(district: District, members: Iterable[Office]) -> dict[str, list[Definition]]:
    vhost = network_vhost(district)
    boxes = [
        (mailbox(office.id, service), POST, f"from.*.to.{office.id}.{service}.#")
        for office in members
        for service in office.services
    ]
    boxes += [(dead_box(office.id), DEAD, f"from.*.to.{office.id}.#") for office in members]
    return _vhost(vhost, boxes, r"^mail\.", r"^dead\.") | {
        "permissions": [_network_permission(vhost, office) for office in members],
        "topic_permissions": [_sender_permission(vhost, district, office.id) for office in members],
    }


def _office_vhost(office: Office) -> dict[str, list[Definition]]:
    boxes = [(service, POST, f"from.{office.id}.to.{office.id}.{service}.#") for service in office.services]
    services = "|".join(office.services)
    readable = rf"^({RPC_NAMES}|{services}|{DEAD})$"
    return _vhost(office.id, [*boxes, (DEAD, DEAD, "#")], rf"^({services})$", rf"^{DEAD}$") | {
        "permissions": [
            permission(
                office.id,
                office.id,
                configure=rf"^({RPC_NAMES})$",
                write=rf"^({POST}|amq\.default|{RPC_NAMES})$",
                read=readable,
            )
        ],
    }


def _vhost(
    vhost: str, boxes: Iterable[tuple[str, str, str]], mail_pattern: str, dead_pattern: str
) -> dict[str, list[Definition]]:
    boxes = list(boxes)
    return {
        "vhosts": [{"name": vhost}],
        "exchanges": [exchange(vhost, name) for name in (DEAD, POST)],
        "queues": [quorum_queue(vhost, name) for name, _, _ in boxes],
        "bindings": [binding(vhost, source, name, key) for name, source, key in boxes],
        "policies": [
            policy(vhost, "dead", dead_pattern, {"max-length": DEAD_MAX_LENGTH}),
            policy(
                vhost,
                "mail",
                mail_pattern,
                {
                    "max-length": MAIL_MAX_LENGTH,
                    "delivery-limit": DELIVERY_LIMIT,
                    "dead-letter-exchange": DEAD,
                    "dead-letter-strategy": "at-least-once",
                },
            ),
        ],
    }


def _users(
    offices: Iterable[str], credentials: Mapping[str, Credential], vhosts: Iterable[str]
) -> dict[str, list[Definition]]:
    return {
        "users": [
            user(ADMIN, credentials[ADMIN], ["administrator"]),
            *(user(office, credentials[office], []) for office in offices),
        ],
        "permissions": [permission(ADMIN, vhost, configure=".*", write=".*", read=".*") for vhost in vhosts],
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words))


def _network_permission(vhost: str, office: Office) -> Definition:
    services = "|".join(office.services)
    own_boxes = rf"^(mail\.{re.escape(office.id)}\.({services})|dead\.{re.escape(office.id)})$"
    return permission(office.id, vhost, configure="^$", write=f"^{POST}$", read=own_boxes)


def _sender_permission(vhost: str, district: District, office: str) -> Definition:
    """Letters to its peers; to others who may write to it (the portal hears from every office) only words on the stream."""
    peers = district.peers(office)
    heard = {each.id for each in district.network_offices() if office in district.peers(each.id)} - peers
    write = rf"^from\.{re.escape(office)}\.to\.({_any_of(peers)})\."
    if heard:
        write += rf"|^from\.{re.escape(office)}\.to\.({_any_of(heard)})\.[a-z]+\.({_any_of(BARE_WORDS)})$"
    return {"user": office, "vhost": vhost, "exchange": POST, "write": write, "read": "^$"}
