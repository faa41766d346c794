"""The ledgers of named reception, from the office's own rows, in the official column order (domain section 7)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.activities import matter_of
from contracts.calendar import SHANGHAI
from contracts.context import Here
from contracts.figures import Ledger, Wanted
from contracts.reception import (
    ATTENDANCE_ZH,
    DETAIL_ZH,
    HALF_ZH,
    RATING_ZH,
    RESULT_ZH,
    SEALED_ZH,
    STATE_ZH,
    VOID_ZH,
    Attendance,
    BookingState,
    Detail,
    HalfDay,
    Result,
)
from network.state import as_state
from services.intake import store as register
from services.intake.reception.boards import store as boards
from services.intake.reception.bookings.models import IntakeBooking
from services.intake.reception.bookings.rules import Booking
from services.intake.reception.hall import store as hall
from services.intake.reception.hall.rules import HallDuty
from services.intake.reception.records import store as records
from services.intake.reception.records.rules import Reception

DROPPED = (BookingState.NO_SHOW.value, BookingState.CANCELLED.value, BookingState.MOVED.value)
COLUMNS = (
    ("named", "被点名领导"),
    ("petitioner", "信访人"),
    ("booked_for", "预约时间"),
    ("held_at", "接访时间"),
    ("place", "接访地点"),
    ("summary", "反映内容"),
    ("answer", "当场答复"),
    ("matter", "转办信访事项编号"),
    ("resolved", "是否化解"),
    ("rating", "满意度"),
    ("received_by", "实际接访人"),
    ("level", "接访人级别"),
    ("substitute_why", "代为接访原因"),
    ("detail", "接访方式"),
    ("state", "状态"),
    ("ended_at", "登记时间"),
    ("result", "结果"),
    ("head_count", "人数"),
    ("key", "重点难点"),
    ("campaign", "专项行动"),
    ("named_id", "被点名领导编号"),
    ("received_by_id", "实际接访人编号"),
)
BLANK = {key: "" for key, _ in COLUMNS} | {"petitioner": SEALED_ZH, "head_count": 0}
DUTY_COLUMNS = (
    ("day", "日期"),
    ("half", "时段"),
    ("leader", "值班领导"),
    ("attendance", "到岗情况"),
    ("substitute", "代班人"),
    ("why", "原因"),
)


def receptions(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Receptions of the office by when they were held, then the bookings that ended otherwise by when they ended."""
    if here.office not in wanted.offices(here):
        return
    for state in records.between(session, wanted.begins, wanted.ends):
        if wanted.campaign in ("", state.campaign):
            yield _held(session, state)
    if not wanted.campaign:
        names = {each.official: each.name for each in boards.owned(session, here.office)}
        for booking in _dropped(session, wanted):
            yield _ended(booking, names)


def _held(session: Session, state: Reception) -> Mapping[str, Any]:
    names = ("place", "summary", "answer", "substitute_why", "head_count", "campaign", "level")
    return {
        **{name: getattr(state, name) for name in names},
        "named": state.named_name,
        "petitioner": SEALED_ZH,
        "booked_for": _said(state.booked_for),
        "held_at": _said(state.at),
        "matter": _number(session, state.case),
        "resolved": "是" if state.result == Result.RESOLVED else "否",
        "rating": RATING_ZH[state.rating],
        "received_by": state.received_name,
        "named_id": state.named,
        "received_by_id": state.received_by,
        "detail": DETAIL_ZH[Detail(state.detail)],
        "state": VOID_ZH if state.void else STATE_ZH[BookingState.HELD],
        "ended_at": _said(state.at),
        "result": RESULT_ZH[Result(state.result)],
        "key": "是" if state.key else "否",
    }


def _number(session: Session, case: str) -> str:
    """The number of a matter; of one that another office registered what stands for it in figures."""
    row = register.report_seen(session, case) if case else None
    return row.number if row is not None else matter_of(case)


def _dropped(session: Session, wanted: Wanted) -> Iterator[Booking]:
    query = select(IntakeBooking).where(
        IntakeBooking.state.in_(DROPPED), IntakeBooking.ended_at >= wanted.begins, IntakeBooking.ended_at < wanted.ends
    )
    for row in session.scalars(query.order_by(IntakeBooking.ended_at, IntakeBooking.booking)):
        yield as_state(Booking, row)


def _ended(booking: Booking, names: Mapping[str, str]) -> Mapping[str, Any]:
    told = {"named": names.get(booking.named, booking.named), "booked_for": _said(booking.begins)}
    told["named_id"] = booking.named
    ended = {"state": STATE_ZH[BookingState(booking.state)], "ended_at": _said(booking.ended_at)}
    return {**BLANK, **told, **ended, "place": booking.place, "summary": booking.why}


def _said(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def duties(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The duties of these days that count: whose half day is over, or which were confirmed."""
    if here.office in wanted.offices(here) and not wanted.campaign:
        for duty in hall.between(session, wanted.since, wanted.until):
            if duty.counted:
                yield _duty(duty)


def _duty(duty: HallDuty) -> Mapping[str, Any]:
    return {
        "day": str(duty.day),
        "half": HALF_ZH[HalfDay(duty.half)],
        "leader": duty.name,
        "attendance": ATTENDANCE_ZH[Attendance(duty.attendance)],
        "substitute": duty.substitute_name,
        "why": duty.why,
    }


RECEPTIONS = Ledger("receptions", "接访登记台账", COLUMNS, receptions)
DUTIES = Ledger("hall_duties", "大厅坐班值班表", DUTY_COLUMNS, duties)
LEDGERS = (RECEPTIONS, DUTIES)
