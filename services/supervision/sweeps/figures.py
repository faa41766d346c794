"""Figures of sweeps and disputes, of this office and those below, from what they returned and told (S45–S50)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.sweeps import DisputeStatus, Risk
from network.state import as_state
from services.supervision.clocks import store as clocks
from services.supervision.dues import how_it_stands
from services.supervision.periods.rules import Period
from services.supervision.periods.work import owed
from services.supervision.sweeps import store
from services.supervision.sweeps.rules import ROUND, Dispute

TIERS = {"village": "村(社区)", "town": "镇(街道)", "department": "部门", "district": "区"}
RISKS = {Risk.RED: "红色", Risk.ORANGE: "橙色", Risk.YELLOW: "黄色", Risk.BLUE: "蓝色"}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """A sweep counts in the days in which it was due (its due moment), once that has passed or it was returned.

    ``on_time`` and ``late`` were returned (by due, after), ``late`` also what an office that was heard since did not return;
    ``unknown`` is what a silent office owes: never zero, never late. A dispute counts where it was found, by the day it was
    found, and as ended by the day it ended. With a campaign, the rounds ordered under its word alone.
    """
    offices = wanted.offices(here)
    yield from _returns(session, here, wanted, offices)
    if not wanted.campaign:
        found = [each for each in store.found_between(session, wanted.since, wanted.until) if each.office in offices]
        closed = [each for each in store.closed_between(session, wanted.since, wanted.until) if each.office in offices]
        yield from _disputes(found, closed)
        yield from _nudges(session, here, wanted, offices)
    if not wanted.campaign and here.office in offices:
        yield from _studies(session, wanted)


def _returns(session: Session, here: Here, wanted: Wanted, offices: frozenset[str]) -> Iterator[Figure]:
    stands: dict[str, Counter[str]] = {tier: Counter() for tier in TIERS}
    which: dict[tuple[str, str], list[str]] = defaultdict(list)
    nil = 0
    for row in store.periods(session):
        if row.office in offices and wanted.begins <= row.due < wanted.ends and _of_campaign(row.kind, wanted.campaign):
            word = _stands(session, as_state(Period, row), here)
            tier = here.tree.office(row.office).tier
            stands[tier][word] += 1
            which[tier, word].append(row.id)
            nil += row.returned_at is not None and row.nil
    for tier, zh in TIERS.items():
        count = stands[tier]
        due = count["on_time"] + count["late"] + count["unconfirmed"]
        yield Figure(f"sweeps_{tier}_due", f"{zh}应排查次数", due)
        for name, word, said in (
            ("on_time", "on_time", "排查按时率"),
            ("late", "late", "逾期"),
            ("unknown", "unconfirmed", "情况不明(单位失联)"),
        ):
            behind = tuple(which[tier, word])
            yield Figure(f"sweeps_{tier}_{name}", f"{zh}{said}", count[word], due, behind, ("period_returned",))
    yield Figure("sweeps_nil", "零报告", nil, sum(count.total() - count["open"] for count in stands.values()))


def _of_campaign(kind: str, campaign: str) -> bool:
    return not campaign or kind == f"{ROUND}{campaign}"


def _stands(session: Session, period: Period, here: Here) -> str:
    return how_it_stands(owed(period), here.now, clocks.heard_at(session, period.office), here.office)


def _disputes(found: Iterable[Dispute], closed: Iterable[Dispute]) -> Iterator[Figure]:
    found, closed = list(found), list(closed)
    ended = Counter(each.status for each in closed)
    yield Figure("disputes_found", "排查出的矛盾纠纷", len(found))
    for risk, zh in RISKS.items():
        yield Figure(f"disputes_{risk.value}", f"其中{zh}风险", sum(each.risk == risk for each in found), len(found))
    yield Figure("disputes_mass", "其中有群体性苗头", sum(each.mass for each in found), len(found))
    yield Figure("disputes_resolved", "化解", ended[DisputeStatus.RESOLVED], len(closed))
    yield Figure("disputes_to_case", "转信访", ended[DisputeStatus.TO_CASE], len(closed))
    yield Figure("disputes_unresolved", "未化解,结束调处", ended[DisputeStatus.UNRESOLVED], len(closed))


def _studies(session: Session, wanted: Wanted) -> Iterator[Figure]:
    """This office's own: held in the days, the disputes they looked at, and the measures that each demanded of somebody."""
    held = [each for each in store.studies(session) if wanted.begins <= each.at < wanted.ends]
    yield Figure("studies", "季度研判", len(held), None, tuple(each.quarter for each in held), ("study_held",))
    yield Figure("study_items", "研判重点矛盾纠纷", sum(len(each.items) for each in held))
    yield Figure("study_measures", "研判确定的措施", sum(len(each.measures) for each in held))


def _nudges(session: Session, here: Here, wanted: Wanted, offices: frozenset[str]) -> Iterator[Figure]:
    """Made by this office, received from those below; cut by office, only what these nudged."""
    made = [each for each in store.nudges(session) if each.office in offices]
    known: list[Any] = [each for each in made if wanted.since <= local_day(each.at) <= wanted.until]
    received = [each for each in known if each.to == here.office]
    yield Figure("nudges_made", "向上催问", sum(each.office == here.office for each in known))
    yield Figure("nudges_received", "收到下级催问", len(received))
    yield Figure("nudges_answered", "其中已答复", sum(each.answered_at is not None for each in received), len(received))
