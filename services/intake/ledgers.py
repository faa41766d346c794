"""Ledgers of the register, from this office's own rows; without persons and texts (信访事项登记台账, 集体访台账)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.intake import store
from services.intake.rules import VISITS

COLUMNS = (
    ("number", "编号"), ("entered_at", "受理时间"), ("registered_at", "登记时间"), ("channel", "渠道"), ("nature", "信访目的"),
    ("category", "类别"), ("place", "问题属地"), ("head_count", "人数"), ("representatives", "代表"), ("urgent", "紧急"),
    ("real_name", "实名"), ("external_no", "平台编号"), ("clerk", "登记人"), ("rating", "评价"),
)  # fmt: skip


def registered(session: Session, _here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The petitions entered in these days, by number; each with its latest rating."""
    for row in store.entered_between(session, wanted.begins, wanted.ends):
        ratings = store.ratings(session, row.case)
        latest = max(ratings, key=lambda each: (each.at, each.id)).rating if ratings else ""
        yield {**{key: getattr(row, key) for key, _ in COLUMNS if key != "rating"}, "rating": latest}


def collective(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Those of them that so many people came for together."""
    least = here.policy.collective_visit_from
    for row in registered(session, here, wanted):
        if row["channel"] in VISITS and row["head_count"] >= least:
            yield row


RATING_COLUMNS = (("number", "编号"), ("at", "评价时间"), ("rating", "评价"), ("comment", "意见"))


def ratings(session: Session, _here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """What was said of the outcome in these days and not changed since: of each petition its latest rating."""
    for row in store.rated(session):
        latest = max(store.ratings(session, row.case), key=lambda each: (each.at, each.id))
        if wanted.begins <= latest.at < wanted.ends:
            yield {"number": row.number, **{name: getattr(latest, name) for name in ("at", "rating", "comment")}}


LEDGERS = (
    Ledger("register", "信访事项登记台账", COLUMNS, registered),
    Ledger("ratings", "满意度评价台账", RATING_COLUMNS, ratings),
    Ledger("collective", "集体访台账", COLUMNS, collective),
)
