"""The unit of work and the streams on a real PostgreSQL, where workers really run side by side."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from network.db import postgres_engine
from network.journal import broken_links
from network.tables import JournalRow, OutboxRow
from shangda.pg import PrivatePostgres
from tests.network.toy import TOWN, VILLAGE, World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[PrivatePostgres]:
    with PrivatePostgres(fsync=False) as server:
        yield server


@pytest.fixture
def engine(server: PrivatePostgres, request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = postgres_engine(server.create(f"net_{abs(hash(request.node.name)) % 10**8}"))
    yield engine
    engine.dispose()


def test_everything_arrives_once_and_in_order(tmp_path: Path, engine: Engine) -> None:
    world = World(tmp_path, 7, engine)
    for _ in range(10):
        world.tell(*world.random.choice([(VILLAGE, TOWN), (TOWN, VILLAGE), (VILLAGE, VILLAGE)]))
        world.step(lose=0.2, double=0.2, late=0.3)
    world.heal()
    for (sender, to), numbers in world.told.items():
        assert world.received(to, sender) == numbers


def test_workers_side_by_side_number_without_a_gap_and_chain_the_journal(tmp_path: Path, engine: Engine) -> None:
    world = World(tmp_path, 1, engine)
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda _: world.tell(VILLAGE, TOWN), range(80)))
    with world.offices[VILLAGE].reading() as session:
        assert sorted(session.scalars(select(OutboxRow.seq))) == list(range(1, 81))
        rows = session.scalars(select(JournalRow).order_by(JournalRow.seq)).all()
        lines = [{column.key: getattr(row, column.key) for column in JournalRow.__table__.columns} for row in rows]
        in_order = list(session.scalars(select(OutboxRow.body["head"]["seq"].as_integer()).order_by(OutboxRow.seq)))
    assert len(lines) == 80
    assert broken_links(lines) == []
    assert in_order == sorted(in_order), "number order is commit order"


SLOW = """
import eventlet; eventlet.monkey_patch()
import sys, time
from pathlib import Path
from sqlalchemy import text
from network.db import postgres_engine
from tests.network.toy import TOWN, VILLAGE, World

engine = postgres_engine(sys.argv[2])
world = World(Path(sys.argv[1]), 1, engine)
world.tell(VILLAGE, TOWN)

def slow():
    with world.offices[VILLAGE].reading() as session:
        session.execute(text("SELECT pg_sleep(3)"))

sleeper = eventlet.spawn(slow)
eventlet.sleep(0.2)
began = time.monotonic()
for _ in range(10):
    world.tell(VILLAGE, TOWN)
print("took", time.monotonic() - began)
sleeper.wait()
import os; os._exit(0)
"""


def test_a_slow_query_in_one_worker_does_not_stall_another(tmp_path: Path, server: PrivatePostgres) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SLOW, str(tmp_path), server.create("slow")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "took" in ran.stdout, ran.stderr
    assert float(ran.stdout.split()[-1]) < 2.5, "ten commits waited for the slow query"
