"""nameko's and amqp's traps, shown closed on a running node."""

import ast
import socket
import subprocess
import sys
import time
from pathlib import Path

from network.hosting import network_uri
from network.wire import HEARTBEAT_SECONDS, TCP_USER_TIMEOUT_MS, connect, drop
from shangda.stage import ROOT, Stage
from tests.system.reports import VILLAGE, report

REVIVE = """
import eventlet; eventlet.monkey_patch()
import os
from network import settings
from network.hosting import open_offices, own_uri
from network.node import OfficeNode
from shangda.composition import services_of

office = open_offices(settings.load(), ["610402901901"])["610402901901"]
node = OfficeNode(office, services_of("village"), settings.load())
started = []
node.start(lambda: started.append(1))
with eventlet.Timeout(40):
    while len(started) < 4:
        eventlet.sleep(0.05)
    first = dict(node.containers)
    error = RuntimeError("killed by the test")
    first["intake"].kill((RuntimeError, error, None))
    while node.containers["intake"] is first["intake"]:
        eventlet.sleep(0.05)
    eventlet.sleep(3)
others = all(node.containers[name] is first[name] for name in ("assignment", "supervision", "hearing"))
from nameko.standalone.rpc import ClusterRpcProxy
with ClusterRpcProxy({"AMQP_URI": own_uri(settings.load(), office.id)}, timeout=10) as rpc:
    actor = {"id": "x", "office": office.id, "desk": "petition", "roles": ["clerk"]}
    print("answers", rpc.intake.counts({"actor": actor, "data": {}})["ok"], "others untouched", others)
os._exit(0)
"""


def test_a_dead_service_is_started_again_alone(stage: Stage) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", REVIVE],
        cwd=ROOT,
        env={**stage.full_environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert "answers True others untouched True" in ran.stdout, ran.stderr[-3000:]


def test_a_node_stops_within_its_deadline_and_leaves_nothing_half_done(stage: Stage) -> None:
    node = stage.node(VILLAGE)
    case = stage.ask(VILLAGE, "intake.register", report())["case"]
    began = time.monotonic()
    assert node.stop() == 0
    assert time.monotonic() - began < 15
    node = stage.node(VILLAGE)
    stage.close_links()
    assert stage.see(VILLAGE, "intake.get_report", {"case": case})
    node.stop()


def test_the_link_has_heartbeats_and_survives_a_slow_line(stage: Stage) -> None:
    connection = connect(network_uri(stage.settings(), stage.tree, VILLAGE))
    try:
        assert connection.get_heartbeat_interval() == HEARTBEAT_SECONDS
        line = connection.transport_options  # what was asked for
        assert line["socket_settings"][socket.TCP_USER_TIMEOUT] == TCP_USER_TIMEOUT_MS
        sock = connection.connection.transport.sock  # and what the kernel has
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == TCP_USER_TIMEOUT_MS
    finally:
        drop(connection)


def test_no_service_calls_another_or_publishes_past_the_outbox() -> None:
    forbidden = {"RpcProxy", "ClusterRpcProxy", "EventDispatcher", "event_handler", "Publisher", "BROADCAST"}
    for folder in ("services", "network", "gateway"):
        for path in (ROOT / folder).rglob("*.py"):
            names = {
                alias.name
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nameko")
                for alias in node.names
            }
            assert not names & forbidden, f"{path} imports {names & forbidden}"


def test_the_rooms_are_the_same_in_every_service() -> None:
    for service in ("intake", "assignment", "supervision", "hearing"):
        room = Path(ROOT / "services" / service)
        assert (room / "service.py").exists()
        assert list(room.rglob("rules.py")), service
        assert list(room.rglob("models.py")), service
        assert list(room.rglob("store.py")), service
