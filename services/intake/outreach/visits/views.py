"""What a desk is shown of home visits and campaigns: JSON-able dicts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from contracts.activities import Activity, ActivityKind, Level
from contracts.context import Here
from contracts.errors import NotFound
from contracts.outreach import Source
from contracts.reception import Attendance
from services.intake.activities import store as activities
from services.intake.campaigns import store as campaigns
from services.intake.campaigns.rules import Campaign
from services.intake.outreach.cards.rules import petition_desk
from services.intake.outreach.demands import store as demands
from services.intake.outreach.visits import store
from services.intake.outreach.visits.rules import Visit

LEADERS = (Level.DISTRICT_LEADER.value, Level.LEADER.value)
HALL_MISSED = (Attendance.DUE.value, Attendance.MISSED.value)
RECEIVING = (ActivityKind.RECEPTION, ActivityKind.HALL_DUTY, ActivityKind.GO_DOWN)


def listed(session: Session, here: Here, campaign: str, limit: int, after: str) -> dict[str, Any]:
    """A page of visits, without the marks of what was visited."""
    petition_desk(here)
    found = store.listed(session, campaign, limit, after)
    skipped = (int(after) if after.isdecimal() else 0) + len(found)
    return {
        "visits": [_visit(session, each) for each in found],
        "next": str(skipped) if len(found) == limit else "",
    }


def _visit(session: Session, visit: Visit) -> dict[str, Any]:
    shown = {name: value for name, value in vars(visit).items() if name != "marks"}
    return {**shown, "cases": demands.cases_of(session, Source.VISIT, visit.visit)}


def coverage(session: Session, here: Here, campaign_id: str) -> dict[str, Any]:
    """Done and due by office, of this one and all below; an office that neither owes nor did anything is left out."""
    campaign = _known(session, here, campaign_id)
    visits = activities.of_campaign(session, campaign_id, (ActivityKind.HOME_VISIT,))
    done: Counter[str] = Counter()
    for each in visits:
        done[each.office] += each.count
    times = Counter(each.office for each in visits)
    own = (here.tree.office(here.office), *here.tree.descendants(here.office))
    lines = [
        {
            "office": office.id,
            "name": office.name,
            "due": campaign.visits_due.get(office.id, 0),
            "done": done[office.id],
            "visits": times[office.id],
        }
        for office in own
        if campaign.visits_due.get(office.id) or times[office.id]
    ]
    sums = {name: sum(int(str(line[name])) for line in lines) for name in ("due", "done", "visits")}
    return {"campaign": campaign_id, "name": campaign.name, "offices": lines, **sums}


def counts(session: Session, here: Here, campaign_id: str) -> dict[str, Any]:
    """Distinct people against the targets: leaders who received or went down, cadres who visited (S52)."""
    campaign = _known(session, here, campaign_id)
    done = activities.of_campaign(session, campaign_id, (*RECEIVING, ActivityKind.HOME_VISIT))
    leaders, cadres = leaders_of(done), cadres_of(done)
    return {
        "campaign": campaign_id,
        "name": campaign.name,
        "leaders": {"done": len(leaders), "target": campaign.leaders_target},
        "cadres": {"done": len(cadres), "target": campaign.cadres_target},
    }


def leaders_of(done: Iterable[Activity]) -> set[str]:
    """The distinct leaders who received, sat in the hall or went down."""
    kinds = {kind.value for kind in RECEIVING}
    present = (each for each in done if each.kind in kinds and each.result not in HALL_MISSED)
    return {each.by for each in present if each.level in LEADERS and each.by}


def cadres_of(done: Sequence[Activity]) -> set[str]:
    """The distinct cadres who visited homes."""
    return {each.by for each in done if each.kind == ActivityKind.HOME_VISIT and each.level == Level.CADRE and each.by}


def _known(session: Session, here: Here, campaign_id: str) -> Campaign:
    petition_desk(here)
    found = campaigns.campaign(session, campaign_id)
    if found is None:
        raise NotFound("该专项行动")
    return found
