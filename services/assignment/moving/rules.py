"""An office is merged into another or leaves the network: who may say so, and how its petitions go on. Pure decisions.

Cases keep number, receipt, history and clocks: the office hands up what it holds by an offer like any other, and what
is over as a file to be read. Only where its machine is gone the case is taken from it (``recusal.override``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from contracts.context import Decision, Here, OfficeLike
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import is_over
from contracts.words import Desk, OfferKind, Status
from services.assignment import guards
from services.assignment.recusal.rules import above, is_below
from services.assignment.routing.rules import step_towards
from services.assignment.state import CaseState

TAKEN, ON, OUTSIDE, STAYED = "taken", "on", "outside", "stayed"
SILENT_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Succession:
    """``office`` is no more and ``successor`` follows it; ``runs`` batches were asked for.

    ``open_below`` and ``files_below`` are what the office last said that it still has, None until it is heard.
    """

    office: str
    successor: str
    document_no: str
    reason: str
    begun_at: datetime
    begun_by: str
    runs: int = 0
    open_below: int | None = None
    files_below: int | None = None
    heard_at: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """A case that came from an office that is no more. state: taken → on, outside or stayed.

    ``accounted``: the clocks that ran there are known here; until then a case taken by override waits, at most a day.
    """

    case: str
    office: str
    state: str
    taken_at: datetime
    accounted: bool = True
    done_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether it may go on."""
        return self.state == TAKEN and (self.accounted or now >= self.taken_at + SILENT_AFTER)

    def done(self, state: str, now: datetime) -> "Moved":
        return replace(self, state=state, done_at=now)


def succeed(known: Succession | None, cmd: Mapping[str, Any], here: Here) -> Decision[Succession]:
    """One more batch. The office is told to hand up what it holds. Raises Refused."""
    guards.leader(here)
    office = _ended(cmd["office"], here)
    _follows(office, cmd, here)
    if known is not None and known.successor != cmd["successor"]:
        raise Refused("other_successor", "该机关已经确定另一个承接单位", {"successor": [known.successor]})
    begun = known or Succession(
        cmd["office"], cmd["successor"], cmd["document_no"], cmd["reason"], here.now, here.actor.id
    )
    after = replace(begun, runs=begun.runs + 1, document_no=cmd["document_no"] or begun.document_no)
    data = {"run": after.runs, "limit": cmd["limit"], "reason": cmd["reason"]}
    tells = () if cmd["silent"] else (Tell(cmd["office"], "assignment", "office_succeeded", "", data),)
    return Decision(after, tells, "office_succeeded", cmd["reason"], {"office": after.office, "run": after.runs})


def _ended(office: str, here: Here) -> OfficeLike:
    """The office below that the district file says is no more."""
    try:
        found = here.tree.office(office)
    except KeyError:
        raise Refused("unknown_office", "没有这个机关", {"office": ["没有这个机关"]}) from None
    if not is_below(office, here):
        raise Refused("not_superior", "只有共同的上级机关可以办理", {"office": ["不是本机关的下级"]})
    if not is_over(office, here):
        raise Refused("not_ended", "区文件没有注明该机关已经撤并", {"office": ["尚未撤并"]})
    return found


def _follows(office: OfficeLike, cmd: Mapping[str, Any], here: Here) -> None:
    """The successor is of this line and is not ended itself, or a body outside with the paper's number."""
    successor = cmd["successor"]
    if office.successor not in (None, "", successor):
        raise Refused("other_successor", "与区文件注明的承接单位不符", {"successor": [f"区文件:{office.successor}"]})
    try:
        inside = here.tree.in_network(successor)
    except KeyError:
        inside = False
    if not inside:
        guards.outside_network(successor, here)
        if not cmd["document_no"].strip():
            raise Refused("document_needed", "转往系统外须有公文编号", {"document_no": ["必填"]})
    elif successor == office.id or (successor != here.office and not is_below(successor, here)):
        raise Refused("no_common_superior", "承接单位不属本机关", {"successor": ["不是本机关或者下级"]})
    elif is_over(successor, here):
        raise Refused("ended", "承接单位自身已经撤并", {"successor": ["已经撤并"]})


def excluded(state: CaseState, successor: str) -> bool:
    """Whether the successor has to keep away from the case."""
    return successor in state.excluded


def towards(state: CaseState, successor: str, here: Here) -> tuple[CaseState, str]:
    """The neighbour that the case goes to next; further down it has to go on to the successor (XF22 art. 24)."""
    to = step_towards(successor, here, set(state.excluded))
    if to == successor:
        return state, to
    return replace(state, decided_by=here.office, decided_for=successor), to


def offer_of(state: CaseState, to: str, note: str) -> dict[str, Any]:
    """The command of an offer by which a case goes on as it stands; envelopes as the receiver's desk may already have them."""
    kept = [
        {"supplement": each["supplement"], "sealed": each["sealed"]} for each in state.supplements if each["sealed"]
    ]
    plain = {"to": to, "kind": OfferKind.TRANSFER.value, "note": note, "report_back_days": None, "reporter": None}
    return {"case": state.case, **plain, "sealed": state.sealed, "supplements": kept}


def as_offered(state: CaseState) -> CaseState:
    """What was said there but not served or confirmed is said anew by who follows: the case is in hand again."""
    if state.status in (Status.SETTLED, Status.OPINION):
        return replace(state, status=Status.ACCEPTED.value if state.accepted_at else Status.REGISTERED.value)
    return state


def may_ask_up(sender: str, here: Here) -> None:
    """Only an office above has this one hand up what it holds. Raises Refused."""
    if sender not in above(here.office, here):
        raise Refused("not_above", f"只有上级可以要求移交,{sender} 不是")


def of_succession(known: Succession | None, sender: str) -> Succession:
    """A word of the office that is followed; nobody else's is believed. Raises Refused."""
    if known is None or known.office != sender:
        raise Refused("no_succession", f"没有办理 {sender} 的撤并移交")
    return known


def told(known: Succession, data: Mapping[str, Any], here: Here) -> Succession:
    """What the office still has after a run; an older word changes nothing."""
    return replace(known, open_below=data["open_left"], files_below=data["files_left"], heard_at=here.now)


def may_file(state: CaseState, above_: str) -> bool:
    """Whether a petition's file goes up to be read: it was dealt with here and is over, and that office may know of it."""
    mine = state.desk == Desk.PETITION and not state.recalled and above_ not in state.excluded
    return mine and not state.is_open
