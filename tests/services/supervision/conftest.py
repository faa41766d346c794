"""Village, town and district with supervision only."""

from pathlib import Path

import pytest

from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.told import MON


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, {"supervision": SupervisionService}).open((VILLAGE, TOWN, DISTRICT), MON)
