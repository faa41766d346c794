"""A channel as it stood in one version, and who minds it on a day. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

CONTENT = ("kind", "label", "address", "place", "phone", "mailbox", "url", "qr", "hours", "capacity", "since", "until")
"""What a channel is (contracts.events.channels.ChannelPart)."""
PUBLIC = (*CONTENT, "channel", "rev", "official_name", "official_post")
"""What the portal is told."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Channel:
    """One version of a channel, set ``at`` by ``by``, until it was replaced. Live from ``since`` to ``until``, both counted.

    ``official`` owns a leader's mailbox. ``clerk`` minds it since ``staffed_since``, ``deputy`` stands in ("" for nobody);
    ``away`` are their absences, each ``{who: clerk | deputy, since, until}`` in ISO days, without an end for who is gone.
    """

    channel: str
    rev: int
    office: str
    kind: str
    label: str
    address: str
    place: str
    phone: str
    mailbox: str
    url: str
    qr: str
    hours: str
    capacity: int
    since: date
    until: date | None
    public: bool
    at: datetime
    by: str
    why: str = ""
    closed: bool = False
    official: str = ""
    official_name: str = ""
    official_post: str = ""
    clerk: str = ""
    clerk_name: str = ""
    deputy: str = ""
    deputy_name: str = ""
    staffed_since: date | None = None
    away: tuple[Mapping[str, Any], ...] = ()
    replaced_at: datetime | None = None

    def state(self, on: date) -> str:
        """closed, ahead, expired or live on that day."""
        if self.closed:
            return "closed"
        if on < self.since:
            return "ahead"
        return "expired" if self.until is not None and on > self.until else "live"

    def live(self, on: date) -> bool:
        """Whether people reach the office by it on that day."""
        return self.state(on) == "live"

    def gone_since(self, who: str, on: date) -> date | None:
        """The day since which the clerk or the deputy is gone for good."""
        ends = [_day(each["since"]) for each in self.away if each["who"] == who and each["until"] is None]
        return min((each for each in ends if each <= on), default=None)

    def is_away(self, who: str, on: date) -> bool:
        """Whether the clerk or the deputy is not there on that day; nobody is never there."""
        if not getattr(self, who):
            return True
        return any(each["who"] == who and _covers(each, on) for each in self.away)


@dataclass(frozen=True)
class Unstaffed:
    """Nobody minds the channel, from ``since`` to ``until`` (None: until somebody is named), both counted."""

    why: str
    since: date
    until: date | None = None


def unstaffed(channel: Channel, on: date) -> Unstaffed | None:
    """Whether nobody minds a live channel on that day: no clerk, the clerk gone for good, or clerk and deputy both away."""
    if not channel.live(on):
        return None
    if not channel.clerk:
        return Unstaffed("no_clerk", channel.since)
    gone = channel.gone_since("clerk", on)
    if gone is not None:
        return Unstaffed("clerk_gone", max(gone, channel.since))
    return _both_away(channel, on)


def _both_away(channel: Channel, on: date) -> Unstaffed | None:
    def nobody(day: date) -> bool:
        return channel.is_away("clerk", day) and channel.is_away("deputy", day)

    if not nobody(on):
        return None
    first = last = on
    while first > channel.since and nobody(first - DAY):
        first -= DAY
    while nobody(last + DAY) and channel.gone_since("clerk", last + DAY) is None:
        last += DAY
    return Unstaffed("both_away", first, last)


def _covers(away: Mapping[str, Any], on: date) -> bool:
    return _day(away["since"]) <= on and (away["until"] is None or on <= _day(away["until"]))


def _day(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)
