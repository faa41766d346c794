"""Cases that are over, and what opinions promised in them, for the tests of outcomes."""

from datetime import datetime, timedelta
from typing import Any

from services.assignment.handling import rules, settling
from services.assignment.opinions import rules as opinions
from services.assignment.opinions.rules import OpinionState
from services.assignment.state import CaseState
from tests.services.assignment.cases import LEADER, MON, TOWN, VILLAGE, day, held, here

SECOND = timedelta(seconds=1)
BY = day(40)
DRAFT = {
    "verdict": "support",
    "facts": "属实",
    "opinion": "限期清淤",
    "basis": "《信访工作条例》",
    "perform_by": None,
    "no_visit_reason": "可凭材料查明",
}
SERVE = {"way": "direct", "served_at": None, "receiver": "乔满仓", "witness": "", "refused": False}
DECLINE = {"ground": "litigation", "guidance": "向法院起诉", "new_facts": ""}
SETTLE = {"what": "已清渠", "perform_by": None}


def accepted(office: str = TOWN, at: datetime = MON) -> CaseState:
    return rules.accept(held(office), here(office, at)).state


def issued(office: str = TOWN, **draft: Any) -> tuple[CaseState, OpinionState]:
    """A case with its opinion issued on day 1."""
    state = accepted(office)
    drafted = opinions.draft(state, {**DRAFT, **draft}, here(office, day(1))).state
    decision, opinion = opinions.issue(state, drafted, "槐川镇意〔2026〕1号", here(office, day(1), roles=LEADER))
    return decision.state, opinion


def concluded(perform_by: datetime | None = None, office: str = TOWN, **changes: Any) -> CaseState:
    """A case whose opinion was served on day 2, with what it promised."""
    state, opinion = issued(office, perform_by=perform_by)
    served = opinions.serve(state, opinion, {**SERVE, **changes}, here(office, day(2)))
    return served[0].state


def settled(perform_by: datetime | None = None) -> CaseState:
    """A case that the village settled on day 1."""
    return settling.settle(accepted(VILLAGE), {**SETTLE, "perform_by": perform_by}, here(VILLAGE, day(1))).state
