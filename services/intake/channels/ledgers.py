"""The ledger of channels (渠道登记, 公开目录), from this office's own rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Ledger, Wanted
from services.intake.channels import store
from services.intake.channels.state import unstaffed

COLUMNS = (
    ("channel", "编号"), ("kind", "种类"), ("label", "名称"), ("address", "地址"), ("place", "位置"), ("phone", "电话"),
    ("mailbox", "电子信箱"), ("url", "网址"), ("qr", "二维码"), ("hours", "时间"), ("capacity", "容纳人数"),
    ("official_name", "归属领导"), ("official_post", "领导职务"), ("public", "公开"), ("since", "启用"), ("until", "停用"),
    ("clerk_name", "专人"), ("deputy_name", "替补"), ("staffed_since", "专人自"), ("staffed", "在岗"),
)  # fmt: skip
YES = {True: "是", False: "否"}


def channels(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The own channels that were live on the last day of the stretch, or today where that is earlier, as recorded by its end."""
    day = min(wanted.until, local_day(here.now))
    for each in store.at(session, {here.office}, wanted.ends):
        if each.live(day):
            words = {"public": YES[each.public], "staffed": YES[unstaffed(each, day) is None]}
            yield {**vars(each), **words}


LEDGERS = (Ledger("channels", "渠道登记", COLUMNS, channels),)
