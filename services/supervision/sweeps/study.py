"""The quarter's study of key disputes (季度研判, S49): which ones, why, and what is decided. Pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Here
from contracts.errors import Refused
from contracts.sweeps import Risk, Said
from services.supervision.orders.rules import LEADER
from services.supervision.periods.stretches import Stretch, stretch_of
from services.supervision.sweeps.rules import Dispute, may_work

KEY_RISKS = (Risk.RED, Risk.ORANGE)


@dataclass(frozen=True)
class Study:
    """A study that was held: its minutes, the disputes it looked at, and [dispute, demand] for each measure."""

    quarter: str
    at: datetime
    by: str
    minutes: str
    items: tuple[str, ...]
    measures: tuple[Any, ...] = ()


def quarter_named(quarter: str) -> Stretch:
    """The quarter that ends on that day. Raises Refused for a day that ends none."""
    try:
        found = stretch_of("quarter", date.fromisoformat(quarter))
    except ValueError:
        raise Refused("no_such_period", "没有这一季度", {"quarter": ["不是有效日期"]}) from None
    if found.name != quarter:
        raise Refused("no_such_period", "没有这一季度", {"quarter": [f"该季度最后一日为{found.name}"]})
    return found


def why_key(dispute: Dispute, quarter: Stretch, open_days: int) -> tuple[str, ...]:
    """Why a dispute is a key one of the quarter, in words; () for one that is not.

    It was there in the quarter, and is red or orange, or became worse, or stayed open longer than the policy's days.
    """
    if dispute.found_on > quarter.last or (dispute.closed_on is not None and dispute.closed_on < quarter.first):
        return ()
    until = dispute.closed_on or quarter.last
    reasons = []
    if dispute.risk in KEY_RISKS:
        reasons.append("红色风险" if dispute.risk == Risk.RED else "橙色风险")
    if dispute.said == Said.WORSE:
        reasons.append("上次排查时加重")
    if (until - dispute.found_on).days > open_days:
        reasons.append(f"超过{open_days}天未化解")
    return tuple(reasons)


def key_items(known: Iterable[Dispute], quarter: Stretch, here: Here) -> list[tuple[Dispute, tuple[str, ...]]]:
    """The key disputes of the quarter, here and below, each with why."""
    days = here.policy.dispute_open_days
    found = [(each, why_key(each, quarter, days)) for each in known]
    return [(each, why) for each, why in found if why]


def may_hold(known: Study | None, quarter: Stretch, here: Here) -> None:
    """Raises Refused unless a leader holds it, after the quarter's last day began, and once."""
    may_work(here)
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "季度研判由负责人主持")
    if here.now < quarter.opens_at:
        raise Refused("too_early", "本季度尚未结束", {"quarter": ["本季度最后一日起方可研判"]})
    if known is not None:
        raise Refused("held_already", "本季度已经研判", {"quarter": ["已经研判"]})


def measured(items: Iterable[str], measures: Iterable[Mapping[str, Any]], here: Here) -> None:
    """Raises Refused for a measure about a dispute that is no key one of the quarter."""
    known = set(items)
    strangers = [each["dispute"] for each in measures if each["dispute"] not in known]
    if strangers:
        raise Refused("not_key", "措施只能针对本季度的重点纠纷", {"measures": [f"{len(strangers)}件不是重点纠纷"]})
    today = local_day(here.now)
    if any(local_day(each["due"]) <= today for each in measures):
        raise Refused("due_past", "办理期限须晚于今天", {"measures": ["办理期限须晚于今天"]})
