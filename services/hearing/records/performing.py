"""Terms of an agreement made at a hearing: each is performed or broken, and somebody says so (S106, K26). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import JUST_AFTER
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import clock, line, milestone
from contracts.words import ClockAct
from services.hearing.cases.rules import HearingCase
from services.hearing.sessions.rules import Hearing

AGREED, PERFORMED, BROKEN = "agreed", "performed", "broken"


@dataclass(frozen=True)
class Term:
    """``ref`` tells its clock from those of the other terms of the case."""

    session_id: str
    number: int
    case_id: str
    ref: str
    what: str
    due: datetime
    agreed_at: datetime
    state: str = AGREED
    how: str = ""
    at: datetime | None = None
    by: str = ""


def terms(hearing: Hearing, here: Here) -> list[Term]:
    """The terms that a hearing closed with."""
    return [
        Term(
            session_id=hearing.id,
            number=number,
            case_id=hearing.case_id,
            ref=f"{hearing.ordinal}.{number}",
            what=each["what"],
            due=datetime.fromisoformat(each["due"]),
            agreed_at=here.now,
        )
        for number, each in enumerate(hearing.terms, 1)
    ]


def confirm(case: HearingCase, term: Term, cmd: Mapping[str, Any], here: Here) -> Decision[Term]:
    """Performed: the clock K26 ends. Broken, once its day has passed: the clock stays late, and supervision orders.

    Refused: a term that was performed, and one that is called broken while there is still time.
    """
    if term.state == PERFORMED:
        raise Refused("performed", "该项已经履行", {"term": ["已履行"]})
    if not cmd["performed"] and here.now < term.due + JUST_AFTER:
        raise Refused("not_due", "期限未到,不能认定未履行", {"performed": ["期限未到"]})
    state = PERFORMED if cmd["performed"] else BROKEN
    said = replace(term, state=state, how=cmd["how"], at=here.now, by=here.actor.id)
    ended = [{**clock("K26", ClockAct.STOP, here.now), "ref": term.ref}] if cmd["performed"] else []
    to = tuple(dict.fromkeys((*line(here.tree, here.office), case.holder)))
    tells = milestone(case, f"term_{state}", here, ended, to=to)
    return Decision(said, tells, f"term_{state}", cmd["how"], {"session": term.session_id, "term": term.number})
