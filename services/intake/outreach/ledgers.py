"""Ledgers of this room, from this office's own rows (domain section 7)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.activities import Level
from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Ledger, Wanted
from contracts.outreach import Brought, CardKind, CardState, GivenTo, Source, VisitedKind
from services.intake.outreach.cards import rules as card_rules
from services.intake.outreach.cards import store as cards
from services.intake.outreach.demands import store as demands
from services.intake.outreach.figures import RESULTS, SOURCES
from services.intake.outreach.going_down import store as going_down
from services.intake.outreach.going_down.rules import CaseDown
from services.intake.outreach.visits import store as visits

NO_CASE: Mapping[str, Any] = dict.fromkeys(("number", "taken", "result", "words"), "")
YES = {True: "是", False: "否"}
GIVEN = {GivenTo.HOUSEHOLD: "农户、居民户", GivenTo.ENTERPRISE: "企业", GivenTo.OTHER: "其他"}
STATES = {CardState.ISSUED: "已发放", CardState.BOUND: "凭条已绑定", CardState.VOID: "作废"}
PRINTED = {CardKind.CARD: "联系卡", CardKind.SLIP: "登记凭条"}
VISITED = {VisitedKind.ENTERPRISE: "企业", VisitedKind.COMMUNITY: "社区", VisitedKind.VILLAGE_GROUP: "村组"}
LEVELS = {Level.DISTRICT_LEADER: "区级领导", Level.LEADER: "领导", Level.CADRE: "干部", Level.CLERK: "工作人员"}

CARD_COLUMNS = (
    ("serial", "卡号"), ("issued_by", "发放人"), ("given_to", "发放对象"), ("place", "地点"), ("day", "发放日期"),
    ("demands", "收集诉求"), ("campaign", "专项行动"), ("state", "状态"),
)  # fmt: skip
BATCH_COLUMNS = (
    ("day", "印制日期"), ("kind", "种类"), ("first", "起号"), ("last", "止号"), ("printed", "张数"), ("contact", "联系人"),
    ("phone", "电话"), ("campaign", "专项行动"),
)  # fmt: skip
VOID_COLUMNS = (
    ("serial", "卡号"), ("day", "作废日期"), ("void_by", "经办人"), ("reason", "原因"), ("campaign", "专项行动"),
)  # fmt: skip
DEMAND_COLUMNS = (
    ("day", "日期"), ("source", "来源"), ("of", "卡号、走访或者下访编号"), ("number", "信访编号"), ("by", "收集人"),
    ("campaign", "专项行动"),
)  # fmt: skip
VISIT_COLUMNS = (
    ("visit", "编号"), ("day", "走访日期"), ("visitor", "走访人"), ("level", "身份"), ("companions", "陪同"), ("place", "地点"),
    ("kind", "类型"), ("households", "走访户数"), ("counted", "其中首次走访"), ("learned", "了解的情况"), ("demands", "收集诉求"),
    ("campaign", "专项行动"), ("why", "名单外原因"), ("void", "作废"), ("reason", "作废原因"),
)  # fmt: skip
GO_DOWN_COLUMNS = (
    ("go_down", "编号"), ("day", "下访日期"), ("leader", "领导"), ("leader_name", "姓名"), ("level", "身份"), ("place", "地点"),
    ("number", "所带信访编号"), ("taken", "带案序号"), ("result", "结果"), ("words", "情况"), ("demands", "现场收集诉求"),
    ("campaign", "专项行动"),
)  # fmt: skip


def _wanted(here: Here, wanted: Wanted, campaign: str) -> bool:
    """Whether an own row of a campaign is wanted: rows of offices below stand in their own ledgers."""
    return here.office in wanted.offices(here) and wanted.campaign in ("", campaign)


def issued(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Cards given out and slips bound in these days; ``demands`` are all that came in by a card until now."""
    for each in cards.given_between(session, wanted.begins, wanted.ends):
        if each.issued_at is not None and _wanted(here, wanted, each.campaign):
            yield {
                **vars(each),
                "day": local_day(each.issued_at),
                "given_to": GIVEN[GivenTo(each.given_to)],
                "state": STATES[CardState(each.state)],
                "demands": demands.count(session, Source.CARD, each.serial),
            }


def batches(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """What was printed in these days."""
    for each in cards.printed_between(session, wanted.begins, wanted.ends):
        if _wanted(here, wanted, each.campaign):
            ends = {name: card_rules.serial_of(here.office, getattr(each, name)) for name in ("first", "last")}
            kind = PRINTED[CardKind(each.kind)]
            yield {**vars(each), **ends, "kind": kind, "day": local_day(each.printed_at), "printed": each.printed}


def void(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Cards made void in these days."""
    for each in cards.void_between(session, wanted.begins, wanted.ends):
        if each.void_at is not None and _wanted(here, wanted, each.campaign):
            yield {**vars(each), "day": local_day(each.void_at)}


def collected(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Demands of these days, one row for each link; without a number where the report left this office."""
    for each, number in demands.between(session, wanted.begins, wanted.ends):
        if _wanted(here, wanted, each.campaign):
            source = SOURCES[Source(each.source)]
            yield {**vars(each), "source": source, "day": local_day(each.at), "number": number}


def visited(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Home visits of these days, void ones marked."""
    for each in visits.between(session, wanted.begins, wanted.ends):
        if _wanted(here, wanted, each.campaign):
            yield {
                **vars(each),
                "day": local_day(each.at),
                "level": LEVELS[Level(each.level)],
                "companions": "、".join(each.companions),
                "kind": VISITED[VisitedKind(each.kind)],
                "demands": demands.count(session, Source.VISIT, each.visit),
                "void": YES[each.void],
            }


def gone_down(session: Session, here: Here, wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """Goings down that took place in these days, a row for each case; one without cases has one row without a case."""
    for held in going_down.held_between(session, wanted.begins, wanted.ends):
        if _wanted(here, wanted, held.campaign):
            head = {
                **{
                    name: getattr(held, name)
                    for name in ("go_down", "day", "leader", "leader_name", "place", "campaign")
                },
                "level": LEVELS[Level(held.level)],
                "demands": demands.count(session, Source.GO_DOWN, held.go_down),
            }
            taken = [_case(one) for one in going_down.cases(session, held.go_down)]
            yield from ({**head, **each} for each in taken or [NO_CASE])


def _case(one: CaseDown) -> Mapping[str, Any]:
    said = RESULTS[Brought(one.result)] if one.result else "未填"
    return {"number": one.number, "taken": one.taken, "result": said, "words": one.words}


LEDGERS = (
    Ledger("cards", "民情联系卡发放台账", CARD_COLUMNS, issued),
    Ledger("card_batches", "民情联系卡印制台账", BATCH_COLUMNS, batches),
    Ledger("cards_void", "民情联系卡作废登记", VOID_COLUMNS, void),
    Ledger("demands", "诉求收集登记", DEMAND_COLUMNS, collected),
    Ledger("home_visits", "走访登记", VISIT_COLUMNS, visited),
    Ledger("go_downs", "带案下访登记", GO_DOWN_COLUMNS, gone_down),
)
