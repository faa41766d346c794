"""What the queries of this room answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.errors import NotFound, Refused
from contracts.words import Desk
from services.supervision.ledger import store as ledger
from services.supervision.reports import rules, store
from services.supervision.reports.objecting import Objection
from services.supervision.reports.rules import Report


def line(report: Report) -> dict[str, Any]:
    """A report without its figures."""
    return dict(vars(report))


def decided(objection: Objection, data: Mapping[str, Any]) -> Objection:
    """The objection as the district's word leaves it at the unit."""
    state = "upheld" if data["upheld"] else "rejected"
    return replace(objection, state=state, why=data["why"], decided_at=data["at"], decided_by=data["by"])


def listed(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    _petition_desk(here)
    return {"reports": [line(each) for each in store.listed(session, data["kind"], data["state"], data["limit"])]}


def _petition_desk(here: Here) -> None:
    if here.actor.desk != Desk.PETITION:
        raise NotFound("该期通报")


def _known(session: Session, here: Here, report_id: str) -> Report:
    _petition_desk(here)
    found = store.report(session, report_id)
    if found is None:
        raise NotFound("该期通报")
    return found


def whole(session: Session, here: Here, report_id: str) -> dict[str, Any]:
    """The report with its figures by office, in the order in which services count them."""
    report = _known(session, here, report_id)
    offices: dict[str, list[dict[str, Any]]] = {}
    for office, service, figures in store.answers(session, report_id, report_id):
        shown = [_figure(service, each) for each in figures]
        offices.setdefault(office, []).extend(shown)
    corrections = [{name: getattr(row, name) for name in _CORRECTION} for row in store.corrections(session, report_id)]
    served = [
        {"office": row.office, "served_at": row.served_at, "acknowledged_at": row.acknowledged_at}
        for row in store.served(session, report_id)
    ]
    objections = [vars(each) for each in store.objections(session, report_id)]
    found = {"offices": offices, "corrections": corrections, "served": served, "objections": objections}
    return {**line(report), **found}


_CORRECTION = (
    "about", "office", "service", "name", "zh", "was_value", "was_base", "is_value", "is_base", "objection",
)  # fmt: skip


def _figure(service: str, each: Mapping[str, Any]) -> dict[str, Any]:
    return {"service": service, **{name: each[name] for name in ("name", "zh", "value", "base", "counted_from")}}


def sources(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """What stands behind a figure: cases by number, as far as who asks may see them; of other sources how many."""
    _known(session, here, data["report"])
    counted = store.answers(session, data["report"], data["report"])
    for office, service, figures in counted:
        for each in figures:
            if (office, service, each["name"]) == (data["office"], data["service"], data["name"]):
                return _opened(session, each["sources"])
    raise NotFound("该项数据")


def _opened(session: Session, ids: list[str]) -> dict[str, Any]:
    lines = {id_: ledger.line(session, id_) for id_ in ids}
    cases = sorted(line.number for line in lines.values() if line is not None and line.desk == Desk.PETITION)
    return {"cases": cases, "others": sum(line is None for line in lines.values())}


def verified(session: Session, here: Here, report_id: str) -> dict[str, Any]:
    """Whether the figures that are kept give the digest that was frozen, and counts their sources."""
    report = _known(session, here, report_id)
    if report.origin != here.office:
        raise Refused("made_elsewhere", "由作出通报的机关核对")
    answers = store.answers(session, report_id, report_id)
    digest = rules.digest_of(answers)
    differs = [
        {
            "office": office,
            "service": service,
            "name": each["name"],
            "value": each["value"],
            "sources": len(each["sources"]),
        }
        for office, service, figures in answers
        for each in figures
        if each["sources"] and len(each["sources"]) != each["value"]
    ]
    return {"identical": digest == report.digest, "digest": digest, "frozen": report.digest, "differs": differs}
