"""Figures of cards, home visits and going down, counted from activities: the own ones and those told from below.

Cards: ``cards_printed`` and ``slips_printed`` by the day of printing, ``cards_issued`` by the day on which each was given
out (bound slips included; one that is void since was still given out), ``cards_void`` by the day on which it was made void.

Demands: reports linked to a card or slip, a home visit or a going down, each link once; by the day on which the report was
taken, or for a link made afterwards the day of the visit. Recalled ones stay counted.

Home visits that are not void, by their day. ``households_visited`` are households and places that their campaign had not
reached before (at the office; each visit without a campaign counts as of one campaign): a second visit adds nothing. Of a
campaign that sets tasks, the base is what is due of the offices counted. ``visitors_cadres`` are distinct persons.

Going down: ``go_downs`` that took place, by their day; ``cases_taken_down`` are distinct cases of these (one that left the
office is one of its own), ``cases_taken_down_with_result`` those of which any result was recorded, out of these. Demands
met on the spot are under demands. Planned and cancelled ones count nowhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from contracts.activities import Activity, ActivityKind
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.outreach import Brought, CardKind, Source
from services.intake.activities.store import counted
from services.intake.campaigns import store as campaigns
from services.intake.outreach.visits.views import cadres_of

KINDS = (
    ActivityKind.CARDS_PRINTED,
    ActivityKind.CARD_ISSUED,
    ActivityKind.CARD_VOIDED,
    ActivityKind.DEMAND,
    ActivityKind.HOME_VISIT,
    ActivityKind.GO_DOWN,
    ActivityKind.CASE_TAKEN,
)
SOURCES = {Source.CARD: "联系卡", Source.VISIT: "走访", Source.GO_DOWN: "带案下访"}
RESULTS = {
    Brought.RESOLVED: "当场化解",
    Brought.PROMISED: "作出承诺",
    Brought.PASSED_ON: "转办",
    Brought.NOT_RESOLVED: "未化解",
}


def figures(session: Any, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Every figure of this room."""
    done = counted(session, here, wanted, KINDS)
    yield from _cards(done)
    yield from _demands(_of(done, ActivityKind.DEMAND))
    yield from _visits(_of(done, ActivityKind.HOME_VISIT), _due(session, here, wanted))
    yield from _going_down(_of(done, ActivityKind.GO_DOWN), _of(done, ActivityKind.CASE_TAKEN))


def _of(done: Sequence[Activity], kind: ActivityKind) -> list[Activity]:
    return [each for each in done if each.kind == kind]


def _cards(done: Sequence[Activity]) -> Iterator[Figure]:
    printed = _of(done, ActivityKind.CARDS_PRINTED)
    yield Figure("cards_printed", "印制联系卡", sum(each.count for each in printed if each.detail == CardKind.CARD))
    yield Figure("slips_printed", "印制登记凭条", sum(each.count for each in printed if each.detail == CardKind.SLIP))
    yield Figure("cards_issued", "发放联系卡、凭条", len(_of(done, ActivityKind.CARD_ISSUED)))
    yield Figure("cards_void", "作废联系卡、凭条", len(_of(done, ActivityKind.CARD_VOIDED)))


def _demands(found: Sequence[Activity]) -> Iterator[Figure]:
    yield Figure("demands", "收集诉求", len(found))
    for source, zh in SOURCES.items():
        many = sum(each.detail == source for each in found)
        yield Figure(f"demands_{source.value}", f"{zh}收集诉求", many, len(found))


def _due(session: Any, here: Here, wanted: Wanted) -> int | None:
    campaign = campaigns.campaign(session, wanted.campaign) if wanted.campaign else None
    if campaign is None:
        return None
    offices = wanted.offices(here)
    return sum(due for office, due in campaign.visits_due.items() if office in offices) or None


def _visits(visits: Sequence[Activity], due: int | None) -> Iterator[Figure]:
    yield Figure("home_visits", "走访次数", len(visits))
    yield Figure("households_visited", "走访户(企业、村组)数", sum(each.count for each in visits), due)
    yield Figure("visitors_cadres", "参加走访的干部", len(cadres_of(visits)))


def _going_down(held: Sequence[Activity], taken: Sequence[Activity]) -> Iterator[Figure]:
    yield Figure("go_downs", "带案下访次数", len(held))
    yield Figure("go_down_leaders", "下访的领导", len({each.by for each in held}))
    cases = {each.matter or each.activity for each in taken}
    yield Figure("cases_taken_down", "带案件数", len(cases))
    said = {each.matter or each.activity for each in taken if each.result}
    yield Figure("cases_taken_down_with_result", "其中有结果", len(said), len(cases))
    for result, zh in RESULTS.items():
        with_it = {each.matter or each.activity for each in taken if each.result == result}
        yield Figure(f"cases_taken_down_{result.value}", f"其中{zh}", len(with_it), len(cases))
