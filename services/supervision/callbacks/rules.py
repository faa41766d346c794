"""Asking the reporter oneself (回访), because nobody confirms his own work (domain.md section 7).

An office below asks for it: was the petition freely withdrawn, is the promise kept. Others are drawn as samples.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell
from contracts.words import Desk
from services.supervision.ledger.rules import Line

SAMPLE = "sample"
PRESSED = "pressed"


@dataclass(frozen=True)
class CallBack:
    """A call-back that this office is to make for ``asked_by``, or as a sample ("")."""

    id: str
    case_id: str
    purpose: str
    number: str
    desk: str
    asked_by: str
    wanted_at: datetime
    words: str = ""
    reporter: Mapping[str, Any] | None = None
    state: str = "wanted"
    result: str = ""
    note: str = ""
    made_by: str = ""
    made_at: datetime | None = None


def wanted(letter: Letter, here: Here) -> CallBack:
    """The call-back that a letter asks for. Raises Refused unless it comes from an office below."""
    if letter.office not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"只接受下级单位的回访请求,{letter.office} 不是")
    data = letter.data
    copied = {name: data[name] for name in ("purpose", "number", "desk", "words", "reporter")}
    return CallBack(data["call_back"], letter.case, asked_by=letter.office, wanted_at=data["at"], **copied)


def waiting(call: CallBack | None, here: Here) -> CallBack:
    """The call-back, if it is still to be made and the actor's desk may know of it. Raises NotFound, Refused."""
    if call is None or call.desk != here.actor.desk:
        raise NotFound("回访")
    if call.state != "wanted":
        raise Refused("not_open", "已经回访", {"call_back": ["已经回访"]})
    return call


def make(
    call: CallBack | None, line: Line | None, of_unit: Collection[str], cmd: Mapping[str, Any], here: Here
) -> Decision[CallBack]:
    """What the reporter said. Only the result is told to the office that asked: the person may complain of just that one.

    Raises NotFound, Refused.

    Not by the office that holds the case now, nor by an official of it (``of_unit``).
    """
    call = waiting(call, here)
    if (line is not None and line.holder == here.office) or here.actor.person in of_unit:
        raise Refused("own_work", "承办单位的人员不能回访自己办理的事项")
    said = {"result": cmd["result"], "note": cmd["note"]}
    made = replace(call, state="made", reporter=None, **said, made_by=here.actor.id, made_at=here.now)
    told = {"call_back": call.id, "purpose": call.purpose, "at": here.now, "result": cmd["result"], "note": ""}
    tell = Tell(call.asked_by, "assignment", "call_back_made", call.case_id, told)
    tells = () if call.purpose == SAMPLE else (tell,)
    return Decision(made, tells, "call_back_made", "", {"call_back": call.id, "result": made.result})


def is_drawn(case: str, share: int, office: str) -> bool:
    """Whether a case is among the ``share`` of a hundred that an office calls back: by a hash that nobody can choose."""
    drawn = hashlib.blake2b(case.encode(), key=office.encode(), digest_size=8).digest()
    return int.from_bytes(drawn) % 100 < share


def is_sampled(number: str, period: str, share: int) -> bool:
    """Whether a petition concluded in a month ("2026-03") is of that month's sample: by its number and the month alone.

    Anybody can work it out again, and nobody can choose: the number was given when it was registered.
    """
    drawn = hashlib.blake2b(f"{period} {number}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) % 100 < share


def falls_to(before: Line | None, after: Line, here: Here) -> bool:
    """Whether a petition was just concluded that the district has to call back: held below, so never its own work."""
    if after.concluded_at is None or (before is not None and before.concluded_at is not None):
        return False
    below = here.office == here.tree.root.id and after.holder != here.office
    month = f"{local_day(after.concluded_at):%Y-%m}"
    return below and after.desk == Desk.PETITION and is_sampled(after.number, month, here.policy.sample_share)


def sample(call_id: str, line: Line, here: Here) -> CallBack:
    """The call-back of a drawn case. Nobody asked for it, so nobody sent whom to call: the case's file has it."""
    return CallBack(call_id, line.case_id, SAMPLE, line.number, line.desk, asked_by="", wanted_at=here.now)
