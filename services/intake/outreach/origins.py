"""Where a report came from: checked before it is registered, linked in the same commit (S23, S26, S54)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from contracts.activities import campaign_flag
from contracts.errors import NotFound
from contracts.letters import Tell
from contracts.outreach import Source
from contracts.words import Desk
from network.offices import Office
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.campaigns import acts as campaigns
from services.intake.outreach.cards import acts as cards
from services.intake.outreach.cards.rules import petition_desk
from services.intake.outreach.demands import acts as demands
from services.intake.outreach.demands.rules import Origin
from services.intake.outreach.going_down import acts as going_down
from services.intake.outreach.visits import acts as visits


def of_report(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Origin | None:
    """What a registration names of ``card``, ``visit`` and ``go_down``. Raises Refused, by field; the campaign included."""
    campaigns.check(uow, cmd["campaign"])
    return _named(uow, cmd)


def _named(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Origin | None:
    if cmd["card"]:
        return cards.origin(uow, cmd["card"])
    if cmd["visit"]:
        return visits.origin(uow, cmd["visit"])[0]
    if cmd["go_down"]:
        return going_down.origin(uow, cmd["go_down"])[0]
    return None


def flags(cmd: Mapping[str, Any], origin: Origin | None) -> tuple[str, ...]:
    """The flags of a report's campaigns: the one that is named, and that of where it was collected (S8, S11)."""
    named = (cmd["campaign"], origin.campaign if origin is not None else "")
    return tuple(campaign_flag(each) for each in dict.fromkeys(named) if each)


def registered(uow: UnitOfWork, origin: Origin | None, case: str, entered_at: datetime, place: str) -> None:
    """A report was registered: it counts as collected when it was taken."""
    if origin is None:
        return
    if origin.source == Source.CARD:
        cards.registered(uow, origin.of, case, entered_at, place)
    demands.collected(uow, origin, case, entered_at)


def filed_by_card(uow: UnitOfWork, filed: Mapping[str, Any]) -> None:
    """A petition came to the portal by a contact card: the office that printed it learns that, and nothing of the petition."""
    printer = filed["card"].rpartition("-")[0]
    if filed["desk"] == Desk.PETITION and printer in (uow.office.id, *(below.id for below in _below(uow))):
        told = {"serial": filed["card"], "at": filed["filed_at"]}
        uow.tell(Tell(printer, uow.service, "card_used", "", told))


def _below(uow: UnitOfWork) -> Iterator[Office]:
    tree = uow.office.tree
    return (each for each in tree.descendants(uow.office.id) if tree.in_network(each.id))


def link(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A report that stands in the register was collected there; it counts on the day of the visit, or when it was taken."""
    petition_desk(uow.here)
    row = register.report_seen(uow.session, cmd["case"])
    if row is None or row.recalled or row.desk != uow.actor.desk:
        raise NotFound("该登记")
    origin, at = _linked(uow, cmd, row.entered_at)
    state = demands.collected(uow, origin, row.case, at)
    if origin.source == Source.CARD:
        cards.registered(uow, origin.of, row.case, row.entered_at, row.place)
    uow.note("demand_linked", row.case, data={"source": origin.source.value, "of": origin.of})
    return {"case": row.case, "source": state.source, "of": state.of}


def _linked(uow: UnitOfWork, cmd: Mapping[str, Any], entered_at: datetime) -> tuple[Origin, datetime]:
    if cmd["visit"]:
        origin, visit = visits.origin(uow, cmd["visit"])
        return origin, visit.at
    if cmd["go_down"]:
        origin, held = going_down.origin(uow, cmd["go_down"])
        return origin, held.at or entered_at
    return cards.origin(uow, cmd["card"]), entered_at
