"""Who sets up a campaign, and whose word of one is believed (S8, S11, S24, S52). Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.words import Desk


@dataclass(frozen=True)
class Campaign:
    """A campaign of ``office`` and all below it, from ``since`` to ``until``, both counted."""

    campaign: str
    office: str
    name: str
    since: date
    until: date
    leaders_target: int = 0
    cadres_target: int = 0
    visits_due: Mapping[str, int] = field(default_factory=dict)
    cadres: tuple[str, ...] = ()
    rev: int = 1

    def plain(self) -> dict[str, Any]:
        """As it is told and shown."""
        return {**vars(self), "visits_due": dict(self.visits_due), "cadres": list(self.cadres)}


def set_up(known: Campaign | None, cmd: Mapping[str, Any], here: Here) -> Decision[Campaign]:
    """A leader sets up a campaign or changes his own office's; told to every office below. Raises Refused."""
    if here.actor.desk != Desk.PETITION or "leader" not in here.actor.roles:
        raise Refused("leader_needed", "专项行动由负责人设立")
    if known is not None and known.office != here.office:
        raise Refused("not_yours", "该专项行动由上级设立", {"campaign": ["由上级设立"]})
    strangers = sorted(set(cmd["visits_due"]) - _own(here))
    if strangers:
        raise Refused(
            "not_below", "只能给本单位及下级定任务", {"visits_due": [f"不是本单位或者下级: {'、'.join(strangers)}"]}
        )
    rev = known.rev + 1 if known is not None else 1
    state = Campaign(**{**cmd, "cadres": tuple(cmd["cadres"])}, office=here.office, rev=rev)
    data = {name: value for name, value in state.plain().items() if name != "office"}
    tells = tuple(
        Tell(office.id, "intake", "campaign_published", "", data) for office in here.tree.descendants(here.office)
    )
    return Decision(state, tells, "set_campaign", data={"campaign": state.campaign, "rev": rev})


def _own(here: Here) -> set[str]:
    return {here.office, *(office.id for office in here.tree.descendants(here.office))}


def take(known: Campaign | None, data: Mapping[str, Any], sender: str, here: Here) -> Campaign | None:
    """A campaign from above as it stands now; None where nothing changes. Raises Refused for one that is not the sender's."""
    if sender not in {office.id for office in here.tree.ancestors(here.office)}:
        raise Refused("not_above", f"专项行动只能由上级发布,{sender} 不是")
    if known is not None and known.office != sender:
        raise Refused("not_yours", "该专项行动属于另一单位")
    if known is not None and known.rev >= data["rev"]:
        return None
    return Campaign(**{**data, "cadres": tuple(data["cadres"])}, office=sender)


def running(campaign: Campaign | None, here: Here) -> None:
    """Raises Refused unless the campaign is there and not over: work may be booked on it until its last day."""
    if campaign is None:
        raise Refused("unknown_campaign", "没有这一专项行动", {"campaign": ["没有这一专项行动"]})
    if local_day(here.now) < campaign.since:
        raise Refused("campaign_not_begun", "该专项行动尚未开始", {"campaign": [f"自{campaign.since}起"]})
