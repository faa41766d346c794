"""Demands: who may make which of whom, by when it is answered, and who hears of it.

Sources: XF22 art. 40 and SD15 art. 59 (suggestions, K15), practice (信访通知书 K22, 谈话提醒 and its recheck K23), XF22
art. 18 (a leader's instruction, K27). Kinds and terms are the policy's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.calendar import CalendarDays, Due, due, local_day
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.policy_duties import DemandKind
from contracts.veils import is_veiled
from contracts.words import Desk
from services.supervision.ledger.rules import Line
from services.supervision.orders.rules import LEADER, PORTAL_TIER, from_above, visible

WHAT = "督办要求"
STATES_ZH: Mapping[str, str] = {"open": "待答复", "answered": "已答复", "accepted": "答复已认可", "withdrawn": "已撤回"}


@dataclass(frozen=True)
class Demand:
    """A demand, whichever office keeps it."""

    id: str
    case_id: str
    number: str
    desk: str
    kind: str
    clock: str
    giver: str
    given_by: str
    receiver: str
    person: str
    points: str
    at: datetime
    due: datetime
    provisional: bool = False
    how: tuple[str, ...] = ()
    follows: str = ""
    state: str = "open"
    answer: str = ""
    adopted: bool | None = None
    signed_by: str = ""
    answered_at: datetime | None = None
    why: str = ""
    ended_at: datetime | None = None

    @property
    def done_at(self) -> datetime | None:
        """When its clock stopped: at the answer, or at the withdrawal."""
        return self.answered_at or self.ended_at


def make(line: Line | None, demand_id: str, cmd: Mapping[str, Any], here: Here) -> Decision[Demand]:
    """Demand something of ``cmd["to"]``, this office or one below. ``line`` is the case's, None where there is none.

    Raises NotFound for a case of the other desk, Refused for a kind, addressee or term that may not be.
    """
    kind = kind_of(cmd["kind"], here)
    if here.actor.desk not in kind.desks:
        raise Refused("wrong_desk", f"{kind.zh}不由本岗位发出", {"kind": ["不由本岗位发出"]})
    if kind.leader and LEADER not in here.actor.roles:
        raise Refused("leader_needed", f"{kind.zh}须由领导作出", {"kind": ["需要领导权限"]})
    _neutral(cmd["points"], here)
    below = {each.id for each in here.tree.descendants(here.office) if each.tier != PORTAL_TIER}
    if cmd["to"] not in below | {here.office}:
        raise Refused("not_below", "只能向本单位或者下级单位提出", {"to": ["不是本单位或者下级单位"]})
    about = visible(line, here.actor) if cmd["case"] else None
    if about is not None:
        _not_recused(about, cmd)
    ends = term(kind, cmd["due"], here)
    demand = Demand(
        id=demand_id,
        case_id=cmd["case"],
        number=cmd["number"] or (about.number if about is not None else ""),
        desk=here.actor.desk,
        kind=cmd["kind"],
        clock=kind.clock,
        giver=here.office,
        given_by=here.actor.id,
        receiver=cmd["to"],
        person=cmd["person"],
        points=cmd["points"],
        at=here.now,
        due=ends.at,
        provisional=ends.provisional,
        how=ends.how,
    )
    noted = {"demand": demand.id, "kind": demand.kind, "to": demand.receiver}
    excluded = about.excluded if about is not None else ()
    return Decision(demand, made_tells(demand, excluded, here), "demand", data=noted)


def kind_of(name: str, here: Here) -> DemandKind:
    """The kind of that name. Raises Refused for one that the policy does not have."""
    kind = here.policy.demand_kinds.get(name)
    if kind is None:
        raise Refused("unknown_kind", "没有这一种督办要求", {"kind": ["不在政策规定的种类之内"]})
    return kind


def _neutral(points: str, here: Here) -> None:
    """What a discipline desk demands travels in clear: each line of it is one of the policy's neutral points. Raises Refused."""
    known = here.policy.neutral_points
    if here.actor.desk == Desk.DISCIPLINE and not set(points.splitlines()) <= set(known):
        raise Refused("not_neutral", "纪检窗口只能选用中性用语", {"points": [f"可选: {'；'.join(known)}"]})


def _not_recused(line: Line, cmd: Mapping[str, Any]) -> None:
    """A recused office or person is never the addressee. Raises Refused."""
    if cmd["to"] in line.excluded:
        raise Refused("recused", "该单位对本事项回避", {"to": ["已回避"]})
    if is_veiled(line.case_id, cmd["person"], line.recused):
        raise Refused("recused", "该人员对本事项回避", {"person": ["已回避"]})


