"""The single records of a RabbitMQ definitions file, as 3.10 reads them."""

from typing import Any

from network.credentials import Credential

Definition = dict[str, Any]


def user(name: str, credential: Credential, tags: list[str]) -> Definition:
    """A broker user with a salted SHA-256 password hash."""
    return {
        "name": name,
        "password_hash": credential.password_hash,
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": tags,
        "limits": {},
    }


def permission(user: str, vhost: str, *, configure: str, write: str, read: str) -> Definition:
    """What a user may do in a vhost, as three regular expressions on names."""
    return {"user": user, "vhost": vhost, "configure": configure, "write": write, "read": read}


def exchange(vhost: str, name: str) -> Definition:
    """A durable topic exchange."""
    return {
        "name": name,
        "vhost": vhost,
        "type": "topic",
        "durable": True,
        "auto_delete": False,
        "internal": False,
        "arguments": {},
    }


def quorum_queue(vhost: str, name: str) -> Definition:
    """A quorum queue; its limits come from a policy, so that they can change later."""
    arguments = {"x-queue-type": "quorum"}
    return {"name": name, "vhost": vhost, "durable": True, "auto_delete": False, "arguments": arguments}


def binding(vhost: str, source: str, queue: str, key: str) -> Definition:
    """From an exchange to a queue, by topic key."""
    return {
        "source": source,
        "vhost": vhost,
        "destination": queue,
        "destination_type": "queue",
        "routing_key": key,
        "arguments": {},
    }


def policy(vhost: str, name: str, pattern: str, limits: Definition) -> Definition:
    """Limits for the queues whose name matches; a full queue refuses with a nack, nothing is dropped."""
    definition = {"overflow": "reject-publish"} | limits
    return {
        "vhost": vhost,
        "name": name,
        "pattern": pattern,
        "apply-to": "queues",
        "definition": definition,
        "priority": 0,
    }
