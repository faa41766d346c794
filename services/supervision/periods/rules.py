"""Returns that come round by the calendar: what an office owes, when it is late, and what a return must bear.

Sources: S45–S47 (sweeps, K25), JK art. 18 (K21), XF22 art. 41 (K12) and 39 (K13). Who owes what, and how many days after the
period's end, is the policy's.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.context import Decision, Here, OfficeTree
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.policy_duties import Length, PeriodKind
from services.supervision.orders.rules import same_desk
from services.supervision.periods.stretches import Stretch, latest_open, open_since, stretch_of

Known = Mapping[tuple[str, str], str]
"""(office, kind) → the latest period that a row is there for."""


@dataclass(frozen=True)
class Period:
    """What an office owes for a period, whichever office keeps it. ``heard_at`` is when the return arrived here."""

    id: str
    kind: str
    clock: str
    desk: str
    office: str
    period: str
    label: str
    opens_at: datetime
    due: datetime
    provisional: bool = False
    how: tuple[str, ...] = ()
    returned_at: datetime | None = None
    nil: bool = False
    summary: str = ""
    heard_at: datetime | None = None


def period_id(office: str, kind: str, period: str) -> str:
    """The key of an office's period as 32 hex digits, the same at every office that reckons it."""
    return hashlib.blake2b(f"{office} {kind} {period}".encode(), digest_size=16).hexdigest()


def offices(here: Here) -> tuple[str, ...]:
    """This office and all below it."""
    return (here.office, *(office.id for office in here.tree.descendants(here.office)))


def length_owed(office: str, kind: PeriodKind, tree: OfficeTree) -> Length | None:
    """For which stretch an office owes a kind of return; None for a tier that owes none, and outside the network."""
    return kind.lengths.get(tree.office(office).tier) if tree.in_network(office) else None


def to_open(known: Known, here: Here) -> Iterator[Period]:
    """What has to be opened by now for this office and all below: the calendar says so, no office has to tell.

    After the latest period that is known everything up to now; where none is known only what can still be returned in
    time, so that an office that was set up today owes nothing for the years before.
    """
    for name, kind in here.policy.periods.items():
        for office in offices(here):
            length = length_owed(office, kind, here.tree)
            if length is not None:
                yield from _to_open(office, name, length, known.get((office, name)), here)


def _to_open(office: str, kind: str, length: Length, known: str | None, here: Here) -> Iterator[Period]:
    if known is not None:
        for stretch in open_since(length, date.fromisoformat(known), here.now):
            yield opened(office, kind, stretch, here)
        return
    latest = opened(office, kind, latest_open(length, here.now), here)
    if here.now <= latest.due:
        yield latest


def opened(office: str, kind: str, stretch: Stretch, here: Here) -> Period:
    """What an office owes for a stretch; the days run from the stretch's last day, which is not counted."""
    of = here.policy.periods[kind]
    ends = here.policy.due(of.clock, stretch.opens_at)
    return Period(
        id=period_id(office, kind, stretch.name),
        kind=kind,
        clock=of.clock,
        desk=of.desk,
        office=office,
        period=stretch.name,
        label=f"{of.zh} {stretch.label}",
        opens_at=stretch.opens_at,
        due=ends.at,
        provisional=ends.provisional,
        how=ends.how,
    )


def named(office: str, kind: str, period: str, here: Here) -> Period:
    """The period of an office that is so named, as it is opened. Raises Refused where the office owes none such."""
    of = here.policy.periods.get(kind)
    if of is None:
        raise Refused("unknown_kind", "没有这一种定期报送", {"kind": ["不在政策规定的种类之内"]})
    length = length_owed(office, of, here.tree)
    if length is None:
        raise Refused("not_owed", "该单位不承担这一种报送", {"kind": ["该单位不承担"]})
    try:
        stretch = stretch_of(length, date.fromisoformat(period))
    except ValueError:
        raise Refused("no_such_period", "没有这一期", {"period": ["不是有效日期"]}) from None
    if stretch.name != period:
        raise Refused("no_such_period", "没有这一期", {"period": [f"该期最后一日为{stretch.name}"]})
    return opened(office, kind, stretch, here)


def give_back(
    period: Period, cmd: Mapping[str, Any], here: Here, sweep: Mapping[str, Any] | None = None
) -> Decision[Period]:
    """This office returns a period. Once, from its last day on, nil or with a summary. Raises Refused."""
    same_desk(here.actor, period.desk)
    if here.now < period.opens_at:
        raise Refused("too_early", "本期尚未结束", {"period": ["本期最后一日起方可报送"]})
    if period.returned_at is not None:
        raise Refused("already_returned", "本期已经报送", {"period": ["已经报送"]})
    if cmd["nil"] == bool(cmd["summary"].strip()):
        raise Refused("nil_or_summary", "有情况须填写摘要,没有情况须作零报告", {"summary": ["与零报告只能选一项"]})
    given = replace(period, returned_at=here.now, heard_at=here.now, nil=cmd["nil"], summary=cmd["summary"])
    data = {"kind": period.kind, "period": period.period, "nil": cmd["nil"], "at": here.now}
    if sweep is not None:
        data["sweep"] = sweep
    above = [office.id for office in here.tree.ancestors(here.office)]
    tells = tuple(Tell(office, "supervision", "period_returned", "", data) for office in above)
    return Decision(given, tells, "return_period", data={"kind": period.kind, "period": period.period})


def take_return(period: Period, data: Mapping[str, Any], here: Here) -> Decision[Period]:
    """The return of an office below arrives; the first one counts."""
    noted = {"kind": period.kind, "period": period.period, "office": period.office}
    if period.returned_at is not None:
        return Decision(period, action="return_heard_again", data=noted)
    given = replace(period, returned_at=data["at"], heard_at=here.now, nil=data["nil"])
    return Decision(given, action="period_returned", data=noted)


def from_below(sender: str, here: Here) -> None:
    """Raises Refused unless the sender is an office below."""
    if sender not in offices(here)[1:]:
        raise Refused("not_below", f"定期报送须来自下级单位,{sender} 不是")
