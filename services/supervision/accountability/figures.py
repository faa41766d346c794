"""Figures of the discipline rules (S38–S41)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.supervision.accountability import store
from services.supervision.city import store as city
from services.supervision.city.rules import COLLECTIVE
from services.supervision.ledger.figures import kept_from_reader

RECORDED = ("record_city_visit", "decide_alert", "decide_suspension", "record_removal")
"""Written down by people of this office: no letter brings it."""


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``city_visits``: visits to the city by their day, ``city_visits_collective`` the collective ones of them;
    ``city_alerts``: alerts by the day on which they were raised, ``_decided`` those of them that a person has decided by now.
    ``suspensions_proposed`` by the day of the proposal; ``suspensions_decided``: those of them by which somebody was
    suspended. ``removals``: by the day of the organ's decision. ``discipline_rules``: how many of the eight slots have a
    text now. Units are those wanted; visits are the district's alone and are not cut by office. None with a campaign.
    """
    if wanted.campaign:
        return
    yield from _alerts(session, here, wanted)
    yield from _decided(session, here, wanted)
    slots = here.policy.discipline_rules
    yield Figure("discipline_rules", "纪律规定已有条文", sum(bool(each.text) for each in slots), len(slots))


def _alerts(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    offices, kept_from = wanted.offices(here), kept_from_reader(session, Desk.PETITION.value, wanted)
    visits = [
        each
        for each in city.visits(session)
        if wanted.begins <= each.at < wanted.ends and each.case_id not in kept_from
    ]
    collective = [each.id for each in visits if each.form == COLLECTIVE]
    yield _figure("city_visits", "到市走访", [each.id for each in visits])
    yield _figure("city_visits_collective", "其中集体访", collective, len(visits))
    alerts = [
        each
        for each in city.alerts(session)
        if each.unit in offices and wanted.begins <= each.raised_at < wanted.ends and each.case_id not in kept_from
    ]
    decided = [each.id for each in alerts if each.state == "decided"]
    yield _figure("city_alerts", "一周三次到市集访提示", [each.id for each in alerts])
    yield _figure("city_alerts_decided", "其中已决定", decided, len(alerts))


def _decided(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    offices, kept_from = wanted.offices(here), kept_from_reader(session, Desk.PETITION.value, wanted)
    proposed = [
        each
        for each in store.suspensions(session)
        if each.unit in offices and wanted.begins <= each.proposed_at < wanted.ends and each.case_id not in kept_from
    ]
    suspended = [each.id for each in proposed if each.state in ("decided", "ended")]
    yield _figure("suspensions_proposed", "停职处理建议", [each.id for each in proposed])
    yield _figure("suspensions_decided", "其中决定停职", suspended, len(proposed))
    removed = [
        each.id
        for each in store.removals(session)
        if each.unit in offices and wanted.since <= each.decided_on <= wanted.until
    ]
    yield _figure("removals", "就地免职", removed)


def _figure(name: str, zh: str, ids: Sequence[str], base: int | None = None) -> Figure:
    return Figure(name, zh, len(ids), base, tuple(ids), RECORDED)
