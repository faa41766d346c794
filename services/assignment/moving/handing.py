"""At an office that is no more: it hands up what it holds, by the batch that its superior asks for."""

import json
from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Letter, Tell
from contracts.words import Desk
from network.journal import canonical
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment import acts
from services.assignment import store as cases
from services.assignment.holding import offers
from services.assignment.models import AssignmentCase
from services.assignment.moving import rules, store
from services.assignment.moving.models import AssignmentSentUp
from services.assignment.state import CaseState


def hand_up(uow: UnitOfWork, letter: Letter) -> None:
    """The superior asks for a batch: open cases are offered to it, closed petitions go as files to be read.

    What cannot be offered stays, and is counted in the answer; nothing is said there of sealed reports.
    """
    rules.may_ask_up(letter.office, uow.here)
    limit, reason = letter.data["limit"], letter.data["reason"]
    sent = 0
    for row in store.mine(uow.session, uow.office.id, open_=True)[:limit]:
        sent += _offered(uow, row, letter.office, reason)
    files = _to_file(uow, letter.office)
    for row in files[: max(limit - sent, 0)]:
        _file(uow, row, letter.office)
    uow.session.flush()
    left = {"open_left": _open_left(uow, letter.office), "files_left": len(_to_file(uow, letter.office))}
    uow.tell(Tell(letter.office, "assignment", "succession_told", "", {"run": letter.data["run"], **left}))
    uow.note("handed_up", data={"run": letter.data["run"], **left})


def _open_left(uow: UnitOfWork, to: str) -> int:
    """The open petitions still here; what that office has to keep away from is not counted before it."""
    rows = store.mine(uow.session, uow.office.id, open_=True)
    return sum(row.desk == Desk.PETITION and to not in row.excluded for row in rows)


def _offered(uow: UnitOfWork, row: AssignmentCase, to: str, reason: str) -> bool:
    """Whether the case could be offered."""

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        state = rules.as_offered(state)
        cmd = acts.with_reporter(uow, state, {**rules.offer_of(state, to, reason), "direct": True}, here)
        return offers.offer(state, cmd, here)

    try:
        acts.decide(uow, row, rule)
    except Refused as error:
        uow.note("not_handed_up", row.case, data={"code": error.code})
        return False
    acts.add_note(uow, row.case, "offered", reason)
    return True


def _to_file(uow: UnitOfWork, to: str) -> list[AssignmentCase]:
    """The closed petitions whose files did not go up yet, and may."""
    gone = store.sent_up(uow.session)
    rows = store.mine(uow.session, uow.office.id, open_=False)
    return [row for row in rows if row.case not in gone and rules.may_file(as_state(CaseState, row), to)]


def _file(uow: UnitOfWork, row: AssignmentCase, to: str) -> None:
    state = as_state(CaseState, row)
    data = {
        "file": {**state.file(), "reporter": _for_superior(uow, state, to)},
        "status": state.status,
        "came_at": state.came_at,
        "beside": _beside(uow, state.case),
    }
    uow.session.add(AssignmentSentUp(case=state.case, at=uow.now))
    uow.tell(Tell(to, "assignment", "file_handed_up", state.case, data))


def _for_superior(uow: UnitOfWork, state: CaseState, to: str) -> Mapping[str, Any] | None:
    """Who reported, sealed for the superior as well; None where a key is missing: the rest of the file goes all the same."""
    if state.reporter is None or state.desk != Desk.PETITION:
        return None
    try:
        return acts.resealed(uow, state.reporter, to)
    except Refused:
        return None


def _beside(uow: UnitOfWork, case: str) -> dict[str, Any]:
    """Opinions and notes, as plain values."""
    shown = {
        "opinions": [_plain(row) for row in cases.opinions(uow.session, case)],
        "notes": [_plain(row) for row in cases.notes(uow.session, case)],
    }
    found: dict[str, Any] = json.loads(canonical(shown))
    return found


def _plain(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
