"""Load, decide, save, say: receptions."""

from collections.abc import Mapping
from typing import Any

from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.activities import acts as activities
from services.intake.activities import store as kept_activities
from services.intake.campaigns import acts as campaigns
from services.intake.reception import cases
from services.intake.reception.boards import acts as boards
from services.intake.reception.bookings import acts as bookings
from services.intake.reception.bookings import rules as booking_rules
from services.intake.reception.bookings import store as kept_bookings
from services.intake.reception.bookings.rules import Booking
from services.intake.reception.records import rules, store
from services.intake.reception.records.rules import Course, Reception


def record(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody was received: the booking is held, the reception counts, in one commit."""
    booking = bookings.of(uow, cmd["booking"]) if cmd["booking"] else None
    named = booking.named if booking else cmd["named"] or cmd["received_by"]
    booking_rules.not_about_him(about=cmd["about_leader"], field="received_by")
    campaigns.check(uow, cmd["campaign"])
    who = boards.of(uow, named), boards.of(uow, cmd["received_by"])
    decision = rules.record(new_id(), cmd, who, booking, uow.here)
    _same_case(cmd, decision.state)
    state = _linked(uow, decision.state)
    if booking is not None:
        _held(uow, booking)
    uow.apply(decision, state.case)
    return _save(uow, state)


def _same_case(cmd: Mapping[str, Any], state: Reception) -> None:
    if cmd["case"] is not None and cmd["case"] != state.case:
        raise Refused("other_case", "与预约的信访事项不一致", {"case": ["与预约不一致"]})


def _held(uow: UnitOfWork, booking: Booking) -> None:
    kept_bookings.write(uow.session, booking_rules.held(booking, uow.here))


def _linked(uow: UnitOfWork, state: Reception) -> Reception:
    """The reception with how far its case is now. Refused where who received is recused from it."""
    if not state.case:
        return rules.of_case(state, None)
    cases.keep_away(uow, state.case, state.received_by, field="received_by")
    return rules.of_case(state, cases.known(uow.session, state.case))


def link(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    decision = rules.link(of(uow, cmd["reception"]), cmd["case"], uow.here)
    state = _linked(uow, decision.state)
    uow.apply(decision, state.case)
    return _save(uow, state)


def rate(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    decision = rules.rate(of(uow, cmd["reception"]), cmd["rating"], uow.here)
    uow.apply(decision, decision.state.case)
    return _save(uow, decision.state)


def void(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """It counts no more; a booking that it was of stands as before."""
    decision = rules.void(of(uow, cmd["reception"]), cmd["why"], uow.here)
    if decision.state.booking:
        booking = bookings.of(uow, decision.state.booking)
        kept_bookings.write(uow.session, booking_rules.booked_again(booking))
    uow.apply(decision, decision.state.case)
    return _save(uow, decision.state)


def case_rated(uow: UnitOfWork, case: str, rating: str) -> None:
    """The person rated the answer by receipt: so its latest reception, unless it was rated at the desk (R11)."""
    found = [each for each in store.of_case(uow.session, case) if not each.void]
    if found and not found[-1].rated:
        _save(uow, rules.of_answer(found[-1], rating))


def outcome(uow: UnitOfWork, letter: Letter) -> None:
    """How far a case is, from the own assignment: the results of its receptions follow."""
    data = letter.data
    store.keep_course(uow.session, letter.case, Course(data["outcome"], data["round"], data["key"]), data["at"])
    uow.session.flush()
    course = cases.known(uow.session, letter.case)
    for state in store.of_case(uow.session, letter.case):
        after = rules.follow(state, course)
        if after != state:
            _save(uow, after)
    uow.note("outcome_heard", letter.case, data={"outcome": data["outcome"], "round": data["round"]})


def of(uow: UnitOfWork, reception: str) -> Reception:
    """A reception of this office. Raises NotFound."""
    found = store.reception(uow.session, reception)
    if found is None:
        raise NotFound("该接访记录")
    return found


def _save(uow: UnitOfWork, state: Reception) -> dict[str, Any]:
    """Keep it, and what counts of it here and above."""
    store.write(uow.session, state)
    counted, known = rules.activity(state, uow.here), kept_activities.activity(uow.session, state.reception)
    if known is not None:
        values = {name: value for name, value in vars(counted).items() if name != "rev"}
        counted = known.changed(**values)
    activities.log(uow, counted)
    return dict(vars(state))
