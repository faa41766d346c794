"""Who takes part in a hearing (S105), and who may not: the recused, and whoever works at a recused office. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.errors import Refused
from contracts.veils import is_veiled
from services.hearing.cases.rules import HearingCase

SEATS = {
    "host": "主持人",
    "recorder": "记录人",
    "deputy": "人大代表或者政协委员",
    "petition_office": "信访办人员",
    "petitioner": "信访人",
    "other_party": "被反映一方当事人",
}
"""Host and recorder must be there; for the others a stated reason of absence does."""
NEEDED = ("host", "recorder")

Seats = Sequence[Mapping[str, Any]]


def check(case: HearingCase, panel: Seats, absences: str) -> None:
    """Raises Refused for two seats of one person, an empty one without a reason, and for who has to withdraw."""
    for name in ("name", "person"):
        known = [seat[name] for seat in panel if seat.get(name)]
        if len(set(known)) != len(known):
            raise Refused("two_seats", "同一人不能担任两种角色", {"panel": ["姓名重复"]})
    missing = [role for role in SEATS if role not in {seat["role"] for seat in panel}]
    unexcused = [role for role in missing if role in NEEDED or not absences.strip()]
    if unexcused:
        words = [f"缺少{SEATS[role]}" for role in unexcused]
        raise Refused("seats_missing", "参加人员不全,须补齐或者说明缺席原因", {"panel": words})
    not_recused(case, panel)


def not_recused(case: HearingCase, panel: Seats) -> None:
    """Raises Refused by name for a recused person, and for whoever comes from a recused office (回避)."""
    recused = [
        seat["name"]
        for seat in panel
        if is_veiled(case.case, seat.get("person", ""), case.recused) or seat.get("office") in case.excluded
    ]
    if recused:
        raise Refused("recused_seat", "应当回避的人员不能参加听证,请更换", {"panel": recused})
