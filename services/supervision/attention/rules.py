"""Which cases ask for a supervisor, and why (S55, S76; XF22 art. 40). A person chooses among them; nothing follows by itself."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from contracts.activities import CAMPAIGN_FLAG
from contracts.calendar import local_day
from contracts.context import Here, OfficeTree
from services.supervision.clocks.rules import Clock, is_over
from services.supervision.ledger.rules import Line

BOUNCED, DUE_DIFFERS = "bounced", "due_differs"
ITEMS = {
    BOUNCED: "多次退回,请共同的上级单位决定",
    "not_performed": "反映承诺未落实",
    "pressed": "反映被迫撤回或者确认",
    "retaliation": "反映受到打击报复",
    DUE_DIFFERS: "所报办理期限与按规定计算的不同",
}
"""The flags that come before a superior at once, and what its list says of them."""
LASTING = ("not_performed", "pressed", "retaliation")
"""The flags that outlive the end of a case."""


def reasons(line: Line, clocks: Iterable[Clock], repeated: bool, here: Here) -> tuple[str, ...]:
    """Why a case asks for a supervisor; () if it does not.

    ``clocks`` are those of offices (no reporter's rights); ``repeated``: whether it repeats another or is repeated. Of a
    closed case only what was said against its end still asks.
    """
    flags = tuple(flag for flag in line.flags if not flag.startswith(CAMPAIGN_FLAG))  # a campaign is no reason
    if not line.is_open:
        return tuple(flag for flag in flags if flag in LASTING)
    running = [clock for clock in clocks if clock.state in ("running", "paused")]
    found = {
        "overdue": any(is_over(clock, here.now) for clock in running),
        "extended": any(clock.extended_from is not None for clock in running),
        "repeated": repeated,
        "long_pending": is_long_pending(line, here),
    }
    return (*flags, *(word for word, holds in found.items() if holds))


def is_long_pending(line: Line, here: Here) -> bool:
    """Whether more than the policy's days have passed since the day of entry, in China."""
    return local_day(here.now) > local_day(line.entered_at) + timedelta(days=here.policy.long_pending_days)


def common_superior(offices: Collection[str], excluded: Collection[str], tree: OfficeTree) -> str:
    """The nearest office above all of these that may know of the case; the district where there is none."""
    lines = [[office.id for office in tree.ancestors(each)] for each in offices]
    shared = [office for office in lines[0] if all(office in line for line in lines[1:])]
    return next((office for office in shared if office not in excluded), tree.root.id)


def new_items(before: Line | None, after: Line, here: Here) -> list[str]:
    """The flags that come onto this office's list because they are new.

    A bounced case is for the common superior of who offered and who returned it; the others for the office above the holder.
    """
    fresh = [flag for flag in after.flags if flag in ITEMS and (before is None or flag not in before.flags)]
    returned_by = before.offered_to if before else ""
    found = []
    for flag in fresh:
        parties = {after.holder, returned_by} - {""} if flag == BOUNCED else {after.holder}
        if common_superior(sorted(parties), after.excluded, here.tree) == here.office:
            found.append(flag)
    return found
