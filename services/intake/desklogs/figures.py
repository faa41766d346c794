"""Figures of visits, calls and box openings, from the activities of this office and of those below (S13, S14, S19)."""

from collections.abc import Collection, Iterator

from sqlalchemy.orm import Session

from contracts.activities import Activity, ActivityKind
from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.intake.activities import store
from services.intake.desklogs.rules import ASIDE, CASE, REGISTERED, ROSTERED, UNNAMED

KINDS = (ActivityKind.ROOM_VISIT, ActivityKind.CALL_TAKEN, ActivityKind.BOX_OPENED, ActivityKind.BOX_LETTER)


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Counted by the moment it was (``at``); void ones nowhere.

    Visits: each entry is one, ``people`` their head counts; became cases: those linked to a petition by now, whenever that
    was linked. Calls alike; without name: the caller gave none. Boxes: openings, letters found in them, of these registered
    as petitions and set aside (both by the day of their opening, whenever they were), and the rest, which is left over.
    """
    counted = store.counted(session, here, wanted, KINDS)
    of = {kind: [each for each in counted if each.kind == kind] for kind in KINDS}
    yield from _visits(of[ActivityKind.ROOM_VISIT])
    yield from _calls(of[ActivityKind.CALL_TAKEN])
    yield from _boxes(of[ActivityKind.BOX_OPENED], of[ActivityKind.BOX_LETTER])


def _visits(visits: Collection[Activity]) -> Iterator[Figure]:
    yield Figure("room_visits", "接待室来访批次", len(visits))
    yield Figure("room_visit_people", "来访人次", sum(each.count for each in visits))
    yield Figure("room_visits_to_case", "其中转为信访事项", sum(each.result == CASE for each in visits), len(visits))
    rostered = sum(each.detail == ROSTERED for each in visits)
    yield Figure("room_visits_rostered", "由值班人员接待", rostered, len(visits))


def _calls(calls: Collection[Activity]) -> Iterator[Figure]:
    yield Figure("calls", "专线来电", len(calls))
    yield Figure("calls_unnamed", "其中未留姓名", sum(each.detail == UNNAMED for each in calls), len(calls))
    yield Figure("calls_to_case", "其中转为信访事项", sum(each.result == CASE for each in calls), len(calls))


def _boxes(openings: Collection[Activity], letters: Collection[Activity]) -> Iterator[Figure]:
    found = sum(each.count for each in openings)
    registered = sum(each.count for each in letters if each.detail == REGISTERED)
    aside = sum(each.count for each in letters if each.detail == ASIDE)
    yield Figure("box_openings", "开箱次数", len(openings))
    yield Figure("box_letters", "箱内信件", found)
    yield Figure("box_letters_registered", "其中已登记", registered, found)
    yield Figure("box_letters_aside", "其中另行处理", aside, found)
    yield Figure("box_letters_left", "其中尚未登记", found - registered - aside, found)
