"""Queries of this room."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.activities import Activity, ActivityKind
from contracts.context import Here
from contracts.figures import Wanted
from network.state import as_state, keep
from services.intake.activities.models import IntakeActivity


def activity(session: Session, activity_id: str) -> Activity | None:
    """An activity as it stands, its row locked."""
    row = session.get(IntakeActivity, activity_id, with_for_update=True)
    return None if row is None else as_state(Activity, row)


def write(session: Session, state: Activity) -> None:
    keep(session, IntakeActivity, state.activity, state)


def counted(session: Session, here: Here, wanted: Wanted, kinds: Collection[ActivityKind] = ()) -> Sequence[Activity]:
    """The activities that count in what is wanted, of these kinds (all where none is named), by time."""
    query = select(IntakeActivity).where(
        IntakeActivity.at >= wanted.begins, IntakeActivity.at < wanted.ends, IntakeActivity.void.is_(False)
    )
    if kinds:
        query = query.where(IntakeActivity.kind.in_([kind.value for kind in kinds]))
    if wanted.campaign:
        query = query.where(IntakeActivity.campaign == wanted.campaign)
    offices = wanted.offices(here)
    rows = session.scalars(query.order_by(IntakeActivity.at, IntakeActivity.activity))
    return [as_state(Activity, row) for row in rows if row.office in offices]


def forget(session: Session, case: str) -> None:
    """A case left this office: that work was done stays counted, about which case is known no more."""
    for row in session.scalars(select(IntakeActivity).where(IntakeActivity.case == case)):
        row.case = row.matter = ""


def of_campaign(session: Session, campaign: str, kinds: Collection[ActivityKind]) -> Sequence[Activity]:
    """Every activity of a campaign that counts, of these kinds, own and told from below, by time."""
    query = select(IntakeActivity).where(
        IntakeActivity.campaign == campaign,
        IntakeActivity.void.is_(False),
        IntakeActivity.kind.in_([kind.value for kind in kinds]),
    )
    rows = session.scalars(query.order_by(IntakeActivity.at, IntakeActivity.activity))
    return [as_state(Activity, row) for row in rows]
