"""A private PostgreSQL for tests: the distribution's server as a child process, on the loopback interface."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import psycopg2

from shangda.ports import free_port
from shangda.processes import kill_group

_USER = "shangda"
# What a test may give up and an office may not: a power cut would lose what was committed.
_UNSAFE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class PostgresError(RuntimeError):
    """The private PostgreSQL cannot be found or started; the text says why."""


def find_programs() -> Path:
    """The folder of the newest installed server programs. Raises PostgresError when there is none."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    raise PostgresError("PostgreSQL is not installed: install the package postgresql")


class PrivatePostgres:
    """One PostgreSQL server of ours, run as an unprivileged user when we are root (it refuses root).

    In: `home`, an empty or missing folder which that user can reach, by default one of its own that goes with
    `stop()`; `fsync` False trades safety for speed, for tests.
    """

    def __init__(self, home: Path | None = None, *, fsync: bool = True) -> None:
        self.port = free_port()
        self._given = home
        self.home = home or Path()
        self._password = secrets.token_urlsafe(16)
        self._unsafe = () if fsync else _UNSAFE
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, dbname: str) -> str:
        """The SQLAlchemy address of database `dbname`, which must exist to be opened."""
        return f"postgresql+psycopg2://{_USER}:{self._password}@127.0.0.1:{self.port}/{dbname}"

    def create(self, dbname: str) -> str:
        """Make an empty database; out: its SQLAlchemy address."""
        with contextlib.closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{dbname}"')
        return self.url(dbname)

    def start(self, timeout: float = 60) -> None:
        """Make the data folder, start, and return when the server lets us in.

        In: `timeout` in seconds. Raises PostgresError; nothing of it runs then.
        """
        programs = find_programs()
        self.home = self._given or Path(tempfile.mkdtemp(prefix="shangda-pg-"))
        self.home.mkdir(parents=True, exist_ok=True)
        if account := _unprivileged():
            os.chown(self.home, account.pw_uid, account.pw_gid)
        try:
            self._initialise(programs)
            self._launch(programs)
            self._await_login(timeout)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop (fast: sessions are ended); after 20 seconds by force. Removes the data folder if it is our own."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                kill_group(self._process.pid)
                self._process.wait()
            self._process = None
        if self._given is None and self.home != Path():
            shutil.rmtree(self.home, ignore_errors=True)

    def __enter__(self) -> "PrivatePostgres":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _initialise(self, programs: Path) -> None:
        command = [str(programs / "initdb"), "-D", str(self.home / "data"), "-U", _USER, "-E", "UTF8", "--no-sync"]
        command += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={self._password_file()}"]
        done = subprocess.run(command, capture_output=True, check=False, **self._as_server())  # noqa: S603
        if done.returncode:
            raise PostgresError(f"initdb in {self.home}: {done.stderr.decode().strip()}")

    def _password_file(self) -> Path:
        path = self.home / "password"
        path.touch(0o600)
        path.write_text(self._password)
        if account := _unprivileged():
            os.chown(path, account.pw_uid, account.pw_gid)
        return path

    def _launch(self, programs: Path) -> None:
        command = [str(programs / "postgres"), "-D", str(self.home / "data"), "-p", str(self.port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200"]
        with (self.home / "server.log").open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603
                [*command, *self._unsafe],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **self._as_server(),
            )

    def _as_server(self) -> dict[str, Any]:
        """Arguments for subprocess that make the child the server's user, in a folder it can enter."""
        place = {"cwd": self.home}
        account = _unprivileged()
        return place | {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else place

    def _await_login(self, timeout: float) -> None:
        until = time.monotonic() + timeout
        while True:
            try:
                self._connect().close()
            except psycopg2.OperationalError as error:
                if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                    words = (self.home / "server.log").read_text("utf-8", "replace").strip()
                    raise PostgresError(f"PostgreSQL did not start: {words or error}") from error
                time.sleep(0.1)
            else:
                return

    def _connect(self) -> Any:
        return psycopg2.connect(
            host="127.0.0.1", port=self.port, user=_USER, password=self._password, dbname="postgres"
        )


def _unprivileged() -> pwd.struct_passwd | None:
    """The account to run the server as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise PostgresError("PostgreSQL refuses root, and there is no user postgres or nobody to run it as")
