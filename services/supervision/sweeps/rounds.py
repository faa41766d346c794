"""Extra rounds (集中排查, S44): ordered by a leader, owed like a period, climbing the same ladder. Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from contracts.calendar import SHANGHAI, local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.words import Desk
from services.supervision.orders.rules import LEADER, PORTAL_TIER
from services.supervision.periods.rules import Period, period_id
from services.supervision.sweeps.rules import ROUND, SWEEP_CLOCK, may_work


@dataclass(frozen=True)
class Round:
    """An extra round of ``office`` and the ``offices`` below it that sweep; it lasts from ``since`` to ``until``."""

    round: str
    office: str
    name: str
    since: date
    until: date
    scope: str
    about: str
    offices: tuple[str, ...]


def order(known: Round | None, cmd: Mapping[str, Any], here: Here) -> Decision[Round]:
    """A leader orders a round of offices below, of all of them where none is named. Raises Refused."""
    may_work(here)
    if LEADER not in here.actor.roles:
        raise Refused("leader_needed", "集中排查由负责人部署")
    if known is not None:
        raise Refused("known_round", "已有同名的集中排查", {"round": ["已经用过"]})
    if cmd["until"] < local_day(here.now):
        raise Refused("past", "集中排查不能在过去结束", {"until": ["不能早于今天"]})
    below = [office.id for office in here.tree.descendants(here.office) if office.tier != PORTAL_TIER]
    if strangers := sorted(set(cmd["offices"]) - set(below)):
        raise Refused("not_below", "只能部署给下级单位", {"offices": [f"不是下级单位: {'、'.join(strangers)}"]})
    if not below:
        raise Refused("not_below", "本单位没有下级单位", {"offices": ["没有下级单位"]})
    state = Round(**{**cmd, "offices": tuple(cmd["offices"] or below)}, office=here.office)
    data = {**cmd, "offices": list(state.offices)}
    tells = tuple(Tell(office, "supervision", "round_ordered", "", data) for office in _told(state, here))
    return Decision(state, tells, "order_round", data={"round": state.round, "offices": len(state.offices)})


def _told(state: Round, here: Here) -> list[str]:
    """Who keeps what is owed: the offices that sweep, those between, and those above."""
    below = {office.id for office in here.tree.descendants(here.office)}
    between = {above.id for office in state.offices for above in here.tree.ancestors(office)} & below
    return sorted({*state.offices, *between, *(office.id for office in here.tree.ancestors(here.office))})


def heard(known: Round | None, data: Mapping[str, Any], sender: str, here: Here) -> Round | None:
    """A round ordered elsewhere; None where it is known. Only offices above or below order one, of offices below them."""
    if known is not None:
        if known.office != sender:
            raise Refused("not_yours", "同名的集中排查由另一单位部署")
        return None
    above, below = here.tree.ancestors(here.office), here.tree.descendants(here.office)
    if sender not in {office.id for office in (*above, *below)}:
        raise Refused("not_in_line", f"集中排查须由上级部署,{sender} 不是")
    of_sender = {office.id for office in here.tree.descendants(sender)}
    if set(data["offices"]) - of_sender:
        raise Refused("not_below", "集中排查只能部署给下级单位")
    return Round(**{**data, "offices": tuple(data["offices"])}, office=sender)


def owed(state: Round, here: Here) -> list[Period]:
    """What this office and those below owe for the round: a return after its last day, within K25."""
    opens_at = datetime.combine(state.until, time(0), SHANGHAI)
    ends = here.policy.due(SWEEP_CLOCK, opens_at)
    mine = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    kind, period = f"{ROUND}{state.round}", state.until.isoformat()
    return [
        Period(
            id=period_id(office, kind, period),
            kind=kind,
            clock=SWEEP_CLOCK,
            desk=Desk.PETITION.value,
            office=office,
            period=period,
            label=state.name,
            opens_at=opens_at,
            due=ends.at,
            provisional=ends.provisional,
            how=ends.how,
        )
        for office in state.offices
        if office in mine
    ]
