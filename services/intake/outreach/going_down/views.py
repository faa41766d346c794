"""What a desk is shown of going down: JSON-able dicts. A case that the leader is recused from is in none of them."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.errors import NotFound
from contracts.outreach import Source
from contracts.veils import is_veiled
from network import veils
from services.intake.outreach.cards.rules import petition_desk
from services.intake.outreach.demands import store as demands
from services.intake.outreach.going_down import store
from services.intake.outreach.going_down.rules import CaseDown, GoingDown


def going_down(session: Session, known: GoingDown) -> dict[str, Any]:
    """One, with its cases and what was taken on the spot; what is asked for shows as a number."""
    cases = [_case(one) for one in store.cases(session, known.go_down) if _goes(session, one, known.leader)]
    demanded = demands.cases_of(session, Source.GO_DOWN, known.go_down)
    return {**vars(known), "waiting": len(known.waiting), "cases": cases, "demands": demanded}


def _goes(session: Session, one: CaseDown, leader: str) -> bool:
    """Whether the case is still here and the leader may see it."""
    return bool(one.case) and not is_veiled(one.case, leader, veils.kept(session, one.case))


def _case(one: CaseDown) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if name not in ("taken", "go_down")}


def get(session: Session, here: Here, go_down: str) -> dict[str, Any]:
    """One. Raises NotFound."""
    petition_desk(here)
    known = store.going_down(session, go_down)
    if known is None:
        raise NotFound("该下访记录")
    return going_down(session, known)


def listed(session: Session, here: Here, limit: int, after: str, *, only_open: bool) -> dict[str, Any]:
    """A page of them."""
    petition_desk(here)
    found = store.listed(session, limit, after, only_open=only_open)
    skipped = (int(after) if after.isdecimal() else 0) + len(found)
    return {
        "go_downs": [going_down(session, each) for each in found],
        "next": str(skipped) if len(found) == limit else "",
    }
