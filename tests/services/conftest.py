"""What tests of several services share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from network.keys import Keyring, make_keys
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.service import SupervisionService
from tests.services.bench import Bench, parked
from tests.services.house import DISTRICT, TOWN, VILLAGE, House

OFFICES = (DISTRICT, TOWN, VILLAGE)


@pytest.fixture(scope="session")
def bench_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    make_keys(folder, OFFICES, lambda _: "口令", interactive=True)
    return folder


@pytest.fixture
def bench(tmp_path: Path, bench_keys: Path, start: object) -> Iterator[Bench]:
    """District, town and village with all four services, from the moment ``start`` on."""
    shutil.copytree(bench_keys, tmp_path, dirs_exist_ok=True)
    services = (IntakeService, AssignmentService, SupervisionService, HearingService)
    house = House(tmp_path, {each.name: each for each in services}).open(OFFICES, start)  # type: ignore[arg-type]
    yield Bench(house, Keyring(tmp_path))
    assert parked(house) == []
    for office in house.offices.values():
        office.engine.dispose()
