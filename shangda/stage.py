"""A whole network in a folder of its own: broker, databases, keys, nodes. The demo and the system tests play on it."""

import contextlib
import itertools
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from nameko.standalone.rpc import ClusterRpcProxy

from network import clock, settings
from network.credentials import ADMIN, load_or_make
from network.hosting import open_offices, own_uri
from network.keys import Keyring, make_keys
from network.office import OfficeRuntime
from network.offices import District, load_district
from network.topology import definitions, write_definitions
from shangda.broker import PrivateBroker
from shangda.database import prepare

ROOT = Path(__file__).parents[1]
DEMO_DISTRICT = ROOT / "policy" / "demo" / "district.toml"
Found = TypeVar("Found")


class StageError(Exception):
    """Something on the stage did not happen in time, or an office refused; the text says what."""


class NodeProcess:
    """A node in a process of its own, with its log in a file."""

    def __init__(self, process: subprocess.Popen[bytes], ready: Path, log: Path) -> None:
        self.process = process
        self.ready = ready
        self.log = log

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
    """In: a folder, and the offices that may be hosted (None: all of the demo district).

    ``broker`` is the district's; ``second_broker`` gives some offices one of their own.
    """

    def __init__(self, folder: Path, *, database_url: str = "", poll_seconds: float = 0.5) -> None:
        self.home = folder
        self.tree: District = load_district(DEMO_DISTRICT)
        self.offices = [office.id for office in self.tree.network_offices()]
        self.credentials = load_or_make(folder, [*self.offices, ADMIN])
        self.keyring = Keyring(folder / "keys")
        make_keys(folder / "keys", self.offices, self.passphrase, interactive=True)
        write_definitions(folder / "definitions.json", definitions(self.tree, self.credentials))
        self.broker = PrivateBroker(folder / "broker", folder / "definitions.json")
        self.environment = {
            "SHANGDA_HOME": str(folder),
            "SHANGDA_DISTRICT": str(DEMO_DISTRICT),
            "AMQP_URL": f"amqp://127.0.0.1:{self.broker.port}",
            "DATABASE_URL": database_url,
            "SHANGDA_POLL_SECONDS": str(poll_seconds),
        }
        self.rpc_seconds = 20.0
        self._nodes: list[NodeProcess] = []
        self._numbers = itertools.count(1)
        self._opened: dict[str, OfficeRuntime] = {}
        self._proxies: dict[str, Any] = {}

    @staticmethod
    def passphrase(office: str) -> str:
        """The discipline passphrase of an office on this stage."""
        return f"passphrase-{office}"

    def __enter__(self) -> "Stage":
        self.broker.start()
        prepare(self.settings(), self.offices)
        return self

    def __exit__(self, *_: object) -> None:
        self.close_proxies()
        for node in self._nodes:
            if node.process.poll() is None:
                node.kill()
        self.broker.stop()

    def settings(self, **changes: str) -> settings.Settings:
        return settings.load({**self.environment, **changes})

    def set_clock(self, moment: datetime) -> None:
        """Move the clock of every process of the stage, this one included. The first call has to come before ``node``."""
        path = self.home / "clock"
        clock.set_test_clock(path, moment)
        self.environment[clock.VARIABLE] = os.environ[clock.VARIABLE] = str(path)

    def node(self, *offices: str, wait: bool = True, **environment: str) -> NodeProcess:
        """Start a node for these offices (all for none)."""
        number = next(self._numbers)
        ready, log = self.home / f"node-{number}.ready", self.home / f"node-{number}.log"
        words = itertools.chain.from_iterable(("--office", office) for office in offices)
        with log.open("wb") as out:
            process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "shangda.node", *words, "--ready", str(ready)],
                env={**os.environ, **self.environment, **environment},
                cwd=ROOT,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        node = NodeProcess(process, ready, log)
        self._nodes.append(node)
        return node.wait_ready() if wait else node

    def office(self, office: str) -> OfficeRuntime:
        """The office as this process sees it: to read its database, or to act as a program beside the node."""
        if office not in self._opened:
            self._opened |= open_offices(self.settings(), [office])
        return self._opened[office]

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
        roles: Sequence[str] = ("clerk", "leader"),
        command_id: str | None = None,
        query: bool = False,
    ) -> dict[str, Any]:
        """The whole answer of such an RPC, refusals included."""
        payload: dict[str, Any] = {
            "actor": {"id": "stage", "office": office, "desk": desk, "roles": list(roles)},
            "data": dict(data),
        }
        if not query:
            payload["command_id"] = command_id or secrets.token_hex(16)
        service, method = act.split(".")
        found: dict[str, Any] = getattr(getattr(self._proxy(office), service), method)(payload)
        return found

    def see(self, office: str, act: str, data: Mapping[str, Any] | None = None, *, desk: str = "petition") -> Any:
        """A query; its result."""
        return self.ask(office, act, data or {}, desk=desk, query=True)

    def _proxy(self, office: str) -> Any:
        if office not in self._proxies:
            uri = own_uri(self.settings(), office)
            self._proxies[office] = ClusterRpcProxy(
                {"AMQP_URI": uri, "serializer": "json"}, timeout=self.rpc_seconds
            ).start()
        return self._proxies[office]

    def close_proxies(self) -> None:
        """Forget the RPC connections, as after the broker was killed."""
        for proxy in self._proxies.values():
            with contextlib.suppress(Exception):  # a dead connection cannot say good-bye
                proxy.stop()
        self._proxies.clear()

    @staticmethod
    def until(what: str, condition: Callable[[], Found], seconds: float = 30) -> Found:
        """Wait until ``condition`` gives something true, and give it; StageError naming ``what`` when it is late."""
        end = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > end:
                raise StageError(f"not within {seconds:.0f} s: {what}")
            time.sleep(0.05)
        return found
