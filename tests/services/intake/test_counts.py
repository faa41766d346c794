"""Figures of the register: by channel, class and what people want; nothing of the other desk's."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from contracts.calendar import SHANGHAI
from network.ids import new_id
from services.intake.service import IntakeService
from tests.services.house import VILLAGE, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open((VILLAGE,), datetime(2026, 3, 2, 9, tzinfo=SHANGHAI))
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def registered(house: House, channel: str, nature: str, category: str) -> None:
    words = {"channel": channel, "nature": nature, "category": category, "place": VILLAGE, "text": "村道塌了"}
    given = {**words, "receipt_hash": new_id() * 2, "real_name": True, "contactable": True}
    assert house.command(VILLAGE, "intake", "register", given)["ok"]


def test_the_register_is_counted_by_channel_class_and_what_people_want(house: House) -> None:
    registered(house, "letter", "seek", "C10")
    registered(house, "letter", "suggest", "C10")
    registered(house, "go_down", "suggest", "C03")
    assert house.ask(VILLAGE, "intake", "counts", {})["result"] == {
        "registered": 3,
        "by_channel": {"letter": 2, "go_down": 1},
        "by_category": {"C10": 2, "C03": 1},
        "by_nature": {"seek": 1, "suggest": 2},
        "rated": 0,
    }
    discipline = house.ask(VILLAGE, "intake", "counts", {}, desk="discipline")["result"]
    assert (discipline["registered"], discipline["by_nature"]) == (0, {})
