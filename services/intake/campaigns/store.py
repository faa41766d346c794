"""Queries of this room."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.state import as_state, keep
from services.intake.campaigns.models import IntakeCampaign
from services.intake.campaigns.rules import Campaign


def campaign(session: Session, campaign_id: str) -> Campaign | None:
    """A campaign as it stands, its row locked."""
    row = session.get(IntakeCampaign, campaign_id, with_for_update=True)
    return None if row is None else as_state(Campaign, row)


def write(session: Session, state: Campaign) -> None:
    keep(session, IntakeCampaign, state.campaign, state)


def listed(session: Session) -> Sequence[Campaign]:
    """Every campaign known here, the latest first."""
    rows = session.scalars(select(IntakeCampaign).order_by(IntakeCampaign.since.desc(), IntakeCampaign.campaign))
    return [as_state(Campaign, row) for row in rows]
