"""Load, decide, save, say: campaigns."""

from collections.abc import Mapping
from typing import Any

from contracts.letters import Letter
from network.uow import UnitOfWork
from services.intake.campaigns import rules, store


def set_up(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Set up or change a campaign."""
    decision = rules.set_up(store.campaign(uow.session, cmd["campaign"]), cmd, uow.here)
    store.write(uow.session, decision.state)
    uow.apply(decision)
    return decision.state.plain()


def published(uow: UnitOfWork, letter: Letter) -> None:
    """A campaign from above."""
    known = store.campaign(uow.session, letter.data["campaign"])
    state = rules.take(known, letter.data, letter.office, uow.here)
    if state is not None:
        store.write(uow.session, state)
    uow.note("campaign_heard", data={"campaign": letter.data["campaign"], "rev": letter.data["rev"]})


def check(uow: UnitOfWork, campaign: str) -> None:
    """For the other rooms: Refused (field ``campaign``) unless it is "" or a campaign that has begun."""
    if campaign:
        rules.running(store.campaign(uow.session, campaign), uow.here)
