"""An activity goes up to every office above, and is believed only from where it was done. Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from contracts.activities import Activity, matter_of
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell

DRIFT = timedelta(hours=1)
OWN = ("case",)
"""What of an activity stays with its own office."""


def log(activity: Activity, here: Here) -> Decision[Activity]:
    """Keep an activity of this office, new or changed, and tell it to every office above. Raises Refused for the future."""
    if activity.at > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"at": ["不能晚于现在"]})
    kept = replace(activity, office=here.office, matter=matter_of(activity.case) or activity.matter)
    data = {name: value for name, value in vars(kept).items() if name not in OWN}
    tells = tuple(Tell(office.id, "intake", "activity_told", "", data) for office in here.tree.ancestors(here.office))
    return Decision(kept, tells, "activity", data={"activity": kept.activity, "kind": kept.kind, "rev": kept.rev})


def take(known: Activity | None, data: Mapping[str, Any], sender: str, here: Here) -> Activity | None:
    """An activity told from below as it stands now; None where nothing changes. Only its own office may tell it, and none
    that lies ahead: it would count in a month that is not over. Clocks may differ by ``DRIFT``.
    """
    if data["office"] != sender or sender not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"工作记录只能由完成它的下级单位报送,{sender} 不是")
    if known is not None and known.office != sender:
        raise Refused("not_yours", "该工作记录属于另一单位")
    if data["at"] > here.now + DRIFT:
        raise Refused("in_future", "工作记录的时间晚于现在", {"at": ["晚于现在"]})
    if known is not None and known.rev >= data["rev"]:
        return None
    return Activity(**data)
