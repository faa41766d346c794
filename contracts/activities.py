"""Work done among people that is counted (接访, 走访, 发卡 …): one activity, as its office keeps it and tells it upward."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

CAMPAIGN_FLAG = "campaign_"


class ActivityKind(StrEnum):
    """What was done."""

    RECEPTION = "reception"  # 接访 (S51–S53, S60–S61, S97)
    NO_SHOW = "no_show"  # 预约未到
    BOOKING_DROPPED = "booking_dropped"  # 预约取消、改期
    HALL_DUTY = "hall_duty"  # 信访大厅坐班 (S53)
    GO_DOWN = "go_down"  # 带案下访 (S54)
    HOME_VISIT = "home_visit"  # 走访 (S25)
    CASE_TAKEN = "case_taken"  # 带案下访所带的一件 (S54)
    CARDS_PRINTED = "cards_printed"  # 印制民情联系卡、凭条 (S23)
    CARD_ISSUED = "card_issued"  # 发放民情联系卡 (S23)
    CARD_VOIDED = "card_voided"  # 民情联系卡作废 (S23)
    BOX_OPENED = "box_opened"  # 开箱 (S13)
    BOX_LETTER = "box_letter"  # 箱内信件登记或者另行处理 (S13)
    CALL_TAKEN = "call_taken"  # 接听专线 (S14)
    ROOM_VISIT = "room_visit"  # 接待室来访 (S19)
    DEMAND = "demand"  # 收集诉求 (S26)
    COLLECTIVE_VISIT = "collective_visit"  # 集体访
    PROMISE = "promise"  # 承诺
    RATING = "rating"  # 满意度评价 (S97)


class Level(StrEnum):
    """As what somebody acts: for the counters of distinct leaders and cadres (S52, S56)."""

    DISTRICT_LEADER = "district_leader"  # 区级领导
    LEADER = "leader"  # 领导班子成员
    CADRE = "cadre"  # 干部
    CLERK = "clerk"  # 工作人员


@dataclass(frozen=True)
class Activity:
    """One piece of work. ``activity`` is its id (32 hex digits), the same in every office that counts it.

    ``at`` is when it was done, ``by`` the id of the official or account who did it, ``count`` how many (letters in a box,
    people who came, cards). ``case`` stays with the own office; what goes up is ``matter``, by which distinct cases are
    counted. ``detail`` is a word of the room that logs it; ``key`` says that the matter was a key one (重点难点, S56);
    ``result`` and ``rating`` come later, with a higher ``rev``. A ``void`` one counts no more.
    """

    activity: str
    kind: str
    office: str
    at: datetime
    by: str = ""
    level: str = ""
    count: int = 1
    detail: str = ""
    campaign: str = ""
    case: str = ""
    matter: str = ""
    key: bool = False
    result: str = ""
    rating: str = ""
    void: bool = False
    rev: int = 1

    def changed(self, **values: object) -> "Activity":
        """The same activity as it stands now, one revision later."""
        return replace(self, **{"rev": self.rev + 1, **values})  # type: ignore[arg-type]


def matter_of(case: str) -> str:
    """What stands for a case in figures above: distinct cases stay distinct, and it leads to no file."""
    return blake2b(f"matter {case}".encode(), digest_size=8).hexdigest() if case else ""


def campaign_flag(campaign: str) -> str:
    """The flag that a case of a campaign bears, so that its course can be counted by campaign (S8, S11)."""
    return f"{CAMPAIGN_FLAG}{campaign}"