def term(kind: DemandKind, given: datetime | None, here: Here) -> Due:
    """By when it is answered: the policy's term; where it has none (K27), the end of the ``given`` day, a day of rest rolled.

    Raises Refused for a day given where the policy sets it, missing where it does not, or not after today.
    """
    if here.policy.clocks[kind.clock].days is not None:
        if given is not None:
            raise Refused("due_by_policy", "期限由政策规定", {"due": ["不能另行指定"]})
        return here.policy.due(kind.clock, here.now)
    if given is None:
        raise Refused("due_missing", f"{kind.zh}须指定办理期限", {"due": ["必须填写"]})
    days = (local_day(given) - local_day(here.now)).days
    if days < 1:
        raise Refused("due_past", "办理期限须晚于今天", {"due": ["须晚于今天"]})
    return due(here.now, CalendarDays(days), rolls=here.policy.rolls_to_working_day)


def made_tells(demand: Demand, excluded: Collection[str], here: Here) -> tuple[Tell, ...]:
    """The demand itself to its addressee, and that there is one to the offices above."""
    names = ("desk", "kind", "clock", "receiver", "at", "due", "provisional", "follows")
    stub = {name: getattr(demand, name) for name in names} | {"demand": demand.id, "how": list(demand.how)}
    if demand.desk == Desk.PETITION:
        stub["number"] = demand.number
    case = told_case(demand)
    whole = {**stub, "person": demand.person, "points": demand.points}
    to = (Tell(demand.receiver, "supervision", "demand_made", case, whole),) if demand.receiver != here.office else ()
    above = watchers(demand, excluded, here)
    return (*to, *(Tell(office, "supervision", "demand_made", case, stub) for office in above))


def told_case(demand: Demand) -> str:
    """The case as letters name it: of a discipline case nobody is told that there is one (JK art. 47)."""
    return demand.case_id if demand.desk == Desk.PETITION else ""


def watchers(demand: Demand, excluded: Collection[str], here: Here) -> tuple[str, ...]:
    """The offices above the giver, whose steps come when neither addressee nor giver moves; recused ones apart."""
    return tuple(office.id for office in here.tree.ancestors(demand.giver) if office.id not in excluded)


def received(demand_id: str, case: str, sender: str, data: Mapping[str, Any], here: Here) -> Decision[Demand]:
    """A demand as its addressee, or an office above the giver, keeps it. Raises Refused for a sender of another line."""
    if data["receiver"] == here.office:
        from_above(sender, here)
    else:
        _from_below(sender, data["receiver"], here)
    copied = ("number", "desk", "kind", "clock", "receiver", "person", "points", "at", "due", "provisional", "follows")
    told = {name: data[name] for name in copied}
    demand = Demand(id=demand_id, case_id=case, giver=sender, given_by="", how=tuple(data["how"]), **told)
    return Decision(demand, action="demand_received", data={"demand": demand_id, "from": sender})


def _from_below(sender: str, receiver: str, here: Here) -> None:
    below = {office.id for office in here.tree.descendants(here.office)}
    under = {sender, *(office.id for office in here.tree.descendants(sender))}
    if sender not in below or receiver not in under:
        raise Refused("not_below", f"{sender} 不能向 {receiver} 提出要求")


def role(demand: Demand, office: str) -> str:
    """What an office has to do with it: ``own`` (made of itself), ``given``, ``received`` or ``known``."""
    if demand.giver == office:
        return "own" if demand.receiver == office else "given"
    return "received" if demand.receiver == office else "known"


def own(demand: Demand | None, here: Here) -> Demand:
    """The demand, if the actor's desk may know of it. Raises NotFound."""
    if demand is None or demand.desk != here.actor.desk:
        raise NotFound(WHAT)
    return demand


def given_here(demand: Demand | None, here: Here) -> Demand:
    """The demand, if this office made it. Raises NotFound, Refused."""
    demand = own(demand, here)
    if demand.giver != here.office:
        raise Refused("not_yours", "只有提出要求的单位可以这样做")
    return demand


def must_be(demand: Demand, state: str) -> None:
    """Raises Refused with the state that it has instead."""
    if demand.state != state:
        raise Refused("wrong_state", "这一要求现在不能这样处理", {"demand": [STATES_ZH[demand.state]]})
