"""Nothing yields between BEGIN and COMMIT on SQLite: a greenlet that waited inside would hold the office's write lock."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROGRAM = """
import warnings; warnings.filterwarnings("ignore")
import eventlet; eventlet.monkey_patch()
import sys, greenlet
from pathlib import Path
from sqlalchemy import event
from contracts.context import Actor
from tests.network.toy import TOWN, VILLAGE, World

folder, cheat = Path(sys.argv[1]), sys.argv[2] == "cheat"
world = World(folder, 1)
office = world.offices[VILLAGE]
inside, switches = set(), []
event.listen(office.engine, "begin", lambda c: inside.add(greenlet.getcurrent()))
event.listen(office.engine, "commit", lambda c: inside.discard(greenlet.getcurrent()))
event.listen(office.engine, "rollback", lambda c: inside.discard(greenlet.getcurrent()))

def watch(kind, args):
    if kind == "switch" and args[0] in inside:
        switches.append(args)

def work(worker):
    for _ in range(20):
        world.tell(VILLAGE, TOWN)
        if cheat and worker == 0:
            with office.uow("intake", Actor("x", VILLAGE)) as uow:
                uow.office.lock(uow.session)
                eventlet.sleep(0)
        eventlet.sleep(0)

greenlet.settrace(watch)
workers = [eventlet.spawn(work, number) for number in range(1 if cheat else 4)]
workers.append(eventlet.spawn(eventlet.sleep, 1) if cheat else eventlet.spawn(world.relay))
with eventlet.Timeout(60, False):
    for worker in workers:
        worker.wait()
greenlet.settrace(None)
print("switches", len(switches))
import os; os._exit(0)
"""


def switches(folder: Path, how: str) -> int:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), how],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "switches" in ran.stdout, ran.stderr
    return int(ran.stdout.split()[-1])


def test_no_greenlet_switch_between_begin_and_commit(tmp_path: Path) -> None:
    assert switches(tmp_path, "honest") == 0


def test_the_trace_would_see_one(tmp_path: Path) -> None:
    assert switches(tmp_path, "cheat") > 0
