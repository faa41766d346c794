"""Leaders who can be seen by name (点名接访, S89, S91): the boards that offices tell, shown while they run."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from contracts.errors import Refused
from contracts.letters import Letter
from gateway.portal.models import LeaderRow
from network.offices import District
from network.uow import UnitOfWork

SHOWN = ("name", "photo", "post", "duties", "place", "contact", "days")
TOLD = (*SHOWN, "level", "since", "until", "rev")


def take(uow: UnitOfWork, letter: Letter) -> None:
    """A board as it stands. Believed only from the leader's own office; an older one changes nothing."""
    data, row = letter.data, uow.session.get(LeaderRow, letter.data["profile"], with_for_update=True)
    if not uow.office.tree.in_network(letter.office):
        raise Refused("not_in_network", "挂牌只能由本网络内的单位公开")
    if row is not None and row.office != letter.office:
        raise Refused("not_yours", "该挂牌属于另一单位")
    if row is None:
        row = LeaderRow(profile=data["profile"], office=letter.office, rev=0)
        uow.session.add(row)
    if data["rev"] > row.rev:
        for name in TOLD:
            setattr(row, name, data[name])
    uow.note("board_published", data={"profile": data["profile"], "rev": data["rev"]})


def directory(session: Session, tree: District, today: date) -> dict[str, Any]:
    """The boards that run today, by office in the order of the tree: district, departments and towns, communities."""
    found = select(LeaderRow).where(LeaderRow.since <= today, or_(LeaderRow.until.is_(None), LeaderRow.until >= today))
    by_office: dict[str, list[LeaderRow]] = {}
    for row in session.scalars(found.order_by(LeaderRow.level.desc(), LeaderRow.profile)):
        by_office.setdefault(row.office, []).append(row)
    offices = [office for office in tree.network_offices() if office.id in by_office]
    return {"offices": [_office(office.id, office.name, office.tier, by_office[office.id]) for office in offices]}


def _office(office: str, name: str, tier: str, rows: Sequence[LeaderRow]) -> Mapping[str, Any]:
    leaders = [{field: getattr(row, field) for field in SHOWN} for row in rows]
    return {"id": office, "name": name, "tier": tier, "leaders": leaders}
