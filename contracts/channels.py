"""Words of the channels by which people reach an office (渠道, S12–S16, S18–S20, S22)."""

from collections.abc import Mapping

from contracts.words import Channel

WAYS = (
    Channel.WEB,
    Channel.MAILBOX,
    Channel.LETTER,
    Channel.FAX,
    Channel.BOX,
    Channel.PHONE,
    Channel.VISIT,
    Channel.HALL,
    Channel.CARD,
    Channel.RECEPTION,
    Channel.PLATFORM,
    Channel.HOTLINE,
)
"""The channels that an office can offer; the others are how something came about. One of kind ``visit`` is a reception room."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    Channel.WEB: ("url",),
    Channel.MAILBOX: ("mailbox", "official"),
    Channel.LETTER: ("address",),
    Channel.FAX: ("phone",),
    Channel.BOX: ("address",),
    Channel.PHONE: ("phone", "hours"),
    Channel.VISIT: ("address", "hours", "capacity"),
    Channel.HALL: ("address", "hours"),
    Channel.CARD: ("qr",),
    Channel.RECEPTION: ("address", "hours"),
    Channel.PLATFORM: ("url",),
    Channel.HOTLINE: ("phone", "hours"),
}
"""What a channel of each kind cannot be without."""

CALLED = (Channel.PHONE, Channel.HOTLINE)
"""The channels on which calls are taken (S14)."""

LACKS: Mapping[str, str] = {
    "channel": "没有渠道",
    "phone": "没有电话",
    "hours": "没有时间",
    "clerk": "没有专人",
}
"""What the network's coverage asks of an office (S22), and the words for its absence."""

UNSTAFFED: Mapping[str, str] = {
    "no_clerk": "没有专人",
    "clerk_gone": "专人已离岗",
    "both_away": "专人和替补都不在岗",
}
"""Why nobody minds a channel (S15)."""
