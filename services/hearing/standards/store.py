"""Queries of this room."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.hearing.standards.models import CheckRow, RuleRow
from services.hearing.standards.rules import Check, Rule


def rules(session: Session, desk: str) -> list[Rule]:
    """Every version of a desk's texts, slot by slot, the oldest first."""
    query = select(RuleRow).where(RuleRow.desk == desk).order_by(RuleRow.slot, RuleRow.version)
    return [as_state(Rule, row) for row in session.scalars(query)]


def checks(session: Session, case_id: str) -> list[Check]:
    query = select(CheckRow).where(CheckRow.case_id == case_id).order_by(CheckRow.ordinal, CheckRow.at, CheckRow.slot)
    return [as_state(Check, row) for row in session.scalars(query)]


def keep_rule(session: Session, state: Rule) -> None:
    keep(session, RuleRow, (state.desk, state.slot, state.version), state)


def keep_check(session: Session, state: Check) -> None:
    keep(session, CheckRow, (state.case_id, state.ordinal, state.slot, state.version), state)
