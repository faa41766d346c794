"""Orders of a supervisor's own, the policy that the district publishes, and what an audit's answer shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.veils import is_veiled
from contracts.words import Desk
from services.supervision.ledger.rules import Line

COMMANDED = "commanded"
KEY = "key"
LEADER = "leader"
NOT_PERFORMED = "not_performed"
PORTAL_TIER = "portal"


@dataclass(frozen=True)
class Order:
    """A supervision order, whichever side keeps it."""

    id: str
    given: bool
    case_id: str
    number: str
    desk: str
    kind: str
    step: str
    demand: str
    giver: str
    receiver: str
    supervisor: str
    at: datetime
    due: datetime
    unconfirmed: bool = False
    state: str = "open"
    why: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None


def same_desk(actor: Actor, desk: str) -> None:
    """The two desks share no list, figure or act. Raises Refused."""
    if actor.desk != desk:
        raise Refused("wrong_desk", "不属于本岗位的事项", {"desk": ["信访和纪检两个岗位互不查看"]})


def visible(line: Line | None, actor: Actor) -> Line:
    """The line, if the actor's desk may know of it. Raises NotFound in the same words whether or not there is one."""
    if line is None or line.desk != actor.desk:
        raise NotFound("信访事项")
    return line


def journalled(desk: str, text: str) -> str:
    """What the journal keeps of a text: it keeps none of a discipline report's, which a recall has to delete."""
    return "" if desk == Desk.DISCIPLINE else text


def command_order(
    line: Line | None, order_id: str, cmd: Mapping[str, Any], of_unit: Collection[str], here: Here
) -> Decision[Order]:
    """A dedicated, guidance or key order (S71, S75–S77) to the holder, which must be an office below.

    A key order needs a leader (S77). The supervisor is never of the supervised office (``of_unit``: officials known to
    be), nor recused (domain.md section 9). A closed case can be ordered where its promise was not kept (R20).
    """
    line = visible(line, here.actor)
    if line.holder not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", "只能督办下级单位正在承办的事项", {"case": ["承办单位不是本单位的下级"]})
    if not line.is_open and NOT_PERFORMED not in line.flags:
        raise Refused("closed", "事项已经办结,不能再督办", {"case": ["已办结"]})
    if cmd["kind"] == KEY and LEADER not in here.actor.roles:
        raise Refused("leader_needed", "重点督办须由领导决定", {"kind": ["需要领导权限"]})
    if cmd["due"] <= here.now:
        raise Refused("due_past", "办理期限须晚于现在", {"due": ["已经过去"]})
    fit_to_supervise(cmd["supervisor"] or here.actor.person, line, of_unit)
    order = Order(
        id=order_id,
        given=True,
        case_id=line.case_id,
        number=line.number,
        desk=line.desk,
        kind=cmd["kind"],
        step=COMMANDED,
        demand=cmd["demand"],
        giver=here.office,
        receiver=line.holder,
        supervisor=cmd["supervisor"] or here.actor.id,
        at=here.now,
        due=cmd["due"],
    )
    why = journalled(line.desk, cmd["demand"])
    return Decision(order, (order_tell(order),), "order", why, {"order": order_id, "kind": cmd["kind"]})


def fit_to_supervise(person: str, line: Line, of_unit: Collection[str], field: str = "supervisor") -> None:
    """Raises Refused, naming the ``field``, for who is of the supervised office or recused from the case."""
    if person in of_unit:
        raise Refused("own_unit", "督办人不能是被督办单位的人员", {field: ["属于被督办单位"]})
    if is_veiled(line.case_id, person, line.recused):
        raise Refused("recused", "督办人须回避", {field: ["须回避"]})


def order_tell(order: Order) -> Tell:
    """The letter that brings an order to the office it is for."""
    data = {
        "order": order.id,
        "kind": order.kind,
        "step": order.step,
        "due": order.due,
        "at": order.at,
        "unconfirmed": order.unconfirmed,
        "number": order.number,
        "desk": order.desk,
        "demand": order.demand,
    }
    return Tell(order.receiver, "supervision", "supervision_order", order.case_id, data)


def from_above(sender: str, here: Here) -> None:
    """Raises Refused unless the sender is this office or one above it."""
    if sender != here.office and sender not in {office.id for office in here.tree.ancestors(here.office)}:
        raise Refused("not_above", f"只接受上级单位的来信,{sender} 不是")


def from_district(sender: str, here: Here) -> None:
    """Raises Refused unless the sender is the district, which alone publishes policy."""
    if sender != here.tree.root.id:
        raise Refused("district_only", f"政策版本只能由区级发布,{sender} 不是")


def received(order_id: str, case: str, giver: str, data: Mapping[str, Any], here: Here) -> Order:
    """An order as the office that it was given to keeps it. Raises Refused for one that is not from above."""
    from_above(giver, here)
    copied = ("number", "desk", "kind", "step", "demand", "at", "due", "unconfirmed")
    return Order(
        id=order_id,
        given=False,
        case_id=case,
        giver=giver,
        receiver=here.office,
        supervisor="",
        **{name: data[name] for name in copied},
    )


def publish(cmd: Mapping[str, Any], here: Here) -> Decision[None]:
    """The district tells a policy version to every office below. Raises Refused elsewhere, or without a leader."""
    if here.office != here.tree.root.id:
        raise Refused("district_only", "政策版本只能由区级发布")
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "发布政策须由领导决定")
    data = {name: cmd[name] for name in ("version", "valid_from", "body")}
    below = [office.id for office in here.tree.descendants(here.office) if office.tier != PORTAL_TIER]
    tells = tuple(Tell(office, "supervision", "policy_published", "", data) for office in below)
    return Decision(None, tells, "publish_policy", data={"version": cmd["version"], "offices": len(below)})


def ask_audit(audit: str, office: str, heads: Sequence[Mapping[str, Any]], here: Here) -> Decision[None]:
    """Ask an office below for its audit against the journal ``heads`` kept here. Raises Refused for any other office."""
    if office not in {each.id for each in here.tree.descendants(here.office) if each.tier != PORTAL_TIER}:
        raise Refused("not_below", "只能要求下级单位自查", {"office": ["不是本单位的下级"]})
    tell = Tell(office, "supervision", "audit_requested", "", {"audit": audit, "heads": heads})
    return Decision(None, (tell,), "request_audit", data={"office": office, "audit": audit})


def answer_finding(answer: Mapping[str, Any], kept_hash: str | None) -> dict[str, Any] | None:
    """What is wrong with an answered head: another hash than the one kept here under the same number, or None."""
    if kept_hash is None or kept_hash == answer["hash"]:
        return None
    say = f"第{answer['epoch']}代第{answer['seq']}行的日志与本单位留存的不一致"
    return {"what": "rewritten", "say": say, "seq": answer["seq"], "grave": True}


def audit_state(requested_at: datetime, answered_at: datetime | None, findings: int, here: Here) -> str:
    """answered clean, findings, waiting, or silent: no answer within the policy's hours of arrival."""
    if answered_at is not None:
        return "findings" if findings else "clean"
    hours = (here.now - requested_at).total_seconds() / 3600
    return "silent" if hours > here.policy.arrival_gap_hours else "waiting"
