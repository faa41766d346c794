"""Load, decide, save, say: what every entrypoint of intake does around a rule, in the given unit of work."""

from collections.abc import Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.context import Actor
from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell
from contracts.words import Desk
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.intake import rules, store
from services.intake.models import IntakeCustody, IntakeNotice, IntakeRating, IntakeReport, IntakeSupplement
from services.intake.rules import ReportState


def visible(row: IntakeReport | None, actor: Actor) -> IntakeReport:
    """The row if the actor's desk may know of it; NotFound otherwise, as if there were none."""
    if row is None or row.recalled or row.desk != actor.desk:
        raise NotFound("该登记")
    return row


def register(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Register a petition under the next number of this office."""
    case = cmd["case"] or new_id()
    _unknown(uow, case)
    decision = rules.register(case, _number(uow, Desk.PETITION), cmd, uow.here)
    return _save(uow, decision.state, decision.tells, decision.data)


def register_sealed(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Register a sealed report for the own discipline desk, or send it on and keep a custody line."""
    _unknown(uow, cmd["case"])
    if (cmd["recipient_office"], cmd["recipient_desk"]) == (uow.office.id, Desk.DISCIPLINE):
        decision = rules.register_sealed(_number(uow, Desk.DISCIPLINE), cmd, uow.here)
        return _save(uow, decision.state, decision.tells, decision.data)
    line = rules.keeps_custody(cmd, uow.here, uow.office.tree.bodies)
    uow.session.add(IntakeCustody(**vars(line.state)))
    uow.apply(line, cmd["case"])
    return {"custody": True}


def filed(uow: UnitOfWork, letter: Letter) -> None:
    """Register what the portal or an office below sent; the same report again changes nothing."""
    case = letter.data["case"]
    if store.report_locked(uow.session, case) is not None:
        return
    decision = rules.filed(_number(uow, Desk(letter.data["desk"])), case, letter.data, uow.here)
    _save(uow, decision.state, decision.tells, decision.data)


def _unknown(uow: UnitOfWork, case: str) -> None:
    if store.report_locked(uow.session, case) is not None or uow.session.get(IntakeCustody, case) is not None:
        raise Refused("known_case", "该事项已经登记", {"case": ["已经登记"]})


def _number(uow: UnitOfWork, desk: Desk) -> str:
    year = local_day(uow.now).year
    serial = store.next_serial(uow.session, f"report/{desk.value}", year)
    return rules.report_number(uow.office.id, desk.value, year, serial)


def _save(uow: UnitOfWork, report: ReportState, tells: tuple[Tell, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    uow.session.add(IntakeReport(**vars(report)))
    uow.tell_all(tells)
    uow.note("registered", report.case, data=data)
    return {"case": report.case, "number": report.number, "entered_at": report.entered_at}


def supplement(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A clerk adds material to a report registered here."""
    if cmd["case"] is not None:
        found = store.report_locked(uow.session, cmd["case"])
    else:
        found = store.by_receipt(uow.session, cmd["receipt_hash"])
    row = visible(found, uow.actor)
    given = {"supplement": new_id(), "at": uow.now, "text": cmd["text"], "sealed": cmd["sealed"]}
    _add_supplement(uow, row, given)
    return {"case": row.case, "supplement": given["supplement"]}


def supplement_filed(uow: UnitOfWork, letter: Letter) -> None:
    """A supplement by receipt: kept here when the report is, else passed on to its entry office below."""
    row = store.by_receipt(uow.session, letter.data["receipt_hash"])
    if row is not None:
        if not store.supplement_known(uow.session, letter.data["supplement"]):
            _add_supplement(uow, row, letter.data)
    elif _is_thread_of(letter, uow):
        uow.tell(Tell(uow.office.id, "assignment", "supplement_filed", letter.case, dict(letter.data)))
        uow.note("supplement_passed_on", letter.case)
    else:
        _pass_on(uow, letter)


def _is_thread_of(letter: Letter, uow: UnitOfWork) -> bool:
    """Whether the thread of a case not entered here lies here: its entry office was recused, and this one took it."""
    in_custody = store.custody_of(uow.session, letter.data["receipt_hash"]) is not None
    return letter.data["entry_office"] == uow.office.id and not in_custody


def _add_supplement(uow: UnitOfWork, row: IntakeReport, given: Mapping[str, Any]) -> None:
    decision = rules.supplement(as_state(ReportState, row), given, uow.here)
    names = ("supplement", "at", "text", "sealed")
    uow.session.add(IntakeSupplement(case=row.case, **{name: given[name] for name in names}))
    uow.apply(decision, row.case)


def _pass_on(uow: UnitOfWork, letter: Letter) -> None:
    """To the entry office below; from a recused entry office up to the office that took the case."""
    line = store.custody_of(uow.session, letter.data["receipt_hash"])
    to = rules.next_hop(letter.data, line.recipient if line else "", uow.here)
    uow.tell(Tell(to, "intake", letter.type, letter.case, {**letter.data, "entry_office": to}))
    uow.note("passed_on", letter.case, data={"to": to, "type": letter.type})


def rate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A clerk enters what the reporter said, by receipt."""
    row = visible(store.by_receipt(uow.session, cmd["receipt_hash"]), uow.actor)
    _add_rating(uow, row, {**cmd, "at": uow.now})
    return {"case": row.case, "rating": cmd["rating"]}


def rating_given(uow: UnitOfWork, letter: Letter) -> None:
    """A rating by receipt: kept here when the report is, else passed on to its entry office below."""
    row = store.by_receipt(uow.session, letter.data["receipt_hash"])
    if row is not None:
        _add_rating(uow, row, letter.data)
    elif _is_thread_of(letter, uow):
        _keep_rating(uow, letter.case, letter.data)
        uow.note("rated", letter.case, data={"rating": letter.data["rating"]})
    else:
        _pass_on(uow, letter)


def _add_rating(uow: UnitOfWork, row: IntakeReport, given: Mapping[str, Any]) -> None:
    decision = rules.rate(as_state(ReportState, row), given["rating"], uow.here)
    _keep_rating(uow, row.case, given)
    uow.apply(decision, row.case)


def _keep_rating(uow: UnitOfWork, case: str, given: Mapping[str, Any]) -> None:
    names = ("at", "rating", "comment")
    uow.session.add(IntakeRating(id=new_id(), case=case, **{name: given[name] for name in names}))


def review_requested(uow: UnitOfWork, letter: Letter) -> None:
    """The reporter asks for review: the own hearing knows what was served and who reviews it."""
    uow.tell(Tell(uow.office.id, "hearing", "review_requested", letter.case, dict(letter.data)))
    uow.note("passed_on", letter.case, data={"to": uow.office.id, "type": letter.type})


def notice_wanted(uow: UnitOfWork, letter: Letter) -> None:
    """Number and freeze a notice in the series of this office and desk."""
    data, year = letter.data, local_day(uow.now).year
    serial = store.next_serial(uow.session, f"notice/{data['desk']}", year)
    number = rules.notice_number(uow.office.office.short_name, data["desk"], year, serial)
    names = ("desk", "kind", "at", "facts")
    uow.session.add(IntakeNotice(number=number, case=letter.case, **{name: data[name] for name in names}))
    uow.note("notice_issued", letter.case, data={"number": number, "kind": data["kind"]})


def recalled(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case: the report's content goes. Its number stays, so that the series has no gap."""
    row = store.report_locked(uow.session, letter.case)
    above = [office.id for office in uow.office.tree.ancestors(uow.office.id)]
    if letter.office not in above:
        uow.note("refused", letter.case, f"case_recalled by {letter.office}")
        return
    store.forget(uow.session, letter.case)
    if row is not None and not row.recalled:
        line = IntakeCustody(case=row.case, receipt_hash=row.receipt_hash, at=row.entered_at, recipient=letter.office)
        uow.session.add(line)
        write_state(row, as_state(ReportState, row).wiped())
    uow.note("recalled", letter.case)
