"""Guiding supervision (S75): chosen with a reason, by people who are neither of the supervised office nor recused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell
from services.supervision.ledger.rules import Line
from services.supervision.orders.rules import Order, fit_to_supervise, journalled

GUIDANCE = "guidance"
CHOICE, OPINION, STEP = "choice", "opinion", "step"


@dataclass(frozen=True)
class Entry:
    """An entry of a guidance order, whichever office keeps it."""

    id: str
    order_id: str
    case_id: str
    desk: str
    giver: str
    receiver: str
    kind: str
    at: datetime
    by: str
    words: str
    persons: tuple[str, ...] = ()
    due: datetime | None = None
    done_at: datetime | None = None
    result: str = ""


def choose(
    order: Order | None, line: Line | None, entry: str, cmd: Mapping[str, Any], of_unit: Collection[str], here: Here
) -> Decision[Entry]:
    """Why, and who takes part; a later choice stands beside the one before. ``line`` is the case's. NotFound, Refused."""
    order = _open(order, here)
    persons = tuple(dict.fromkeys(cmd["persons"]))
    for person in persons:
        if line is not None:
            fit_to_supervise(person, line, of_unit, "persons")
    return _added(_entry(order, entry, CHOICE, cmd["why"], here, persons=persons))


def advise(order: Order | None, chosen: bool, entry: str, opinion: str, here: Here) -> Decision[Entry]:
    """An opinion, once it is known who takes part. Raises NotFound, Refused."""
    return _added(_entry(_chosen(order, chosen, here), entry, OPINION, opinion, here))


def step(order: Order | None, chosen: bool, entry: str, cmd: Mapping[str, Any], here: Here) -> Decision[Entry]:
    """A joint step with its day. Raises NotFound, Refused."""
    if cmd["due"] <= here.now:
        raise Refused("due_past", "期限须晚于现在", {"due": ["已经过去"]})
    planned = _entry(_chosen(order, chosen, here), entry, STEP, cmd["what"], here)
    return _added(replace(planned, by=cmd["by"], due=cmd["due"]))


def _open(order: Order | None, here: Here) -> Order:
    if order is None or order.desk != here.actor.desk or order.kind != GUIDANCE:
        raise NotFound("指导督办")
    if order.state != "open":
        raise Refused("not_open", "督办已经办结或撤回", {"order": ["已经办结或撤回"]})
    return order


def _chosen(order: Order | None, chosen: bool, here: Here) -> Order:
    order = _open(order, here)
    if not chosen:
        raise Refused("not_chosen", "先写明为何选择参与、由谁参与", {"order": ["没有选择记录"]})
    return order


def _entry(order: Order, entry: str, kind: str, words: str, here: Here, persons: tuple[str, ...] = ()) -> Entry:
    about = (order.id, order.case_id, order.desk, order.giver, order.receiver)
    return Entry(entry, *about, kind, here.now, here.actor.id, words, persons)


def _added(entry: Entry) -> Decision[Entry]:
    data = {"order": entry.order_id, "entry": entry.id, "kind": entry.kind, "at": entry.at, "by": entry.by}
    data |= {"words": entry.words, "persons": list(entry.persons), "due": entry.due}
    tell = Tell(entry.receiver, "supervision", "guidance_told", entry.case_id, data)
    why = journalled(entry.desk, entry.words)
    return Decision(entry, (tell,), "guidance_added", why, {"entry": entry.id, "kind": entry.kind})


def received(order: Order, letter: Letter) -> Entry:
    """An entry as the office that received the order keeps it. Raises Refused unless it comes from who gave the order."""
    if letter.office != order.giver:
        raise Refused("not_yours", f"督办由 {order.giver} 发出,{letter.office} 不能补充")
    data = letter.data
    said = {name: data[name] for name in ("kind", "at", "by", "words", "due")}
    about = (order.id, order.case_id, order.desk, order.giver, order.receiver)
    return Entry(data["entry"], *about, **said, persons=tuple(data["persons"]))


def finish(entry: Entry | None, result: str, here: Here) -> Decision[Entry]:
    """A joint step is done; the other office is told. Raises NotFound, Refused."""
    if entry is None or entry.kind != STEP or entry.desk != here.actor.desk:
        raise NotFound("联合步骤")
    if entry.done_at is not None:
        raise Refused("not_open", "这一步已经完成", {"step": ["已经完成"]})
    done = replace(entry, done_at=here.now, result=result)
    other = entry.receiver if here.office == entry.giver else entry.giver
    data = {"entry": entry.id, "at": here.now, "result": result}
    tell = Tell(other, "supervision", "joint_step_done", entry.case_id, data)
    return Decision(done, (tell,), "joint_step_done", journalled(entry.desk, result), {"entry": entry.id})


def finished(entry: Entry, letter: Letter, here: Here) -> Decision[Entry]:
    """The other office says that a step is done; who said so first is kept. Raises Refused from anybody else."""
    if letter.office != (entry.receiver if here.office == entry.giver else entry.giver):
        raise Refused("not_yours", f"{letter.office} 不参与这一步骤")
    if entry.done_at is not None:
        return Decision(entry, (), "joint_step_done_again", "", {"entry": entry.id})
    done = replace(entry, done_at=letter.data["at"], result=letter.data["result"])
    return Decision(done, (), "joint_step_done", journalled(entry.desk, done.result), {"entry": entry.id})
