"""What ends a demand: the answer, with what it must bear and what follows it, or the withdrawal."""

import calendar
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import CalendarDays, Due, due, local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from services.supervision.demands.rules import (
    Demand,
    given_here,
    kind_of,
    made_tells,
    must_be,
    own,
    told_case,
    watchers,
)

MONTHS = 12


def answer(demand: Demand | None, cmd: Mapping[str, Any], excluded: Collection[str], here: Here) -> Decision[Demand]:
    """Answer it, at the office it was made of. Raises NotFound, Refused when it is not open or something is missing."""
    demand = own(demand, here)
    if demand.receiver != here.office:
        raise Refused("not_yours", "只有被要求的单位可以答复")
    must_be(demand, "open")
    kind = kind_of(demand.kind, here)
    if kind.signed and not cmd["signed_by"]:
        raise Refused("no_signature", f"{kind.zh}的答复须署名", {"signed_by": ["必须填写"]})
    if kind.adopted and cmd["adopted"] is None:
        raise Refused("not_said", "须说明是否采纳", {"adopted": ["必须填写"]})
    signed = cmd["signed_by"] or (here.actor.id if kind.leader else "")  # a leader reads who answered (K27)
    said = {"answer": cmd["answer"], "adopted": cmd["adopted"], "signed_by": signed}
    answered = replace(demand, state="answered", answered_at=here.now, **said)
    tells = _answer_tells(answered, excluded, here)
    return Decision(answered, tells, "answer_demand", data={"demand": demand.id, "adopted": cmd["adopted"]})


def _answer_tells(demand: Demand, excluded: Collection[str], here: Here) -> tuple[Tell, ...]:
    """The answer to the giver; from the giver to those above that there is one. The giver's letters stay in order so."""
    stub = {"demand": demand.id, "at": demand.answered_at}
    if demand.giver == here.office:
        above = watchers(demand, excluded, here)
        return tuple(Tell(office, "supervision", "demand_answered", told_case(demand), stub) for office in above)
    whole = stub | {"answer": demand.answer, "adopted": demand.adopted, "signed_by": demand.signed_by}
    return (Tell(demand.giver, "supervision", "demand_answered", told_case(demand), whole),)


def take_answer(
    demand: Demand, data: Mapping[str, Any], sender: str, excluded: Collection[str], here: Here
) -> Decision[Demand]:
    """The answer arrives at the giver, or the giver's word of it above. Once. Raises Refused from anybody else."""
    if sender != (demand.receiver if demand.giver == here.office else demand.giver):
        raise Refused("not_yours", f"{sender} 不能答复这一要求")
    if demand.state != "open":
        return Decision(demand, action="answer_not_applied", data={"demand": demand.id, "state": demand.state})
    said = {name: data[name] for name in ("answer", "adopted", "signed_by")}
    answered = replace(demand, state="answered", answered_at=data["at"], **said)
    tells = _answer_tells(answered, excluded, here) if demand.giver == here.office else ()
    return Decision(answered, tells, "demand_answered", data={"demand": demand.id, "adopted": data["adopted"]})


def following(demand: Demand, excluded: Collection[str], here: Here) -> Decision[Demand] | None:
    """What the giver has to do itself once its demand is answered: the recheck of a talk, months after it; or None."""
    kind = kind_of(demand.kind, here)
    if not kind.then or demand.giver != here.office or demand.answered_at is None:
        return None
    ends = months_after(demand.answered_at, kind.then_months, rolls=here.policy.rolls_to_working_day)
    next_one = replace(
        demand,
        id=follower_id(demand.id, kind.then),
        kind=kind.then,
        clock=here.policy.demand_kinds[kind.then].clock,
        receiver=demand.giver,
        follows=demand.id,
        at=demand.answered_at,
        due=ends.at,
        provisional=ends.provisional,
        how=ends.how,
        state="open",
        answer="",
        adopted=None,
        signed_by="",
        answered_at=None,
    )
    return Decision(next_one, made_tells(next_one, excluded, here), "demand_follows", data={"demand": next_one.id})


def follower_id(demand_id: str, kind: str) -> str:
    """The id of what follows a demand, the same however often its answer is heard."""
    return hashlib.blake2b(f"{demand_id} {kind}".encode(), digest_size=16).hexdigest()


def months_after(start: datetime, months: int, *, rolls: bool) -> Due:
    """The end of the day of the same number so many months later, or of that month's last day (民法典 art. 202)."""
    first = local_day(start)
    year, month = divmod(first.year * MONTHS + first.month - 1 + months, MONTHS)
    last = date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))
    ends = due(start, CalendarDays((last - first).days), rolls=rolls)
    return replace(ends, how=(f"{months}个月", *ends.how))


def accept(demand: Demand | None, here: Here) -> Decision[Demand]:
    """The giver takes the answer as sufficient. Raises NotFound, Refused."""
    demand = given_here(demand, here)
    must_be(demand, "answered")
    return Decision(
        replace(demand, state="accepted", ended_at=here.now), (), "accept_answer", data={"demand": demand.id}
    )


def withdraw(demand: Demand | None, why: str, excluded: Collection[str], here: Here) -> Decision[Demand]:
    """The giver withdraws it. Raises NotFound, Refused."""
    demand = given_here(demand, here)
    must_be(demand, "open")
    return withdrawn(demand, why, excluded, here)


def withdrawn(demand: Demand, why: str, excluded: Collection[str], here: Here) -> Decision[Demand]:
    """An open demand withdrawn, and word of it to whoever knows of the demand.

    The letter bears neither case nor reason: the addressee may be recused by now.
    """
    gone = replace(demand, state="withdrawn", why=why, ended_at=here.now)
    to = {demand.receiver, *watchers(demand, excluded, here)} - {here.office}
    data = {"demand": demand.id, "at": here.now}
    tells = tuple(Tell(office, "supervision", "demand_withdrawn", "", data) for office in sorted(to))
    return Decision(gone, tells, "withdraw_demand", data={"demand": demand.id})


def take_withdrawal(demand: Demand, data: Mapping[str, Any], sender: str) -> Decision[Demand]:
    """The giver withdrew it; an answer that was quicker stands. Raises Refused from anybody else."""
    if sender != demand.giver:
        raise Refused("not_yours", f"{sender} 不能撤回这一要求")
    if demand.state != "open":
        return Decision(demand, action="withdrawal_not_applied", data={"demand": demand.id, "state": demand.state})
    gone = replace(demand, state="withdrawn", why=data["why"], ended_at=data["at"])
    return Decision(gone, (), "demand_withdrawn", data={"demand": demand.id})
