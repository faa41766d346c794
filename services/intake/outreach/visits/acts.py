"""Load, decide, save, say: home visits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.errors import NotFound, Refused
from contracts.outreach import Source
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.activities import store as kept_activities
from services.intake.campaigns import acts as campaigns
from services.intake.campaigns import store as kept_campaigns
from services.intake.outreach.demands.rules import Origin
from services.intake.outreach.visits import rules, store
from services.intake.outreach.visits.rules import Visit


def record(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    campaigns.check(uow, cmd["campaign"])
    campaign = kept_campaigns.campaign(uow.session, cmd["campaign"]) if cmd["campaign"] else None
    marked = rules.marks(cmd["household"], cmd["campaign"], uow.office.id)
    reached = store.reached(uow.session, marked)
    decision = rules.record(new_id(), marked, reached, campaign, cmd, uow.here)
    state = decision.state
    store.write(uow.session, state)
    for mark in set(marked) - reached:
        store.reach(uow.session, mark, state.visit)
    activities.log(uow, state.activity(uow.office.id))
    uow.apply(decision)
    return {"visit": state.visit, "counted": state.counted}


def void(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A visit counts no more; what it had reached first counts at the next visit there."""
    known = store.visit(uow.session, cmd["visit"])
    if known is None:
        raise NotFound("该走访记录")
    decision = rules.void(known, cmd["reason"], uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision)
    _relog(uow, decision.state)
    covered = store.covered(uow.session, known.visit)
    others = store.of_campaign(uow.session, known.campaign) if covered else ()
    passed = rules.passed_on(known, covered, others)
    for mark, visit_id in passed.items():
        store.reach(uow.session, mark, visit_id)
    for visit_id, more in Counter(each for each in passed.values() if each).items():
        _counts_more(uow, visit_id, more)
    return {"visit": known.visit, "void": True}


def _counts_more(uow: UnitOfWork, visit_id: str, more: int) -> None:
    known = store.visit(uow.session, visit_id)
    if known is not None:
        state = replace(known, counted=known.counted + more)
        store.write(uow.session, state)
        _relog(uow, state)


def _relog(uow: UnitOfWork, state: Visit) -> None:
    known = kept_activities.activity(uow.session, state.visit)
    if known is not None:
        activities.log(uow, known.changed(count=state.counted, void=state.void))


def origin(uow: UnitOfWork, visit_id: str) -> tuple[Origin, Visit]:
    """The visit on which a report was collected. Raises Refused."""
    known = store.visit(uow.session, visit_id)
    if known is None or known.void:
        raise Refused("unknown_visit", "没有这一走访记录", {"visit": ["没有这一走访记录"]})
    return Origin(Source.VISIT, known.visit, known.campaign), known
