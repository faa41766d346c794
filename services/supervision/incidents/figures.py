"""Figures of mass incidents (S35)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.incidents import store
from services.supervision.incidents.rules import REPORTS, is_overdue

EVENTS = ("incident_told",)


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """``incidents``: those of an office that is wanted, by the day on which they happened; ``incident_heads``: the people of
    them, each incident with the count of its last report; ``incidents_ended``: those with a final report by now.
    ``incident_reports_due``: follow-ups and final reports whose due moment lies in these days, made or (past due) not;
    ``incident_reports_on_time``: those made by it. None with a campaign.
    """
    if wanted.campaign:
        return
    offices = wanted.offices(here)
    known = {each.id: each for each in store.incidents(session) if each.office in offices}
    mine = [each for each in known.values() if wanted.begins <= each.at < wanted.ends]
    ended = [each for each in mine if each.state == "ended"]
    yield _figure("incidents", "群体性事件", [each.id for each in mine])
    heads = sum(each.heads for each in mine)
    yield Figure("incident_heads", "涉及人数", heads, None, tuple(each.id for each in mine), EVENTS)
    yield _figure("incidents_ended", "其中已终报", [each.id for each in ended], len(mine))
    made = [
        each
        for each in store.entries(session)
        if each.incident in known and each.kind in REPORTS and each.due and wanted.begins <= each.due < wanted.ends
    ]
    late = [
        each
        for each in known.values()
        if is_overdue(each, here.now) and each.next_due and wanted.begins <= each.next_due < wanted.ends
    ]
    in_time = [each.id for each in made if each.due is not None and each.said_at <= each.due]
    due = [*(each.id for each in made), *(each.id for each in late)]
    yield _figure("incident_reports_due", "应续报次数", due)
    yield _figure("incident_reports_on_time", "按时续报率", in_time, len(due))


def _figure(name: str, zh: str, ids: Sequence[str], base: int | None = None) -> Figure:
    return Figure(name, zh, len(ids), base, tuple(ids), EVENTS)
