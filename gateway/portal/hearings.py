"""Public hearings that are announced, and terminating opinions that were published (S101, S107)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.errors import Refused
from contracts.letters import Letter
from gateway.portal.models import HearingRow
from network.offices import District
from network.uow import UnitOfWork

MOST = 200


def take(uow: UnitOfWork, letter: Letter) -> None:
    """What an office published of a hearing of its own; an older word changes nothing."""
    data, row = (
        letter.data,
        uow.session.get(HearingRow, (letter.data["session"], letter.data["kind"]), with_for_update=True),
    )
    if not uow.office.tree.in_network(letter.office):
        raise Refused("not_in_network", "听证只能由本网络内的单位公开")
    if row is not None and row.office != letter.office:
        raise Refused("not_yours", "该听证属于另一单位")
    if row is None:
        row = HearingRow(session=data["session"], kind=data["kind"], office=letter.office, rev=0)
        uow.session.add(row)
    if data["rev"] > row.rev:
        for name in ("rev", "form", "place", "at", "text", "withdrawn"):
            setattr(row, name, data[name])
    uow.note("hearing_published", data={"session": data["session"], "kind": data["kind"], "rev": data["rev"]})


def listed(session: Session, tree: District, now: datetime) -> dict[str, Any]:
    """Hearings still to come, the next first; published opinions, the latest first."""
    rows = [row for row in session.scalars(select(HearingRow).order_by(HearingRow.at)) if not row.withdrawn]
    coming = [_shown(row, tree) for row in rows if row.kind == "notice" and row.at >= now]
    ended = [_shown(row, tree) for row in reversed(rows) if row.kind == "termination"]
    return {"coming": coming[:MOST], "ended": ended[:MOST]}


def _shown(row: HearingRow, tree: District) -> Mapping[str, Any]:
    return {
        "office": tree.name_of(row.office),
        "form": row.form,
        "place": row.place,
        "at": row.at.isoformat(),
        "text": row.text,
    }
