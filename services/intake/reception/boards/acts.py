"""Load, decide, save, say: boards."""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.context import Decision
from contracts.errors import NotFound
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.reception.boards import rules, store
from services.intake.reception.boards.models import IntakeBoardChange, IntakeListing
from services.intake.reception.boards.rules import Board


def of(uow: UnitOfWork, official: str) -> Board:
    """The board of an official of this office. Raises NotFound."""
    found = store.own(uow.session, uow.office.id, official)
    if found is None:
        raise NotFound("该领导的挂牌")
    return found


def draw_up(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = store.own(uow.session, uow.office.id, cmd["official"])
    return _save(uow, known, rules.draw_up(known, cmd, uow.here))


def publish(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = of(uow, cmd["official"])
    return _save(uow, known, rules.publish(known, cmd, uow.here))


def expire(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    known = of(uow, cmd["official"])
    return _save(uow, known, rules.expire(known, cmd, uow.here))


def receives_on(uow: UnitOfWork, official: str, days: Sequence[str]) -> None:
    """For the room of schedules: when this leader receives, as the board says it."""
    known = of(uow, official)
    if known.days != tuple(days):
        _save(uow, known, rules.with_days(known, days, uow.here))


def told(uow: UnitOfWork, letter: Letter) -> None:
    """A board of an office below."""
    known = store.board(uow.session, letter.data["profile"])
    state = rules.take(known, letter.data, letter.office, uow.here)
    if state is not None:
        store.write(uow.session, state)
    uow.note("board_heard", data={"profile": letter.data["profile"], "rev": letter.data["rev"]})


def list_members(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Who of the unit is to be listed."""
    rules.may_list(uow.here)
    row = store.listing(uow.session, uow.office.id)
    new = {"listed": cmd["listed"], "members": [dict(each) for each in cmd["members"]]}
    old = {} if row is None else {"listed": row.listed, "members": row.members}
    if row is None:
        uow.session.add(IntakeListing(office=uow.office.id, **new))
    else:
        row.listed, row.members = new["listed"], new["members"]
    _log(uow, "", ("listing", ""), old, new)
    uow.note("listing_set", data={"listed": cmd["listed"]})
    return new


def _save(uow: UnitOfWork, known: Board | None, decision: Decision[Board]) -> dict[str, Any]:
    state = decision.state
    store.write(uow.session, state)
    _log(uow, state.official, (decision.action, decision.why), known.plain() if known else {}, state.plain())
    uow.apply(decision)
    return state.plain()


def _log(uow: UnitOfWork, official: str, what: tuple[str, str], old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    action, why = what
    row = IntakeBoardChange(id=new_id(), official=official, at=uow.now, by=uow.actor.id, what=action, why=why)
    row.old, row.new = dict(old), dict(new)
    uow.session.add(row)
