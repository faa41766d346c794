"""What a supervisor does about an order: presses the office by phone, on the spot or by report (S73), and closes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.authority import room_of
from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.words import Status
from services.supervision.ledger.rules import Line
from services.supervision.orders.rules import COMMANDED, KEY, LEADER, Order, journalled, visible

ON_SITE = "on_site"
REOPEN = "reopen"


@dataclass(frozen=True)
class Pressing:
    """One act of a supervisor about a case; ``order_id`` is the order it belongs to, ``room`` the room (S67), "" for none."""

    id: str
    case_id: str
    order_id: str
    way: str
    at: datetime
    by: str
    whom: str
    said: str
    next_at: datetime | None
    room: str = ""


def press(
    line: Line | None, order: Order | None, press_id: str, cmd: Mapping[str, Any], here: Here
) -> Decision[Pressing]:
    """Keep what a supervisor did about a case that an office below holds. Raises NotFound, Refused.

    ``order`` is the one named by ``cmd``, if it names any; it must be given here, for this case, and open.
    """
    line = _held_below(line, here)
    if cmd["order"]:
        _open_order(order, line.case_id, here)
    at = cmd["at"] or here.now
    if at > here.now:
        raise Refused("in_future", "督办时间不能晚于现在", {"at": ["晚于现在"]})
    if cmd["next_at"] is not None and cmd["next_at"] <= at:
        raise Refused("next_before", "下次督办须晚于本次", {"next_at": ["不晚于本次督办时间"]})
    words = {name: cmd[name] for name in ("way", "whom", "said", "next_at")}
    done = Pressing(press_id, line.case_id, cmd["order"], at=at, by=here.actor.id, room=room_of(here), **words)
    return Decision(done, (), "pressed", journalled(line.desk, done.said), {"press": press_id, "way": done.way})


def _held_below(line: Line | None, here: Here) -> Line:
    line = visible(line, here.actor)
    if line.holder not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", "只能督办下级单位正在承办的事项", {"case": ["承办单位不是本单位的下级"]})
    return line


def reopen(line: Line | None, press_id: str, reason: str, here: Here) -> Decision[Pressing]:
    """A leader orders the holder below to open a case that is over again (R20), whether or not it was ever held here.

    The reason stays here, among what was done about the case. Raises NotFound, Refused.
    """
    line = _held_below(line, here)
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "责令重新办理须由领导决定", {"case": ["需要领导权限"]})
    if line.status not in (Status.CONCLUDED, Status.WITHDRAWN):
        raise Refused("not_over", "该事项尚未办结,无须责令重新办理", {"case": [f"状态为{Status(line.status).zh}"]})
    done = Pressing(press_id, line.case_id, "", REOPEN, here.now, here.actor.id, line.holder, reason, None)
    data = {"term": {"override": line.override, "n": line.n}, "at": here.now}
    order = Tell(line.holder, "assignment", "reopen_ordered", line.case_id, data)
    return Decision(done, (order,), "reopen_ordered", journalled(line.desk, reason), {"holder": line.holder})


def close(order: Order | None, presses: Iterable[Pressing], cmd: Mapping[str, Any], here: Here) -> Decision[Order]:
    """The order has done its work. A key order is closed by a leader, after somebody went there (S77).

    Raises NotFound, Refused.
    """
    order = _open_order(order, None, here)
    if order.kind == KEY and LEADER not in here.actor.roles:
        raise Refused("leader_needed", "重点督办须由领导办结")
    if order.kind == KEY and not any(each.way == ON_SITE and each.order_id == order.id for each in presses):
        raise Refused("no_site_visit", "重点督办须有实地督办记录才能办结", {"order": ["没有实地督办记录"]})
    closed = replace(order, state="closed", why=cmd["result"], ended_by=here.actor.id, ended_at=here.now)
    data = {"order": order.id, "at": here.now, "result": cmd["result"]}
    tell = Tell(order.receiver, "supervision", "order_closed", order.case_id, data)
    return Decision(closed, (tell,), "order_closed", journalled(order.desk, cmd["result"]), {"order": order.id})


def withdraw(order: Order | None, why: str, here: Here) -> Decision[Order]:
    """The order does not stand: it counts in no figure (S79). What a leader ordered a leader withdraws. NotFound, Refused."""
    order = _open_order(order, None, here)
    if order.kind == KEY and LEADER not in here.actor.roles:
        raise Refused("leader_needed", "重点督办须由领导撤回")
    if order.step != COMMANDED:
        raise Refused("of_the_ladder", "逾期自动发出的督办不能由人撤回", {"order": ["不是人工督办"]})
    gone = replace(order, state="withdrawn", why=why, ended_by=here.actor.id, ended_at=here.now)
    told = {"order": order.id, "at": here.now, "why": why}
    tell = Tell(order.receiver, "supervision", "order_withdrawn", order.case_id, told)
    return Decision(gone, (tell,), "withdraw_order", journalled(order.desk, why), {"order": order.id})


def _open_order(order: Order | None, case: str | None, here: Here) -> Order:
    if order is None or order.desk != here.actor.desk or case not in (None, order.case_id):
        raise NotFound("督办")
    if order.state != "open":
        raise Refused("not_open", "督办已经办结或撤回", {"order": ["已经办结或撤回"]})
    return order


def closed_above(order: Order | None, giver: str, data: Mapping[str, Any]) -> Decision[Order]:
    """The order received here was closed by who gave it; a second word changes nothing. Raises NotFound, Refused."""
    if order is None:
        raise NotFound("督办")
    if order.giver != giver:
        raise Refused("not_yours", f"督办由 {order.giver} 发出,{giver} 不能办结")
    if order.state != "open":
        return Decision(order, (), "order_close_again", "", {"order": order.id})
    closed = replace(order, state="closed", why=data["result"], ended_by=giver, ended_at=data["at"])
    return Decision(closed, (), "order_closed", journalled(order.desk, data["result"]), {"order": order.id})
