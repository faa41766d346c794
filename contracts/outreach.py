"""The words of contact cards, home visits and going down with cases (S23–S26, S54, S92)."""

from enum import StrEnum

from contracts.words import Channel

SERIAL = r"[0-9a-z]{6,16}-[0-9]{6}"
"""The serial of a card or slip as it is printed: the office that printed it, and a number of that office."""

MAX_CASES = 12
"""Cases that a leader takes along at most: what fits into a folder of two pages."""


class CardKind(StrEnum):
    """What is printed: a card that stays with a household, or a slip, the receipt of one report taken without a network."""

    CARD = "card"  # 联系卡
    SLIP = "slip"  # 登记凭条


class CardState(StrEnum):
    """What became of a serial; one of which nothing is known yet lies in its batch."""

    ISSUED = "issued"  # 已发放
    BOUND = "bound"  # 凭条已绑定
    VOID = "void"  # 作废


class GivenTo(StrEnum):
    """To whom a card was given: a place, never a name."""

    HOUSEHOLD = "household"  # 农户、居民户
    ENTERPRISE = "enterprise"  # 企业
    OTHER = "other"  # 其他


class VisitedKind(StrEnum):
    """Where a home visit went (S25)."""

    ENTERPRISE = "enterprise"  # 企业
    COMMUNITY = "community"  # 社区
    VILLAGE_GROUP = "village_group"  # 村组


class Brought(StrEnum):
    """What a case that was taken down came back with (S54)."""

    RESOLVED = "resolved"  # 当场化解
    PROMISED = "promised"  # 已作承诺
    PASSED_ON = "passed_on"  # 转有权机关
    NOT_RESOLVED = "not_resolved"  # 未化解


class Source(StrEnum):
    """Where people were met who then said what they want (S26)."""

    CARD = "card"  # 民情联系卡
    VISIT = "visit"  # 走访
    GO_DOWN = "go_down"  # 带案下访

    @property
    def channel(self) -> Channel:
        """How a report of this source came in."""
        return CHANNELS[self]


CHANNELS = {Source.CARD: Channel.CARD, Source.VISIT: Channel.WALK, Source.GO_DOWN: Channel.GO_DOWN}
