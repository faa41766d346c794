"""The ledger of hearings that were held, by day."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.hearing.held import store
from services.hearing.held.figures import FORMS

COLUMNS = (
    ("day", "日期"),
    ("office", "单位"),
    ("form", "形式"),
    ("matters", "听证事项数"),
    ("matter_ids", "事项代码"),
    ("resolved", "化解事项数"),
    ("resolved_ids", "化解事项代码"),
    ("agreed", "达成协议"),
)


def _rows(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    for each in store.counted(session, wanted, wanted.offices(here)):
        yield {
            "day": local_day(each.at).isoformat(),
            "office": here.tree.name_of(each.office),
            "form": FORMS[each.form],  # type: ignore[index]
            "matters": len(each.matters),
            "matter_ids": " ".join(each.matters),
            "resolved": len(each.resolved),
            "resolved_ids": " ".join(each.resolved),
            "agreed": "是" if each.agreed else "否",
        }


LEDGERS = (Ledger("hearings_held", "听证台账", COLUMNS, _rows),)
