"""``shangda run``: a whole district on one machine. Broker, offices, portal and desk are started, watched and stopped."""

import os
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace

from rich.console import Console

from network.settings import Settings
from shangda.broker import PrivateBroker
from shangda.children import Child, RunError
from shangda.guards import broker_port, check_broker
from shangda.install import Installed, install
from shangda.topology import apply_what_left
from shangda.web import gunicorn

START_SECONDS = 180
WATCH_SECONDS = 0.5
TELL_SECONDS = 5
PORTAL_POLL_SECONDS = "0.5"  # one office only, and a reporter may be looking at the page
TIERS = ("district", "town", "village", "department")


@dataclass(frozen=True)
class Options:
    """Where the two web programs listen."""

    host: str = "127.0.0.1"
    port: int = 8000
    desk_port: int = 8001

    @property
    def portal_url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def desk_url(self) -> str:
        return f"http://{self.host}:{self.desk_port}"


class Run:
    """One run of the network of ``settings``. ``broker`` is None where AMQP_URL names one."""

    def __init__(self, settings: Settings, options: Options, console: Console) -> None:
        self.options, self.console = options, console
        self.broker: PrivateBroker | None = None
        self.children: list[Child] = []
        if not os.environ.get("AMQP_URL"):
            port = broker_port(settings.home)
            self.broker = PrivateBroker(settings.home / "broker", settings.home / "definitions.json", port)
            url = f"amqp://127.0.0.1:{port}"
            settings = replace(settings, amqp_url=url, network_amqp_url=url)
        self.settings = settings

    def start(self) -> Installed:
        """Start everything; returns when the whole network serves. Raises RunError or BrokerError."""
        began = time.monotonic()
        installed = install(self.settings, self.say, quick=True)
        if self.broker is None:
            check_broker(self.settings, installed.tree)
        self._start_children(self._web_programs())
        self._start_broker(installed)
        self._start_children(self._nodes())
        for child in self.children:
            self._wait(child)
        self.say(f"全部就绪,用时 {time.monotonic() - began:.0f} 秒")
        return installed

    def say(self, words: str) -> None:
        self.console.print(f"· {words}", highlight=False, markup=False, soft_wrap=True)

    def watch(self) -> None:
        """Until a signal ends it: start again what died. Raises RunError when that does not help."""
        while True:
            time.sleep(WATCH_SECONDS)
            self._revive()

    def stop(self) -> None:
        """Stop what was started, and nothing else."""
        for child in reversed(self.children):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.end()
        if self.broker is not None:
            self.broker.stop()

    def _revive(self) -> None:
        if self.broker is not None and not self.broker.running:
            self.say("消息代理意外停止,重新启动 (the broker died; starting it again)")
            self.broker.start()
        for child in self.children:
            if child.died:
                status = child.restart()
                self.say(f"{child.name} 意外停止(状态 {status}),已重新启动 (died; started again)")

    def _start_broker(self, installed: Installed) -> None:
        if self.broker is None:
            self.say(f"使用现有消息代理 {self.settings.amqp_url}")
            return
        self.say("启动消息代理 RabbitMQ(约 10 秒)")
        self.broker.start()
        if still := apply_what_left(self.broker.ctl, installed.definitions):
            self.say(still)

    def _start_children(self, children: list[Child]) -> None:
        for child in children:
            self.children.append(child)
            child.start()

    def _web_programs(self) -> list[Child]:
        """They need no broker to start, so they load while it boots."""
        home, environment = self.settings.home, self._environment
        urls = {"portal": self.options.portal_url, "desk": self.options.desk_url}
        return [
            Child(name, gunicorn(name, url.removeprefix("http://")), home, _answers(f"{url}/healthz"), environment)
            for name, url in urls.items()
        ]

    def _nodes(self) -> list[Child]:
        """The portal's post goes by a node of its own: it is never behind the work of two hundred offices."""
        tiers = [word for tier in TIERS for word in ("--tier", tier)]
        return [
            self._node("offices", tiers),
            self._node("portal-node", ["--tier", "portal"], SHANGDA_POLL_SECONDS=PORTAL_POLL_SECONDS),
        ]

    def _node(self, name: str, arguments: list[str], **more: str) -> Child:
        ready = self.settings.home / "run" / f"{name}.ready"
        ready.unlink(missing_ok=True)
        words = ["shangda.node", *arguments, "--ready", str(ready)]
        return Child(name, words, self.settings.home, ready.exists, {**self._environment, **more})

    @property
    def _environment(self) -> dict[str, str]:
        settings = self.settings
        return {
            "SHANGDA_HOME": str(settings.home),
            "SHANGDA_DISTRICT": str(settings.district_file),
            "SHANGDA_POLICY": str(settings.policy_dir),
            "AMQP_URL": settings.amqp_url,
            "NETWORK_AMQP_URL": settings.network_amqp_url,
        }

    def _wait(self, child: Child) -> None:
        began = told = time.monotonic()
        while not child.ready():
            time.sleep(0.1)
            self._revive()
            if time.monotonic() - began > START_SECONDS:
                raise RunError(f"{child.name} 在 {START_SECONDS} 秒内没有就绪:\n{child.last_words()}")
            if time.monotonic() - told > TELL_SECONDS:
                told = time.monotonic()
                self.say(f"等待 {child.name}({told - began:.0f} 秒)")


def _answers(url: str) -> Callable[[], bool]:
    """Whether the page answers 200; the machine's web proxy is not asked."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def answers() -> bool:
        try:
            with direct.open(url, timeout=2) as answer:
                return bool(answer.status == 200)  # noqa: PLR2004
        except OSError:
            return False

    return answers
