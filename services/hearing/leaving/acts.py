"""Who left the office: his seats in hearings that were not held yet go to who follows, unless he has to withdraw."""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.errors import Refused
from contracts.letters import Letter
from contracts.moving import HANDED, STAYS, Handed, Left
from network.uow import UnitOfWork
from services.hearing.cases import store as cases
from services.hearing.leaving import store
from services.hearing.sessions import rules
from services.hearing.sessions import store as sessions
from services.hearing.sessions.rules import Hearing
from services.hearing.work import with_recused


def take(uow: UnitOfWork, letter: Letter) -> None:
    """Hand over his seats; a letter heard again finds nothing more."""
    left = Left.of(letter.data)
    found = list(_seats(uow, left)) if left.person else []
    for one in found:
        store.keep(uow, left, one)
    uow.note("person_left", data={"leaving": left.leaving, "handed": sum(one.outcome == HANDED for one in found)})


def _seats(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    for hearing in sessions.listed(uow.session, left.desk):
        seat = next((each for each in hearing.panel if each.get("person") == left.person), None)
        if seat is not None and hearing.state == "open":
            yield _replaced(uow, left, hearing, seat)


def _replaced(uow: UnitOfWork, left: Left, hearing: Hearing, seat: Mapping[str, Any]) -> Handed:
    case = cases.case(uow.session, hearing.case_id, lock=True)
    if case is None:
        return Handed("seat", hearing.id, STAYS, "本机关没有该事项", hearing.case_id)
    by = {**seat, "name": left.successor_name, "person": left.successor}
    cmd = {"name": seat["name"], "by": by, "reason": "离任、调离"}
    try:
        decision = rules.replace_seat(with_recused(uow, case), hearing, cmd, uow.here)
    except Refused as error:
        return Handed("seat", hearing.id, STAYS, error.message, hearing.case_id)
    sessions.keep(uow.session, decision.state)
    uow.apply(decision, hearing.case_id)
    return Handed("seat", hearing.id, HANDED, "", hearing.case_id)
