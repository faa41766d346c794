"""Load, decide, save, say: contact cards and slips."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from contracts.outreach import CardKind, Source
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.activities import acts as activities
from services.intake.campaigns import acts as campaigns
from services.intake.outreach.cards import rules, store
from services.intake.outreach.cards.rules import Card
from services.intake.outreach.demands import acts as demands
from services.intake.outreach.demands.rules import Origin


def print_cards(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    campaigns.check(uow, cmd["campaign"])
    counter = store.printed_so_far(uow.session)
    decision = rules.print_cards(new_id(), counter.last, cmd, uow.here)
    batch = decision.state
    counter.last = batch.last
    store.add_batch(uow.session, batch)
    uow.apply(decision)
    _log(uow, ActivityKind.CARDS_PRINTED, uow.now, batch.printed, batch.campaign, batch.kind, batch.batch)
    office = uow.office.id
    return {
        "batch": batch.batch,
        "first": rules.serial_of(office, batch.first),
        "last": rules.serial_of(office, batch.last),
    }


def _log(
    uow: UnitOfWork, kind: ActivityKind, at: datetime, count: int, campaign: str, detail: str, activity: str
) -> None:
    by = uow.actor.person or uow.actor.id
    activities.log(
        uow, Activity(activity, kind.value, uow.office.id, at, by, "", count, detail=detail, campaign=campaign)
    )


def issue(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    campaigns.check(uow, cmd["campaign"])
    decision = rules.issue(store.find_all(uow.session, cmd["serials"], uow.office.id), cmd, uow.here)
    for card in decision.state:
        _given(uow, card)
    uow.apply(decision)
    return {"serials": list(cmd["serials"])}


def _given(uow: UnitOfWork, card: Card) -> None:
    store.write(uow.session, card)
    _log(uow, ActivityKind.CARD_ISSUED, card.issued_at or uow.now, 1, card.campaign, card.given_to, new_id())


def void(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    decision = rules.void(store.find_all(uow.session, cmd["serials"], uow.office.id), cmd, uow.here)
    for card in decision.state:
        store.write(uow.session, card)
        _log(uow, ActivityKind.CARD_VOIDED, uow.now, 1, card.campaign, "", new_id())
    uow.apply(decision)
    return {"serials": list(cmd["serials"])}


def bind(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A slip comes back from where no network was; its report stands in the register."""
    row = register.report_seen(uow.session, cmd["case"])
    if row is None or row.recalled or row.desk != uow.actor.desk:
        raise NotFound("该登记")
    card = _bound(uow, cmd, row.entered_at, row.case)
    demands.collected(uow, Origin(Source.CARD, card.serial, card.campaign), row.case, row.entered_at)
    return {"case": row.case, **vars(card)}


def origin(uow: UnitOfWork, serial: str) -> Origin:
    """The card or slip by which a report comes in. Raises Refused."""
    campaign = rules.collects(serial, *store.find(uow.session, serial, uow.office.id))
    return Origin(Source.CARD, serial, campaign)


def used(uow: UnitOfWork, letter: Letter) -> None:
    """Somebody reported by a card at the portal. That counts as a demand; a card that was not given out, or is void, as none."""
    serial = letter.data["serial"]
    try:
        rules.may_tell(letter.office, uow.here)
        campaign = rules.brings(serial, *store.find(uow.session, serial, uow.office.id))
    except Refused as refused:
        uow.note("card_ignored", why=refused.message, data={"serial": serial})
        return
    demands.collected(uow, Origin(Source.CARD, serial, campaign), "", min(letter.data["at"], uow.now))


def registered(uow: UnitOfWork, serial: str, case: str, entered_at: datetime, place: str) -> None:
    """A report came in by this serial: a slip is bound to it in the same commit."""
    batch = store.batch_of(uow.session, serial, uow.office.id)
    if batch is not None and batch.kind == CardKind.SLIP:
        _bound(uow, rules.slip_of_report(serial, entered_at, place), entered_at, case)


def _bound(uow: UnitOfWork, cmd: Mapping[str, Any], entered_at: datetime, case: str) -> Card:
    decision = rules.bind(store.find(uow.session, cmd["serial"], uow.office.id), entered_at, cmd, uow.here)
    _given(uow, decision.state)
    uow.apply(decision, case)
    return decision.state
