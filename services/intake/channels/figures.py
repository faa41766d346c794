"""Figures of channels: staffed, covered, and what came through leaders' mailboxes (S12, S15, S22)."""

from collections.abc import Iterator
from datetime import date
from statistics import median_low

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Channel as Way
from services.intake.channels import coverage, store, views
from services.intake.channels.state import Channel, unstaffed

TIERS = {"district": "区", "town": "镇(街道)", "village": "村(社区)", "department": "部门"}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Channels and coverage as they stood on the last day of the stretch, or today where that is earlier, from what was
    recorded by the end of it: of this office and of what was told from below. None of them is cut by a campaign: a channel
    belongs to no campaign. Closed, expired and future channels count nowhere.

    ``channels_staffed`` of all live ones: with a clerk who is not gone, and clerk or deputy there that day.
    ``network_covered`` of the offices that exist that day (portal excepted): a live channel with phone, hours, named clerk.
    ``mailbox_*`` are this office's own petitions alone, entered in these days through a leader's mailbox; sealed and
    recalled ones are none. Replied: a notice by the end of the stretch; ``mailbox_reply_days`` is the lower median of
    calendar days from entry to the first notice, 0 where there was none, its base the replied ones.
    """
    if wanted.campaign:
        return
    day, offices = min(wanted.until, local_day(here.now)), wanted.offices(here)
    channels = store.at(session, offices, wanted.ends)
    yield from _staffed(channels, day)
    yield from _covered({each: tier for each, tier in existing(here, day).items() if each in offices}, channels, day)
    if here.office in offices:
        yield from _mailboxes(session, here, wanted)


def existing(here: Here, day: date) -> dict[str, str]:
    """The offices that exist that day, from this one down to the bottom: id → tier. The portal is none."""
    offices = (here.tree.office(here.office), *here.tree.descendants(here.office))
    return {
        each.id: each.tier
        for each in offices
        if each.tier in TIERS
        and (each.valid_from is None or each.valid_from <= day)
        and (each.valid_to is None or day <= each.valid_to)
    }


def _staffed(channels: list[Channel], day: date) -> Iterator[Figure]:
    live = [each for each in channels if each.live(day)]
    yield Figure("channels", "开放的渠道", len(live))
    yield Figure("channels_public", "其中公开的", sum(each.public for each in live), len(live))
    yield Figure("channels_staffed", "有专人在岗的渠道", sum(unstaffed(each, day) is None for each in live), len(live))


def _covered(offices: dict[str, str], channels: list[Channel], day: date) -> Iterator[Figure]:
    found = coverage.reached(offices, channels, day)
    yield Figure("network_covered", "信访网络覆盖率", sum(each.covered for each in found), len(found))
    for tier, zh in TIERS.items():
        own = [each for each in found if each.tier == tier]
        if own:
            yield Figure(f"network_covered_{tier}", f"其中{zh}", sum(each.covered for each in own), len(own))


def _mailboxes(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    boxes = {each.channel for each in store.versions(session, {here.office}) if each.kind == Way.MAILBOX}
    found = views.answered(store.reports(session, wanted), wanted.ends)
    count = sum(found[each][0] for each in boxes if each in found)
    days = [day for each in boxes if each in found for day in found[each][1]]
    yield Figure("mailbox_reports", "领导信箱来件", count)
    yield Figure("mailbox_replied", "其中已告知", len(days), count)
    yield Figure("mailbox_reply_days", "领导信箱告知用时(中位天数)", median_low(days) if days else 0, len(days))
