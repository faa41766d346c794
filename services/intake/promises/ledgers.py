"""The promise book as a ledger, from this office's own rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.intake.promises import store

COLUMNS = (
    ("number", "编号"), ("made_at", "承诺时间"), ("source", "来源"), ("name", "承诺人"), ("what", "承诺事项"), ("due", "期限"),
    ("state", "状态"), ("performed_at", "履行时间"), ("performed", "履行情况"), ("confirmed_at", "确认时间"), ("how", "确认方式"),
    ("words", "本人意见"),
)  # fmt: skip


def promises(session: Session, _here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The own promises made in these days."""
    for row in store.made_between(session, wanted.begins, wanted.ends):
        yield {key: getattr(row, key) for key, _ in COLUMNS}


LEDGERS = (Ledger("promises", "承诺台账", COLUMNS, promises),)
