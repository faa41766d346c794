"""Words of named reception (点名接访): boards, schedules, bookings, records, the hall's roster (S51, S53, S60–S61, S88–S97)."""

from enum import StrEnum
from hashlib import blake2b

KEY_FLAGS = ("hot", "hard")
"""The flags that make a case a key one (热点、难点; S56)."""
SUBSTITUTE = "_substitute"
"""What the detail of a reception ends with when another leader came than the one who was named."""
WALK_IN = "walk_in"


class Standing(StrEnum):
    """Where in the unit somebody stands."""

    LEADING_GROUP = "leading_group"  # 班子成员
    MIDDLE = "middle"  # 中层干部
    STAFF = "staff"  # 一般干部


class Listed(StrEnum):
    """Who of a unit is to be on its boards (S94)."""

    LEADING_GROUP = "leading_group"  # 班子
    MIDDLE_AND_ABOVE = "middle_and_above"  # 中层以上
    ALL = "all"  # 全员

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Whom it takes in."""
        every = tuple(Standing)
        return {Listed.LEADING_GROUP: every[:1], Listed.MIDDLE_AND_ABOVE: every[:2], Listed.ALL: every}[self]


class ScheduleKind(StrEnum):
    """Three ways in which leaders are to be met (S61)."""

    FIXED = "fixed"  # 定期接访
    APPOINTED = "appointed"  # 约访
    GO_DOWN = "go_down"  # 定期下访


class BookingState(StrEnum):
    """What became of a booking; all but the first are final."""

    BOOKED = "booked"  # 已预约
    HELD = "held"  # 已接访
    NO_SHOW = "no_show"  # 未到
    CANCELLED = "cancelled"  # 取消
    MOVED = "moved"  # 改期


class Detail(StrEnum):
    """How a reception came about; the activity's detail bears ``SUBSTITUTE`` besides."""

    NAMED = "named"  # 点名接访
    FIXED = "fixed"  # 定期接访
    APPOINTED = "appointed"  # 约访
    HALL = "hall"  # 信访大厅坐班接访
    GO_DOWN = "go_down"  # 下访


class Result(StrEnum):
    """What came of a reception."""

    ANSWERED = "answered"  # 当场答复
    PENDING = "pending"  # 转办中
    CONCLUDED = "concluded"  # 已办结,未化解
    RESOLVED = "resolved"  # 已化解


class Outcome(StrEnum):
    """How far a case is, as its holder tells it."""

    OPEN = "open"
    CONCLUDED = "concluded"
    RESOLVED = "resolved"
    DISPUTED = "disputed"  # the reporter says that it was not done


class HalfDay(StrEnum):
    """The halves of a day of duty."""

    AM = "am"  # 上午
    PM = "pm"  # 下午


class Attendance(StrEnum):
    """What became of a duty in the hall."""

    DUE = "due"  # 应到
    ATTENDED = "attended"  # 本人到岗
    SUBSTITUTED = "substituted"  # 他人代班
    MISSED = "missed"  # 缺岗


DETAIL_ZH = {
    Detail.NAMED: "点名接访",
    Detail.FIXED: "定期接访",
    Detail.APPOINTED: "约访",
    Detail.HALL: "大厅坐班接访",
    Detail.GO_DOWN: "下访接访",
}
STATE_ZH = {
    BookingState.HELD: "已接访",
    BookingState.NO_SHOW: "未到",
    BookingState.CANCELLED: "取消",
    BookingState.MOVED: "改期",
}
RESULT_ZH = {
    Result.ANSWERED: "当场答复",
    Result.PENDING: "转办中",
    Result.CONCLUDED: "已办结",
    Result.RESOLVED: "已化解",
}
RATING_ZH = {"": "", "satisfied": "满意", "fair": "基本满意", "dissatisfied": "不满意"}
HALF_ZH = {HalfDay.AM: "上午", HalfDay.PM: "下午"}
ATTENDANCE_ZH = {
    Attendance.DUE: "未登记",
    Attendance.ATTENDED: "本人到岗",
    Attendance.SUBSTITUTED: "他人代班",
    Attendance.MISSED: "缺岗",
}
VOID_ZH = "作废"
SEALED_ZH = "见密封件"
"""What a ledger says of the person who came."""


def profile_id(office: str, official: str) -> str:
    """The id under which the board of an official of an office is known elsewhere: 32 hex digits."""
    return blake2b(f"board {office}/{official}".encode(), digest_size=16).hexdigest()
