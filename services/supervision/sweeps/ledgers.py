"""Ledgers of sweeps, from this office's own rows (domain section 7, 排查台账)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.supervision.sweeps import store
from services.supervision.sweeps.models import SweepRow
from services.supervision.sweeps.rules import Dispute

DISPUTE_COLUMNS = (
    ("number", "编号"), ("period", "排查期(止)"), ("round", "排查方式"), ("found_on", "排查日期"), ("place", "地点"),
    ("screeners", "排查人员"), ("found_by", "发现人"), ("parties", "当事人"), ("contact", "联系方式"), ("heads", "涉及人数"),
    ("category", "类别"), ("summary", "矛盾事项"), ("cause", "原因"), ("risk", "风险等级"), ("mass", "群体性苗头"),
    ("lead", "牵头单位"), ("helpers", "协办单位"), ("leader", "包抓领导"), ("measure", "调处措施"), ("due", "期限"),
    ("progress", "进展"), ("result", "结果"), ("case_number", "信访编号"), ("closed_on", "办结日期"),
)  # fmt: skip
RETURN_COLUMNS = (
    ("kind", "种类"), ("label", "期次"), ("period", "排查期(止)"), ("due", "应报送"), ("returned_at", "报送时间"),
    ("stands", "按时"), ("nil", "零报告"), ("scope", "全面/重点"), ("mode", "经常性/集中"), ("screeners", "排查人员"),
    ("found", "新排查"), ("still", "仍在"), ("settled", "已化解"), ("worse", "加重"),
)  # fmt: skip
STUDY_COLUMNS = (
    ("quarter", "季度"),
    ("at", "研判时间"),
    ("items", "重点纠纷"),
    ("measures", "措施"),
    ("minutes", "纪要"),
)


def disputes(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The own disputes found in these days."""
    for each in store.found_between(session, wanted.since, wanted.until):
        if each.office == here.office:
            yield _dispute(each, store.sweep(session, each.sweep))


def _dispute(each: Dispute, swept: SweepRow | None) -> Mapping[str, Any]:
    words = "; ".join(f"{entry['at'][:10]} {entry['words']}" for entry in each.progress)
    yes = {True: "是", False: "否"}
    return {
        **vars(each),
        "round": swept.mode if swept is not None else "",
        "screeners": "、".join(swept.screeners) if swept is not None else "",
        "helpers": "、".join(each.helpers),
        "mass": yes[each.mass],
        "progress": words,
        "result": each.status,
    }


def returns(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The own sweeps that were due in these days."""
    for row in store.periods(session):
        if row.office == here.office and wanted.begins <= row.due < wanted.ends:
            swept = store.sweep(session, row.id)
            content = {
                name: getattr(swept, name, "") for name in ("scope", "mode", "found", "still", "settled", "worse")
            }
            late = row.returned_at is None or row.returned_at > row.due
            yield {
                **{name: getattr(row, name) for name in ("kind", "label", "period", "due", "returned_at")},
                "stands": "逾期" if late else "按时",
                "nil": "是" if row.nil else "否",
                **content,
                "screeners": "、".join(swept.screeners) if swept is not None else "",
            }


def studies(session: Session, _here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The studies held in these days."""
    for each in store.studies(session):
        if wanted.since <= local_day(each.at) <= wanted.until:
            yield {**vars(each), "items": len(each.items), "measures": len(each.measures)}


LEDGERS = (
    Ledger("disputes", "矛盾纠纷排查调处台账", DISPUTE_COLUMNS, disputes),
    Ledger("sweep_returns", "排查报送台账", RETURN_COLUMNS, returns),
    Ledger("studies", "季度研判台账", STUDY_COLUMNS, studies),
)
