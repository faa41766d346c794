"""Whether the network reaches everywhere (横向到边、纵向到底, S22). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.channels import LACKS
from services.intake.channels.state import Channel

ALL = tuple(LACKS)


@dataclass(frozen=True)
class Reached:
    """How an office is to be reached: by its best channel (None: by none), and what is lacking of ``LACKS``."""

    office: str
    tier: str
    channel: Channel | None
    lacks: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """A live channel has phone, hours and a named clerk who is not gone."""
        return not self.lacks


def reached(offices: Mapping[str, str], channels: Iterable[Channel], on: date) -> tuple[Reached, ...]:
    """Each office (id → tier) on that day. One channel has to have everything: of several, the one that lacks least counts."""
    live: dict[str, list[Channel]] = {}
    for channel in channels:
        if channel.live(on):
            live.setdefault(channel.office, []).append(channel)
    return tuple(_office(office, tier, live.get(office, ()), on) for office, tier in offices.items())


def _office(office: str, tier: str, channels: Sequence[Channel], on: date) -> Reached:
    weighed = [(lacks(channel, on), channel) for channel in channels]
    if not weighed:
        return Reached(office, tier, None, ALL)
    least, channel = min(weighed, key=lambda each: (len(each[0]), each[1].channel))
    return Reached(office, tier, channel, least)


def lacks(channel: Channel, on: date) -> tuple[str, ...]:
    """What a live channel lacks: phone, hours, a named clerk who is not gone for good."""
    clerk = channel.clerk and channel.gone_since("clerk", on) is None
    has = {"channel": True, "phone": channel.phone, "hours": channel.hours, "clerk": clerk}
    return tuple(word for word in ALL if not has[word])
