"""A completed hearing as it is counted, and whom it is told to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.activities import matter_of
from contracts.context import Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.words import Desk
from services.hearing.cases.rules import HearingCase
from services.hearing.sessions.rules import Hearing


@dataclass(frozen=True)
class Held:
    """``matters`` and ``resolved`` stand for cases (``contracts.activities.matter_of``): distinct, and no way to a file."""

    session: str
    office: str
    at: datetime
    form: str
    matters: tuple[str, ...]
    resolved: tuple[str, ...]
    agreed: bool
    hidden_from: tuple[str, ...] = ()


def held(hearing: Hearing, cases: Sequence[HearingCase], resolved: Sequence[str], here: Here) -> Held:
    """What is counted of a hearing that was completed now. Petitions only: nothing of discipline is counted with them."""
    return Held(
        session=hearing.id,
        office=here.office,
        at=hearing.held_at or here.now,
        form=hearing.form,
        matters=tuple(sorted(matter_of(case.case_id) for case in cases)),
        resolved=tuple(sorted(matter_of(case) for case in set(resolved))),
        agreed=bool(hearing.terms),
        hidden_from=tuple(sorted({office for case in cases for office in case.excluded})),
    )


def tells(state: Held, cases: Sequence[HearingCase], here: Here) -> tuple[Tell, ...]:
    """To the hearing of every office above that is recused from none of the cases."""
    if any(case.desk != Desk.PETITION for case in cases):
        return ()
    names = ("session", "at", "form", "matters", "resolved", "agreed", "hidden_from")
    data = {name: getattr(state, name) for name in names}
    above = [office.id for office in here.tree.ancestors(here.office) if office.id not in state.hidden_from]
    return tuple(Tell(office, "hearing", "hearing_held", "", data) for office in above)


def told(sender: str, data: Mapping[str, Any], here: Here) -> Held:
    """A hearing of an office below. Raises Refused from anybody else, and for a moment that has not come."""
    if sender not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"{sender} 不是下级单位")
    if not set(data["resolved"]) <= set(data["matters"]):
        raise Refused("not_heard", "化解的事项不在听证的事项之内")
    listed = {name: tuple(data[name]) for name in ("matters", "resolved", "hidden_from")}
    return Held(
        session=data["session"],
        office=sender,
        at=min(data["at"], here.now),
        form=data["form"],
        agreed=data["agreed"],
        **listed,
    )
