"""What is owed to us from above: cases that we sent up, how long they have been there, and a nudge upward. Pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.words import Desk
from services.supervision.ledger.rules import Line


@dataclass(frozen=True)
class Nudge:
    """A reminder from ``office`` to the office above it that has its case."""

    nudge: str
    case_id: str
    number: str
    office: str
    to: str
    at: datetime
    words: str = ""
    answer: str = ""
    answered_at: datetime | None = None


def with_whom(line: Line, here: Here) -> str:
    """The office above that has a case which came up from here, or is to sign for it; "" where none has."""
    above = {office.id for office in here.tree.ancestors(here.office)}
    mine = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    if line.desk != Desk.PETITION or not line.is_open or line.entry_office not in mine or here.office in line.excluded:
        return ""
    waiting = line.offered_to if line.offered_to in above else line.holder if line.holder in above else ""
    return "" if waiting in line.excluded else waiting


def owed(lines: Iterable[Line], here: Here) -> list[tuple[Line, str]]:
    """The cases that we sent up and that are still there, each with who has it, the longest first."""
    found = [(line, with_whom(line, here)) for line in lines]
    return sorted(((line, office) for line, office in found if office), key=lambda each: each[0].told_at)


def nudge(line: Line | None, nudge_id: str, words: str, before: Iterable[Nudge], here: Here) -> Decision[Nudge]:
    """Remind the office above that has the case; once a working day for each case. Raises Refused."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "催问由信访窗口办理")
    to = with_whom(line, here) if line is not None else ""
    if line is None or not to:
        raise Refused("not_owed", "该事项不在上级处", {"case": ["不是本单位上送而上级未办结的事项"]})
    if any(each.answered_at is None for each in before):
        raise Refused("nudged_already", "上次催问尚未答复", {"case": ["上次催问尚未答复"]})
    if any(local_day(each.at) == local_day(here.now) for each in before):
        raise Refused("nudged_today", "同一事项每日催问一次", {"case": ["今天已经催问"]})
    state = Nudge(nudge_id, line.case_id, line.number, here.office, to, here.now, words)
    data = {"nudge": nudge_id, "number": line.number, "at": here.now, "words": words}
    return Decision(state, (Tell(to, "supervision", "nudged", line.case_id, data),), "nudge", data={"to": to})


def nudged(
    line: Line | None, case: str, data: Mapping[str, Any], sender: str, before: Iterable[Nudge], here: Here
) -> Nudge:
    """A nudge arrives at the office above. Raises Refused from elsewhere, for a case that did not come up from there or is
    not known here, and for a second one while the first waits: nobody below drives the figures up.
    """
    if sender not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"催问须来自下级单位,{sender} 不是")
    if line is None or line.desk != Desk.PETITION or sender in line.excluded or line.number != data["number"]:
        raise Refused("unknown_case", "本机关没有该事项")
    if line.entry_office not in {sender, *(office.id for office in here.tree.descendants(sender))}:
        raise Refused("not_theirs", f"该事项不是{sender}上送的")
    if any(each.office == sender and each.answered_at is None for each in before):
        raise Refused("nudged_already", "上次催问尚未答复")
    return Nudge(data["nudge"], case, data["number"], sender, here.office, data["at"], data["words"])


def answer(known: Nudge | None, words: str, here: Here) -> Decision[Nudge]:
    """The office above says where the case stands. Once. Raises Refused."""
    if known is None or known.to != here.office or here.actor.desk != Desk.PETITION:
        raise Refused("unknown_nudge", "没有这一催问", {"nudge": ["没有这一催问"]})
    if known.answered_at is not None:
        raise Refused("answered", "已经答复", {"nudge": ["已经答复"]})
    state = replace(known, answer=words, answered_at=here.now)
    data = {"nudge": known.nudge, "at": here.now, "answer": words}
    return Decision(state, (Tell(known.office, "supervision", "nudge_answered", known.case_id, data),), "answer_nudge")


def answered(known: Nudge | None, data: Mapping[str, Any], sender: str) -> Nudge | None:
    """The answer arrives; None where nothing changes. Only who was nudged answers."""
    if known is None or known.answered_at is not None:
        return None
    if known.to != sender:
        raise Refused("not_yours", "答复须来自被催问的单位")
    return replace(known, answer=data["answer"], answered_at=data["at"])
