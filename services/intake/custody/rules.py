"""Custody: a report was taken here for a desk elsewhere. Pure decisions."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.policy import Policy
from contracts.telling import DISCIPLINE_CATEGORY, clock, milestone
from contracts.words import ClockAct, Desk, Status
from services.intake.rules import entered, sealed_for
from services.intake.stub import Stub

HEADS = ("head", "leader")
CLOCK = "K19"


@dataclass(frozen=True)
class Custody:
    """A custody line. ``number`` only for what belongs to a body outside and has to be sent there on paper."""

    case: str
    receipt_hash: str
    at: datetime
    recipient: str
    number: str = ""
    sent_at: datetime | None = None
    way: str = ""
    document_no: str = ""


def custody_stem(office: str, year: int) -> str:
    """What the numbers of custody lines begin with; drawn digits follow, which say neither how many nor which first."""
    return f"{office}-C{year}-"


def keeps_custody(number: str, cmd: Mapping[str, Any], here: Here, bodies: Container[str]) -> Decision[Custody]:
    """A sealed report for a desk elsewhere: sent there as it is, and only a custody line stays (R14; JK art. 15).

    For a body outside the network nothing was sealed and nothing is sent: the paper goes its own way within K19, which
    the own supervision alone is told of, so that nobody else learns of it (JK art. 15).
    """
    entered_at = cmd["entered_at"] or here.now
    entered(entered_at, here)
    recipient = f"{cmd['recipient_office']}/{cmd['recipient_desk']}"
    line = Custody(cmd["case"], cmd["receipt_hash"], entered_at, recipient)
    if cmd["recipient_office"] in bodies:
        if cmd["sealed"] is not None:
            raise Refused("outside", "系统外机关受理的举报不得录入内容", {"sealed": ["应为空"]})
        line = replace(line, number=number)
        begun = clock(CLOCK, ClockAct.START, entered_at, here.policy.due(CLOCK, entered_at))
        return Decision(line, _told(line, "belongs_above", Status.REGISTERED, here, begun), "custody")
    _may_receive(cmd, here)
    return Decision(line, (_sent_up(cmd, entered_at),), "custody")


def _may_receive(cmd: Mapping[str, Any], here: Here) -> None:
    """The recipient is the discipline desk of an office above, and the envelope opens there."""
    above = [office.id for office in here.tree.ancestors(here.office)]
    if cmd["recipient_desk"] != Desk.DISCIPLINE:
        raise Refused("wrong_desk", "密封件只能送纪检窗口", {"recipient_desk": ["应为纪检"]})
    if cmd["recipient_office"] not in above:
        raise Refused("no_route", "密封件只能送上级机关", {"recipient_office": ["不是上级机关"]})
    sealed_for(cmd["sealed"], cmd["recipient_office"])


def _sent_up(cmd: Mapping[str, Any], entered_at: datetime) -> Tell:
    names = ("case", "receipt_hash", "channel", "nature", "real_name", "contactable", "urgent", "flags", "sealed")
    blank = {"category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None}
    data = {**{name: cmd[name] for name in names}, **blank, "desk": Desk.DISCIPLINE.value, "filed_at": entered_at}
    return Tell(cmd["recipient_office"], "intake", "report_filed", cmd["case"], data)


def _told(line: Custody, what: str, status: Status, here: Here, act: Mapping[str, Any]) -> tuple[Tell, ...]:
    stub = Stub(
        case=line.case,
        number=line.number,
        desk=Desk.DISCIPLINE.value,
        entry_office=here.office,
        holder=here.office,
        entered_at=line.at,
        category=DISCIPLINE_CATEGORY,
        status=status.value,
    )
    return milestone(stub, what, here, [act], to=(here.office,))


def send_up(line: Custody, cmd: Mapping[str, Any], here: Here) -> Decision[Custody]:
    """The letter went to the body above, unopened; K19 ends when it went. Once."""
    at = cmd["at"] or here.now
    if not line.number:
        raise Refused("nothing_to_send", "该件已密封送达,无须报送")
    if line.sent_at is not None:
        raise Refused("sent_already", f"该件已于{line.sent_at:%Y-%m-%d}报送")
    if not line.at <= at <= here.now:
        raise Refused("sent_when", "报送时间应在收到之后、现在之前", {"at": ["应在收到之后、现在之前"]})
    sent = replace(line, sent_at=at, way=cmd["way"], document_no=cmd["document_no"])
    told = _told(sent, "sent_up", Status.OUTSIDE, here, clock(CLOCK, ClockAct.STOP, at))
    return Decision(sent, told, "sent_up")


def may_see(actor: Actor, *, discipline_desk: bool) -> None:
    """Custody lines are for the head of the discipline desk (JK art. 15: no widening of who knows). A leader of the
    office may be the one that a report was about.

    Where there is no discipline desk (a village), the office's principal head has to know that a paper waits: the role
    ``head`` at the petition desk, and no other there.
    """
    desk, roles = (Desk.DISCIPLINE, HEADS) if discipline_desk else (Desk.PETITION, HEADS[:1])
    if actor.desk != desk or not set(roles) & set(actor.roles):
        raise NotFound("该清单")


def to_be_sent(lines: Iterable[Custody], *, discipline_desk: bool) -> list[Custody]:
    """What is listed: everything at a discipline desk; elsewhere only what the office itself has to send up. A line of
    a case that was taken from it, or that left it sealed, is not for it."""
    return [line for line in lines if discipline_desk or line.number]


def due(line: Custody, policy: Policy) -> datetime | None:
    """The last lawful second of sending it up (K19), by the policy in force; None for what was not to be sent by hand."""
    return policy.due(CLOCK, line.at).at if line.number else None
