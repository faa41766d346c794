"""One stage (broker and demo district in a folder of its own) per test module."""

import os
from collections.abc import Iterator

import pytest

from network import clock
from shangda.stage import Stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    before = os.environ.pop(clock.VARIABLE, None)
    with Stage(tmp_path_factory.mktemp("stage")) as stage:
        yield stage
    os.environ.pop(clock.VARIABLE, None)
    if before is not None:
        os.environ[clock.VARIABLE] = before
