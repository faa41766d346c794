"""What the distribution's RabbitMQ server needs to run as one of ours: launcher, settings, environment, first words."""

import hashlib
import json
import os
import secrets
import socket
from pathlib import Path
from typing import Any

import amqp

from network.whole_files import write_private_once

# Where the packages of Debian, Ubuntu and RabbitMQ itself put the launcher. The wrapper on PATH is of no use: it
# insists on the user "rabbitmq".
_LAUNCHERS = (
    "usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server",
    "usr/lib/rabbitmq/bin/rabbitmq-server",
    "opt/rabbitmq/sbin/rabbitmq-server",
    "usr/local/lib/rabbitmq/sbin/rabbitmq-server",
)
# Many small queues: a short write-ahead log, which is what quorum queues hold in memory (the server's own default is
# 512 MiB).
# The server imports nothing but the empty definitions itself, which keeps it from making a default user: at boot it
# passes over bad definitions without a word, and `rabbitmqctl import_definitions` does not.
_CONFIG = """\
load_definitions = {nothing}
disk_free_limit.absolute = 200MB
raft.wal_max_size_bytes = 33554432
"""
_LOOPBACK_DISTRIBUTION = "-kernel inet_dist_use_interface {127,0,0,1}"


class BrokerError(RuntimeError):
    """The private broker cannot be found, started or asked; the text says why."""


def find_launcher(root: Path = Path("/")) -> Path:
    """The newest installed `rabbitmq-server` launcher under `root`. Raises BrokerError when there is none."""
    for pattern in _LAUNCHERS:
        if found := sorted(root.glob(pattern), key=_version):
            return found[-1]
    raise BrokerError("RabbitMQ is not installed: install the package rabbitmq-server, or set AMQP_URL")


def prepare_home(home: Path) -> None:
    """Make or complete the folder of a private broker: node name and cookie once, its settings anew."""
    for folder in (home, home / "data", home / "log"):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    write_private_once(home / "node", f"shangda-{secrets.token_hex(5)}@localhost".encode())
    write_private_once(home / ".erlang.cookie", secrets.token_hex(24).encode())
    (home / "enabled_plugins").write_text("[].\n")
    (home / "nothing.json").write_text('{"vhosts": [], "users": []}')
    (home / "rabbitmq.conf").write_text(_CONFIG.format(nothing=home / "nothing.json"))


def check_definitions(definitions: Path) -> str:
    """Refuse a definitions file that is not JSON or names the user guest (BrokerError); out: a digest of it."""
    text = definitions.read_text()
    try:
        content: dict[str, Any] = json.loads(text)
    except json.JSONDecodeError as error:
        raise BrokerError(f"{definitions}: line {error.lineno}: not JSON: {error.msg}") from error
    for index, user in enumerate(content.get("users", [])):
        if user.get("name") == "guest":
            raise BrokerError(f"{definitions}: users[{index}].name: the password of guest is known to everybody")
    return hashlib.sha256(text.encode()).hexdigest()


def environment(home: Path, port: int) -> dict[str, str]:
    """The environment of server and rabbitmqctl: nothing of the machine's own RabbitMQ is read or written.

    Two Erlang schedulers, not bound to a core: several brokers share the cores of a small machine.
    """
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "no-advanced.config"),
        "RABBITMQ_CONF_ENV_FILE": str(home / "no-env.conf"),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_CTL_ERL_ARGS": _LOOPBACK_DISTRIBUTION,
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_NODENAME": node_name(home),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_PID_FILE": str(home / "pid"),
        "RABBITMQ_SCHEDULER_BIND_TYPE": "u",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": f"+S 2:2 {_LOOPBACK_DISTRIBUTION}",
    }


def node_name(home: Path) -> str:
    """The Erlang node name; kept in `home` because RabbitMQ names its data after it."""
    return (home / "node").read_text().strip()


def answers(port: int) -> bool:
    """Whether a server at the loopback port begins an AMQP 0-9-1 conversation (its first frame is a method frame)."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as peer:
            peer.sendall(b"AMQP\x00\x00\x09\x01")
            return peer.recv(1) == b"\x01"
    except OSError:
        return False


def guest_may_enter(port: int) -> bool:
    """Whether the broker at the loopback port knows the user guest by the password everybody knows."""
    guest = amqp.Connection(f"127.0.0.1:{port}", userid="guest", password="guest", connect_timeout=5)  # noqa: S106
    try:
        guest.connect()
    except amqp.exceptions.AccessRefused:
        return False
    except amqp.exceptions.NotAllowed:  # known, but without a vhost to enter
        return True
    guest.collect()
    return True


def last_words(home: Path) -> str:
    """The last 15 lines of the newest log of a broker that failed."""
    newest = max((home / "log").glob("*.log"), key=lambda path: path.stat().st_mtime, default=None)
    return "\n".join(newest.read_text("utf-8", "replace").splitlines()[-15:]) if newest else ""


def _version(launcher: Path) -> list[int]:
    digits = "".join(letter if letter.isdigit() else " " for letter in str(launcher))
    return [int(number) for number in digits.split()]
