"""Where a report was collected. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.activities import Activity, ActivityKind
from contracts.context import Here
from contracts.errors import Refused
from contracts.outreach import Source


@dataclass(frozen=True)
class Origin:
    """A card (``of`` is its serial), a home visit or a going down (its id), and its campaign."""

    source: Source
    of: str
    campaign: str


@dataclass(frozen=True)
class Demand:
    """A report collected somewhere. After the case left this office ``case`` is "": that one was collected stays."""

    demand: str
    case: str
    source: str
    of: str
    at: datetime
    campaign: str
    by: str


def collect(
    demand: str, origin: Origin, case: str, known: Iterable[Demand], at: datetime, here: Here
) -> tuple[Demand, Activity]:
    """The link, and the activity that counts it, at the moment at which the demand was heard. Raises Refused."""
    if any((each.source, each.of) == (origin.source, origin.of) for each in known):
        raise Refused("linked_already", "该件已经关联到这一来源", {origin.source.value: ["已经关联"]})
    by = here.actor.person or here.actor.id
    state = Demand(demand, case, origin.source.value, origin.of, at, origin.campaign, by)
    counted = Activity(
        demand,
        ActivityKind.DEMAND.value,
        here.office,
        at,
        by=by,
        detail=origin.source.value,
        campaign=origin.campaign,
        case=case,
    )
    return state, counted
