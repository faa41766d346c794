"""Who left the office: his times to receive, bookings and half days in the hall go to who follows, where that may be.

``HANDS`` are the hooks: a room that keeps something under an official's id adds a function that hands it over.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from contracts.calendar import local_day
from contracts.letters import Letter
from contracts.moving import HANDED, STAYS, Handed, Left
from contracts.promises import PromiseState
from contracts.veils import is_veiled
from network import veils
from network.uow import UnitOfWork
from services.intake.leaving import store
from services.intake.promises import store as promises
from services.intake.reception.boards import store as boards
from services.intake.reception.bookings import store as bookings
from services.intake.reception.hall import store as hall
from services.intake.reception.schedules import store as schedules
from services.intake.reception.schedules.slots import overlap

Hand = Callable[[UnitOfWork, Left], Iterable[Handed]]
NO_BOARD = "接手人在本单位没有挂牌"


def take(uow: UnitOfWork, letter: Letter) -> None:
    """Hand over what every room has of him; a letter heard again finds nothing more."""
    left = Left.of(letter.data)
    found = [one for hand in HANDS for one in hand(uow, left)]
    for one in found:
        store.keep(uow, left, one)
    uow.note("person_left", data={"leaving": left.leaving, "handed": sum(one.outcome == HANDED for one in found)})


def receptions(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """His schedules that are not over go to the successor with the bookings in them, unless he already receives then."""
    if not left.person:
        return
    board = boards.own(uow.session, uow.office.id, left.successor)
    others = list(schedules.schedules(uow.session, left.successor, left.day))
    for plan in schedules.schedules(uow.session, left.person, left.day):
        clash = next((day for other in others if (day := overlap(plan, other)) is not None), None)
        why = NO_BOARD if board is None else f"接手人{clash}已有接访安排" if clash else _recused(uow, left, plan.case)
        if not why:
            schedules.write(uow.session, replace(plan, leader=left.successor))
        yield Handed("schedule", plan.schedule, STAYS if why else HANDED, why, plan.case)
        yield from _bookings(uow, left, plan.schedule, why)


def _bookings(uow: UnitOfWork, left: Left, schedule: str, why: str) -> Iterator[Handed]:
    """The bookings of a schedule from his last day on. Whom people named stays; nobody gets a case he is recused from."""
    for each in bookings.standing(uow.session):
        if (each.schedule, each.leader) != (schedule, left.person) or each.day < left.day:
            continue
        stays = why or _recused(uow, left, each.case)
        if not stays:
            bookings.write(uow.session, replace(each, leader=left.successor))
        yield Handed("booking", each.booking, STAYS if stays else HANDED, stays, each.case)


def _recused(uow: UnitOfWork, left: Left, case: str) -> str:
    """Why the successor cannot receive over this case, "" when he can."""
    recused = bool(case) and is_veiled(case, left.successor, veils.kept(uow.session, case))
    return "接手人应当回避该事项,请改约" if recused else ""


def hall_duties(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """His half days in the hall that are to come; where the successor sits there himself then, somebody else must."""
    board = boards.own(uow.session, uow.office.id, left.successor)
    today = max(left.day, local_day(uow.now))
    for duty in hall.between(uow.session, today, today.replace(year=today.year + 1), left.person):
        if not left.person or duty.counted:
            continue
        taken = hall.of_half_day(uow.session, left.successor, duty.day, duty.half) is not None
        why = NO_BOARD if board is None else "接手人该时段已有值班" if taken else ""
        if board is not None and not why:
            hall.write(uow.session, replace(duty, leader=board.official, name=board.name, level=board.level))
        yield Handed("hall_duty", duty.duty, STAYS if why else HANDED, why)


def board(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """His own board has to be taken down: what is published is said by a person."""
    known = boards.own(uow.session, uow.office.id, left.person) if left.person else None
    if known is not None and known.since is not None and (known.until is None or known.until >= left.day):
        yield Handed("board", known.profile, STAYS, "请撤下其挂牌")


def promised(uow: UnitOfWork, left: Left) -> Iterator[Handed]:
    """What he promised and did not do yet: the promise stays his, somebody has to see to it."""
    for each in promises.unkept(uow.session):
        if each.by not in left.names or each.state != PromiseState.OPEN:
            continue
        yield Handed("promise", each.promise, STAYS, f"承诺期限{each.due},请指定人员落实", each.case)


HANDS: tuple[Hand, ...] = (receptions, hall_duties, board, promised)
