"""Load, decide, save, say: what a reporter adds by receipt, and where it goes when the report is not here."""

from collections.abc import Mapping
from typing import Any

from contracts.letters import Letter, Tell
from network.forget import forget_letters
from network.ids import new_id
from network.state import as_state
from network.uow import UnitOfWork
from services.intake import counting, store
from services.intake.acts import visible
from services.intake.custody.rules import Custody
from services.intake.models import IntakeRating, IntakeReport, IntakeSupplement
from services.intake.reception.records import acts as receptions
from services.intake.rules import ReportState
from services.intake.sayings import rules
from services.intake.sayings.models import IntakeSaying


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
    """To the entry office below; from a recused entry office up to the office that took the case.

    Of what went to a body outside nothing is kept, this letter's words included.
    """
    line = store.custody_of(uow.session, letter.data["receipt_hash"])
    if line is not None and rules.has_left(line.recipient, uow.here):
        uow.apply(rules.turn_there(as_state(Custody, line), uow.here), line.case)
        forget_letters(uow.session, letter.case)
        return
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
    report = as_state(ReportState, row)
    decision = rules.rate(report, given["rating"], uow.here)
    _keep_rating(uow, row.case, given)
    counting.rated(uow, report, given["rating"], given["at"])
    uow.apply(decision, row.case)


def _keep_rating(uow: UnitOfWork, case: str, given: Mapping[str, Any]) -> None:
    names = ("at", "rating", "comment")
    uow.session.add(IntakeRating(id=new_id(), case=case, **{name: given[name] for name in names}))
    receptions.case_rated(uow, case, given["rating"])


def review_requested(uow: UnitOfWork, letter: Letter) -> None:
    """The reporter asks for review: the own hearing knows what was served and who reviews it."""
    uow.tell(Tell(uow.office.id, "hearing", "review_requested", letter.case, dict(letter.data)))
    uow.note("passed_on", letter.case, data={"to": uow.office.id, "type": letter.type})


def say(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A clerk enters what the reporter says, by receipt."""
    row = visible(store.by_receipt(uow.session, cmd["receipt_hash"]), uow.actor)
    saying = new_id()
    _add_saying(uow, row, {**cmd, "saying": saying, "at": uow.now})
    return {"case": row.case, "saying": saying}


def reporter_said(uow: UnitOfWork, letter: Letter) -> None:
    """What a reporter says by receipt: kept here when the report is, else passed on to its entry office below."""
    row = store.by_receipt(uow.session, letter.data["receipt_hash"])
    if row is not None:
        if uow.session.get(IntakeSaying, letter.data["saying"]) is None:
            _add_saying(uow, row, letter.data)
    elif _is_thread_of(letter, uow):
        uow.tell(Tell(uow.office.id, "assignment", "reporter_said", letter.case, dict(letter.data)))
        uow.note("saying_passed_on", letter.case)
    else:
        _pass_on(uow, letter)


def _add_saying(uow: UnitOfWork, row: IntakeReport, given: Mapping[str, Any]) -> None:
    decision = rules.say(as_state(ReportState, row), given, uow.here)
    uow.session.add(IntakeSaying(case=row.case, **{name: given[name] for name in rules.SAID}))
    uow.apply(decision, row.case)
