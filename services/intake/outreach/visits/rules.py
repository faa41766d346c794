"""Who may visit in a campaign, and what of a visit counts: every household or place once (S24, S25). Pure decisions."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from services.intake.campaigns.rules import Campaign
from services.intake.outreach.cards.rules import petition_desk


@dataclass(frozen=True)
class Visit:
    """A home visit. ``households`` were visited, of which ``counted`` had not been reached in this campaign before.

    ``visitor`` is an official's id, or ``office/account``, so that two offices' accounts of one name are two persons.
    ``marks`` are the hashes of what was named.
    """

    visit: str
    visitor: str
    level: str
    why: str
    companions: tuple[str, ...]
    at: datetime
    place: str
    kind: str
    households: int
    marks: tuple[str, ...]
    counted: int
    campaign: str
    learned: str
    recorded_at: datetime
    recorded_by: str
    void: bool = False
    reason: str = ""

    def activity(self, office: str) -> Activity:
        """As it is counted: ``count`` is what it newly reached."""
        return Activity(
            self.visit,
            ActivityKind.HOME_VISIT.value,
            office,
            self.at,
            self.visitor,
            self.level,
            self.counted,
            detail=self.kind,
            campaign=self.campaign,
        )


def mark(household: str, campaign: str, office: str) -> str:
    """What is kept of a household or place: a hash that is another one in another campaign or office."""
    plain = "".join(unicodedata.normalize("NFKC", household).split()).casefold()
    return blake2b(f"{office} {campaign} {plain}".encode(), digest_size=16).hexdigest()


def marks(households: Iterable[str], campaign: str, office: str) -> tuple[str, ...]:
    """The marks of what was named, each once."""
    return tuple(sorted({mark(each, campaign, office) for each in households}))


def record(
    visit: str,
    marked: tuple[str, ...],
    reached: Collection[str],
    campaign: Campaign | None,
    cmd: Mapping[str, Any],
    here: Here,
) -> Decision[Visit]:
    """A visit with what it newly reached; ``reached`` are those of its marks that were reached before. Raises Refused."""
    petition_desk(here)
    at = cmd["at"] or here.now
    _in_time(at, campaign, here)
    _assigned(campaign, cmd)
    if len(marked) > cmd["households"]:
        raise Refused("more_than_visited", "写明的户多于走访户数", {"household": ["多于走访户数"]})
    visitor = f"{here.office}/{cmd['visitor']}" if cmd["by_account"] else cmd["visitor"]
    names = ("level", "why", "place", "kind", "households", "campaign", "learned")
    state = Visit(
        visit=visit,
        visitor=visitor,
        companions=tuple(cmd["companions"]),
        at=at,
        marks=marked,
        counted=cmd["households"] - len(reached),
        recorded_at=here.now,
        recorded_by=here.actor.id,
        **{name: cmd[name] for name in names},
    )
    return Decision(state, (), "home_visit", data={"visit": visit})


def _in_time(at: datetime, campaign: Campaign | None, here: Here) -> None:
    if at > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"at": ["不能晚于现在"]})
    if campaign is not None and not campaign.since <= local_day(at) <= campaign.until:
        days = f"{campaign.since}至{campaign.until}"
        raise Refused("outside_campaign", f"不在专项行动期间({days})", {"at": [f"应在{days}"]})


def _assigned(campaign: Campaign | None, cmd: Mapping[str, Any]) -> None:
    named = campaign is not None and campaign.cadres
    if named and campaign is not None and cmd["visitor"] not in campaign.cadres and not cmd["why"].strip():
        raise Refused("not_assigned", "不在该专项行动的干部名单中,请写明原因", {"visitor": ["不在名单中"]})


def void(known: Visit, reason: str, here: Here) -> Decision[Visit]:
    """It was entered by mistake. Raises Refused."""
    petition_desk(here)
    if known.void:
        raise Refused("void_already", "该走访记录已经作废", {"visit": ["已经作废"]})
    return Decision(replace(known, void=True, reason=reason), (), "home_visit_void", reason, {"visit": known.visit})


def passed_on(gone: Visit, covered: Iterable[str], later: Iterable[Visit]) -> dict[str, str]:
    """What a void visit had reached first: mark → the visit at which it counts now, "" where nobody went again.

    ``later`` are the other visits that named one of these marks, in the order in which they were entered.
    """
    others = [each for each in later if not each.void and each.visit != gone.visit]
    found = ((each, next((other.visit for other in others if each in other.marks), "")) for each in covered)
    return dict(found)
