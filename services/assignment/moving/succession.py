"""Load, decide, save, say: an office that is no more, at its superior. One command is one batch; all of it may be said again."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Letter
from network import veils
from network.state import as_state
from network.uow import UnitOfWork
from services.assignment import acts
from services.assignment import store as cases
from services.assignment.facts import acts as facts
from services.assignment.helping import following
from services.assignment.holding import offers
from services.assignment.models import AssignmentCase
from services.assignment.moving import rules, store
from services.assignment.moving.models import AssignmentOldFile
from services.assignment.moving.rules import ON, OUTSIDE, STAYED, TAKEN, Moved, Succession
from services.assignment.recusal import rules as recusal
from services.assignment.state import CaseState

Counts = dict[str, int]


def succeed(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A batch: sign for what the office handed up, move on what came before, have it hand up more."""
    decision = rules.succeed(store.succession(uow.session, cmd["office"]), cmd, uow.here)
    going = decision.state
    store.keep_succession(uow.session, going)
    uow.apply(decision)
    desk, listed = uow.actor.desk, []
    done: Counts = {"taken": 0, "offered": 0, "outside": 0}
    for offer in store.waiting(uow.session, going.office, desk)[: cmd["limit"]]:
        acts.sign_for(uow, {"case": offer.case})
        _came(uow, going, offer.case, accounted=True)
        done["taken"] += 1
    if cmd["silent"]:
        listed += _override(uow, going, cmd["limit"] - done["taken"], done)
    uow.session.flush()
    listed += _go_on(uow, going, cmd["limit"], done)
    uow.session.flush()
    kept_back = {each["case"] for each in listed}
    pending = [each for each in store.to_move(uow.session, going.office, desk) if each.case not in kept_back]
    left = len(pending) + len(store.waiting(uow.session, going.office, desk)) + _below(uow, going, cmd, kept_back)
    return {**_named(going), **done, "listed": listed, "waiting": len(pending), "left": left}


def _named(going: Succession) -> dict[str, Any]:
    below = {"open": going.open_below, "files": going.files_below, "heard_at": going.heard_at}
    return {"office": going.office, "successor": going.successor, "run": going.runs, "below": below}


def _below(uow: UnitOfWork, going: Succession, cmd: Mapping[str, Any], kept_back: set[str]) -> int:
    """What is still at the office, as far as is known: by its own word, or of a silent one by the rows here."""
    if cmd["silent"]:
        known = store.held_below(uow.session, going.office, uow.actor.desk, 10 * cmd["limit"])
        return sum(row.case not in kept_back for row in known)
    return 1 if going.open_below is None else going.open_below + (going.files_below or 0)


def _came(uow: UnitOfWork, going: Succession, case: str, *, accounted: bool) -> None:
    store.keep_moved(uow.session, Moved(case, going.office, TAKEN, uow.now, accounted))
    acts.add_note(uow, case, "succeeded", f"原承办单位{going.office}已撤并:{going.reason}"[:2000])


def _override(uow: UnitOfWork, going: Succession, limit: int, done: Counts) -> list[dict[str, Any]]:
    """Take what a silent office has, but for what the successor must keep away from: that is listed and stays."""
    listed, cmd = [], {"reason": going.reason, "exclude_holder": False}
    for row in store.held_below(uow.session, going.office, uow.actor.desk, limit):
        state = as_state(CaseState, row)
        if rules.excluded(state, going.successor):
            listed.append(_line(row, "接收单位应当回避"))
            continue
        acts.decide(uow, row, lambda state, here: recusal.override(state, cmd, here))
        _came(uow, going, row.case, accounted=False)
        done["taken"] += 1
    return listed


def _line(row: AssignmentCase, why: str) -> dict[str, Any]:
    return {"case": row.case, "number": row.number, "why": why}


def _go_on(uow: UnitOfWork, going: Succession, limit: int, done: Counts) -> list[dict[str, Any]]:
    """Offer what came before to the successor, or send it outside by the paper; what cannot go is listed with why."""
    listed = []
    due = [each for each in store.to_move(uow.session, going.office, uow.actor.desk) if each.is_due(uow.now)]
    for moved in due[:limit]:
        row = cases.case_locked(uow.session, moved.case)
        if row is None:
            continue
        state = as_state(CaseState, row)
        if not _is_ours(state, uow.here):
            store.keep_moved(uow.session, moved.done(STAYED, uow.now))
        elif rules.excluded(state, going.successor):
            listed.append(_line(row, "接收单位应当回避"))
        else:
            try:
                store.keep_moved(uow.session, moved.done(_send(uow, going, row, done), uow.now))
            except Refused as error:
                listed.append(_line(row, error.message))
    return listed


def _is_ours(state: CaseState, here: Here) -> bool:
    """Whether it still waits here: nobody dealt with it meanwhile."""
    return not state.recalled and state.is_open and state.holder == here.office and not state.offered_to


def _send(uow: UnitOfWork, going: Succession, row: AssignmentCase, done: Counts) -> str:
    """→ the state of the case's move."""
    if going.successor == uow.office.id:
        return STAYED
    if going.successor in uow.here.tree.bodies:
        paper = {"case": row.case, "body": going.successor, "document_no": going.document_no, "note": going.reason}
        facts.send_outside(uow, paper)
        done["outside"] += 1
        return OUTSIDE
    _offer(uow, going, row)
    done["offered"] += 1
    return ON


def _offer(uow: UnitOfWork, going: Succession, row: AssignmentCase) -> None:
    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        state, to = rules.towards(following.counted(uow, state, going.successor), going.successor, here)
        return offers.offer(state, acts.with_reporter(uow, state, rules.offer_of(state, to, going.reason), here), here)

    acts.decide(uow, row, rule)


def accounted(uow: UnitOfWork, case: str) -> None:
    """The office that lost the case by override said which clocks ran: it may go on."""
    known = store.moved(uow.session, case)
    if known is not None and not known.accounted:
        store.keep_moved(uow.session, Moved(**{**vars(known), "accounted": True}))


def filed(uow: UnitOfWork, letter: Letter) -> None:
    """A petition as the office left it, once; nothing of one that this office has to keep away from."""
    rules.of_succession(store.succession(uow.session, letter.office), letter.office)
    file = letter.data["file"]
    if store.old_file(uow.session, file["case"]) is not None or cases.is_recused(uow.session, file["case"]):
        return
    kept = {**file, "entered_at": file["entered_at"].isoformat()}
    told = {name: letter.data[name] for name in ("status", "came_at", "beside")}
    named = {"case": file["case"], "office": letter.office, "number": file["number"], "entered_at": file["entered_at"]}
    uow.session.add(AssignmentOldFile(**named, **told, file=kept))
    veils.keep(uow.session, file["case"], file["recused"])
    uow.note("file_kept", file["case"], data={"from": letter.office})


def told(uow: UnitOfWork, letter: Letter) -> None:
    """What the office still has after a run."""
    known = rules.of_succession(store.succession(uow.session, letter.office), letter.office)
    store.keep_succession(uow.session, rules.told(known, letter.data, uow.here))
    uow.note("succession_told", data=dict(letter.data))
