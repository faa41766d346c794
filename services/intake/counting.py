"""What of the register goes up to be counted: collective visits and ratings, as activities."""

import hashlib
from datetime import datetime

from contracts.activities import Activity, ActivityKind
from contracts.words import Desk
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.activities import store
from services.intake.rules import VISITS, ReportState


def registered(uow: UnitOfWork, report: ReportState) -> None:
    """A petition that so many people came for together is a collective visit (集体访, domain 2.2)."""
    together = report.channel in VISITS and report.head_count >= uow.here.policy.collective_visit_from
    if together and report.desk == Desk.PETITION:
        activities.log(uow, _activity(uow, report, ActivityKind.COLLECTIVE_VISIT, report.entered_at, report.head_count))


def rated(uow: UnitOfWork, report: ReportState, rating: str, at: datetime) -> None:
    """What the reporter said of the outcome; a later rating of the same case takes its place."""
    fresh = _activity(uow, report, ActivityKind.RATING, min(at, uow.now), 1)
    known = store.activity(uow.session, fresh.activity)
    state = known.changed(at=fresh.at, rating=rating) if known is not None else fresh.changed(rating=rating, rev=1)
    activities.log(uow, state)


def _activity(uow: UnitOfWork, report: ReportState, kind: ActivityKind, at: datetime, count: int) -> Activity:
    key = hashlib.blake2b(f"{kind.value} {report.case}".encode(), digest_size=16).hexdigest()
    campaign = next((flag.removeprefix("campaign_") for flag in report.flags if flag.startswith("campaign_")), "")
    return Activity(
        key, kind.value, uow.office.id, at, count=count, detail=report.channel, campaign=campaign, case=report.case
    )
