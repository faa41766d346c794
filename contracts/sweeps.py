"""The words of sweeps (矛盾纠纷排查, S42–S50)."""

from enum import StrEnum


class SweepScope(StrEnum):
    """How wide a sweep looks (S43); a focused one names places, trades or matters, never persons."""

    FULL = "full"  # 全面排查
    FOCUSED = "focused"  # 重点排查


class SweepMode(StrEnum):
    """Whether the calendar or an order brings it (S44)."""

    ROUTINE = "routine"  # 经常性排查
    CONCENTRATED = "concentrated"  # 集中排查


class Risk(StrEnum):
    """The colour of a dispute's risk, the worst first."""

    RED = "red"  # 红
    ORANGE = "orange"  # 橙
    YELLOW = "yellow"  # 黄
    BLUE = "blue"  # 蓝


class DisputeStatus(StrEnum):
    """What became of a dispute (S48)."""

    OPEN = "open"  # 已排查
    MEDIATING = "mediating"  # 调处中
    EASED = "eased"  # 缓解
    RESOLVED = "resolved"  # 化解
    UNRESOLVED = "unresolved"  # 未化解,结束调处
    TO_CASE = "to_case"  # 转信访

    @property
    def is_open(self) -> bool:
        """Whether the next sweep has to say how it stands."""
        return self in (DisputeStatus.OPEN, DisputeStatus.MEDIATING, DisputeStatus.EASED)


class Said(StrEnum):
    """How a dispute of an earlier period stands in this one."""

    STILL = "still"  # 仍在
    SETTLED = "settled"  # 已化解
    WORSE = "worse"  # 加重
