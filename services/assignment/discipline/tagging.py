"""What a discipline report is about, in the desk's words: nature, object, rule sets, violations (S83, S84, domain 3.4).

And early warning: several slight reports about one person or unit (S82). Pure; nothing follows of itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.words import Disposal
from services.assignment import guards
from services.assignment.discipline.rules import of_discipline
from services.assignment.state import CaseState

SLIGHT = ("incipient", "tendency")


@dataclass(frozen=True)
class Tags:
    """What the desk says of a report. ``nature`` is incipient (苗头性), tendency (倾向性) or other."""

    case: str
    nature: str
    object: str
    rule_sets: tuple[str, ...]
    violations: tuple[str, ...]
    by: str
    at: datetime


def tag(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[Tags]:
    """Say it, or say it anew; the words are the policy's. Raises Refused for one that is not, and away from the holder."""
    of_discipline(state)
    guards.held(state, here)
    for field, known in (("rule_sets", here.policy.rule_sets), ("violations", here.policy.violations)):
        if strange := [word for word in cmd[field] if word not in known]:
            raise Refused("unknown_word", "不在政策规定的种类之内", {field: [f"没有: {'、'.join(strange)}"]})
    lists = {name: tuple(dict.fromkeys(cmd[name])) for name in ("rule_sets", "violations")}
    tags = Tags(state.case, cmd["nature"], cmd["object"], by=here.actor.id, at=here.now, **lists)
    return Decision(tags, (), "report_tagged")


def is_slight(state: CaseState, nature: str) -> bool:
    """Whether the desk took the report for slight: by its nature, or by the way it was disposed of."""
    return nature in SLIGHT or state.disposal == Disposal.PETITION_SUPERVISION


def warnings(
    slight: Iterable[CaseState], groups: Sequence[Collection[str]], here: Here
) -> list[tuple[int, list[CaseState]]]:
    """(number of the group, its reports) for each group of marks that enough of these reports bear one of.

    Enough and how long ago are the policy's; a repeat of a report counts as one with it.
    """
    wanted = here.policy.early_warning
    since = here.now - timedelta(days=wanted.days)
    recent = [(state, set(state.marks)) for state in slight if state.entered_at >= since and not state.repeat_of]
    found = [(number, [state for state, marks in recent if marks & set(group)]) for number, group in enumerate(groups)]
    return [(number, states) for number, states in found if len(states) >= wanted.count]
