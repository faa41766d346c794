"""Who handles a case here: a person, or a case team that gets cases by the batch (S66). Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.veils import is_veiled
from services.assignment import guards
from services.assignment.helping.states import TeamState
from services.assignment.state import CaseState


def assign_handler(state: CaseState, handler: str, here: Here) -> Decision[CaseState]:
    """Name the handler of a case held here, or nobody. Refused: not held, closed, recused (XF22 art. 28)."""
    guards.held(state, here)
    guards.open_case(state)
    if is_veiled(state.case, handler, state.recused):
        raise Refused("recused", "该人员应当回避该事项", {"handler": ["应当回避"]})
    return Decision(replace(state, handler=handler), (), "handler_named")


def form(cmd: Mapping[str, Any], here: Here) -> Decision[TeamState]:
    """A team of the actor's desk. Refused: an area that the policy does not know."""
    if cmd["area"] and cmd["area"] not in here.policy.areas:
        known = "、".join(here.policy.areas)
        raise Refused("unknown_area", "政策中没有这个片区", {"area": [f"可选:{known}"]})
    members = tuple(dict.fromkeys(cmd["members"]))
    formed = TeamState(here.actor.desk, cmd["team"], cmd["name"], cmd["area"], members, here.now, here.actor.id)
    return Decision(formed, (), "team_formed", data={"team": cmd["team"], "members": len(members)})


def leave_team(state: CaseState, _here: Here) -> Decision[CaseState]:
    """The case has a team no more, as one of it is recused."""
    return Decision(replace(state, team=""), (), "team_left", data={"team": state.team})


def assign_team(state: CaseState, team: TeamState, here: Here) -> Decision[CaseState]:
    """Give a case held here to a team. Refused: not held, closed, one of the members recused; it is not said which."""
    guards.held(state, here)
    guards.open_case(state)
    if any(is_veiled(state.case, member, state.recused) for member in team.members):
        raise Refused("recused", "专班中有人应当回避该事项", {"team": ["有人应当回避"]})
    return Decision(replace(state, team=team.team), (), "team_assigned", data={"team": team.team})
