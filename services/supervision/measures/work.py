"""Load, decide, save, say: measures, and the demands by which they are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import end_of_day, local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.demands import answers
from services.supervision.demands import forgetting as demand_rows
from services.supervision.demands import store as demands
from services.supervision.demands import work as demand_work
from services.supervision.guidance import store as guidance
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line
from services.supervision.measures import rules, store
from services.supervision.measures.models import DispositionRow, MeasureFactRow, MeasureStepRow
from services.supervision.measures.rules import Measure

Cmd = Mapping[str, Any]
HELD, RECHECKED = "已谈话", "已复查"


def propose(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    line, disposal = ledger.line(uow.session, cmd["case"]), store.disposal(uow.session, cmd["case"])
    return _done(uow, rules.propose(line, disposal, new_id(), cmd, uow.here), "proposed", cmd["why"])


def approve(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    """Approve or refuse it; what is to be done within a term from the approval is demanded of the own desk (K23)."""
    shown = _act(uow, cmd, lambda known, line: rules.approve(known, line, cmd, uow.here))
    return _demanded(uow, cmd, {}) if shown["state"] == "approved" and _form(uow, shown) == "talk" else shown


def carry_out(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    """It was carried out: a talk is answered for, of a notice (K22) or a meeting the addressee owes an answer."""
    shown = _act(uow, cmd, lambda known, line: rules.carry_out(known, line, cmd, uow.here))
    form = _form(uow, shown)
    if form == "talk":
        _answer(uow, shown["demand"], HELD)
    elif uow.here.policy.measures[shown["kind"]].demand:
        due = _report_due(cmd, uow.here) if form == "meeting" else None
        return _demanded(uow, cmd, {"due": due, "number": cmd["number"], "person": cmd["person"]})
    return shown


def _report_due(cmd: Cmd, here: Here) -> Any:
    """So many days after the meeting, tomorrow at the earliest."""
    last = max(cmd["on"] + timedelta(days=here.policy.meeting_report_days), local_day(here.now) + timedelta(days=1))
    return end_of_day(last)


def result(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    def rule(known: Measure, line: Line | None) -> Decision[Measure]:
        owed = demands.demand(uow.session, known.demand) if known.demand else None
        return rules.result(known, line, owed.state if owed is not None else "", cmd, uow.here)

    return _act(uow, cmd, rule)


def feed_back(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    return _act(uow, cmd, lambda known, line: rules.feed_back(known, line, uow.here))


def recheck(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    """The recheck, which is what follows a talk (K23): that is answered with it."""
    shown = _act(uow, cmd, lambda known, line: rules.recheck(known, line, cmd["lasting"], uow.here))
    talk = demands.demand(uow.session, shown["demand"])
    then = uow.here.policy.demand_kinds[talk.kind].then if talk is not None else ""
    if talk is not None and then:
        _answer(uow, answers.follower_id(talk.id, then), RECHECKED)
    return shown


def file(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    return _act(uow, cmd, lambda known, line: rules.file(known, line, uow.here))


def opened(uow: UnitOfWork, cmd: Cmd) -> dict[str, Any]:
    """The envelopes of a measure, after the journal has who opens them and why."""
    known = _known(uow, cmd["measure"])
    rules.at_hand(ledger.line(uow.session, known.case_id), uow.here)
    uow.note("measure_opened", known.case_id, cmd["reason"], {"measure": known.id})
    return {"measure": known.id, "case": known.case_id, "sealed": known.sealed, "result": known.result}


def take_disposal(uow: UnitOfWork, letter: Letter) -> None:
    """The own assignment says how a report was disposed of; the latest counts."""
    row = uow.session.get(DispositionRow, letter.case)
    if row is None:
        row = DispositionRow(case_id=letter.case)
        uow.session.add(row)
    row.disposal, row.at = letter.data["disposal"], letter.data["at"]
    uow.note("disposition_kept", letter.case)


def take_told(uow: UnitOfWork, letter: Letter) -> None:
    """A desk below carried a measure out, or knows its result; the same word again changes nothing."""
    known = store.fact(uow.session, letter.data["measure"])
    line = ledger.line(uow.session, letter.case)
    if not rules.believed(line, known.office if known is not None else "", letter.office, uow.here):
        uow.note("measure_not_believed", letter.case, letter.office)
        return
    _count(uow, letter.case, letter.office, letter.data)
    uow.note("measure_counted", letter.case)


def disposed(uow: UnitOfWork, letter: Letter) -> None:
    """The file of the case was disposed of: no content of its measures stays, nor of what was demanded for them."""
    store.empty(uow.session, letter.case)
    guidance.empty(uow.session, letter.case)
    for row in list(demand_rows.rows_of(uow, letter.case)):
        uow.session.delete(row)
    uow.note("file_disposed", letter.case)


def listed(session: Session, cmd: Cmd) -> list[dict[str, Any]]:
    return [shown(session, each) for each in store.listed(session, cmd)]


def waiting(session: Session, here: Here) -> list[dict[str, Any]]:
    """What somebody at the desk has to do next in the reports that it holds; a recheck from its day on."""
    today = local_day(here.now)
    due = [each for each in store.waiting(session) if each.state != "fed_back" or (each.recheck_on or today) <= today]
    return [shown(session, each) for each in due if _holds(session, each, here)]


def _holds(session: Session, measure: Measure, here: Here) -> bool:
    line = ledger.line(session, measure.case_id)
    return line is not None and line.holder == here.office


def shown(session: Session, measure: Measure) -> dict[str, Any]:
    """A measure for its desk with its steps; the envelopes only say that they are there."""
    plain = {name: value for name, value in vars(measure).items() if name not in ("id", "case_id", "sealed", "result")}
    steps = [{"step": row.step, "by": row.by, "at": row.at, "why": row.why} for row in store.steps(session, measure.id)]
    has = {"sealed": measure.sealed is not None, "result": measure.result is not None}
    return {"measure": measure.id, "case": measure.case_id, **plain, **has, "steps": steps}


def _act(uow: UnitOfWork, cmd: Cmd, rule: Callable[[Measure, Line | None], Decision[Measure]]) -> dict[str, Any]:
    known = _known(uow, cmd["measure"])
    decision = rule(known, ledger.line(uow.session, known.case_id))
    return _done(uow, decision, decision.state.state, cmd["why"])


def _known(uow: UnitOfWork, measure_id: str) -> Measure:
    known = store.measure(uow.session, measure_id)
    if known is None:
        raise NotFound("该措施")
    return known


def _done(uow: UnitOfWork, decision: Decision[Measure], step: str, why: str) -> dict[str, Any]:
    """Keep the measure, the step with who, when and why, and what is counted."""
    measure = decision.state
    store.keep(uow.session, measure)
    row = MeasureStepRow(id=new_id(), case_id=measure.case_id, measure=measure.id, step=step, why=why)
    row.by, row.at = uow.actor.id, uow.now
    uow.session.add(row)
    if measure.carried_on is not None:
        _count(uow, measure.case_id, uow.here.office, vars(measure) | {"measure": measure.id})
    uow.apply(decision, measure.case_id)
    uow.session.flush()
    return shown(uow.session, measure)


def _count(uow: UnitOfWork, case: str, office: str, data: Mapping[str, Any]) -> None:
    row = store.fact(uow.session, data["measure"])
    if row is None:
        row = MeasureFactRow(measure=data["measure"], case_id=case, office=office)
        row.kind, row.carried_on, row.corrected = data["kind"], data["carried_on"], None
        uow.session.add(row)
    row.corrected = data["corrected"] if data["corrected"] is not None else row.corrected


def _form(uow: UnitOfWork, measure: Mapping[str, Any]) -> str:
    return rules.kind_of(measure["kind"], uow.here).form


def _demanded(uow: UnitOfWork, cmd: Cmd, given: Mapping[str, Any]) -> dict[str, Any]:
    """Demand what the kind wants: a talk of the own desk, a notice or a report of the office it is for."""
    known = _known(uow, cmd["measure"])
    kind = rules.kind_of(known.kind, uow.here)
    to = uow.here.office if kind.form == "talk" else known.to
    wanted = {"case": known.case_id, "kind": kind.demand, "to": to, "points": "\n".join(known.points)}
    made = demand_work.make(uow, new_id(), {"person": "", "number": "", "due": None, **given, **wanted})
    store.keep(uow.session, replace(known, demand=made["demand"]))
    uow.session.flush()
    return shown(uow.session, _known(uow, known.id))


def _answer(uow: UnitOfWork, demand_id: str, words: str) -> None:
    """Answer what this office demanded of itself, if nobody has."""
    known = demands.demand(uow.session, demand_id) if demand_id else None
    if known is not None and known.state == "open" and known.receiver == uow.here.office:
        demand_work.answer(uow, {"demand": demand_id, "answer": words, "adopted": None, "signed_by": uow.actor.id})
