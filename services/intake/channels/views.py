"""What a desk is shown of channels: JSON-able dicts."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from statistics import median_low
from typing import Any

from contracts.calendar import local_day
from contracts.channels import LACKS, UNSTAFFED
from contracts.context import OfficeTree
from services.intake.channels.coverage import Reached
from services.intake.channels.state import Channel, unstaffed

Answered = Mapping[str, tuple[int, list[int]]]


def shown(channel: Channel, today: date) -> dict[str, Any]:
    """A version of a channel, with how it stands today."""
    nobody = unstaffed(channel, today) if channel.replaced_at is None else None
    away = [dict(each) for each in channel.away]
    return {**vars(channel), "away": away, "state": channel.state(today), "unstaffed": nobody and vars(nobody)}


def alerts(channels: Iterable[Channel], tree: OfficeTree, today: date) -> Iterator[dict[str, Any]]:
    """The channels that nobody minds today, the longest first."""
    found = [(nobody, channel) for channel in channels if (nobody := unstaffed(channel, today)) is not None]
    for nobody, channel in sorted(found, key=lambda each: (each[0].since, each[1].office, each[1].channel)):
        names = ("office", "channel", "kind", "label")
        named = {name: getattr(channel, name) for name in names}
        yield {**named, "name": tree.office(channel.office).name, **vars(nobody), "words": UNSTAFFED[nobody.why]}


def reached(each: Reached, tree: OfficeTree) -> dict[str, Any]:
    """How an office is to be reached, and what is lacking."""
    names = ("channel", "label", "phone", "hours")
    by = {name: getattr(each.channel, name) if each.channel is not None else "" for name in names}
    lacks = {"lacks": list(each.lacks), "words": [LACKS[word] for word in each.lacks]}
    clerk = each.channel.clerk_name if each.channel is not None and "clerk" not in each.lacks else ""
    office = {"office": each.office, "name": tree.office(each.office).name, "tier": each.tier}
    return {**office, "covered": each.covered, **lacks, "clerk": clerk, **by}


def answered(reports: Iterable[tuple[str, datetime, datetime | None]], until: datetime | None) -> Answered:
    """By channel: how many came through it, and the days from entry to the first notice of those that had one before then."""
    found: dict[str, tuple[int, list[int]]] = {}
    for via, entered, notice in reports:
        count, days = found.get(via, (0, []))
        replied = (
            [(local_day(notice) - local_day(entered)).days]
            if notice is not None and (until is None or notice < until)
            else []
        )
        found[via] = (count + 1, [*days, *replied])
    return found


def reports(channels: Iterable[Channel], found: Answered) -> Iterator[dict[str, Any]]:
    """What came through each channel."""
    for channel in channels:
        count, days = found.get(channel.channel, (0, []))
        named = {
            name: getattr(channel, name) for name in ("channel", "kind", "label", "official_name", "official_post")
        }
        yield {**named, "reports": count, "replied": len(days), "median_days": median_low(days) if days else None}
