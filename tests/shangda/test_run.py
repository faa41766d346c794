"""`shangda run` on the real broker: it serves, revives what dies, keeps to itself, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shangda.ports import free_port, is_free
from tests.shangda.small import DISTRICT, TOWN, VILLAGE, environment

SAMPLES = [
    {
        "no": "S1",
        "office": VILLAGE,
        "report": {"channel": "visit", "place": VILLAGE, "category": "C03", "text": "门前的水渠被填了"},
        "acts": [{"act": "offer", "data": {"to": TOWN}}, {"office": TOWN, "act": "sign_for"}],
    }
]
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Running:
    """A run of the small district, with what it has printed so far."""

    process: subprocess.Popen[str]
    environment: dict[str, str]
    ports: tuple[int, int]
    output: Path

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def home(self) -> Path:
        return Path(self.environment["SHANGDA_HOME"])

    def says(self, words: str, seconds: float = 90) -> None:
        until(lambda: words in self.output.read_text() or self.process.poll() is not None, seconds)
        assert words in self.output.read_text(), self.output.read_text()


def until(condition: Callable[[], Any], seconds: float = 30) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "too late"
        time.sleep(0.1)
    return found


def started(words: dict[str, str], ports: tuple[int, int], output: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "shangda.cli", "run", "--port", str(ports[0]), "--desk-port", str(ports[1])]
    with output.open("w") as out:
        return subprocess.Popen(command, env={**os.environ, **words}, stdout=out, stderr=out, text=True)


def told(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310  our own
    with direct.open(request, timeout=10) as answer:
        return json.load(answer)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("run")
    words = environment(folder)
    (folder / "district" / "samples.json").write_text(json.dumps(SAMPLES))
    ports, output = (free_port(), free_port()), folder / "output"
    running = Running(started(words, ports, output), words, ports, output)
    try:
        running.says(f"ready {running.portal}")
        yield running
    finally:
        running.process.send_signal(signal.SIGINT)
        running.process.wait(60)


def test_a_report_given_at_the_portal_reaches_the_district(run: Running) -> None:
    report = {"text": "路灯坏了", "place": VILLAGE, "category": "C03"}
    receipt = told(f"{run.portal}/api/v1/reports", report)["receipt"]
    number = until(lambda: told(f"{run.portal}/api/v1/reports/{receipt}").get("number"))
    assert number.startswith(f"{DISTRICT}-")


def test_the_samples_were_loaded_once(run: Running) -> None:
    command = [sys.executable, "-m", "shangda.cli", "case", "--json", f"{VILLAGE}-{year()}-00001"]
    story = subprocess.run(command, env={**os.environ, **run.environment}, stdout=subprocess.PIPE, check=True)
    (found,) = json.loads(story.stdout)
    assert [(line["office"], line["what"]) for line in found["lines"] if line["what"] in ("registered", "signed")] == [
        (VILLAGE, "registered"),
        (TOWN, "signed"),
    ]
    assert (run.home / "samples-loaded").exists()


def year() -> str:
    return time.strftime("%Y", time.gmtime(time.time() + 8 * 3600))


def test_a_second_run_is_told_why_it_cannot(run: Running, tmp_path: Path) -> None:
    same_home = started(run.environment, (free_port(), free_port()), tmp_path / "home")
    assert same_home.wait(30) == 1
    assert "正由另一次运行使用" in (tmp_path / "home").read_text()
    elsewhere = environment(tmp_path)
    taken = started(elsewhere, (run.ports[0], free_port()), tmp_path / "port")
    assert taken.wait(30) == 1
    assert f"port {run.ports[0]} is taken" in (tmp_path / "port").read_text()


def test_a_program_that_dies_is_started_again(run: Running) -> None:
    pid = int((run.home / "run" / "portal.pid").read_text())
    os.killpg(pid, signal.SIGKILL)
    run.says("portal 意外停止")
    until(lambda: alive(f"{run.portal}/healthz"))


def alive(url: str) -> bool:
    try:
        return bool(told(url))
    except (OSError, urllib.error.HTTPError):
        return False


def test_a_run_after_one_that_was_killed_ends_what_that_left_behind(run: Running) -> None:
    left = [int(path.read_text()) for path in (run.home / "run").glob("*.pid")]
    run.process.kill()
    run.process.wait()
    run.process = started(run.environment, run.ports, run.output)
    run.says(f"ready {run.portal}")
    now = {int(path.read_text()) for path in (run.home / "run").glob("*.pid")}
    assert not now & set(left)
    assert "载入" not in run.output.read_text()


def test_it_ends_by_a_signal_and_leaves_nothing_running(run: Running) -> None:
    groups = [int(path.read_text()) for path in (run.home / "run").glob("*.pid")]
    assert len(groups) == 4
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(60) == 0
    assert "正在停止" in run.output.read_text()
    for group in groups:
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
    broker_port = int((run.home / "broker-port").read_text())
    assert all(is_free(port) for port in (*run.ports, broker_port))
    assert not list((run.home / "run").glob("*.pid"))
