"""A private RabbitMQ: the distribution's server as a child process, on the loopback interface, data in one folder."""

import contextlib
import fcntl
import logging
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType

from shangda.ports import free_port, is_free
from shangda.processes import allow_open_files, group_has, kill_group
from shangda.rabbitmq import (
    BrokerError,
    answers,
    check_definitions,
    environment,
    find_launcher,
    guest_may_enter,
    last_words,
    node_name,
    prepare_home,
)

log = logging.getLogger(__name__)

_STOP_SECONDS = 30.0
_PROGRESS_SECONDS = 5.0
_REGISTER_SECONDS = 1.5  # how long a quorum queue must have been declared before a kill leaves it usable


class PrivateBroker:
    """One RabbitMQ node of ours; `home` keeps its data, so a later start with the same `home` finds its queues again.

    In: `definitions`, a RabbitMQ definitions file without the user guest (without a file there is no vhost and no
    user yet); `amqp_port`, by default a free one, the same for the life of this object.
    The Erlang port mapper (epmd), which the first server on a machine starts for all, is left alone.
    """

    def __init__(self, home: Path, definitions: Path | None = None, amqp_port: int | None = None) -> None:
        self.home = home.resolve()
        self.port = amqp_port or free_port()
        self._definitions = definitions and definitions.resolve()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    @property
    def node(self) -> str:
        """The Erlang node name, chosen at the first start with this `home`."""
        return node_name(self.home)

    @property
    def pid(self) -> int:
        """The server's process group. Raises BrokerError when it was not started."""
        if self._process is None:
            raise BrokerError("the broker was not started")
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, timeout: float = 90) -> None:
        """Start and return when the server answers an AMQP handshake and has what the definitions declare.

        In: `timeout` in seconds. Raises BrokerError when `home` or the port is in use, the definitions are refused,
        the server dies or time runs out; nothing of it runs then.
        """
        if self.running:
            return
        self.kill()
        if self._definitions:
            check_definitions(self._definitions)
        self.home.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            prepare_home(self.home)
            self._end_orphan()
            self._launch()
            self._await_handshake(timeout)
            if self._definitions:
                self._import(self._definitions)
            if guest_may_enter(self.port):
                self.ctl("delete_user", "guest")
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop in good order; after 30 seconds by force. Does nothing when it does not run."""
        if self._process is not None and self.running:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                log.warning("broker %s did not stop in %.0f s: ending it by force", self.node, _STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would. The data stays for the next start."""
        if self._process is not None:
            kill_group(self._process.pid)
            self._process.wait()
            self._process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def ctl(self, *args: str) -> str:
        """What `rabbitmqctl ARGS` of this node prints. Raises BrokerError with its words when it fails."""
        command = [str(find_launcher().with_name("rabbitmqctl")), "--quiet", *args]
        own = environment(self.home, self.port)
        done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise BrokerError(f"rabbitmqctl {args[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def __enter__(self) -> "PrivateBroker":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _take_lock(self) -> None:
        lock = os.open(self.home / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            raise BrokerError(f"{self.home} is in use by another private broker: stop that one first") from error
        self._lock = lock

    def _end_orphan(self) -> None:
        """End a server whose parent was killed: the lock is ours, so nobody else looks after it."""
        with contextlib.suppress(FileNotFoundError):
            group = int((self.home / "group").read_text())
            if group_has(group, f"RABBITMQ_NODENAME={self.node}"):
                log.info("ending the broker that an earlier run left behind")
                kill_group(group)

    def _launch(self) -> None:
        if not is_free(self.port):
            raise BrokerError(f"port {self.port} of 127.0.0.1 is in use by another program")
        log.info("starting RabbitMQ %s on 127.0.0.1:%d", self.node, self.port)
        allow_open_files()
        with (self.home / "log" / "launcher.log").open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603
                [str(find_launcher())],
                env=environment(self.home, self.port) | {"RABBITMQ_DIST_PORT": str(free_port())},
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        (self.home / "group").write_text(str(self._process.pid))

    def _await_handshake(self, timeout: float) -> None:
        began = told = time.monotonic()
        while not answers(self.port):
            now = time.monotonic()
            if not self.running:
                raise BrokerError(f"RabbitMQ ended while starting:\n{last_words(self.home)}")
            if now - began > timeout:
                raise BrokerError(f"RabbitMQ did not answer within {timeout:.0f} s:\n{last_words(self.home)}")
            if now - told >= _PROGRESS_SECONDS:
                told = now
                log.info("waiting for RabbitMQ (%.0f s)", now - began)
            time.sleep(0.1)
        log.info("RabbitMQ is ready after %.1f s", time.monotonic() - began)

    def _import(self, definitions: Path) -> None:
        """Import a definitions file unless this broker last imported the same.

        Then wait: RabbitMQ 3.10 keeps its register of quorum queues up to a second in memory, and a queue missing
        there after a kill never gets a leader again.
        """
        imported, digest = self.home / "data" / "imported", check_definitions(definitions)
        if imported.exists() and imported.read_text() == digest:
            return
        self.ctl("import_definitions", str(definitions))
        time.sleep(_REGISTER_SECONDS)
        imported.write_text(digest)
