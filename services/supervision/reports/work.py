"""Load, decide, save, say: reports."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.orders.rules import from_district
from services.supervision.periods import work as period_work
from services.supervision.reports import objecting, rules, store, views
from services.supervision.reports.rules import Correction, Report

SERVED = ("name", "zh", "value", "base")


def open_all(uow: UnitOfWork) -> None:
    """Open the reports whose time has come, and have their figures counted."""
    for report in rules.to_open(store.latest(uow.session, uow.office.id), store.begun(uow.session), uow.here):
        if store.report(uow.session, report.report, lock=True) is None:
            back = uow.here.policy.reports[report.kind].correct_back
            decision = rules.ask(report, store.before(uow.session, report, back), uow.here)
            store.keep(uow.session, decision.state)
            uow.apply(decision)


def counted(uow: UnitOfWork, letter: Letter) -> None:
    """A service counted; when it was the last one the figures are frozen."""
    report = store.report(uow.session, letter.data["report"], lock=True)
    if report is None or report.state != "counting" or not store.add_answer(uow.session, dict(letter.data), uow.now):
        uow.note("figures_kept_as_they_are", data={"report": letter.data["report"]})
        return
    uow.note("figures_kept", data={name: letter.data[name] for name in ("report", "about", "service")})
    if store.answered(uow.session, report.report) == report.answers_wanted:
        _freeze(uow, report)


def _freeze(uow: UnitOfWork, report: Report) -> None:
    for about in store.before(uow.session, report, uow.here.policy.reports[report.kind].correct_back):
        _correct(uow, report, about)
    own = store.answers(uow.session, report.report, report.report)
    decision = rules.freeze(report, rules.digest_of(own), uow.here)
    store.keep(uow.session, decision.state)
    uow.apply(decision)


def _correct(uow: UnitOfWork, report: Report, about: Report) -> None:
    """What is known now and was not then, and what objections showed since."""
    frozen = rules.numbers_of(store.answers(uow.session, about.report, about.report))
    said = {**frozen, **store.corrected(uow.session, about.report)}
    upheld = store.objections(uow.session, about.report, "upheld")
    settled = {(each.office, each.service, each.name) for each in upheld}
    again = rules.numbers_of(store.answers(uow.session, report.report, about.report))
    for found in rules.corrections(about.report, said, again, settled):
        store.correct(uow.session, report.report, found)
    for each in upheld:
        key = (each.office, each.service, each.name)
        was, zh = said[key]
        now = (each.value or 0, each.base)
        if was != now:
            found = Correction(about.report, *key, zh, was, now, each.objection)
            store.correct(uow.session, report.report, found)


def known(uow: UnitOfWork, report_id: str) -> Report:
    """The report. Raises NotFound."""
    found = store.report(uow.session, report_id, lock=True)
    if found is None:
        raise NotFound("该期通报")
    return found


def approve(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    decision = rules.approve(known(uow, cmd["report"]), uow.here)
    store.keep(uow.session, decision.state)
    uow.apply(decision)
    return views.line(decision.state)


def publish(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    report = known(uow, cmd["report"])
    figures: dict[str, list[dict[str, Any]]] = {unit: [] for unit in rules.units(uow.here)}
    for office, service, counts in store.answers(uow.session, report.report, report.report):
        own = [{"service": service, **{name: each[name] for name in SERVED}} for each in counts]
        figures.setdefault(office, []).extend(own)
    decision = rules.publish(report, figures, uow.here)
    store.keep(uow.session, decision.state)
    for tell in decision.tells:
        store.serve(uow.session, report.report, tell.to, uow.now)
    uow.apply(decision)
    _answer_period(uow, report)
    return views.line(decision.state)


def _answer_period(uow: UnitOfWork, report: Report) -> None:
    """The report is what the district owes for the year (K12, K13): its publication is the return."""
    answers = uow.here.policy.reports[report.kind].answers
    if not answers or answers not in uow.here.policy.periods:
        return
    named = {"kind": answers, "period": report.until.isoformat()}
    period = period_work.known(uow, uow.office.id, named)
    if period.returned_at is None and uow.now >= period.opens_at:
        summary = f"{report.label}已通报,数据校验码{report.digest[:16]}"
        period_work.give_back(uow, {**named, "nil": False, "summary": summary})


def published(uow: UnitOfWork, letter: Letter) -> None:
    """A report was served on this unit."""
    from_district(letter.office, uow.here)
    data = letter.data
    if store.report(uow.session, data["report"], lock=True) is not None:
        return
    named = {name: data[name] for name in ("report", "kind", "label", "since", "until", "digest")}
    stands = {"state": "published", "answers_wanted": 0, "opened_at": uow.now, "published_at": data["at"]}
    store.keep(uow.session, Report(origin=letter.office, **named, **stands))
    for service in rules.SERVICES:
        own = [
            {**{name: each[name] for name in SERVED}, "sources": [], "counted_from": []}
            for each in data["figures"]
            if each["service"] == service
        ]
        kept = {"report": data["report"], "about": data["report"], "service": service}
        store.add_answer(uow.session, {**kept, "counts": [{"office": uow.office.id, "figures": own}]}, uow.now)
    uow.note("report_served", data={"report": data["report"]})


def acknowledge(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    decision = rules.acknowledge(known(uow, cmd["report"]), uow.here)
    store.keep(uow.session, decision.state)
    uow.apply(decision)
    return views.line(decision.state)


def acknowledged(uow: UnitOfWork, letter: Letter) -> None:
    row = store.served_row(uow.session, letter.data["report"], letter.office)
    if row is None:
        raise Refused("not_served", f"未向{letter.office}通报过该期")
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = letter.data["at"], letter.data["by"]
    uow.note("report_acknowledged", data={"report": letter.data["report"], "office": letter.office})


def object_to(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    report = known(uow, cmd["report"])
    figures = rules.numbers_of(store.answers(uow.session, report.report, report.report))
    is_there = (uow.office.id, cmd["service"], cmd["name"]) in figures
    decision = objecting.object_to(report, is_there, new_id(), cmd, uow.here)
    store.keep_objection(uow.session, decision.state)
    uow.apply(decision)
    return vars(decision.state)


def objected(uow: UnitOfWork, letter: Letter) -> None:
    report = store.report(uow.session, letter.data["report"], lock=True)
    state = objecting.take_objection(report, letter.office, letter.data, uow.here)
    figures = rules.numbers_of(store.answers(uow.session, state.report, state.report))
    if (state.office, state.service, state.name) not in figures:
        raise Refused("no_such_figure", f"该期没有{state.office}的这一项")
    if store.objection(uow.session, state.objection) is None:
        store.keep_objection(uow.session, state)
    uow.note("figure_objected", data={"report": state.report, "office": state.office, "figure": state.name})


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    found = store.objection(uow.session, cmd["objection"])
    if found is None:
        raise NotFound("该异议")
    decision = objecting.decide(found, cmd, uow.here)
    store.keep_objection(uow.session, decision.state)
    uow.apply(decision)
    return vars(decision.state)


def decided(uow: UnitOfWork, letter: Letter) -> None:
    """The district decided this unit's objection."""
    from_district(letter.office, uow.here)
    found = store.objection(uow.session, letter.data["objection"])
    if found is None or found.state != "open":
        return
    store.keep_objection(uow.session, views.decided(found, letter.data))
    uow.note("objection_decided", why=letter.data["why"], data={"objection": found.objection})
