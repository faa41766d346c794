"""Both web programs are plain threaded: nothing of eventlet or nameko is in their processes."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("program", ["portal", "desk"])
def test_a_web_program_loads_no_green_threads(program: str) -> None:
    other = "desk" if program == "portal" else "portal"
    check = (
        f"import sys, gateway.{program}.app; "
        f"print([name for name in ('eventlet', 'nameko', 'gateway.{other}.app') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "[]", found.stdout
