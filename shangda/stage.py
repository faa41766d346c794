"""A whole network in a folder of its own: broker, databases, keys, nodes. The demo and the system tests play on it."""

import itertools
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from gateway.desk.rpc import OfficeLinks
from network import clock, settings
from network.credentials import ADMIN, load_or_make
from network.hosting import open_offices, own_uri
from network.keys import Keyring
from network.office import OfficeRuntime
from shangda.broker import PrivateBroker
from shangda.install import Secrets, install
from shangda.ports import free_port
from shangda.web import gunicorn

ROOT = Path(__file__).parents[1]
DEMO_DISTRICT = ROOT / "policy" / "demo" / "district.toml"
Found = TypeVar("Found")


class StageError(Exception):
    """Something on the stage did not happen in time, or an office refused; the text says what."""


class NodeProcess:
    """A node in a process of its own, with its log in a file."""

    def __init__(self, process: subprocess.Popen[bytes], ready: Path, log: Path, moved: Path) -> None:
        self.process = process
        self.ready = ready
        self.log = log
        self.moved = moved

    def has_seen(self, written: int) -> bool:
        """Whether every service of a watched node has looked since the clock's file was written then (ns)."""
        return self.moved.exists() and int(self.moved.read_text()) == written

    def wait_ready(self, seconds: float = 90) -> "NodeProcess":
        """Return when every service of it consumes; StageError with the end of its log when it dies or is late."""
        until = time.monotonic() + seconds
        while not self.ready.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                raise StageError(f"the node is not ready:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)
        return self

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)


class Stage:
    """The demo district in ``folder``; nodes and web programs are started one by one.
    ``broker`` is the district's; ``second_broker`` gives some offices one of their own.
    """

    def __init__(
        self, folder: Path, *, database_url: str = "", poll_seconds: float = 0.5, district: Path = DEMO_DISTRICT
    ) -> None:
        self.home = folder
        self.broker = PrivateBroker(folder / "broker", folder / "definitions.json")
        self.environment = {
            "SHANGDA_HOME": str(folder),
            "SHANGDA_DISTRICT": str(district),
            "AMQP_URL": f"amqp://127.0.0.1:{self.broker.port}",
            "DATABASE_URL": database_url,
            "SHANGDA_POLL_SECONDS": str(poll_seconds),
        }
        self.installed = install(self.settings(), lambda _: None, quick=True)
        self.secrets = Secrets(self.installed.secrets)
        self.tree = self.installed.tree
        self.keyring = Keyring(folder / "keys")
        self.credentials = load_or_make(folder, [*self.installed.offices, ADMIN])
        self.rpc_seconds = 20.0
        self._nodes: list[NodeProcess] = []
        self._web: list[subprocess.Popen[bytes]] = []
        self._numbers = itertools.count(1)
        self._opened: dict[str, OfficeRuntime] = {}
        self._links: OfficeLinks | None = None

    def __enter__(self) -> "Stage":
        self.broker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close_links()
        for node in self._nodes:
            if node.process.poll() is None:
                node.kill()
        for process in self._web:
            process.kill()
            process.wait(30)
        self.broker.kill()  # nobody will open its data again: a stop in good order takes half a minute

    @property
    def full_environment(self) -> dict[str, str]:
        """The environment of a program that works on this stage."""
        return {**os.environ, **self.environment}

    def settings(self, **changes: str) -> settings.Settings:
        return settings.load({**self.environment, **changes})

    def set_clock(self, moment: datetime) -> None:
        """Move the clock of every process of the stage, this one included. The first call has to come before ``node``."""
        path = self.home / "clock"
        clock.set_test_clock(path, moment)
        self.environment[clock.VARIABLE] = os.environ[clock.VARIABLE] = str(path)

    def node(self, *offices: str, wait: bool = True, watched: bool = False, **environment: str) -> NodeProcess:
        """Start a node for these offices (all for none); a ``watched`` one tells when it has seen the clock move."""
        number = next(self._numbers)
        ready, moved = self.home / f"node-{number}.ready", self.home / f"node-{number}.moved"
        for told in (ready, moved):
            told.unlink(missing_ok=True)
        words = [*itertools.chain.from_iterable(("--office", office) for office in offices), "--ready", str(ready)]
        words += ["--moved", str(moved)] if watched else []
        process, log = self._start(f"node-{number}", ["shangda.node", *words], environment)
        node = NodeProcess(process, ready, log, moved)
        self._nodes.append(node)
        return node.wait_ready() if wait else node

    def web(self, program: str) -> str:
        """Start ``portal`` or ``desk``; its URL, when it answers."""
        port = free_port()
        process, log = self._start(program, gunicorn(program, f"127.0.0.1:{port}"), {})
        self._web.append(process)
        url = f"http://127.0.0.1:{port}"
        self.until(f"{program} answers; its log is {log}", lambda: _answers(f"{url}/healthz"), 60)
        return url

    def _start(
        self, name: str, words: Sequence[str], environment: Mapping[str, str]
    ) -> tuple[subprocess.Popen[bytes], Path]:
        log = self.home / f"{name}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", *words],
                env={**self.full_environment, **environment},
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return process, log

    def office(self, office: str) -> OfficeRuntime:
        """The office as this process sees it: to read its database, or to act as a program beside the node."""
        if office not in self._opened:
            self._opened |= open_offices(self.settings(), [office])
        return self._opened[office]

    def forget(self, office: str) -> None:
        """Close the office's database in this process, as before its file is replaced."""
        if office in self._opened:
            self._opened.pop(office).engine.dispose()

    def ask(self, office: str, act: str, data: Mapping[str, Any], *, desk: str = "petition", **more: Any) -> Any:
        """An RPC ``service.method`` as an account of the office; its result. StageError with the office's refusal."""
        answer = self.answer(office, act, data, desk=desk, **more)
        if not answer["ok"]:
            raise StageError(f"{office} {act}: {answer['error']}")
        return answer["result"]

    def answer(
        self,
        office: str,
        act: str,
        data: Mapping[str, Any],
        *,
        desk: str = "petition",
        roles: Sequence[str] = ("clerk", "leader", "triage"),
        command_id: str | None = None,
        query: bool = False,
        person: str = "",
        account: str = "stage",
    ) -> dict[str, Any]:
        """The whole answer of such an RPC, refusals included."""
        payload: dict[str, Any] = {
            "actor": {"id": account, "office": office, "desk": desk, "roles": list(roles), "person": person},
            "data": dict(data),
        }
        if not query:
            payload["command_id"] = command_id or secrets.token_hex(16)
        service, method = act.split(".")
        found: dict[str, Any] = self._rpc().call(office, service, method, payload)
        return found

    def see(self, office: str, act: str, data: Mapping[str, Any] | None = None, *, desk: str = "petition") -> Any:
        """A query; its result."""
        return self.ask(office, act, data or {}, desk=desk, query=True)

    def _rpc(self) -> OfficeLinks:
        """The desks' own links: what they ask and are answered the broker never writes to its disk."""
        if self._links is None:
            self._links = OfficeLinks(lambda office: own_uri(self.settings(), office), self.rpc_seconds)
        return self._links

    def close_links(self) -> None:
        """Forget the RPC connections, as after the broker was killed."""
        if self._links is not None:
            self._links.close()
            self._links = None

    @staticmethod
    def until(what: str, condition: Callable[[], Found], seconds: float = 30) -> Found:
        """Wait until ``condition`` gives something true, and give it; StageError naming ``what`` when it is late."""
        end = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > end:
                raise StageError(f"not within {seconds:.0f} s: {what}")
            time.sleep(0.05)
        return found


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own program
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False
