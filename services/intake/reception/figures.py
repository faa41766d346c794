"""Figures of named reception, counted from activities: the own ones and those told from below (domain 1.10, S97).

Counted are RECEPTION activities that are not void, by the day on which they were held (China), whenever they were booked: two
receptions of one case are two; a booking that nobody held is none. ``named`` ones are those whose leader the person named;
one that a substitute held counts like any other. Resolved are those whose result is "resolved" now. Satisfied are those
rated satisfied or fair, out of the rated ones. Resolved and satisfied are two figures with two bases.

Key cases are distinct matters (one without a case is a matter of its own) of receptions flagged key at which a district
leader himself received (S56). Leaders are distinct officials of a leader's level who received (S52); of a campaign with
a target the base is the target. Hall duties count once their half day is over or they were confirmed; one on which nobody
came, or of which nobody said anything, is due and not attended. Coverage is that of the last day that is wanted.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from contracts.activities import Activity, ActivityKind, Level
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.reception import DETAIL_ZH, SUBSTITUTE, Attendance, BookingState, Detail, Result
from contracts.words import Rating
from services.intake.activities.store import counted
from services.intake.campaigns import store as campaigns
from services.intake.reception.boards import rules as boards
from services.intake.reception.boards import store as kept_boards

KINDS = (ActivityKind.RECEPTION, ActivityKind.NO_SHOW, ActivityKind.BOOKING_DROPPED, ActivityKind.HALL_DUTY)
LEADERS = (Level.DISTRICT_LEADER.value, Level.LEADER.value)
PLEASED = (Rating.SATISFIED.value, Rating.FAIR.value)


def figures(session: Any, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Every figure of this room."""
    done = counted(session, here, wanted, KINDS)
    held = [each for each in done if each.kind == ActivityKind.RECEPTION]
    yield from _held("receptions", "接访", held)
    yield from _held("named_receptions", "点名接访", [each for each in held if _detail(each) == Detail.NAMED])
    yield from _by_detail(held)
    yield from _people(session, here, wanted, held)
    yield from _dropped(done)
    yield from _hall([each for each in done if each.kind == ActivityKind.HALL_DUTY])
    if not wanted.campaign:
        yield from _coverage(session, here, wanted)


def _held(name: str, zh: str, held: Sequence[Activity]) -> Iterator[Figure]:
    rated = [each for each in held if each.rating]
    resolved = [each for each in held if each.result == Result.RESOLVED]
    substitutes = [each for each in held if each.detail.endswith(SUBSTITUTE)]
    yield _of(name, f"{zh}件次", held)
    yield _of(f"{name}_resolved", f"{zh}化解件次", resolved, len(held))
    yield _of(f"{name}_satisfied", f"{zh}满意、基本满意", _pleased(rated), len(rated))
    yield _of(f"{name}_rated", f"{zh}参评件次", rated, len(held))
    yield _of(f"{name}_by_substitutes", f"{zh}由他人代为接访", substitutes, len(held))


def _of(name: str, zh: str, done: Sequence[Activity], base: int | None = None) -> Figure:
    """So many receptions, with which ones."""
    return Figure(name, zh, len(done), base, tuple(each.activity for each in done), ("activity_told",))


def _pleased(rated: Iterable[Activity]) -> list[Activity]:
    return [each for each in rated if each.rating in PLEASED]


def _detail(activity: Activity) -> str:
    return activity.detail.removesuffix(SUBSTITUTE)


def _by_detail(held: Sequence[Activity]) -> Iterator[Figure]:
    for detail in Detail:
        if detail != Detail.NAMED:
            many = [each for each in held if _detail(each) == detail]
            yield _of(f"receptions_{detail.value}", f"{DETAIL_ZH[detail]}件次", many, len(held))


def _people(session: Any, here: Here, wanted: Wanted, held: Sequence[Activity]) -> Iterator[Figure]:
    yield Figure("reception_people", "接访人次", sum(each.count for each in held))
    target = campaigns.campaign(session, wanted.campaign) if wanted.campaign else None
    base = target.leaders_target or None if target is not None else None
    yield Figure("reception_leaders", "参加接访的领导", len({each.by for each in held if each.level in LEADERS}), base)
    key = {each.matter or each.activity for each in held if each.key and _by_district_leader(each, here)}
    yield Figure(
        "key_cases_by_district_leaders",
        "区级领导接待重点难点信访案件",
        len(key),
        sources=tuple(key),
        counted_from=("activity_told",),
    )


def _by_district_leader(activity: Activity, here: Here) -> bool:
    """No office below the district has district leaders, whatever it says."""
    return activity.level == Level.DISTRICT_LEADER and here.tree.office(activity.office).tier == "district"


def _dropped(done: Sequence[Activity]) -> Iterator[Figure]:
    ended = [each.detail for each in done if each.kind in (ActivityKind.NO_SHOW, ActivityKind.BOOKING_DROPPED)]
    yield Figure("booking_no_shows", "预约未到", ended.count(BookingState.NO_SHOW))
    yield Figure("bookings_cancelled", "预约取消", ended.count(BookingState.CANCELLED))
    yield Figure("bookings_moved", "预约改期", ended.count(BookingState.MOVED))


def _hall(duties: Sequence[Activity]) -> Iterator[Figure]:
    results = [each.result for each in duties]
    yield Figure("hall_duties", "大厅坐班应到", len(duties))
    yield Figure("hall_duties_attended", "大厅坐班本人到岗", results.count(Attendance.ATTENDED), len(duties))
    yield Figure("hall_duties_by_substitutes", "大厅坐班他人代班", results.count(Attendance.SUBSTITUTED), len(duties))


def _coverage(session: Any, here: Here, wanted: Wanted) -> Iterator[Figure]:
    on, offices = wanted.until, wanted.offices(here)
    live = {each.office for each in kept_boards.known(session, here) if each.live(on)}
    for name, zh, tiers in (
        ("board_coverage", "应挂牌单位中已挂牌", boards.OWES_BOARD),
        ("community_boards", "村(社区)中已挂牌", ("village",)),
    ):
        owing = boards.units(here, offices, tiers, on)
        yield Figure(name, zh, len([each for each in owing if each in live]), len(owing))
