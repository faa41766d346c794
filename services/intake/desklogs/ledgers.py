"""Ledgers of visits, calls and box openings, from this office's own rows (来访登记、来电登记、开箱登记)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.intake.channels import store as channels
from services.intake.desklogs import store
from services.intake.desklogs.state import Call, RoomVisit

VISIT_COLUMNS = (
    ("visit", "编号"), ("at", "来访时间"), ("room", "接待室"), ("heads", "人数"), ("officer_name", "接待人"),
    ("rostered", "当日值班"), ("why", "未值班原因"), ("became_case", "转为信访事项"), ("case", "信访事项"),
    ("campaign", "专项行动"),
)  # fmt: skip
CALL_COLUMNS = (
    ("call", "编号"), ("at", "来电时间"), ("line", "专线"), ("operator_name", "接听人"), ("name_given", "留姓名"),
    ("number_given", "留电话"), ("summary", "内容摘要"), ("recording", "录音"), ("became_case", "转为信访事项"),
    ("case", "信访事项"), ("campaign", "专项行动"),
)  # fmt: skip
OPENING_COLUMNS = (
    ("opening", "编号"), ("at", "开箱时间"), ("box", "信箱"), ("openers", "开箱人"), ("letters", "信件数"),
    ("registered", "已登记"), ("set_aside", "另行处理"), ("left", "尚未登记"), ("aside_why", "处理情况"), ("note", "备注"),
    ("campaign", "专项行动"),
)  # fmt: skip
YES = {True: "是", False: "否"}


def visits(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Each visit of these days to a room of this office, by time."""
    labels = _labels(session, here)
    for each in store.visits(session, wanted):
        yield {**_line(each), "room": labels[each.channel], "rostered": YES[each.rostered]}


def calls(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Each call of these days on a line of this office, by time."""
    labels = _labels(session, here)
    for each in store.calls(session, wanted):
        given = {name: YES[getattr(each, name)] for name in ("name_given", "number_given")}
        yield {**_line(each), **given, "line": labels[each.channel]}


def openings(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Each opening of these days of a box of this office, by time, with what became of its letters by now."""
    labels = _labels(session, here)
    for each in store.openings(session, wanted):
        why = "; ".join(f"{line['letters']}封 {line['why']}" for line in each.aside)
        openers = "、".join(opener["name"] for opener in each.openers)
        counts = {"set_aside": each.set_aside, "left": each.left, "aside_why": why}
        yield {**vars(each), **counts, "openers": openers, "box": labels[each.channel]}


def _line(each: RoomVisit | Call) -> dict[str, Any]:
    return {**vars(each), "became_case": YES[each.became_case]}


def _labels(session: Session, here: Here) -> Mapping[str, str]:
    return {each.channel: each.label for each in channels.current(session, {here.office})}


LEDGERS = (
    Ledger("room_visits", "来访登记", VISIT_COLUMNS, visits),
    Ledger("calls", "来电登记", CALL_COLUMNS, calls),
    Ledger("box_openings", "开箱登记", OPENING_COLUMNS, openings),
)
