"""A reception as it was held, what comes of it, and what the person thinks of it. Pure decisions.

Its result is never typed in: it follows from what was settled on the spot and from how far the linked case is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.authority import leader as by_leader
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.reception import SUBSTITUTE, Detail, Outcome, Result, ScheduleKind
from services.intake.reception.boards.rules import Board, of_petition_desk
from services.intake.reception.bookings.rules import Booking

MAX_RATED = 2  # given once, changed once
DETAIL_OF = {
    ScheduleKind.FIXED.value: Detail.NAMED.value,
    ScheduleKind.APPOINTED.value: Detail.APPOINTED.value,
    ScheduleKind.GO_DOWN.value: Detail.GO_DOWN.value,
}
GIVEN = ("place", "head_count", "summary", "answer", "rating", "campaign")


@dataclass(frozen=True)
class Reception:
    """Somebody was received at ``at``. ``named`` is whom they had named, ``received_by`` who came, both by official's id,
    with their names as they were then; ``booked_for`` is the slot's beginning, None without a booking.

    ``round`` is how often the linked case had been opened again when it was linked; ``on_the_spot`` that the matter was
    settled there; ``rated`` how often the person rated it. A ``void`` one counts nowhere.
    """

    reception: str
    booking: str
    detail: str
    named: str
    named_name: str
    received_by: str
    received_name: str
    level: str
    substitute_why: str
    booked_for: datetime | None
    at: datetime
    place: str
    head_count: int
    summary: str
    answer: str
    recorded_by: str
    case: str = ""
    round: int = 0
    on_the_spot: bool = False
    marked_key: bool = False
    key: bool = False
    result: str = Result.ANSWERED.value
    rating: str = ""
    rated: int = 0
    campaign: str = ""
    void: bool = False
    void_why: str = ""

    @property
    def by_substitute(self) -> bool:
        """Whether another leader came than the one who was named."""
        return self.named != self.received_by


@dataclass(frozen=True)
class Course:
    """How far the linked case is; None in its place where no case is linked."""

    outcome: str = Outcome.OPEN.value
    round: int = 0
    key: bool = False


def record(
    reception: str, cmd: Mapping[str, Any], who: tuple[Board, Board], booking: Booking | None, here: Here
) -> Decision[Reception]:
    """Somebody was received. ``who`` are the boards of whom they named and of who came. Raises Refused."""
    of_petition_desk(here)
    named, came = who
    at = cmd["at"] or here.now
    if at > here.now:
        raise Refused("in_future", "接访时间不能晚于现在", {"at": ["晚于现在"]})
    if booking is not None and at < booking.booked_at:
        raise Refused("before_booking", "接访时间不能早于预约", {"at": ["早于预约"]})
    if named.official != came.official and not cmd["substitute_why"].strip():
        raise Refused("no_reason", "由他人代为接访须写明原因", {"substitute_why": ["请写明原因"]})
    if cmd["rating"]:
        _by_another(came.official, "rating", here)
    state = Reception(
        reception=reception,
        booking=booking.booking if booking else "",
        detail=DETAIL_OF[booking.kind] if booking else cmd["detail"],
        named=named.official,
        named_name=named.name,
        received_by=came.official,
        received_name=came.name,
        level=came.level,
        substitute_why=cmd["substitute_why"] if named.official != came.official else "",
        booked_for=booking.begins if booking else None,
        at=at,
        recorded_by=here.actor.id,
        case=(booking.case if booking else "") or cmd["case"] or "",
        on_the_spot=cmd["resolved"],
        marked_key=cmd["key"],
        rated=1 if cmd["rating"] else 0,
        **{name: cmd[name] for name in GIVEN},
    )
    return Decision(state, (), "received", data={"reception": reception, "booking": state.booking})


def of_case(state: Reception, course: Course | None) -> Reception:
    """The reception with the case as it is now; linked for the first time, its round is remembered."""
    return follow(replace(state, round=course.round if course else 0), course)


def follow(state: Reception, course: Course | None) -> Reception:
    """Result and key flag as they follow from the linked case."""
    key = state.marked_key or (course is not None and course.key)
    return replace(state, result=result(state, course).value, key=key)


def result(state: Reception, course: Course | None) -> Result:
    """Resolved on the spot, or by the case. A case that was opened again since, or whose answer is disputed, takes it back."""
    if course is None:
        return Result.RESOLVED if state.on_the_spot else Result.ANSWERED
    if course.outcome == Outcome.RESOLVED:
        return Result.RESOLVED
    if course.outcome == Outcome.DISPUTED or course.round > state.round:
        return Result.CONCLUDED if course.outcome == Outcome.CONCLUDED else Result.PENDING
    if state.on_the_spot:
        return Result.RESOLVED
    return Result.CONCLUDED if course.outcome == Outcome.CONCLUDED else Result.PENDING


def link(state: Reception, case: str, here: Here) -> Decision[Reception]:
    """The matter is a case after all; another one it never becomes."""
    of_petition_desk(here)
    _valid(state)
    if state.case:
        raise Refused("linked", "该接访已经关联信访事项", {"case": ["已经关联"]})
    return Decision(replace(state, case=case), (), "reception_linked", data={"reception": state.reception})


def rate(state: Reception, rating: str, here: Here) -> Decision[Reception]:
    """What the person says; it may be changed once."""
    of_petition_desk(here)
    _valid(state)
    _by_another(state.received_by, "rating", here)
    if state.rated >= MAX_RATED:
        raise Refused("rated", "评价只能修改一次", {"rating": ["已经修改过"]})
    rated = replace(state, rating=rating, rated=state.rated + 1)
    return Decision(rated, (), "reception_rated", data={"reception": state.reception, "rating": rating})


def void(state: Reception, why: str, here: Here) -> Decision[Reception]:
    """It was written down in error: a leader says so, and it counts no more."""
    of_petition_desk(here)
    by_leader(here)
    _valid(state)
    _by_another(state.received_by, "reception", here)
    return Decision(replace(state, void=True, void_why=why), (), "reception_void", why, {"reception": state.reception})


def _by_another(received_by: str, field: str, here: Here) -> None:
    """Who received enters no rating of himself, and takes no reception of his out of the figures. Raises Refused."""
    if here.actor.person and here.actor.person == received_by:
        raise Refused("own_reception", "本人接访的评价和作废须由他人登记", {field: ["须由他人登记"]})


def _valid(state: Reception) -> None:
    if state.void:
        raise Refused("void", "该接访记录已经作废", {"reception": ["已经作废"]})


def of_answer(state: Reception, rating: str) -> Reception:
    """The person rated the answer to the case, by receipt: it stands until they rate the reception itself."""
    return replace(state, rating=rating)


def activity(state: Reception, here: Here) -> Activity:
    """What counts of it, here and above; ``rev`` is the logger's."""
    detail = state.detail + (SUBSTITUTE if state.by_substitute else "")
    return Activity(
        activity=state.reception,
        kind=ActivityKind.RECEPTION.value,
        office=here.office,
        at=state.at,
        by=state.received_by,
        level=state.level,
        count=state.head_count,
        detail=detail,
        campaign=state.campaign,
        case=state.case,
        key=state.key,
        result=state.result,
        rating=state.rating,
        void=state.void,
    )
