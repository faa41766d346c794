"""Village, town and district with supervision only."""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.calendar import CalendarDays, WorkingDaysCount
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House, quiet_policy
from tests.services.supervision.told import MON


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Handling, and signing for an offer, have terms here that end on ``told.DUE``: what the tests tell is lawful."""
    terms = {"K5": CalendarDays(18), "K24": WorkingDaysCount(14)}
    known = quiet_policy()
    clocks = {**known.clocks, **{kind: replace(known.clocks[kind], days=days) for kind, days in terms.items()}}
    policy = replace(known, clocks=clocks, village_settle_days=terms["K5"])
    services = {"supervision": SupervisionService}
    return House(tmp_path, services, policy=policy).open((VILLAGE, TOWN, DISTRICT), MON)
