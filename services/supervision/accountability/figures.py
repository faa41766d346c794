"""Figures of the discipline rules (S38–S41)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.accountability import store
from services.supervision.city import store as city
from services.supervision.city.rules import COLLECTIVE


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``city_visits``: visits to the city by their day, ``city_visits_collective`` the collective ones of them;
    ``city_alerts``: alerts by the day on which they were raised, ``_decided`` those of them that a person has decided by now.
    ``suspensions_proposed`` by the day of the proposal; ``suspensions_decided``: those of them by which somebody was
    suspended. ``removals``: by the day of the organ's decision. ``discipline_rules``: how many of the eight slots have a
    text now. Units are those wanted; visits are the district's alone and are not cut by office. None with a campaign.
    """
    if wanted.campaign:
        return
    offices = wanted.offices(here)
    visits = [each for each in city.visits(session) if wanted.begins <= each.at < wanted.ends]
    yield Figure("city_visits", "到市走访", len(visits))
    collective = sum(each.form == COLLECTIVE for each in visits)
    yield Figure("city_visits_collective", "其中集体访", collective, len(visits))
    alerts = [
        each for each in city.alerts(session) if each.unit in offices and wanted.begins <= each.raised_at < wanted.ends
    ]
    yield Figure("city_alerts", "一周三次到市集访提示", len(alerts))
    yield Figure("city_alerts_decided", "其中已决定", sum(each.state == "decided" for each in alerts), len(alerts))
    proposed = [
        each
        for each in store.suspensions(session)
        if each.unit in offices and wanted.since <= local_day(each.proposed_at) <= wanted.until
    ]
    suspended = sum(each.state in ("decided", "ended") for each in proposed)
    yield Figure("suspensions_proposed", "停职处理建议", len(proposed))
    yield Figure("suspensions_decided", "其中决定停职", suspended, len(proposed))
    removed = [
        each
        for each in store.removals(session)
        if each.unit in offices and wanted.since <= each.decided_on <= wanted.until
    ]
    yield Figure("removals", "就地免职", len(removed))
    slots = here.policy.discipline_rules
    yield Figure("discipline_rules", "纪律规定已有条文", sum(bool(each.text) for each in slots), len(slots))
