"""Promises: who may enter one, and whose word makes it kept (domain section 7, 化解). Pure decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import end_of_day, local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.promises import PromiseState
from contracts.veils import is_veiled
from contracts.words import Desk

KEEPABLE = (PromiseState.OPEN, PromiseState.PERFORMED, PromiseState.BROKEN)


@dataclass(frozen=True)
class Promise:
    """What an official promised, by the end of the day ``due``. ``words`` is what the person said of it."""

    promise: str
    number: str
    source: str
    source_id: str
    case: str
    by: str
    name: str
    what: str
    made_at: datetime
    made_by: str
    due: date
    campaign: str = ""
    state: str = PromiseState.OPEN.value
    performed_at: datetime | None = None
    performed: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: str = ""
    how: str = ""
    words: str = ""


def _petition(here: Here) -> None:
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "承诺由信访窗口登记")


def make(ids: Mapping[str, Any], cmd: Mapping[str, Any], veils: Collection[str], here: Here) -> Decision[Promise]:
    """Enter a promise; the own supervision has it fall due (K26). ``ids`` are {promise, number}.

    Raises Refused for a day that is not after today, and for an official who keeps away from the case.
    """
    _petition(here)
    if cmd["due"] <= local_day(here.now):
        raise Refused("due_past", "承诺期限须晚于今天", {"due": ["须晚于今天"]})
    if is_veiled(cmd["case"], cmd["by"], veils):
        raise Refused("recused", "该人员对本事项回避", {"by": ["已回避"]})
    state = Promise(**ids, **cmd, made_at=here.now, made_by=here.actor.id)
    data = {
        "promise": state.promise,
        "number": state.number,
        "by": state.by,
        "what": state.what,
        "due": end_of_day(state.due),
    }
    tell = Tell(here.office, "supervision", "promise_made", state.case, data)
    return Decision(state, (tell,), "promise", data={"promise": state.promise, "due": state.due.isoformat()})


def perform(known: Promise, words: str, here: Here) -> Decision[Promise]:
    """It was done. The person has still to confirm it. Raises Refused for one that is kept."""
    _petition(here)
    _keepable(known)
    done = replace(known, state=PromiseState.PERFORMED.value, performed_at=here.now, performed=words)
    return Decision(done, (), "promise_performed", data={"promise": known.promise})


def confirm(known: Promise, cmd: Mapping[str, Any], here: Here) -> Decision[Promise]:
    """The person's word decides. Who promised does not enter it. Kept ends it; broken leaves it due. Raises Refused."""
    _petition(here)
    _keepable(known)
    if here.actor.person == known.by:
        raise Refused("own_promise", "不能确认本人的承诺", {"promise": ["须由他人登记"]})
    state = PromiseState.KEPT if cmd["kept"] else PromiseState.BROKEN
    said = replace(
        known,
        state=state.value,
        confirmed_at=here.now,
        confirmed_by=here.actor.id,
        how=cmd["how"],
        words=cmd["words"],
    )
    data = {"promise": known.promise, "words": cmd["words"]}
    tells = (Tell(here.office, "supervision", "promise_kept", known.case, data),) if cmd["kept"] else ()
    return Decision(said, tells, f"promise_{state.value}", data={"promise": known.promise, "how": cmd["how"]})


def _keepable(known: Promise) -> None:
    if known.state not in KEEPABLE:
        raise Refused("kept", "该承诺已经兑现", {"promise": ["已经兑现"]})
