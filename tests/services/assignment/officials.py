"""A small register of officials of the demo district, for tests."""

from datetime import date
from typing import Any

from contracts.officials import Duty, Official, OfficialSchema, Post, Relation
from tests.services.assignment.cases import DEPARTMENT, DISTRICT, PLUMS, TOWN, VILLAGE

LONG_AGO = date(2020, 1, 1)
STREET = "610402902"

HEAD = Official(
    "gb-001", "石某", "village_cadre", "town",
    posts=(Post(VILLAGE, "村主任", LONG_AGO),),
    relations=(Relation("gb-004", "配偶"),),
)  # fmt: skip
SECRETARY = Official(
    "gb-002", "毕某", "town_discipline", "district",
    posts=(Post(TOWN, "镇纪委书记", LONG_AGO),),
    duties=(Duty("discipline_secretary", TOWN, LONG_AGO),),
)  # fmt: skip
DEPUTY = Official("gb-003", "骆某", "town_leader", "district", posts=(Post(STREET, "办事处副主任", LONG_AGO),))
CLERK = Official("gb-004", "柳某", "town_staff", "town", posts=(Post(TOWN, "信访办干事", LONG_AGO),))
COVERING = Official(
    "gb-005", "魏某", "covering_leader", "district",
    posts=(Post(DISTRICT, "区人大常委会副主任", LONG_AGO),),
    duties=(Duty("covering_leader", TOWN, LONG_AGO), Duty("supervisor", TOWN, LONG_AGO)),
)  # fmt: skip
MOVED = Official(
    "gb-006", "欧阳明", "village_cadre", "town",
    posts=(Post(PLUMS, "村文书", date(2025, 7, 1)), Post(VILLAGE, "会计", LONG_AGO, date(2025, 6, 30))),
)  # fmt: skip
LEADER_OF_ALL = Official("gb-007", "秦某", "district_leader", "city", posts=(Post(DISTRICT, "副区长", LONG_AGO),))
STAFF = Official("gb-008", "田小麦", "department_staff", "district", posts=(Post(DEPARTMENT, "科员", LONG_AGO),))
REGISTER = (HEAD, SECRETARY, DEPUTY, CLERK, COVERING, MOVED, LEADER_OF_ALL, STAFF)


def plain(*officials: Official) -> list[dict[str, Any]]:
    """The officials as a file or a letter has them."""
    shown: list[dict[str, Any]] = OfficialSchema(many=True).dump(officials or REGISTER)
    return shown
