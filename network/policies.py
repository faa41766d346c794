"""Policy versions an office knows: the first from its files, later ones published by the district and kept as rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.policy import Policy
from contracts.policy_schema import policy_from
from network.tables import PolicyRow


def keep(session: Session, version: str, valid_from: datetime, body: Mapping[str, Any]) -> Policy:
    """Keep a published version, in the caller's transaction. Raises PolicyError naming the faults; the same twice is no error."""
    policy = policy_from(dict(body))
    if session.get(PolicyRow, version) is None:
        session.add(PolicyRow(version=version, valid_from=valid_from, body=dict(body)))
    return policy


def kept(session: Session) -> list[Policy]:
    """The published versions this office has."""
    return [policy_from(row.body) for row in session.scalars(select(PolicyRow).order_by(PolicyRow.valid_from))]
