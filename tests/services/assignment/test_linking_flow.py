"""Repeats are linked only to what stands at the desk, and not by the office they speak against; through the real service."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from services.assignment.models import AssignmentCase
from services.supervision.ledger.models import LineRow
from tests.services.assignment.cases import DISTRICT, MON, TOWN, VILLAGE
from tests.services.assignment.helped import do, entered, handed, open_house
from tests.services.house import House

FIRST, AGAIN, THIRD = (f"{DISTRICT}-2026-0000{serial}" for serial in (1, 2, 3))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as opened:
        yield opened


def came(house: House, office: str, number: str, **other: Any) -> str:
    """A petition with this number. → its case."""
    house.pass_time(1 / 1440)
    return entered(house, office, number=number, **other)


def link(house: House, office: str, case: str, number: str, **actor: Any) -> tuple[str, dict[str, Any]]:
    """(code, fields) with which a link is refused."""
    answer = house.command(office, "assignment", "link_repeat", {"case": case, "repeat_of": number}, **actor)
    assert not answer["ok"], answer
    return answer["error"]["code"], answer["error"]["fields"]


def linked(house: House, office: str, case: str) -> str:
    (row,) = [each for each in house.rows(office, AssignmentCase) if each.case == case]
    return str(row.repeat_of)


def test_only_a_case_of_the_desk_s_own_register_is_a_first(house: House) -> None:
    secret = entered(house, DISTRICT, number="J1", desk="discipline", text=None, place="", category="C15")
    first, again = came(house, DISTRICT, FIRST), came(house, DISTRICT, AGAIN)
    came(house, TOWN, "T1")
    for unknown in ("610402-2026-99999", "T1", "J1"):
        assert link(house, DISTRICT, again, unknown) == ("unknown_number", {"repeat_of": ["没有这个编号"]})
    assert link(house, DISTRICT, again, AGAIN)[0] == "itself"
    assert link(house, DISTRICT, first, AGAIN) == ("later", {"repeat_of": ["晚于本件"]})
    assert link(house, DISTRICT, secret, FIRST, desk="discipline")[0] == "unknown_number", "of the other desk"
    assert linked(house, DISTRICT, again) == ""
    do(house, DISTRICT, "link_repeat", {"case": again, "repeat_of": FIRST})
    assert linked(house, DISTRICT, again) == FIRST


def test_links_make_neither_chain_nor_loop(house: House) -> None:
    first, again = came(house, DISTRICT, FIRST), came(house, DISTRICT, AGAIN)
    third = came(house, DISTRICT, THIRD)
    do(house, DISTRICT, "link_repeat", {"case": again, "repeat_of": FIRST})
    assert link(house, DISTRICT, third, AGAIN) == ("chain", {"repeat_of": [f"初件编号{FIRST}"]})
    came(house, DISTRICT, "N4", entered_at=MON - timedelta(days=1))
    assert link(house, DISTRICT, first, "N4") == ("followed", {"repeat_of": ["本件已有重件"]})
    assert [linked(house, DISTRICT, case) for case in (first, again, third)] == ["", FIRST, ""]


def test_a_recalled_case_is_nobody_s_first(house: House) -> None:
    first, again = came(house, TOWN, "T1"), came(house, TOWN, "T2")
    handed(house, first, TOWN, DISTRICT)
    do(house, DISTRICT, "exclude", {"case": first, "office": TOWN, "reason": "被反映人在该镇工作"})
    assert link(house, TOWN, again, "T1")[0] == "unknown_number"


def test_who_sent_it_down_confirms_not_the_office_repeated_against(house: House) -> None:
    first, again = came(house, DISTRICT, FIRST), came(house, DISTRICT, AGAIN)
    for case in (first, again):
        handed(house, case, DISTRICT, TOWN, VILLAGE)
    assert link(house, VILLAGE, again, FIRST) == ("against_us", {"repeat_of": ["由转来机关确认"]})
    do(house, DISTRICT, "link_repeat", {"case": again, "repeat_of": FIRST})
    assert [linked(house, office, again) for office in (DISTRICT, TOWN, VILLAGE)] == [FIRST] * 3
    (line,) = [each for each in house.rows(DISTRICT, LineRow) if each.case_id == again]
    assert (line.repeat_of, line.what) == (FIRST, "repeat_linked")


def test_a_confirmation_is_believed_only_from_who_sent_it_down(house: House) -> None:
    case = came(house, TOWN, "T1")
    handed(house, case, TOWN, VILLAGE)
    word = {"repeat_of": "T0", "at": MON + timedelta(days=1)}
    house.say(DISTRICT, "assignment", Tell(VILLAGE, "assignment", "repeat_confirmed", case, word))
    house.say(VILLAGE, "assignment", Tell(TOWN, "assignment", "repeat_confirmed", case, word))
    house.post()
    assert [linked(house, office, case) for office in (TOWN, VILLAGE)] == ["", ""]
