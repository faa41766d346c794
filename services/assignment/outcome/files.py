"""Load, decide, save: closing the file of a case and disposing of it, in the given unit of work."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Decision
from contracts.letters import Letter
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import store as cases
from services.assignment.acts import here_for, visible
from services.assignment.helping import store as helping
from services.assignment.helping.travelling import withdrawn
from services.assignment.models import AssignmentCase, AssignmentOpinion
from services.assignment.outcome import disposing, filing, store, views
from services.assignment.outcome.filing import Document, FileState
from services.assignment.outcome.models import AssignmentFile, AssignmentNotice
from services.assignment.state import CaseState


def close(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Freeze the catalogue of the case's present round; the files of earlier rounds are superseded."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    state, here = as_state(CaseState, row), here_for(uow, row.policy_version)
    rows = store.files(uow.session, row.case)
    earlier = [as_state(FileState, each) for each in rows]
    documents = tuple(documents_of(uow.session, state))
    decision = filing.close(state, documents, earlier, cmd["retention"], here)
    for each, file in zip(rows, earlier, strict=True):
        write_state(each, filing.superseded(file))
    kept = cases.write_new(uow.session, AssignmentFile, decision.state)
    uow.apply(decision, row.case)
    return views.columns(kept)


def documents_of(session: Session, state: CaseState) -> Iterator[Document]:
    """Everything that stands in the file of a case here, as the catalogue names it."""
    report = {name: getattr(state, name) for name in ("text", "sealed", "category", "place", "channel", "nature")}
    yield Document(state.number, "report", state.entered_at, report)
    for supplement in state.supplements:
        at = views.moment(supplement["at"])
        yield Document(supplement["supplement"], "supplement", at, supplement)
    for opinion in cases.opinions(session, state.case):
        yield from _opinions(opinion)
    for notice in store.notices(session, state.case):
        yield Document(notice.number, "notice", notice.at, views.columns(notice))
    for kind, rows, dated in _kinds(session, state.case):
        for row in rows:
            yield Document(row.id, kind, getattr(row, dated), views.columns(row))


def _opinions(row: AssignmentOpinion) -> Iterator[Document]:
    yield Document(row.number, "opinion", row.issued_at or row.drafted_at, views.columns(row))
    for review in row.reviews:
        yield Document(review["opinion_no"], review["level"], views.moment(review["at"]), review)


def _kinds(session: Session, case: str) -> Iterator[tuple[str, Sequence[Any], str]]:
    """(kind, rows, the column of their date) of what has an id of its own."""
    yield "note", cases.notes(session, case), "at"
    yield "visit", store.visits(session, case), "at"
    yield "saying", store.sayings(session, case), "at"
    yield "call_back", store.call_backs(session, case), "wanted_at"


def dispose(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Delete the content of a case whose file has been kept long enough; the catalogue stays."""
    row = visible(cases.case_locked(uow.session, cmd["case"]), uow.actor)
    state = as_state(CaseState, row)
    rows = store.files(uow.session, row.case)
    last = rows[-1] if rows else None
    file = as_state(FileState, last) if last else None
    here = here_for(uow, row.policy_version)
    gone = filing.dispose(state, file, cmd["reason"], here)
    if last is not None:
        write_state(last, gone)
    told = (*disposing.tells(state, gone, here), *withdrawn(state, helping.helpers(uow.session, row.case), (), here))
    _empty(uow, row, Decision(disposing.emptied(state), told, "file_disposed", data={"round": gone.round}))
    return views.columns(last)


def copy_disposed(uow: UnitOfWork, letter: Letter) -> None:
    """The file of a case that passed through here was disposed of elsewhere. Nothing to do where there is no copy."""
    row = cases.case_locked(uow.session, letter.case)
    if row is None:
        uow.note("not_kept", letter.case, letter.type)
        return
    here = here_for(uow, row.policy_version)
    decision = disposing.on_told(as_state(CaseState, row), letter.data, letter.office, here)
    if decision.action == "copy_disposed":
        _empty(uow, row, decision)
    else:
        uow.apply(decision, row.case)


def _empty(uow: UnitOfWork, row: AssignmentCase, decision: Decision[CaseState]) -> None:
    """Write the emptied case, and delete what stands beside it and in its offers."""
    write_state(row, decision.state)
    for each in cases.beside(uow.session, row.case):
        uow.session.delete(each)
    cases.empty_offers(uow.session, row.case)
    uow.apply(decision, row.case)


def notice_issued(uow: UnitOfWork, letter: Letter) -> None:
    """The own intake numbered a notice of a case: it belongs into the file. One that was recalled meanwhile has none."""
    row = cases.case_locked(uow.session, letter.case)
    known = uow.session.get(AssignmentNotice, letter.data["number"]) is not None
    if known or row is None or row.recalled:
        uow.note("not_kept", letter.case, letter.type)
        return
    uow.session.add(AssignmentNotice(case=letter.case, **letter.data))
    uow.note("notice_kept", letter.case, data={"number": letter.data["number"]})
